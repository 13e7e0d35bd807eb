"""Warm processes: work that costs more than a page is done outside the web worker, with limits.

`Workshop` (client.py) is how a web worker asks; server.py is the process that answers. Nothing here
knows what the work is.
"""
