"""The lines of a draft."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.criteria.actions.criteria import (
    add_criterion,
    edit_criterion,
    move_criterion,
    place_criterion,
    remove_criterion,
    set_maxima,
)
from blocs.criteria.models import Criterion
from blocs.states import SeatRole, TableState
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
        ("direct", {"name": ""}, ["Trường này không được để trắng."]),
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
    rule = {"formula": "share_of_best", "bands": "theo phụ lục"}
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


def test_a_line_goes_before_another_one_and_takes_a_free_code(table, secretary):
    target = line(table, "II")
    row = place_criterion(
        line(table, "1", "I"), actor=secretary, parent=target, before=line(table, "1", "II")
    )
    assert (row.code, codes(table, "II"), codes(table, "I")) == ("2", ["2", "1"], ["2"])
    entry = ActivityEntry.objects.about(table).get()
    assert (entry.label, entry.note, entry.changes) == (
        "Chuyển chỗ tiêu chí",
        "2. Hoàn thành nhiệm vụ được giao. Chuyển vào “Phong trào thi đua”.",
        [{"field": "mã", "before": "1", "after": "2"}],
    )


def test_a_group_goes_with_everything_inside_it(table, secretary):
    place_criterion(line(table, "II"), actor=secretary, parent=line(table, "I"))
    assert codes(table, "I") == ["1", "2", "II"]
    assert codes(table, "II") == ["1"]


def test_a_group_does_not_go_into_itself(table, secretary):
    group = line(table, "I")
    inner = place_criterion(line(table, "II"), actor=secretary, parent=group)
    for place in (group, inner):
        with pytest.raises(ValidationError) as error:
            place_criterion(group, actor=secretary, parent=place)
        assert refused(error) == ["Không chuyển được một nhóm vào trong chính nó."]


def test_a_line_does_not_go_into_a_leaf_or_another_table(table, secretary):
    other = small_table(year_with_members())
    for place in (line(table, "1", "I"), line(other, "I")):
        with pytest.raises(ValidationError) as error:
            place_criterion(line(table, "2", "I"), actor=secretary, parent=place)
        assert refused(error) == ["Chỉ chuyển được vào một nhóm của bảng này."]


def test_maxima_are_set_together_and_told(table, secretary):
    first, second = line(table, "1", "I"), line(table, "2", "I")
    set_maxima(table, actor=secretary, points={first.pk: D("42.5"), second.pk: D(30)})
    assert line(table, "1", "I").max_points == D("42.5")
    entry = ActivityEntry.objects.about(table).get()
    assert entry.changes == [
        {
            "field": "điểm tối đa 1. Hoàn thành nhiệm vụ được giao",
            "before": "40",
            "after": "42,5",
        }
    ]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({0: D(1)}, "Có tiêu chí đã bị xóa hoặc không thuộc bảng này. Hãy tải lại trang."),
        (None, "Mục 1. Hoàn thành nhiệm vụ được giao: điểm tối đa không được âm."),
    ],
)
def test_maxima_that_cannot_be_are_refused(table, secretary, points, sentence):
    row = line(table, "1", "I")
    with pytest.raises(ValidationError) as error:
        set_maxima(table, actor=secretary, points=points or {row.pk: D(-1)})
    assert refused(error) == [sentence]
    assert line(table, "1", "I").max_points == D(40)


def test_others_place_nothing(table):
    deputy = editor_of(table.bloc_year.deputy)
    with pytest.raises(PermissionDenied):
        place_criterion(line(table, "1", "I"), actor=deputy, parent=None)
    with pytest.raises(PermissionDenied):
        set_maxima(table, actor=deputy, points={})


def test_new_line_may_stand_right_below_another_one(table, secretary):
    group = line(table, "I")
    first = line(table, "1", "I")
    add_criterion(table, actor=secretary, parent=group, kind="direct", data=LINE, after=first)
    assert codes(table, "I") == ["1", "3", "2"]
