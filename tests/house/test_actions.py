"""The rules that every action keeps are asked in every test; here, that they are asked at all."""

import pytest
from django.db import connection

from tests.factories.people import UserFactory
from tests.house.watch import CREATE, LOG, MORE_LINES, Seen, Watch, actions
from thidua.accounts.actions import change_password

NAMES = {name.rpartition(".")[2] for name in actions()}


def test_exceptions_name_actions_that_exist():
    assert sorted((CREATE | MORE_LINES) - NAMES) == []


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
