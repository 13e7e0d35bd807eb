"""What offices keep from each version: sealed papers, proofs and Excel forms.

A folder holds what its version made; it is never made anew. Each later version opens, verifies and
prints it the same (test_museum.py). At the end of an issue another folder is added:

    DJANGO_SETTINGS_MODULE=thidua.settings.dev VAR_DIR=… python -m tests.museum VERSION

from a database that was filled by `manage.py demo` of that version.
"""
