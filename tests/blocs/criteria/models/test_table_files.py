"""A stored table and its file say the same."""

import datetime as dt

import pytest

from blocs.criteria.actions.tables import import_table, publish_table
from blocs.criteria.models import Criterion, ScoringTable
from blocs.criteria.models.table_files import fingerprint_of, table_file
from blocs.scoring.totals.tables import from_json
from blocs.states import SeatRole
from tests.criteria import criteria
from tests.factories.blocs import ScoringTableFactory, small_table, year_with_members
from tests.factories.people import official

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "lines"),
    [("template-khoi", 30), ("template-cum", 37), ("hcmc", 9), ("ca-cum", 230)],
)
def test_file_in_and_out_again_is_the_same(name, lines):
    source = from_json(criteria(name))
    office = official(SeatRole.OFFICE)
    first = import_table(year_with_members(), actor=office, source=source)
    assert first.criteria.count() == lines
    again = import_table(year_with_members(), actor=office, source=from_json(table_file(first)))
    assert table_file(again) == table_file(first)
    assert fingerprint_of(table_file(again)) == fingerprint_of(table_file(first))


def test_large_table_is_stored_level_by_level(django_assert_max_num_queries):
    source = from_json(criteria("ca-cum"))
    year, office = year_with_members(), official(SeatRole.OFFICE)
    with django_assert_max_num_queries(30):
        import_table(year, actor=office, source=source)


def test_evidence_travels_with_the_file():
    table = small_table(year_with_members())
    Criterion.objects.filter(table=table, code="2").update(needs_evidence=True)
    copy = import_table(
        year_with_members(),
        actor=official(SeatRole.OFFICE),
        source=from_json(table_file(table)),
    )
    assert [row.name for row in copy.criteria.filter(needs_evidence=True)] == [
        "Giải quyết hồ sơ đúng hạn"
    ]
    assert copy.criteria.get(name="Giải quyết hồ sơ đúng hạn").rule == {"formula": "proportional"}


def test_bonus_group_keeps_a_name_of_its_own():
    table = ScoringTableFactory()
    group = Criterion.objects.create(table=table, code="T", name="Điểm cộng", order=1)
    Criterion.objects.create(
        table=table, parent=group, code="T1", name="Sáng kiến", kind="bonus", rule={"per_unit": "1"}
    )
    nodes = from_json(table_file(table)).nodes
    assert [(node.name, len(node.children)) for node in nodes] == [("Điểm cộng", 1)]


def test_ceiling_of_deductions_alone_adds_no_empty_group():
    table = ScoringTableFactory(settings={"deduction_floor": "-5"})
    read = from_json(table_file(table))
    assert (read.nodes, str(read.rules.deduction_floor)) == ((), "-5")


def test_fingerprint_of_a_published_table_is_that_of_its_file():
    year, office = year_with_members(), official(SeatRole.OFFICE)
    source = from_json(criteria("template-khoi"))
    table = publish_table(import_table(year, actor=office, source=source), actor=office)
    assert table.fingerprint == fingerprint_of(table_file(table))
    Criterion.objects.filter(table=table, code="2").update(name="Đổi lén")
    assert table.fingerprint != fingerprint_of(table_file(table))


# Every field of a table and of a line, with another value of it; what a paper calls «the same
# table» changes the fingerprint, the life of the table around it does not.
IN_THE_FINGERPRINT = {
    ScoringTable: {
        "title": "Bảng khác",
        "total_max": 99,
        "bonus_cap": 3,
        "settings": {"step": "0.25"},
    },
    Criterion: {
        "code": "9",
        "label": "-",
        "name": "Tên khác",
        "kind": "quantitative",
        "max_points": 39,
        "measure": "hồ sơ",
        "rule": {"formula": "inverse"},
        "needs_evidence": True,
        "order": 100,
    },
}
OUTSIDE_THE_FINGERPRINT = {
    ScoringTable: {
        "version": 7,
        "state": "superseded",
        "published_at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        "fingerprint": "1" * 64,
    },
    Criterion: {},
}
# Keys of rows, and what an amendment says about itself.
NEITHER = {
    ScoringTable: {"id", "bloc_year", "group", "amends", "amendment"}
    | {"amendment_reason", "amendment_basis", "amendment_changes"},
    Criterion: {"id", "table", "parent"},
}


def changed_alone(model, field, value):
    """The fingerprints before and after one field of one row got another value."""
    table = small_table(year_with_members())
    before = fingerprint_of(table_file(table))
    row = table if model is ScoringTable else table.criteria.get(name__startswith="Hoàn thành")
    model.objects.filter(pk=row.pk).update(**{field: value})
    return before, fingerprint_of(table_file(ScoringTable.objects.get(pk=table.pk)))


def named(fields):
    return [(model, name, value) for model, row in fields.items() for name, value in row.items()]


@pytest.mark.parametrize(("model", "field", "value"), named(IN_THE_FINGERPRINT))
def test_another_value_of_a_field_is_another_fingerprint(model, field, value):
    before, after = changed_alone(model, field, value)
    assert before != after


@pytest.mark.parametrize(("model", "field", "value"), named(OUTSIDE_THE_FINGERPRINT))
def test_the_life_of_a_table_leaves_its_fingerprint(model, field, value):
    before, after = changed_alone(model, field, value)
    assert before == after


@pytest.mark.parametrize("model", NEITHER)
def test_no_field_is_forgotten(model):
    told = NEITHER[model] | IN_THE_FINGERPRINT[model].keys() | OUTSIDE_THE_FINGERPRINT[model].keys()
    assert {field.name for field in model._meta.fields} == told


def test_a_line_moved_to_another_group_is_another_fingerprint():
    table = small_table(year_with_members())
    before = fingerprint_of(table_file(table))
    line = table.criteria.get(name__startswith="Hoàn thành")
    Criterion.objects.filter(pk=line.pk).update(parent=table.criteria.get(code="II"), code="9")
    assert fingerprint_of(table_file(table)) != before
