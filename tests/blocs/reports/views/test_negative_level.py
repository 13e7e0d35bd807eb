"""A level below zero: stated in the table editor, chosen on the sheet, given by the appraiser."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import Criterion
from blocs.reports.forms.sheet_strings import name_of, shown_answer, token_of
from blocs.reports.models.sheets import read_sheet
from blocs.states import TableState, YearState
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    DIRECT,
    member_report,
    posted_appraisal,
    row_of,
    submitted_report,
)
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal
RULE = {
    "levels": [
        {"label": "Tốt", "points": "10"},
        {"label": "Khá", "points": "7"},
        {"label": "Kém", "points": "-1"},
    ],
    "levels_only": True,
}
TYPED = {
    "name": "Hoàn thành nhiệm vụ được giao",
    "code": "1",
    "max_points": "40",
    "levels-rows": "3",
    "levels-0-label": "Tốt",
    "levels-0-points": "10",
    "levels-1-label": "Khá",
    "levels-1-points": "7",
    "levels-2-label": "Kém",
    "levels-2-points": "−1",
    "levels_only": "on",
}


@pytest.mark.parametrize(
    ("lowest", "sentence"),
    [
        (
            "",
            "Mức “Kém” cho −1 điểm, dưới điểm thấp nhất 0 của tiêu chí; nếu quy định có điểm âm, "
            "hãy ghi ở ô “Điểm thấp nhất”.",
        ),
        (
            "-0,5",
            "Mức “Kém” cho −1 điểm, dưới điểm thấp nhất −0,5 của tiêu chí; nếu quy định có điểm "
            "âm, hãy ghi ở ô “Điểm thấp nhất”.",
        ),
        ("2", "Trong quy tắc, điểm thấp nhất 2 phải là 0 hoặc số âm."),
        ("-1", ""),
        ("-3", ""),
    ],
)
def test_the_editor_takes_a_level_down_to_the_stated_floor(client, lowest, sentence):
    year = year_with_members(state=YearState.OPEN)
    table = small_table(year, published=False, state=TableState.DRAFT)
    client.force_login(editor_of(year.head))
    row = table.criteria.get(code="1", parent__code="I")
    url = reverse("criteria:criterion_edit", args=(row.pk,))
    answer = save(client, url, TYPED | {"lowest": lowest})
    row.refresh_from_db()
    if sentence:
        assert (answer.context["form"].non_field_errors(), row.rule) == ([sentence], {})
        return
    assert row.rule == RULE | {"lowest": lowest}
    page = client.get(table.get_absolute_url())
    faults = {one.name: one.faults for one in page.context["rows"]}
    assert faults["Hoàn thành nhiệm vụ được giao"] == ()


def below_zero(report):
    Criterion.objects.filter(table=report.table, kind="direct").update(
        rule=RULE | {"lowest": "-1"}, max_points=10
    )
    return type(report).objects.get(pk=report.pk)


@pytest.mark.parametrize(("level", "points"), [("Tốt", "10,00"), ("Khá", "7,00"), ("Kém", "−1,00")])
def test_the_sheet_counts_the_level_that_was_chosen(client, level, points):
    report = below_zero(member_report())
    client.force_login(editor_of(report.unit))
    row = next(row for row in read_sheet(report).rows if row.label == DIRECT)
    shown = shown_answer(row)
    data = {name_of(row, field): value for field, value in (shown | {"choice": level}).items()}
    data.pop(name_of(row, "na"), None)
    data[name_of(row, "token")] = token_of(row, shown)
    told = client.post(reverse("reports:sheet_autosave", args=(report.pk,)), data).json()
    assert told["lines"][f"tc-{row.criterion.pk}"]["own"] == points
    assert told["foot"]["own"] == points


@pytest.mark.parametrize(
    ("typed", "status", "stored"), [("-1", 302, "-1"), ("-0,5", 422, None), ("-2", 422, None)]
)
def test_the_appraiser_gives_it_too_and_nothing_below(client, typed, status, stored):
    report = below_zero(submitted_report())
    client.force_login(leader_of(report.bloc_year.head))
    data = posted_appraisal(report, {DIRECT: {"points": typed, "reason": "Bị phê bình."}})
    answer = client.post(reverse("reports:appraisal_edit", args=(report.pk,)), data)
    assert answer.status_code == status
    given = row_of(report, DIRECT).score.appraised_points
    assert given == (D(stored) if stored else None)
    if status == 302:
        report.refresh_from_db()
        assert report.appraised_total == D("-1")
