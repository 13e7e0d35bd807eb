"""The rules that every action keeps are asked in every test; here, that they are asked at all."""

import pytest
from django.apps import apps
from django.db import connection

from tests.factories.people import UserFactory
from tests.house.acted import SILENT, unwatched
from tests.house.watch import (
    ADDED,
    CREATE,
    HELD,
    LOG,
    MORE_LINES,
    PARTS,
    Seen,
    Watch,
    actions,
    locked_tables,
)
from thidua.accounts.actions import change_password

NAMES = {name.rpartition(".")[2] for name in actions()}


def test_exceptions_name_actions_that_exist():
    assert sorted(SILENT - set(actions())) == []
    assert sorted((CREATE | MORE_LINES | set(HELD)) - NAMES) == []


@pytest.mark.django_db
def test_the_watch_sees_what_an_action_does():
    person, watch = UserFactory(), Watch()
    with connection.execute_wrapper(watch):
        change_password(person, actor=person)
    (seen,) = watch.calls.values()
    assert seen.name == "thidua.accounts.actions.change_password"
    table = {"accounts_user"} if connection.features.has_select_for_update else set()
    assert seen.locked == table
    assert [verb for verb, _, _ in seen.writes] == ["UPDATE", "INSERT INTO"]
    assert watch.faults() == []


@pytest.mark.parametrize(
    ("writes", "told"),
    [
        (
            [("UPDATE", "a", 1)],
            ["a.act writes before it locks", "a.act leaves no line in the log book"],
        ),
        (
            [("UPDATE", "a", 1), ("INSERT INTO", LOG, 2)],
            ["a.act writes before it locks", "a.act writes outside of one transaction"],
        ),
        ([("INSERT INTO", LOG, 1)] * 2, ["a.act leaves 2 lines in the log book"]),
        ([("INSERT INTO", LOG, None)], []),
    ],
)
def test_a_call_against_the_rules_is_told(writes, told):
    assert list(Seen("a.act", None, writes=writes).faults(has_locks=True)) == told


@pytest.mark.parametrize(
    ("verb", "table", "locked", "told"),
    [
        ("UPDATE", "units_unit", "units_unit", []),
        (
            "UPDATE",
            "units_unit",
            "units_bloc",
            ["a.act writes units_unit and locks units_bloc alone"],
        ),
        # A part is held with the row it belongs to, a new row with the one it comes under.
        ("UPDATE", "reports_score", "reports_report", []),
        ("INSERT INTO", "board_opinion", "proposals_proposalitem", []),
        (
            "INSERT INTO",
            "board_opinion",
            "board_opinion",
            ["a.act writes board_opinion and locks board_opinion alone"],
        ),
        (
            "UPDATE",
            "criteria_scoringtable",
            "years_blocyear",
            ["a.act writes criteria_scoringtable and locks years_blocyear alone"],
        ),
    ],
)
def test_a_lock_of_other_rows_is_told(verb, table, locked, told):
    writes = [(verb, table, 1), ("INSERT INTO", LOG, 1)]
    assert list(Seen("a.act", None, {locked}, writes).faults(has_locks=True)) == told


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON 1 WHERE 2 FOR UPDATE', {"a", "b"}),
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON 1 WHERE 2 FOR UPDATE OF "a"', {"a"}),
        ('SELECT "a"."id" FROM "a"', set()),
    ],
)
def test_locked_tables_are_read_from_the_statement(sql, tables):
    assert locked_tables(sql) == tables


def test_an_action_that_nobody_calls_is_told():
    (left,) = unwatched(set(actions()) - {"blocs.units.actions.blocs.edit_bloc"})
    assert left == "blocs.units.actions.blocs.edit_bloc"


def test_parts_name_tables_that_exist():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert {table for pair in PARTS | ADDED for table in pair} - tables == set()
