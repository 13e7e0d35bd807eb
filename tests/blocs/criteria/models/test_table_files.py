"""A stored table and its file say the same."""

import pytest

from blocs.criteria.actions.tables import import_table, publish_table
from blocs.criteria.models import Criterion
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
