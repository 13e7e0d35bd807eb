"""Demo data: the bloc of a published case through 2020, and a running year under today's law.

The rows are written directly, with the moments at which they would have come about; what people
would have pressed stands in the log book. Everything the sources do not say is invented and shown
as «số liệu minh họa».
"""
