"""A scoring table from draft to publication."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.criteria.actions.tables import (
    comment_table,
    copy_table,
    edit_table,
    import_table,
    publish_table,
    refill_table,
    start_table,
)
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.tree import rules_of
from blocs.criteria.workflows import USE_AMENDMENT
from blocs.scoring import TableRules
from blocs.scoring.totals.tables import Node, Table
from blocs.states import SeatRole, TableState, YearState
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
D = Decimal
DRAFT = {"published": False, "state": TableState.DRAFT}


def office():
    return official(SeatRole.OFFICE)


def start(year, actor=None, **more):
    given = {"title": "Bảng chấm điểm", "total_max": D(100)} | more
    return start_table(year, actor=actor or office(), **given)


def refused(error):
    return error.value.messages


def test_secretary_of_the_head_unit_starts_a_draft():
    year = year_with_members(state=YearState.OPEN)
    table = start(year, editor_of(year.head))
    assert (table.version, table.state, table.total_max) == (1, "draft", D(100))
    entry = ActivityEntry.objects.about(table).get()
    assert (entry.action, entry.label) == ("criteria.start_table", "Lập dự thảo bảng chấm điểm")


@pytest.mark.parametrize("person", ("deputy", "stranger", "council"))
def test_others_start_no_draft(person):
    year = year_with_members()
    stranger = year_with_members().head
    people = {
        "deputy": lambda: editor_of(year.deputy),
        "stranger": lambda: editor_of(stranger),
        "council": lambda: official(SeatRole.COUNCIL),
    }
    with pytest.raises(PermissionDenied):
        start(year, people[person]())
    assert ScoringTable.objects.count() == 0


def test_second_draft_of_a_year_is_refused():
    year = year_with_members()
    start(year)
    with pytest.raises(ValidationError) as error:
        start(year)
    assert refused(error) == ["Năm này đã có dự thảo phiên bản 1. Vui lòng sửa tiếp dự thảo đó."]


def test_ranked_year_takes_no_draft():
    with pytest.raises(ValidationError) as error:
        start(year_with_members(state=YearState.RANKED))
    assert refused(error) == [
        "Năm thi đua đã xếp hạng, không lập hoặc sửa bảng chấm điểm được nữa."
    ]


def test_copy_has_the_lines_and_rules_of_its_source():
    old = small_table(year_with_members(), settings={"step": "0.5"}, bonus_cap=D(5))
    year = year_with_members()
    table = copy_table(year, actor=office(), source=old, title="Bảng mới")
    names = ("code", "name", "kind", "max_points", "measure", "rule", "order")
    assert list(table.criteria.order_by("pk").values_list("name", flat=True)) != []
    assert sorted(table.criteria.values_list(*names[:5])) == sorted(
        old.criteria.values_list(*names[:5])
    )
    assert (table.title, table.version, table.bonus_cap) == ("Bảng mới", 1, D(5))
    assert rules_of(table) == rules_of(old)
    assert {row.parent.name for row in table.criteria.exclude(parent=None)} == {
        "Nhiệm vụ chính trị",
        "Phong trào thi đua",
    }


def test_table_of_another_bloc_is_not_copied_by_who_may_not_see_it():
    hidden = small_table(year_with_members())
    year = year_with_members()
    with pytest.raises(PermissionDenied):
        copy_table(year, actor=editor_of(year.head), source=hidden)


@pytest.mark.parametrize(
    ("node", "sentence"),
    [
        (Node("x" * 61, "Tên"), f"Mục {'x' * 61} “Tên”: "),
        (Node("1", "Tên", "direct", D(-1)), "Mục 1 “Tên”: điểm tối đa không được âm."),
    ],
)
def test_line_that_cannot_be_stored_is_named(node, sentence):
    with pytest.raises(ValidationError) as error:
        import_table(year_with_members(), actor=office(), source=Table((node,)))
    assert refused(error)[0].startswith(sentence)


def test_lines_of_one_label_are_stored_each_by_its_own_code():
    nodes = (Node("1", "Một", "direct", D(1)), Node("1", "Hai", "direct", D(1)))
    table = import_table(year_with_members(), actor=office(), source=Table(nodes))
    rows = table.criteria.order_by("order")
    assert [(row.issued, row.name) for row in rows] == [("1", "Một"), ("1", "Hai")]
    assert len({row.code for row in rows}) == 2


def test_file_without_a_total_takes_the_sum_of_its_parts():
    nodes = (Node("1", "Một", "direct", D(40)), Node("2", "Thưởng", "bonus", D(5)))
    table = import_table(year_with_members(), actor=office(), source=Table(nodes))
    assert table.total_max == D(40)


def test_edit_keeps_total_and_rules():
    year = year_with_members()
    table = start(year)
    data = {"title": "Tên khác", "total_max": D(1000), "bonus_cap": D(50)}
    rules = TableRules(step=D("0.25"), deduction_floor=D(-20), not_applicable="full")
    table = edit_table(table, actor=editor_of(year.head), data=data, rules=rules)
    assert (table.title, table.total_max, table.bonus_cap) == ("Tên khác", D(1000), D(50))
    assert table.settings == {
        "step": "0.25",
        "deduction_floor": "-20",
        "not_applicable": "full",
    }
    entry = ActivityEntry.objects.about(table).first()
    assert [change["field"] for change in entry.changes] == [
        "tên bảng",
        "tổng điểm tối đa",
        "trần điểm thưởng",
        "quy tắc tính",
    ]


def test_edit_without_a_change_is_not_recorded():
    year = year_with_members()
    table = start(year)
    data = {"title": table.title, "total_max": table.total_max, "bonus_cap": None}
    edit_table(table, actor=editor_of(year.head), data=data, rules=TableRules())
    assert ActivityEntry.objects.about(table).count() == 1


def test_published_table_refuses_every_edit():
    year = year_with_members()
    table = small_table(year)
    data = {"title": "Khác", "total_max": D(1), "bonus_cap": None}
    with pytest.raises(ValidationError) as error:
        edit_table(table, actor=office(), data=data, rules=TableRules())
    assert refused(error) == [
        "Bảng chấm điểm phiên bản 1 đã ban hành, không sửa được. Muốn thay đổi, hãy lập phiên bản "
        "mới."
    ]


def test_office_publishes_what_adds_up():
    table = small_table(year_with_members(), **DRAFT)
    table = publish_table(table, actor=office())
    assert (table.state, len(table.fingerprint)) == ("published", 64)
    assert table.published_at is not None


def test_head_does_not_publish():
    year = year_with_members()
    table = small_table(year, **DRAFT)
    with pytest.raises(PermissionDenied):
        publish_table(table, actor=leader_of(year.head))


def test_table_that_does_not_add_up_is_not_published():
    table = small_table(year_with_members(), **DRAFT)
    table.criteria.filter(code="1", parent__code="I").update(max_points=D(39))
    with pytest.raises(ValidationError) as error:
        publish_table(table, actor=office())
    assert refused(error) == [
        "Mục I “Nhiệm vụ chính trị”: tổng điểm các mục con là 69, khác điểm tối đa 70."
    ]
    table.refresh_from_db()
    assert (table.state, table.fingerprint) == ("draft", "")


def test_new_version_takes_the_place_of_one_that_nobody_uses():
    year = year_with_members(state=YearState.OPEN)
    first = small_table(year)
    second = copy_table(year, actor=office(), source=first)
    publish_table(second, actor=office())
    first.refresh_from_db()
    assert (first.state, first.version) == ("superseded", 1)
    assert list(ScoringTable.objects.in_force(year).values_list("version")) == [(2,)]


def test_version_that_a_report_uses_stays_in_force():
    year = year_with_members(state=YearState.OPEN)
    first = small_table(year)
    ReportFactory(bloc_year=year, table=first)
    second = copy_table(year, actor=office(), source=first)
    with pytest.raises(ValidationError) as error:
        publish_table(second, actor=office())
    assert refused(error) == [
        "Phiên bản 1 đang áp dụng đã có 01 báo cáo sử dụng, không thay bằng phiên bản khác được.",
        USE_AMENDMENT.format(1),
    ]
    first.refresh_from_db()
    assert first.state == "published"


def test_published_version_is_not_published_again():
    table = small_table(year_with_members())
    with pytest.raises(ValidationError) as error:
        publish_table(table, actor=office())
    assert refused(error)[0].startswith("Bảng chấm điểm phiên bản 1 đã ban hành")


def test_comment_of_a_member_is_kept_in_the_log_book():
    year = year_with_members()
    table = small_table(year, **DRAFT)
    person = editor_of(year.members.last().unit)
    comment_table(table, actor=person, text="  Đề nghị tăng điểm cải cách hành chính. ")
    entry = ActivityEntry.objects.about(table).get()
    assert (entry.action, entry.actor, entry.note) == (
        "criteria.comment_table",
        person,
        "Đề nghị tăng điểm cải cách hành chính.",
    )


@pytest.mark.parametrize(
    ("more", "text", "sentence"),
    [
        (DRAFT, "  ", "Vui lòng ghi nội dung góp ý."),
        ({}, "Góp ý", "Bảng chấm điểm đã ban hành, không nhận góp ý nữa."),
    ],
)
def test_comment_is_refused(more, text, sentence):
    year = year_with_members()
    table = small_table(year, **more)
    with pytest.raises(ValidationError) as error:
        comment_table(table, actor=editor_of(year.head), text=text)
    assert refused(error) == [sentence]


def test_member_of_another_bloc_does_not_comment():
    table = small_table(year_with_members(), **DRAFT)
    with pytest.raises(PermissionDenied):
        comment_table(table, actor=editor_of(year_with_members().head), text="Góp ý")


def test_draft_that_is_filled_anew_loses_its_old_lines():
    year = year_with_members()
    draft = start(year)
    for names in (("Cũ một", "Cũ hai"), ("Mới",)):
        nodes = tuple(
            Node(str(place), name, "direct", D(10)) for place, name in enumerate(names, start=1)
        )
        refill_table(draft, actor=office(), source=Table(nodes))
        assert list(draft.criteria.order_by("order").values_list("name", flat=True)) == list(names)
