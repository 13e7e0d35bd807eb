"""Percents in a filled form: 95% means 95 where the leaf counts in %, else somebody is asked."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.criteria.models import Criterion
from blocs.reports.forms.sheet_strings import name_of, shown_answer, token_of
from blocs.reports.models.sheets import read_sheet
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.forms import place, saved
from tests.factories.people import editor_of
from tests.factories.reports import member_report

pytestmark = pytest.mark.django_db
THREE = [
    {"from": "95", "to": "", "ends": "[]", "points": "30"},
    {"from": "80", "to": "95", "ends": "[)", "points": "20"},
    {"from": "", "to": "80", "ends": "()", "points": "0"},
]
BANDS = {"formula": "bands", "of": "value", "bands": THREE}
SHARES = {
    "formula": "bands",
    "of": "value",
    "bands": [
        {"from": "0.95", "to": "1", "ends": "[]", "points": "30"},
        {"from": "0", "to": "0.95", "ends": "[)", "points": "0"},
    ],
}
RATIO = {"formula": "proportional"}
ASKED = (
    "Ô ghi 95% ở dạng phần trăm, không rõ là 95% hay 0,95. Hãy đổi ô sang dạng số rồi ghi đúng "
    "con số cần nhập."
)


def report_of(kind="quantitative", rule=BANDS, measure="", **more):
    """The report of a member whose table has one leaf, coded 1."""
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, total_max=30, published=True)
    Criterion.objects.create(
        table=table,
        code="1",
        name="Tỷ lệ hồ sơ đúng hạn",
        kind=kind,
        rule=rule,
        measure=measure,
        max_points=30,
        order=1,
        **more,
    )
    return member_report(bloc_year=year, table=table)


def typed(client, report, cells):
    """The form with these cells: {code of the column: (value, number format)}."""
    client.force_login(editor_of(report.unit))
    answer = client.get(reverse("sheet_files:sheet_workbook", args=(report.pk,)))
    book = load_workbook(io.BytesIO(answer.content))
    for code, (value, number_format) in cells.items():
        cell = place(book["Bảng điểm"], "1", code)
        cell.value = value
        cell.number_format = number_format
    return saved(book)


def previewed(client, report, upload):
    return client.post(reverse("sheet_files:sheet_file", args=(report.pk,)), {"file": upload})


def stored(report):
    (row,) = read_sheet(report).rows
    return row.score


def taken(client, report, cells):
    """(value, points) that the form becomes once its preview is confirmed."""
    preview = previewed(client, report, typed(client, report, cells))
    assert (preview.status_code, list(preview.context["faults"])) == (200, [])
    payload = {"payload": preview.context["payload"]}
    url = reverse("sheet_files:sheet_file_apply", args=(report.pk,))
    assert client.post(url, payload).status_code == 302
    score = stored(report)
    return score.value, score.self_points


def refused(client, report, cells):
    """The sentences of a refused form; nothing was written."""
    preview = previewed(client, report, typed(client, report, cells))
    assert (preview.status_code, stored(report)) == (422, None)
    return [fault.reason for fault in preview.context["faults"]]


@pytest.mark.parametrize(
    ("value", "number_format"),
    [(0.95, "0%"), (0.95, "0.00%"), ("95%", "@"), ("95 %", "General"), (95, "General")],
)
@pytest.mark.parametrize("measure", ["", "%", "tỷ lệ"])
def test_95_percent_is_95_where_the_bands_say_so(client, value, number_format, measure):
    report = report_of(measure=measure)
    found = taken(client, report, {"ket_qua": (value, number_format)})
    assert found == (Decimal(95), Decimal(30))


def test_a_percent_with_decimals_is_exact(client):
    report = report_of(measure="%")
    assert taken(client, report, {"ket_qua": (0.9455, "0.00%")}) == (Decimal("94.55"), Decimal(20))


def test_result_and_target_may_both_be_percents(client):
    report = report_of(rule=RATIO, measure="%")
    cells = {"chi_tieu": (1, "0%"), "ket_qua": ("80%", "@")}
    assert taken(client, report, cells) == (Decimal(80), Decimal(24))


def test_a_target_beyond_one_in_the_rule_is_enough(client):
    report = report_of(rule=RATIO | {"target": "90"})
    assert taken(client, report, {"ket_qua": (0.45, "0%")}) == (Decimal(45), Decimal(15))


@pytest.mark.parametrize(
    ("rule", "measure"),
    [(BANDS, "hồ sơ"), (SHARES, "%"), (SHARES, "tỷ lệ"), (RATIO, ""), (RATIO, "hồ sơ")],
)
@pytest.mark.parametrize(("value", "number_format"), [(0.95, "0%"), ("95%", "@")])
def test_elsewhere_a_percent_is_asked_about(client, rule, measure, value, number_format):
    report = report_of(rule=rule, measure=measure)
    assert refused(client, report, {"ket_qua": (value, number_format)})[0] == ASKED


def test_points_are_never_percents(client):
    report = report_of(kind="direct", rule={}, measure="%")
    assert refused(client, report, {"ket_qua": (0.95, "0%")}) == [ASKED]


def typed_on_page(client, report, value):
    """The sheet as the page saves it by itself while the result of the leaf is typed."""
    (row,) = read_sheet(report).rows
    client.force_login(editor_of(report.unit))
    sent = {name_of(row, "value"): value, name_of(row, "note"): ""}
    sent |= {name_of(row, "token"): token_of(row, shown_answer(row))}
    url = reverse("reports:sheet_autosave", args=(report.pk,))
    return client.post(url, sent).json()["rows"][f"s{row.criterion.pk}"].get("errors", {})


def test_a_percent_typed_on_the_page_is_read_as_in_the_form(client):
    report = report_of(measure="%")
    assert typed_on_page(client, report, "95%") == {}
    assert (stored(report).value, stored(report).self_points) == (Decimal(95), Decimal(30))


def test_a_percent_typed_on_the_page_is_asked_about_where_it_may_be_a_share(client):
    report = report_of(rule=SHARES)
    asked = "“95%” có thể là 95 hoặc 0,95. Vui lòng ghi đúng con số cần nhập, không kèm dấu %."
    assert list(typed_on_page(client, report, "95%").values()) == [asked]
    assert stored(report) is None or stored(report).value is None
