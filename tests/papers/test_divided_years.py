"""Groups of units with tables of their own: one ranking by percent on each page, paper, file."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs.conferences.documents.minutes import minutes_of
from blocs.criteria.models import Criterion, ScoringTable
from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.rankings import ranking_of
from blocs.states import AgendaTopic, BlocKind, ReportState, SeatRole, YearState
from tests.factories.blocs import ReportFactory, fill, regulate, small_table
from tests.factories.conferences import add_agenda, conference_of
from tests.factories.groups import FIRMS, OFFICES, divided_year, group
from tests.factories.people import official
from tests.papers.papers import read_pdf
from tests.papers.reading import tables_of
from tests.recomputing import recompute
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
D = Decimal
# Points at I.1, I.2 and II.1; the first three of 100 points, the others of 120.
SHEETS = {
    "Sở A": ("36", "27", "27"),
    "Sở B": ("34", "26", "22.5"),
    "Sở C": ("20", "20", "20"),
    "Công ty D": ("48", "28", "38"),
    "Công ty E": ("40", "27", "32"),
    "Công ty F": ("40", "26", "30"),
}
TIES = ["points:I", "points:II", "shared_rank"]
CLASSES = [
    {"label": "Xuất sắc", "if": [["total", ">=", "90"]]},
    {"label": "Tốt", "if": [["total", ">=", "80"]]},
    {"label": "Khá", "if": []},
]
RULE = (
    "Các đơn vị được chấm theo bảng chấm điểm của nhóm với điểm tối đa khác nhau (nhóm "
    f"“{OFFICES}” 100 điểm; nhóm “{FIRMS}” 120 điểm), nên cả khối xếp hạng theo tỷ lệ % giữa "
    "tổng điểm và điểm tối đa. Khi bằng tỷ lệ đạt, xét lần lượt: tỷ lệ % điểm mục II “Phong trào "
    "thi đua” cao hơn; "
    "nếu vẫn bằng nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên. Không "
    "xét điểm mục I, vì không phải bảng chấm điểm nào của khối cũng có mục này cùng tên."
)
ROWS = [
    ("1", "Công ty D", FIRMS, "114,00", "120", "95,00%", "Xuất sắc"),
    ("2", "Sở A", OFFICES, "90,00", "100", "90,00%", "Xuất sắc"),
    ("3", "Công ty E", FIRMS, "99,00", "120", "82,50%", "Tốt"),
    ("4", "Sở B", OFFICES, "82,50", "100", "82,50%", "Tốt"),
    ("5", "Công ty F", FIRMS, "96,00", "120", "80,00%", "Tốt"),
    ("6", "Sở C", OFFICES, "60,00", "100", "60,00%", "Khá"),
]


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def give(report, points):
    """These points at the leaves of work, in their order, by the unit and by the appraisers."""
    fill(report, D(0), D(0))
    for score, given in zip(
        report.scores.exclude(criterion__parent=None).order_by("criterion__order"),
        points,
        strict=True,
    ):
        score.value = score.self_points = score.appraised_points = D(given)
        score.save()
    report.self_total = report.appraised_total = sum(map(D, points))
    report.save()


def ranked_year(sheets=SHEETS, year=None, **rules):
    year = year or divided_year(len(sheets), state=YearState.RANKED)
    regulate(year, **({"tie_rules": TIES, "class_bands": CLASSES} | rules))
    members = year.members.select_related("unit", "grouping__group").order_by("order")
    for member, (name, points) in zip(members, sheets.items(), strict=True):
        member.unit.name = member.unit.short_name = name
        member.unit.save()
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=member.grouping.group.tables.get(),
            submitted=True,
            first_submitted_at=timezone.now(),
            state=ReportState.AGREED,
            appraised_total=D(0),
        )
        give(report, points)
    return year


def page(office, year, name="ranking"):
    return office.get(reverse(f"ranking:{name}", args=(year.pk,)))


def shown(office, year):
    """What the page of the ranking tells of each unit."""
    return [
        (row.place, row.unit, row.group, row.total, row.maximum, row.percent, row.class_label)
        for row in page(office, year).context["rows"]
    ]


def sheets_of(answer):
    """Each sheet of an Excel file as rows of values."""
    found = load_workbook(BytesIO(answer.content)).worksheets
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in found
    }


def test_the_page_ranks_by_percent_and_shows_group_maximum_and_class_on_the_percent(office):
    year = ranked_year()
    assert shown(office, year) == ROWS
    html = " ".join(page(office, year).content.decode().split())
    assert html.count(RULE) == 1
    assert html.count("Tỷ lệ đạt</th>") == 1
    assert "thứ hạng so sánh tỷ lệ đạt chưa làm tròn" in html
    notes = {row.unit: row.notes for row in page(office, year).context["rows"] if row.notes}
    told = "Bằng tỷ lệ đạt, xếp theo tỷ lệ % điểm mục II “Phong trào thi đua”: {}%."
    assert notes == {"Công ty E": (told.format("80"),), "Sở B": (told.format("75"),)}
    assert "theo % điểm tối đa của bảng" in html
    assert "không được giao một số chỉ tiêu" not in html


def test_of_part_of_the_year_the_percent_is_taken_by_its_months(office):
    """Sở A came in July: 90 % of its table, six months of twelve."""
    year = ranked_year(part_year="by_months")
    year.members.filter(unit__name="Sở A").update(joined_on=date(year.year, 7, 1))
    context = page(office, year).context
    row = next(row for row in context["rows"] if row.unit == "Sở A")
    assert (context["compared"], row.place, row.percent, row.compared) == (
        "Tỷ lệ so sánh (%)",
        "6",
        "90,00%",
        "45,00",
    )
    assert row.notes == (
        f"Tham gia từ 01/07/{year.year}, so sánh theo 06/12 tháng: 90,00 × 06/12 = 45,00%.",
    )


def test_percent_compares_also_where_no_leaf_is_left_out_of_a_maximum(office):
    """The maxima of the tables alone say so; a leaf that is not assigned counts in full here."""
    year = ranked_year()
    ScoringTable.objects.filter(bloc_year=year).update(settings={"not_applicable": "full"})
    assert shown(office, year) == ROWS
    html = " ".join(page(office, year).content.decode().split())
    assert html.count("Tỷ lệ đạt</th>") == 1
    assert "thứ hạng so sánh tỷ lệ đạt chưa làm tròn" in html


def test_equal_units_are_parted_by_percent_of_their_own_maximum(office):
    """Both have 90 %: one by work alone, the other has more points of work and a smaller part."""
    year = divided_year(2, state=YearState.RANKED)
    table = year.unit_groups.get(name=FIRMS).tables.get()
    more = {"code": "III", "name": "Điểm thưởng", "kind": "bonus", "max_points": 12, "order": 9}
    Criterion.objects.create(table=table, **more)
    sheets = {"Sở A": ("36", "27", "27"), "Công ty D": ("40", "26", "30")}
    ranked_year(sheets, year, tie_rules=["work_points", "shared_rank"])
    year.reports.get(table=table).scores.filter(criterion__code="III").update(
        value=12, self_points=12, appraised_points=12
    )
    context = page(office, year).context
    assert [(row.place, row.unit, row.work, row.percent) for row in context["rows"]] == [
        ("1", "Sở A", "90,00", "90,00%"),
        ("2", "Công ty D", "96,00", "90,00%"),
    ]
    assert "xét lần lượt: tỷ lệ % điểm phần nhiệm vụ" in context["tie_rule"]


def test_a_section_that_one_table_lacks_parts_nobody(office):
    year = ranked_year(tie_rules=["points:III", "points:II", "shared_rank"])
    assert ranking_of(year).unusable == ("points:III",)
    assert "Không xét điểm mục III" in page(office, year).context["tie_rule"]


def test_a_divided_cum_is_called_so(office):
    year = ranked_year()
    type(year.bloc).objects.filter(pk=year.bloc_id).update(kind=BlocKind.TERRITORIAL)
    html = " ".join(page(office, year).content.decode().split())
    assert html.count(RULE.replace("cả khối", "cả cụm").replace("của khối", "của cụm")) == 1


def test_paper_minutes_and_proof_agree_with_the_page(office, tmp_path):
    year = ranked_year()
    text = " ".join(read_pdf(page(office, year, "ranking_paper").content).text.split())
    assert text.count(RULE) == 1
    assert f"Công ty D ({FIRMS}) 114,00 114,00 120 95,00% 1 Xuất sắc" in text
    conference = conference_of(year, starts_at=timezone.now())
    add_agenda(conference, ("Thống nhất điểm", "", AgendaTopic.SCORES))
    (section,) = [one for one in minutes_of(conference).sections if one.ranking]
    assert [
        (row.rank, row.unit, row.group, row.points, row.maximum, row.share)
        for row in section.ranking
    ] == [row[:6] for row in ROWS]
    assert RULE in section.tie_rule
    data = json.loads(page(office, year, "ranking_proof").content)
    assert data["rules"]["by_percent"] is True
    assert sorted(data["tables"]) == sorted((f"{FIRMS} – 1", f"{OFFICES} – 1"))
    path = tmp_path / "kiem-chung.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = recompute(path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)["units"]
    assert [(str(row["place"]), row["name"], row["class"]) for row in rows] == [
        (row[0], row[1], row[6]) for row in ROWS
    ]
    del data["rules"]["by_percent"]
    path.write_text(json.dumps(data | {FINGERPRINT: fingerprint_of(data)}), encoding="utf-8")
    assert "Công ty F: xếp loại trong tệp là Tốt, tính lại là Xuất sắc." in recompute(path).stderr


def test_every_artefact_tells_the_same(office):
    year = ranked_year()
    assert [one.sentence for one in check(year)[1]] == []


def test_both_workbooks_tell_group_maximum_and_percent(office):
    year = ranked_year()
    found = sheets_of(page(office, year, "ranking_workbook"))
    summary = found["Tổng hợp"]
    head = next(row for row in summary if "Đơn vị" in row)
    assert head == [
        "Hạng",
        "Mã",
        "Đơn vị",
        "Nhóm",
        "Điểm ngoài bảng",
        "Tổng tự chấm",
        "Điểm tối đa",
        "Tổng điểm",
        "Tỷ lệ đạt (%)",
        "Xếp loại",
        "Ghi chú",
    ]
    rows = {row[2]: row[3:9] for row in summary if row[0] in range(1, 7)}
    assert rows["Công ty D"] == [FIRMS, 0, 114, 120, 114, 95]
    assert rows["Sở B"] == [OFFICES, 0, 82.5, 100, 82.5, 82.5]
    assert list(found) == ["Tổng hợp", "Chi tiết", "Chi tiết 2"]
    (doanh_thu,) = [row for row in found["Chi tiết 2"] if row[1] == "Doanh thu so với kế hoạch"]
    assert doanh_thu[2:] == ["50", 48, 48, 40, 40, 40, 40]
    bloc = sheets_of(page(office, year, "bloc_workbook"))
    summary = next(iter(bloc.values()))
    head = next(row for row in summary if "Đơn vị" in row)
    told = {row[head.index("Đơn vị")]: row for row in summary if row[0] in range(1, 7)}
    assert [told["Công ty E"][head.index(name)] for name in ("Điểm tối đa", "Tỷ lệ đạt (%)")] == [
        120,
        82.5,
    ]


def test_the_leaves_stand_in_one_table_for_each_group(office):
    year = ranked_year()
    text = " ".join(read_pdf(page(office, year, "ranking_leaves_paper").content).text.split())
    for told in (f"Nhóm “{OFFICES}”", f"Nhóm “{FIRMS}”", "Doanh thu so với kế hoạch"):
        assert text.count(told) == 1 + (told[:4] == "Nhóm" and told in RULE)


def test_the_sealed_ranking_keeps_comparing_by_percent(office):
    year = ranked_year()
    seal_ranking(year, timezone.now())
    year.tables.filter(group__name=FIRMS).update(total_max=100)
    assert shown(office, year) == ROWS
    assert ranking_of(year).rules.by_percent is True


def test_tables_of_one_maximum_are_compared_by_points_and_still_show_the_groups(office):
    year = ranked_year({"Sở A": ("36", "27", "27"), "Công ty D": ("48", "28", "14")})
    firms = year.tables.get(group__name=FIRMS)
    firms.criteria.filter(code="II").update(max_points=20)
    firms.criteria.filter(parent__code="II").update(max_points=20)
    firms.total_max = 100
    firms.save()
    assert [row[:4] for row in shown(office, year)] == [
        ("1", "Sở A", OFFICES, "90,00"),
        ("2", "Công ty D", FIRMS, "90,00"),
    ]
    (rows,) = tables_of(page(office, year))
    assert rows[0][:3] == ["Hạng", "Đơn vị", "Nhóm"]
    assert "Tỷ lệ đạt" not in rows[0]
    sentence = page(office, year).context["tie_rule"]
    assert sentence.startswith(
        "Khi bằng tổng điểm, xét lần lượt: tỷ lệ % điểm mục II “Phong trào thi đua” cao hơn;"
    )


def test_sections_of_one_name_stay_columns_without_their_different_maxima(office):
    year = divided_year(2, state=YearState.RANKED)
    Criterion.objects.filter(table__group__name=OFFICES, code__in=("III", "IV")).delete()
    Criterion.objects.filter(code="I").update(name="Nhiệm vụ")
    ranked_year({"Sở A": ("36", "27", "27"), "Công ty D": ("48", "28", "38")}, year)
    text = " ".join(read_pdf(page(office, year, "ranking_paper").content).text.split())
    assert "Phong trào thi đua Tổng" not in text
    assert [node.name for node in ranking_of(year).sections] == ["Nhiệm vụ", "Phong trào thi đua"]
    assert "Phong trào thi đua (30)" not in text
    assert f"Sở A ({OFFICES}) 63,00 63,00 27,00 27,00" in text
    assert [one.sentence for one in check(year)[1]] == []


def test_a_unit_compared_with_the_best_is_compared_inside_its_group(office):
    year = divided_year(4, state=YearState.CLOSING)
    third = group(year, "Đoàn thể")
    small_table(year, group=third)
    Criterion.objects.filter(table__bloc_year=year, code="1", parent__code="I").update(
        kind="quantitative", rule={"formula": "share_of_best"}
    )
    figures = {}
    for member, value in zip(
        year.members.order_by("order"), ("50", "100", "30", "40"), strict=True
    ):
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=member.grouping.group.tables.get(),
            submitted=True,
        )
        leaf = report.table.criteria.get(code="1", parent__code="I")
        report.scores.create(criterion=leaf, value=D(value))
        figures[member.unit.name] = value
    rows = page(office, year, "relative_points").context["rows"]
    told = {row.unit: row.note for row in rows}
    assert [told[name] for name in figures] == [
        "40 × 50 / 100",
        "40 × 100 / 100",
        "50 × 30 / 40",
        "50 × 40 / 40",
    ]
