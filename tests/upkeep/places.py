"""An empty place to restore into: a database of its own beside that of the tests, and a folder."""

import contextlib
import uuid
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.db import connection, connections

from thidua.upkeep.backups.engines import engine_named

ALIAS = "elsewhere"


@contextlib.contextmanager
def empty_place(folder):
    """The engine and the storage of an empty place; both are gone afterwards."""
    with database_beside(folder):
        engine = engine_named(connection.vendor, ALIAS)
        yield engine, FileSystemStorage(location=folder / "media")


@contextlib.contextmanager
def database_beside(folder):
    """`connections["elsewhere"]`, with no table in it."""
    is_file = connection.vendor == "sqlite"
    name = str(Path(folder) / "elsewhere.sqlite3") if is_file else f"beside_{uuid.uuid4().hex[:8]}"
    add_connection(name)
    if not is_file:
        on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield name
    finally:
        remove_connection()
        if not is_file:
            on_server(f'DROP DATABASE IF EXISTS "{name}"')


def add_connection(name):
    config = connection.settings_dict | {"NAME": name}
    connections.settings[ALIAS] = connections.configure_settings({"default": {}, ALIAS: config})[
        ALIAS
    ]


def reached():
    """The connection to the place; Django's tests ask that it is opened by hand."""
    connections[ALIAS].close()
    connections[ALIAS].connect()
    return connections[ALIAS]


def remove_connection():
    connections[ALIAS].close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


def on_server(statement):
    """Outside any transaction, in the database of the tests."""
    own = connection.copy()
    with contextlib.closing(own), own.cursor() as cursor:
        cursor.execute(statement)
