"""Rules that real offices wrote, worked through the pages: each example as a unit types it.

Tiền Giang 2022 (36 clauses), the flags of TP. Hồ Chí Minh, the weekly classes of Quang Trung.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.criteria.actions.tables import from_table, publish_table
from blocs.criteria.documents.table_workbook import table_workbook
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.table_files import table_value
from blocs.reports.domain.sheet_rows import field_of, inputs_of
from blocs.reports.forms.sheet_strings import name_of, shown_answer, shown_input, token_of
from blocs.reports.models.sheets import read_sheet
from blocs.scoring import Entry, Node, TableRules
from blocs.scoring.totals.tables import Table, from_json
from blocs.states import ReportState, SeatRole, YearState
from tests.blocs.scoring.test_other_rules import CITY_TABLE, REGISTER, TENS
from tests.blocs.scoring.test_tien_giang import ENTRIES, NO_SELF_SCORE, UNDEFINED, WORKED
from tests.cases import case
from tests.criteria import criteria
from tests.factories.blocs import ReportFactory, ScoringTableFactory, regulate, year_with_members
from tests.factories.people import editor_of, official
from thidua.common.vietnamese.numbers import points_text

pytestmark = pytest.mark.django_db
CITY, SCHOOL = case("rules-tp-hcm"), case("rules-truong-chuyen")
CLAUSES = from_json(criteria("tien-giang-clauses"))
TWO_FLAGS = "Có từ hai mức cùng áp dụng; quy tắc không quy định cộng hay chỉ lấy một mức."


def row_of(report, code):
    """The row of the sheet with this code, as it is stored now."""
    return next(row for row in read_sheet(report).rows if row.criterion.code == code)


def type_in(client, report, code, entry):
    """These answers at one leaf, as the page posts them while they are typed.

    Its points, or what it asks instead of guessing; and the total of the sheet.
    """
    row = row_of(report, code)
    asked = inputs_of(row.criterion.kind, row.criterion.rule)
    typed = {name_of(row, field_of(one)): shown_input(one, entry) for one in asked}
    typed |= {name_of(row, "note"): "", name_of(row, "token"): token_of(row, shown_answer(row))}
    answer = client.post(reverse("reports:sheet_autosave", args=(report.pk,)), typed)
    assert answer.status_code == 200
    told = answer.json()
    asked = told["rows"][f"s{row.criterion.pk}"].get("errors", {})
    own = told["lines"][f"tc-{row.criterion.pk}"]["own"]
    return " ".join(asked.values()) or own, told["foot"]["own"]


def begun(client, table):
    """The empty sheet of the head unit by this table, opened by its secretary."""
    report = ReportFactory(bloc_year=table.bloc_year, table=table)
    client.force_login(editor_of(report.unit))
    return report


def imported(client, source):
    """The table read from an Excel file on its page, then issued by the office."""
    year = year_with_members(state=YearState.OPEN)
    client.force_login(editor_of(year.head))
    file = SimpleUploadedFile("bang.xlsx", table_workbook(source))
    typed = {"way": "file", "title": source.title, "file": file}
    shown = client.post(reverse("criteria:table_new", args=(year.pk,)), typed).context
    client.post(shown["confirm_url"], {"payload": shown["payload"]})
    return ScoringTable.objects.get()


def issued(nodes, rules):
    """A table of these lines in force, whatever the page of issuing asks of a whole table."""
    source = Table(nodes, rules, "Bảng", ())
    table = from_table(year_with_members(state=YearState.OPEN), source, title="Bảng")
    publish_table(table, actor=official(SeatRole.OFFICE))
    return ScoringTable.objects.get(pk=table.pk)


def test_the_clauses_of_tien_giang_come_in_by_excel_and_give_their_points(client):
    """25 worked examples, one after the other in one sheet; the hole of c1 stays a question."""
    table = imported(client, CLAUSES)
    assert table_value(table).nodes == CLAUSES.nodes
    publish_table(table, actor=official(SeatRole.OFFICE))
    report = begun(client, ScoringTable.objects.get())
    found = {}
    for name, (code, entry) in ENTRIES.items():
        found[name], _ = type_in(client, report, code, entry)
    asked = found.pop(UNDEFINED)
    assert found == {
        name: points_text(Decimal(WORKED[name]), 2)
        for name in WORKED
        if name not in (UNDEFINED, NO_SELF_SCORE)
    }
    assert asked == "Quy tắc không quy định điểm cho giá trị 98. Vui lòng cho biết số điểm."


@pytest.mark.parametrize("example", CITY["worked"][:2], ids=lambda row: str(row["expect"]))
def test_the_flag_of_the_city_lifts_a_sheet_over_its_scale(client, example):
    report = begun(client, issued(CITY_TABLE, TableRules(total_max=Decimal(100))))
    figures = example["input"]
    flags = {"city": "city_flag" in figures, "government": "government_flag" in figures}
    type_in(client, report, "I", Entry(Decimal(figures["score"])))
    bonus, total = type_in(client, report, "II", Entry(facts=flags))
    assert bonus == points_text(Decimal(example["expect"] - figures["score"]), 2)
    assert total == points_text(Decimal(example["expect"]), 2)


def test_two_flags_of_the_city_are_asked_about(client):
    """«112 or 122; ask»: the sheet takes neither and says why."""
    assert CITY["worked"][2]["expect"] == "not defined: 112 or 122; ask"
    report = begun(client, issued(CITY_TABLE, TableRules(total_max=Decimal(100))))
    type_in(client, report, "I", Entry(Decimal(97)))
    asked = type_in(client, report, "II", Entry(facts={"city": True, "government": True}))
    assert asked == (TWO_FLAGS, "97,00")


WEEK = (
    Node("I", "Điểm nền", "direct", Decimal(100)),
    Node("P", "Sổ đầu bài", REGISTER.kind, Decimal(0), REGISTER.rule),
    Node("T", "Điểm 10", TENS.kind, None, TENS.rule),
)


def test_register_and_tens_of_the_school_are_typed_as_they_are_counted(client):
    register, tens = SCHOOL["worked"][5:7]
    report = begun(client, issued(WEEK, TableRules(total_max=Decimal(100))))
    figures = register["input"]
    facts = {"periods": str(figures["periods"]), "marks": str(figures["sum_marks"])}
    taken, _ = type_in(client, report, "P", Entry(facts=facts))
    assert taken == points_text(-register["expect"]["deduction"], 2)
    earned, _ = type_in(client, report, "T", Entry(Decimal(tens["input"]["tens"])))
    assert earned == points_text(Decimal(tens["expect"]["bonus_marks"]), 2)


CLASSES = [
    {"label": "Tốt", "if": [["total", ">=", "100"], ["deduction", "<=", ["0.5", "bonus"]]]},
    {"label": "Khá", "if": [["total", ">=", "90"]]},
    {"label": "Trung bình", "if": [["total", ">=", "80"]]},
    {"label": "Không đạt", "if": [["total", "<", "80"]]},
]


def school_week(figures):
    """Classes of pupils as units with the bonus and deductions of their week; places by class."""
    year = year_with_members(len(figures), state=YearState.RANKED)
    regulate(year, class_bands=CLASSES, tie_rules=["class_first", "shared_rank"])
    table = ScoringTableFactory(bloc_year=year, published=True)
    kinds = {"I": "direct", "T": "bonus", "P": "deduction"}
    for order, (code, kind) in enumerate(kinds.items(), start=1):
        most = 100 if kind == "direct" else 0
        table.criteria.create(
            code=code, name=code, kind=kind, max_points=most, order=order, rule={}
        )
    members = year.members.order_by("order").select_related("unit")
    for member, (name, week) in zip(members, figures.items(), strict=True):
        member.unit.name = name
        member.unit.save()
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            submitted=True,
            state=ReportState.AGREED,
            appraised_total=Decimal(0),
        )
        points = {"I": 100, "T": week["bonus"], "P": -Decimal(week["deductions"])}
        for line in table.criteria.all():
            given = Decimal(points[line.code])
            report.scores.create(
                criterion=line, value=given, self_points=given, appraised_points=given
            )
    return year


def ranked(client, year):
    client.force_login(official(SeatRole.OFFICE))
    rows = client.get(reverse("ranking:ranking", args=(year.pk,))).context["rows"]
    return [(row.unit, row.total, row.class_label) for row in rows]


def test_five_weeks_of_the_school_have_their_points_and_class(client):
    weeks = {f"Lớp {place}": row for place, row in enumerate(SCHOOL["worked"][:5], start=1)}
    year = school_week({name: row["input"] for name, row in weeks.items()})
    assert {name: (total, label) for name, total, label in ranked(client, year)} == {
        name: (points_text(Decimal(row["expect"]["remaining"]), 2), row["expect"]["class"])
        for name, row in weeks.items()
    }


def test_the_better_class_of_the_school_comes_before_more_points(client):
    example = SCHOOL["worked"][7]
    assert ranked(client, school_week(example["input"])) == [
        ("Y", "101,00", "Tốt"),
        ("X", "109,50", "Khá"),
    ]
    assert example["expect"]["order"] == ["Y", "X"]


def test_a_unit_of_tien_giang_without_its_own_points_is_out_whatever_it_has(client):
    """Clause 5.2: recorded as a ground, it takes the place and the class away."""
    assert WORKED[NO_SELF_SCORE] == "không xếp loại, whatever the points"
    year = school_week({"A": {"bonus": 20, "deductions": 0}, "B": {"bonus": 0, "deductions": 0}})
    (ground,) = criteria("tien-giang-clauses")["disqualifiers"]
    table = year.tables.get()
    table.settings = {"disqualifiers": [ground]}
    table.save()
    unit = year.members.get(unit__name="A").unit
    year.grounds.create(
        unit=unit, code=ground["code"], basis="Biên bản 1", found_on=dt.date(2027, 1, 5)
    )
    assert ranked(client, year) == [("B", "100,00", "Tốt")]
    out = client.get(reverse("ranking:ranking", args=(year.pk,))).context["out"]
    assert [row.unit.name for row in out] == ["A"]
