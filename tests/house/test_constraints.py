"""Each rule of the database refuses the row that breaks it, whoever writes the row and how."""

import copy
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from tests.house.broken_bases import LINES_OF_BASES
from tests.house.broken_papers import PAPERS
from tests.house.broken_people import PEOPLE
from tests.house.broken_rows import LINES as OTHERS
from tests.house.walk import own_models

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"
LINES = OTHERS | PAPERS | LINES_OF_BASES | PEOPLE
KEY = re.compile(r"Key \((.*)\)=")


def rules_of_rows() -> dict:
    """(model, rule) of every named rule and of every field that may hold a value once."""
    found = {}
    for model in own_models():
        found |= {rule.name: (model, rule) for rule in model._meta.constraints}
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                once = UniqueConstraint(fields=(field.name,), name=f"{model.__name__}.{field.name}")
                found[once.name] = (model, once)
    return found


RULES = rules_of_rows()
# A field that may hold a value once has no name of its own in the database.
NAMED = {name for name in RULES if "." not in name}


def with_values(row, rule, values):
    """The row with these values; a second row like it where the rule is about two."""
    other = copy.copy(row)
    if isinstance(rule, UniqueConstraint):
        other.pk, other._state.adding = None, True
    for name, value in values.items():
        setattr(other, name, value)
    return other


def refused(row, rule) -> str:
    """What the database says when it refuses the row; nothing where it takes it."""
    try:
        with transaction.atomic():
            row.save()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return told_by_postgresql(error, rule) if POSTGRESQL else str(error)
    return ""


def told_by_postgresql(error, rule):
    told = error.__cause__.diag
    return told.constraint_name if rule.name in NAMED else KEY.search(told.message_detail)[1]


def refusal(model, rule) -> str:
    """What the database must say: SQLite names the columns that hold a value twice."""
    columns = [model._meta.get_field(name).column for name in getattr(rule, "fields", ())]
    if POSTGRESQL:
        return rule.name if rule.name in NAMED else ", ".join(columns)
    if columns:
        table = model._meta.db_table
        return "UNIQUE constraint failed: " + ", ".join(f"{table}.{name}" for name in columns)
    return f"CHECK constraint failed: {rule.name}"


def broken_rules(row) -> list[str]:
    """The named rules of its model that the row breaks, as Django reads them."""
    found = []
    for rule in row._meta.constraints:
        try:
            rule.validate(type(row), row)
        except ValidationError:
            found.append(rule.name)
    return found


def test_every_rule_has_its_line_and_every_line_its_rule():
    assert sorted(LINES) == sorted(RULES)


@pytest.mark.parametrize("name", RULES)
def test_row_against_the_rule_is_refused_for_this_rule(name):
    (model, rule), line = RULES[name], LINES[name]()
    for values in line.broken:
        row = with_values(line.row, rule, values)
        assert (values, refused(row, rule)) == (values, refusal(model, rule))
        assert (values, broken_rules(row)) == (values, [name] if name in NAMED else [])


@pytest.mark.parametrize("name", RULES)
def test_row_that_comes_close_is_taken(name):
    (_, rule), line = RULES[name], LINES[name]()
    assert refused(line.row, rule) == ""
    for values in line.accepted:
        assert (values, refused(with_values(line.row, rule, values), rule)) == (values, "")


@pytest.mark.parametrize("name", RULES)
def test_each_value_that_may_stand_once_is_tried(name):
    """Else the rule could forbid more: a unit in two years, a number in two books."""
    fields, line = getattr(RULES[name][1], "fields", ()), LINES[name]()
    tried = {value for values in line.accepted for value in values}
    assert sorted(set(fields) - tried) == []
