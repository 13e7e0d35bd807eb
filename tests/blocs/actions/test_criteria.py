"""The lines of a draft."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.actions.criteria import (
    add_criterion,
    edit_criterion,
    move_criterion,
    remove_criterion,
)
from blocs.enums import SeatRole, TableState
from blocs.models import Criterion
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, official
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
D = Decimal
FROZEN = (
    "Bảng chấm điểm phiên bản 1 đã ban hành, không sửa được. Muốn thay đổi, hãy lập phiên bản mới."
)
LINE = {
    "code": "3",
    "name": "Chuyển đổi số",
    "max_points": D(5),
    "measure": "",
    "needs_evidence": True,
    "rule": {},
}


@pytest.fixture
def table():
    return small_table(year_with_members(), published=False, state=TableState.DRAFT)


@pytest.fixture
def secretary(table):
    return editor_of(table.bloc_year.head)


def line(table, code, parent=None):
    return (
        table.criteria.get(code=code, parent__code=parent)
        if parent
        else table.criteria.get(code=code, parent=None)
    )


def codes(table, parent=None):
    rows = (
        table.criteria.filter(parent__code=parent) if parent else table.criteria.filter(parent=None)
    )
    return list(rows.order_by("order", "pk").values_list("code", flat=True))


def refused(error):
    return error.value.messages


def test_new_line_stands_at_the_end_of_its_group(table, secretary):
    row = add_criterion(table, actor=secretary, parent=line(table, "I"), kind="direct", data=LINE)
    assert codes(table, "I") == ["1", "2", "3"]
    assert (row.name, row.max_points, row.needs_evidence) == ("Chuyển đổi số", D(5), True)
    entry = ActivityEntry.objects.about(table).get()
    assert (entry.label, entry.note) == ("Thêm tiêu chí", "3. Chuyển đổi số")


def test_deputy_adds_nothing(table):
    with pytest.raises(PermissionDenied):
        add_criterion(
            table,
            actor=editor_of(table.bloc_year.deputy),
            parent=None,
            kind="direct",
            data=LINE,
        )


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        ("direct", {"code": "2"}, ["Mã “2” đã dùng cho một mục khác của nhóm này."]),
        ("direct", {"code": "a/b"}, ["Mã không được chứa dấu “/”."]),
        ("direct", {"max_points": D(-1)}, ["Điểm tối đa không được âm."]),
        ("per_occurrence", {}, ["Quy tắc chưa nêu số điểm cho mỗi trường hợp."]),
        (
            "external_rating",
            {"rule": {"levels": [{"label": "Tốt", "points": "9"}]}},
            ["Mức “Tốt” cho 9 điểm, vượt điểm tối đa 5."],
        ),
        ("other", {}, ["Phần mềm không có cách chấm này."]),
    ],
)
def test_line_that_cannot_be_scored_is_refused(table, secretary, kind, changes, sentences):
    group = line(table, "I")
    with pytest.raises(ValidationError) as error:
        add_criterion(table, actor=secretary, parent=group, kind=kind, data=LINE | changes)
    assert refused(error) == sentences
    assert codes(table, "I") == ["1", "2"]


def test_line_goes_only_into_groups_of_its_own_table(table, secretary):
    other = small_table(year_with_members())
    for parent in (line(table, "1", "I"), line(other, "I")):
        with pytest.raises(ValidationError) as error:
            add_criterion(table, actor=secretary, parent=parent, kind="direct", data=LINE)
        assert refused(error) == ["Chỉ thêm được tiêu chí vào một nhóm của bảng này."]


def test_rule_beyond_the_ordinary_is_for_the_office(table, secretary):
    rule = {"formula": "share_of_best", "levels": "theo phụ lục"}
    given = {"parent": line(table, "I"), "kind": "quantitative", "data": LINE | {"rule": rule}}
    with pytest.raises(PermissionDenied):
        add_criterion(table, actor=secretary, **given)
    row = add_criterion(table, actor=official(SeatRole.OFFICE), **given)
    assert row.rule == rule
    renamed = edit_criterion(row, actor=secretary, data={"name": "Tên khác"})
    assert (renamed.name, renamed.rule) == ("Tên khác", rule)
    with pytest.raises(PermissionDenied):
        edit_criterion(row, actor=secretary, data={"rule": rule | {"of": "percent"}})


def test_edit_is_recorded_with_what_was_before(table, secretary):
    edit_criterion(line(table, "1", "I"), actor=secretary, data={"max_points": D(35)})
    assert line(table, "1", "I").max_points == D(35)
    entry = ActivityEntry.objects.about(table).get()
    assert entry.changes == [{"field": "điểm tối đa", "before": "40", "after": "35"}]


def test_way_of_scoring_may_change_but_not_of_a_group_with_lines(table, secretary):
    row = edit_criterion(line(table, "1", "I"), actor=secretary, data={}, kind="pass_fail")
    assert row.kind == "pass_fail"
    with pytest.raises(ValidationError) as error:
        edit_criterion(line(table, "I"), actor=secretary, data={}, kind="direct")
    assert refused(error) == ["Nhóm còn tiêu chí con thì không đổi thành tiêu chí được chấm điểm."]


def test_group_goes_with_everything_below_it(table, secretary):
    remove_criterion(line(table, "I"), actor=secretary)
    assert sorted(table.criteria.values_list("code", flat=True)) == ["1", "II", "III", "IV"]
    entry = ActivityEntry.objects.about(table).get()
    assert (entry.label, entry.note) == ("Xóa nhóm tiêu chí", "I. Nhiệm vụ chính trị")


def test_lines_change_places(table, secretary):
    move_criterion(line(table, "II"), actor=secretary, direction="up")
    assert codes(table) == ["II", "I", "III", "IV"]
    move_criterion(line(table, "II"), actor=secretary, direction="down")
    assert codes(table) == ["I", "II", "III", "IV"]


def test_first_line_does_not_move_up(table, secretary):
    move_criterion(line(table, "I"), actor=secretary, direction="up")
    assert codes(table) == ["I", "II", "III", "IV"]
    assert ActivityEntry.objects.about(table).count() == 0


def test_lines_of_one_order_can_still_be_told_apart(table, secretary):
    Criterion.objects.filter(table=table, parent=None).update(order=0)
    move_criterion(line(table, "III"), actor=secretary, direction="up")
    assert codes(table) == ["I", "III", "II", "IV"]


def test_direction_is_up_or_down(table, secretary):
    with pytest.raises(ValidationError) as error:
        move_criterion(line(table, "I"), actor=secretary, direction="left")
    assert refused(error) == ["Vui lòng chọn chuyển lên hoặc chuyển xuống."]


def test_published_table_refuses_every_change_of_its_lines():
    table = small_table(year_with_members())
    actor, row = official(SeatRole.OFFICE), line(table, "I")
    changes = (
        lambda: add_criterion(table, actor=actor, parent=row, kind="direct", data=LINE),
        lambda: edit_criterion(row, actor=actor, data={"name": "Khác"}),
        lambda: remove_criterion(row, actor=actor),
        lambda: move_criterion(row, actor=actor, direction="down"),
    )
    for change in changes:
        with pytest.raises(ValidationError) as error:
            change()
        assert refused(error) == [FROZEN]
    assert table.criteria.count() == 7
