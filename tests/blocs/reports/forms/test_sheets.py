"""Rows of a posted sheet: what was typed is read exactly, what was not touched costs nothing."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from blocs.reports.forms.scores import AppraisalSheetForm, SheetForm
from blocs.reports.forms.sheet_strings import name_of, shown_answer, shown_appraisal
from blocs.reports.forms.versions import RectificationForm
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import read_sheet
from blocs.scoring import Entry
from blocs.sheet_files.forms import STALE, SheetApplyForm, signed_changes
from tests.factories.reports import (
    BONUS,
    COUNT,
    DEDUCTION,
    DIRECT,
    RATIO,
    member_report,
    posted,
    posted_appraisal,
    row_of,
    submitted_report,
)
from thidua.accounts.models import User
from thidua.common.pages.sentences import NO_SUCH_DAY

pytestmark = pytest.mark.django_db
FACTS = {
    "facts": [
        {"key": "share", "label": "Tỷ lệ", "unit": "%"},
        {"key": "late", "label": "Có chậm", "type": "yes_no"},
        {"key": "sent", "label": "Ngày gửi", "type": "date"},
    ],
    "parts": [{"items": [{"points": "1"}]}],
}


def form_of(report, changes, form_class=SheetForm, **data):
    make = posted if form_class is SheetForm else posted_appraisal
    typed = QueryDict(mutable=True)
    typed.update(MultiValueDict({key: [value] for key, value in make(report, changes).items()}))
    typed.update(data)
    return form_class(read_sheet(report), typed, decimals=2)


def rows_of(report, changes, **kwargs):
    form = form_of(report, changes, **kwargs)
    assert form.is_valid() is True
    return form.to_rows()


def errors_of(report, changes, label):
    form = form_of(report, changes)
    assert form.is_valid() is False
    return form.errors_of(row_of(report, label).criterion.pk)


def use(report, label, kind, rule, **more):
    """Change the leaf before anything is entered."""
    criterion = row_of(report, label).criterion
    criterion.kind, criterion.rule = kind, rule
    for name, value in more.items():
        setattr(criterion, name, value)
    criterion.save()


def test_untouched_sheet_has_no_forms():
    assert form_of(submitted_report(), {}).forms == {}


@pytest.mark.parametrize(
    ("text", "number"),
    (("9,5", "9.5"), ("9.5", "9.5"), (" 9,50 ", "9.5"), ("0", "0"), ("1,000", "1"), (",5", "0.5")),
)
def test_points_are_read_as_people_write_them(text, number):
    rows = rows_of(member_report(), {DIRECT: {"value": text}})
    assert [row.entry for row in rows] == [Entry(value=Decimal(number))]


def test_what_is_stored_is_shown_and_read_again_as_the_same_number():
    report = member_report()
    criterion = row_of(report, DIRECT).criterion
    Score.objects.create(report=report, criterion=criterion, value=Decimal("9.5"))
    assert shown_answer(row_of(report, DIRECT)) == {"value": "9,5", "note": ""}
    assert rows_of(report, {DIRECT: {"value": "9,5", "note": "x"}})[0].entry.value == Decimal("9.5")


def test_number_with_two_readings_is_asked_about_where_the_maximum_does_not_decide():
    report = member_report()
    words = "“1.000” có thể đọc là 1000 hoặc 1. Vui lòng viết lại theo một trong hai cách đó."
    assert errors_of(report, {RATIO: {"target": "1.000"}}, RATIO) == {"target": words}
    assert rows_of(report, {DIRECT: {"value": "1.000"}})[0].entry.value == 1


@pytest.mark.parametrize(
    ("label", "field", "text", "sentence"),
    (
        (
            DIRECT,
            "value",
            "chín",
            "“chín” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
        ),
        (
            DIRECT,
            "value",
            "9,555",
            "“9,555” có quá nhiều chữ số thập phân; ở đây được nhập nhiều nhất 2 chữ số.",
        ),
        (
            RATIO,
            "target",
            "123456789",
            "Số quá lớn; ở đây nhập được nhiều nhất 8 chữ số phần nguyên. Hãy đổi đơn vị tính.",
        ),
    ),
)
def test_wrong_number_is_explained_at_its_field(label, field, text, sentence):
    assert errors_of(member_report(), {label: {field: text}}, label) == {field: sentence}


def test_row_that_is_left_out_has_no_result():
    report = member_report()
    assert rows_of(report, {RATIO: {"na": "on"}})[0].entry == Entry(not_applicable=True)
    assert errors_of(report, {RATIO: {"na": "on", "value": "5"}}, RATIO) == {
        "na": "Đã chọn “Không giao” thì để trống kết quả; nếu có kết quả thì bỏ chọn."
    }


def test_levels_and_pass_or_fail_are_chosen():
    report = member_report()
    levels = [{"label": "Tốt", "points": "40"}, {"label": "Khá", "points": "30"}]
    use(report, DIRECT, "direct", {"levels": levels, "levels_only": True})
    use(report, COUNT, "pass_fail", {})
    rows = rows_of(report, {DIRECT: {"choice": "Khá"}, COUNT: {"value": "0"}})
    assert [row.entry for row in rows] == [Entry(choice="Khá"), Entry(value=Decimal(0))]
    assert errors_of(report, {DIRECT: {"choice": "Giỏi"}}, DIRECT) == {
        "choice": "Bảng điểm không có mức này. Hãy chọn lại."
    }


def test_facts_go_there_and_back():
    report = member_report()
    use(report, DIRECT, "clauses", FACTS)
    typed = {"f-share": "97,5", "f-late": "0", "f-sent": "05/12/2026", "note": "Dòng\r\nhai"}
    row = rows_of(report, {DIRECT: typed})[0]
    assert row.entry.facts == {"share": "97.5", "late": False, "sent": "2026-12-05"}
    criterion = row_of(report, DIRECT).criterion
    Score.objects.create(
        report=report, criterion=criterion, facts=dict(row.entry.facts), note=row.note
    )
    shown = shown_answer(row_of(report, DIRECT))
    assert shown == typed | {"note": "Dòng\nhai"}
    assert form_of(report, {DIRECT: {"note": "Dòng\r\nhai"}}).forms == {}
    assert errors_of(report, {DIRECT: {"f-sent": "32/12/2026"}}, DIRECT) == {"f-sent": NO_SUCH_DAY}


def test_changed_row_keeps_the_text_and_the_token_of_its_writer():
    report = member_report()
    form = form_of(report, {DIRECT: {"value": "abc", "note": "giữ"}})
    row = row_of(report, DIRECT)
    Score.objects.create(report=report, criterion=row.criterion, value=1, revision=1)
    row = row_of(report, DIRECT)
    shown, token = form.strings_of(row)
    assert (shown, token.partition("-")[0]) == ({"value": "abc", "note": "giữ"}, "0")
    form.conflicts = {row.criterion.pk}
    assert form.strings_of(row)[1].partition("-")[0] == "1"


def test_row_without_or_with_a_made_up_token_overwrites_nothing_silently():
    report = member_report()
    row = row_of(report, DIRECT)
    name = name_of(row, "value")
    bare = QueryDict(f"{name}=5")
    assert SheetForm(read_sheet(report), bare, decimals=2).forms == {}
    made_up = QueryDict(f"{name}=5&{name_of(row, 'token')}=x-y")
    assert SheetForm(read_sheet(report), made_up, decimals=2).revision(row) == -1


def test_appraisal_reads_points_and_reason():
    report = submitted_report()
    rows = rows_of(
        report, {DIRECT: {"points": "9", "reason": " Thiếu. "}}, form_class=AppraisalSheetForm
    )
    assert [(row.points, row.reason, row.revision) for row in rows] == [(9, "Thiếu.", 0)]


def test_button_takes_the_own_points_into_empty_fields_only():
    report = submitted_report()
    changes = {DIRECT: {"points": "9", "reason": "Thiếu."}}
    rows = rows_of(report, changes, form_class=AppraisalSheetForm, fill="1")
    labels = {row_of(report, label).criterion.pk: label for label in (DIRECT, RATIO, COUNT, BONUS)}
    assert {labels[row.criterion_id]: row.points for row in rows} == {
        DIRECT: 9,
        RATIO: Decimal("9.5"),
        COUNT: Decimal("9.5"),
        BONUS: Decimal("9.5"),
    }
    assert shown_appraisal(row_of(report, DEDUCTION)) == {"points": "", "reason": ""}


@pytest.mark.parametrize(
    ("label", "typed", "rows"),
    [
        (COUNT, {"value": "3"}, [(None, 3)]),
        (COUNT, {"points": "9,5"}, [(Decimal("9.5"), None)]),
        (COUNT, {"points": "9", "value": "0"}, [(9, 0)]),
        (COUNT, {"points": " ", "value": ""}, []),
        (DIRECT, {"value": "3"}, []),
    ],
)
def test_correction_takes_points_a_result_or_both(label, typed, rows):
    report = submitted_report()
    pk = row_of(report, label).criterion.pk
    data = {"reason": "Nhầm số."} | {f"{name}-{pk}": text for name, text in typed.items()}
    form = RectificationForm(read_sheet(report).rows, data, decimals=2)
    assert form.is_valid() is True
    assert [(row.criterion_id, row.points, row.value) for row in form.to_rows()] == [
        (pk, points, value) for points, value in rows
    ]


@pytest.mark.parametrize(
    ("person", "report", "errors"), [(1, 5, []), (2, 5, [STALE]), (1, 6, [STALE])]
)
def test_preview_is_confirmed_by_whom_and_for_what_it_was_shown(person, report, errors):
    payload = signed_changes((), user=User(pk=1), report=Report(pk=5), name="Bảng điểm.xlsx")
    form = SheetApplyForm({"payload": payload}, user=User(pk=person), report=Report(pk=report))
    assert form.errors.get("payload", []) == errors
