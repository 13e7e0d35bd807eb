"""Classes whose conditions look at groups and single lines: entered, ranked, printed, proved."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import Criterion, ScoringTable
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.states import ReportState, SeatRole, TableState
from blocs.years.models import Regulation
from tests.factories.blocs import ReportFactory, ScoringTableFactory, year_with_members
from tests.factories.people import official
from tests.page_forms import save
from tests.papers.papers import read_pdf

pytestmark = pytest.mark.django_db
D = Decimal
FORM = {
    "band_0": "Xuất sắc",
    "band_0_total": "90",
    "band_1": "Tốt",
    "band_1_total": "70",
    "late_grace_days": "0",
    "appraisal_mode": "head",
    "scorers_per_sheet": "2",
    "rounds": "1",
    "round_mode": "mean",
    "level_mode": "agreed",
    "deviation_share": "20",
    "spread_share": "2",
}
LINES = (
    ("", "I", "Nhiệm vụ", "group", 80),
    ("I", "1", "Việc một", "direct", 80),
    ("", "II", "Phong trào", "group", 10),
    ("II", "1", "Việc hai", "direct", 10),
    ("", "III", "Cải cách", "group", 10),
    ("III", "1", "Việc ba", "direct", 10),
    ("", "T", "Thưởng", "bonus", 20),
    ("", "P", "Trừ", "group", 0),
    ("P", "3", "Vi phạm kỷ luật", "deduction", 0),
)
RULES = {"bonus": {"per_unit": "1"}, "deduction": {"points": "-0.5"}}


def condition(number, band, figure, compare, value, line=""):
    names = ("band", "figure", "compare", "value", "line")
    values = (band, figure, compare, value, line)
    return {f"condition_{number}_{name}": text for name, text in zip(names, values, strict=True)}


def year_of(*sheets):
    """A year with a table of three groups, bonus and deduction; a sheet is points by path."""
    year = year_with_members(len(sheets))
    table = ScoringTableFactory(bloc_year=year, published=True)
    rows = {"": None}
    for order, (above, code, name, kind, most) in enumerate(LINES):
        path = f"{above}/{code}" if above else code
        rows[path] = Criterion.objects.create(
            table=table,
            parent=rows[above],
            code=code,
            name=name,
            kind=kind,
            max_points=most,
            order=order,
            rule=RULES.get(kind, {}),
        )
    for member, points in zip(year.members.order_by("order"), sheets, strict=True):
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            submitted=True,
            state=ReportState.AGREED,
            appraised_total=0,
        )
        for path, given in points.items():
            report.scores.create(
                criterion=rows[path],
                value=D(given),
                self_points=D(given),
                appraised_points=D(given),
            )
    return year


def sheet(i, ii, iii, bonus=0, minus=0):
    return {"I/1": i, "II/1": ii, "III/1": iii, "T": bonus, "P/3": minus}


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def enter(office, year, *conditions):
    typed = dict(FORM)
    for one in conditions:
        typed |= one
    return save(office, reverse("years:scoring_rules_edit", args=(year.pk,)), typed)


def ranking_page(office, year):
    return office.get(reverse("ranking:ranking", args=(year.pk,)))


def classes(office, year):
    return [row.class_label for row in ranking_page(office, year).context["rows"]]


FAULT = (
    condition(0, "0", "least_group", ">=", "50"),
    condition(1, "0", "points", "=", "0", "P.3"),
)
SAID = (
    "Xuất sắc: tổng điểm từ 90 trở lên, mọi nhóm đạt từ 50% trở lên, điểm ở mục P.3 bằng 0. "
    "Tốt: tổng điểm từ 70 trở lên."
)


def test_every_group_and_one_line_decide_the_class(office):
    # 95 points with group III 4 of 10; 95 with a violation; 95 with neither; 50 points.
    year = year_of(
        sheet(80, 10, 4, bonus=1),
        sheet(80, 10, "5.5", minus="-0.5"),
        sheet(80, 10, 5),
        sheet(40, 5, 5),
    )
    assert enter(office, year, *FAULT).status_code == 302
    assert Regulation.objects.get(bloc_year=year).class_bands == [
        {
            "label": "Xuất sắc",
            "if": [["total", ">=", "90"], ["least_group", ">=", "50"], ["points:P/3", "=", "0"]],
        },
        {"label": "Tốt", "if": [["total", ">=", "70"]]},
    ]
    answer = ranking_page(office, year)
    found = {row.unit: row.class_label for row in answer.context["rows"]}
    units = [member.unit.name for member in year.members.order_by("order")]
    assert [found[unit] for unit in units] == ["Tốt", "Tốt", "Xuất sắc", ""]
    assert SAID in " ".join(answer.content.decode().split())


def test_paper_and_proof_hold_the_conditions(office):
    year = year_of(sheet(80, 10, 4, bonus=1), sheet(80, 10, 5))
    enter(office, year, *FAULT)
    paper = office.get(reverse("ranking:ranking_paper", args=(year.pk,)))
    assert SAID in read_pdf(paper.content).text
    proof = office.get(reverse("ranking:ranking_proof", args=(year.pk,))).content.decode()
    again = check_proof(read_proof(proof))
    assert [one.sentence for one in again.mismatches] == []
    assert sorted(row["class"] for row in again.rows) == ["Tốt", "Xuất sắc"]
    loose = json.loads(proof)
    del loose["rules"]["class_bands"][0]["if"][1]
    found = [one.what for one in check_proof(read_proof(json.dumps(loose))).mismatches]
    assert found == ["dấu vân tay", "xếp loại"]


@pytest.mark.parametrize(
    ("conditions", "points", "expected"),
    [
        # «trên 100» and «từ 100» for exactly 100 points.
        ([condition(0, "0", "total", ">", "100")], sheet(80, 10, 10), "Tốt"),
        ([condition(0, "0", "total", ">=", "100")], sheet(80, 10, 10), "Xuất sắc"),
        ([condition(0, "0", "total", ">", "100")], sheet(80, 10, 10, bonus="0.01"), "Xuất sắc"),
        # One group by the share of its maximum, strict and not.
        ([condition(0, "0", "share", ">", "50", "III")], sheet(80, 10, 5), "Tốt"),
        ([condition(0, "0", "share", ">=", "50", "III")], sheet(80, 10, 5), "Xuất sắc"),
        # No leaf below half; how often something happened.
        ([condition(0, "0", "least_leaf", ">=", "50")], sheet(80, "4.99", 10), "Tốt"),
        ([condition(0, "0", "count", "<=", "0", "P/3")], sheet(80, 10, 10), "Xuất sắc"),
        ([condition(0, "0", "count", ">=", "2", "T")], sheet(80, 10, 10, bonus=1), "Tốt"),
    ],
)
def test_limits_are_strict_or_not_and_look_at_any_line(office, conditions, points, expected):
    year = year_of(points, sheet(1, 1, 1))
    enter(office, year, *conditions)
    assert classes(office, year) == [expected, ""]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            condition(0, "0", "points", "=", "0", "P.9"),
            "__all__",
            "Mức xếp loại “Xuất sắc” xét mục P.9, bảng chấm điểm không có mục này.",
        ),
        (
            condition(0, "0", "points", "=", "0"),
            "condition_0_line",
            "Vui lòng ghi mục của bảng chấm điểm, ví dụ P.3.",
        ),
        (
            condition(0, "0", "total", ">", "100", "P.3"),
            "condition_0_line",
            "Nội dung xét này không gắn với một mục. Hãy xóa mục hoặc chọn nội dung khác.",
        ),
        (
            condition(0, "", "total", ">", "100"),
            "condition_0_band",
            "Vui lòng chọn mức xếp loại của điều kiện này.",
        ),
        (
            condition(0, "0", "total", ">", ""),
            "condition_0_value",
            "Vui lòng ghi giá trị so sánh.",
        ),
        (
            condition(0, "", "", ">=", "5"),
            "condition_0_figure",
            "Vui lòng chọn nội dung xét.",
        ),
        (condition(0, "4", "total", ">", "5"), "band_4", "Vui lòng ghi tên mức xếp loại."),
        (
            condition(0, "0", "least_group", "=", "5"),
            "__all__",
            "Mức xếp loại “Xuất sắc”: “mọi nhóm đạt” chỉ dùng được với “từ” hoặc “trên”.",
        ),
    ],
)
def test_a_condition_that_says_too_little_is_asked_about_beside_what_was_typed(
    office, typed, field, sentence
):
    year = year_of(sheet(80, 10, 10))
    answer = enter(office, year, typed)
    errors = answer.context["form"].errors
    assert (answer.status_code, sentence in errors[field]) == (422, True)
    assert Regulation.objects.get(bloc_year=year).class_bands == []


def test_what_is_stored_is_shown_and_kept_by_the_next_saving(office):
    year = year_of(sheet(80, 10, 10))
    enter(office, year, *FAULT)
    stored = Regulation.objects.get(bloc_year=year).class_bands
    url = reverse("years:scoring_rules_edit", args=(year.pk,))
    form = office.get(url).context["form"]
    shown = [form[f"condition_1_{name}"].value() for name in ("band", "figure", "compare", "line")]
    assert shown == ["0", "points", "=", "P/3"]
    save(office, url, FORM | FAULT[0] | FAULT[1])
    assert Regulation.objects.get(bloc_year=year).class_bands == stored


def test_a_table_without_the_line_is_not_issued(office):
    year = year_of(sheet(80, 10, 10))
    enter(office, year, *FAULT)
    year.reports.all().delete()
    table = ScoringTable.objects.get()
    ScoringTable.objects.update(state=TableState.DRAFT, published_at=None, fingerprint="")
    Criterion.objects.filter(code="3").update(code="4")
    answer = office.post(reverse("criteria:table_publish", args=(table.pk,)))
    sentence = (
        "Mức xếp loại “Xuất sắc” xét mục P.3, bảng chấm điểm không có mục này. "
        "Hãy thêm mục vào bảng hoặc đề nghị sửa quy định chấm điểm của năm."
    )
    assert sentence in answer.content.decode()
