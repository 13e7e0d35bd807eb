"""A number typed the Vietnamese way is the same number everywhere, to the fourth decimal.

Form → action → database → page → PDF → Excel out → Excel in. Nothing here reads a number with
the code under test: what is printed is read back by `said_number`.
"""

import html
import io
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from blocs.criteria.models import Criterion
from blocs.reports.actions.scores import save_scores
from blocs.reports.domain.sheet_rows import TypedRow
from blocs.reports.forms.sheet_strings import name_of, shown_answer, token_of
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import read_sheet
from blocs.scoring import Entry
from blocs.years.models import Regulation
from tests.factories.blocs import ReportFactory, ScoringTableFactory, year_with_members
from tests.factories.forms import saved
from tests.factories.people import editor_of
from tests.papers.papers import read_pdf

pytestmark = pytest.mark.django_db
D = Decimal
MOST = D("99999999.9999")
# A leaf whose points are the fact itself, the only kind of work that may be negative.
BALANCE = {
    "standard": "0",
    "facts": [{"key": "so", "label": "Chênh lệch", "type": "number"}],
    "parts": [{"items": [{"per": "so", "points": "1"}]}],
}
TARGET = {"formula": "bands", "bands": [{"ends": "[]", "points": "0"}], "of": "value"}
# What people type at a leaf, the input it is typed into, and the one number it means.
NASTY = (
    ("direct", "value", "0", "0"),
    ("direct", "value", "0,0001", "0.0001"),
    ("direct", "value", "9,5", "9.5"),
    ("direct", "value", "9,50", "9.5"),
    ("direct", "value", "9,5000", "9.5"),
    ("direct", "value", "9.5", "9.5"),
    ("direct", "value", ",5", "0.5"),
    ("direct", "value", "0,30", "0.3"),
    ("direct", "value", "1.000,25", "1000.25"),
    ("direct", "value", "1 000,25", "1000.25"),
    ("direct", "value", "12.345.678,9", "12345678.9"),
    ("direct", "value", "99.999.999,9999", "99999999.9999"),
    ("direct", "value", "33,3333", "33.3333"),
    ("direct", "value", "1,2340", "1.234"),
    ("direct", "value", "0,1234", "0.1234"),
    ("direct", "value", "+7,25", "7.25"),
    ("direct", "value", " 8,0640 ", "8.064"),
    ("clauses", "f-so", "-99.999.999,9999", "-99999999.9999"),
    ("clauses", "f-so", "−12.345.678,9001", "-12345678.9001"),
    ("clauses", "f-so", "-0,0001", "-0.0001"),
    ("clauses", "f-so", "-0", "0"),
    ("bonus", "value", "0,0001", "0.0001"),
    ("deduction", "value", "2,75", "2.75"),
    ("deduction", "value", "0,0001", "0.0001"),
    ("quantitative", "value", "99.999.999,9999", "99999999.9999"),
    ("quantitative", "value", "0,0001", "0.0001"),
)
RULES = {"clauses": BALANCE, "quantitative": TARGET}


def said_number(text):
    """The number that a Vietnamese reader reads."""
    plain = text.replace(".", "").replace(",", ".").replace("\u2212", "-")
    return D(plain) + 0


def sheet_with(kinds, most):
    """A report whose table has one leaf of each kind named, in a year of four decimals.

    `most` is the maximum of each leaf that has one.
    """
    year = year_with_members(1)
    Regulation.objects.filter(bloc_year=year).update(decimals=4)
    table = ScoringTableFactory(bloc_year=year, total_max=MOST, published=True)
    for place, kind in enumerate(kinds, start=1):
        Criterion.objects.create(
            table=table,
            code=f"{place}",
            name=f"Tiêu chí thử số {place:02d}",
            kind=kind,
            max_points=most if kind in ("direct", "quantitative") else 0,
            order=place,
            rule=RULES.get(kind, {}),
        )
    return ReportFactory(bloc_year=year, unit=year.head, table=table)


class Desk:
    """One editor with one sheet, through the addresses a browser asks for."""

    def __init__(self, kinds, most=MOST):
        self.report = sheet_with(kinds, most)
        self.client = Client()
        self.editor = editor_of(self.report.unit)
        self.client.force_login(self.editor)

    def address(self, name):
        return reverse(name, args=(self.report.pk,))

    def rows(self):
        report = Report.objects.for_page().get(pk=self.report.pk)
        return read_sheet(report).rows

    def type(self, texts):
        """Post the whole sheet with what was typed, one {field: text} per leaf."""
        data = {}
        for row, typed in zip(self.rows(), texts, strict=True):
            shown = shown_answer(row)
            data[name_of(row, "token")] = token_of(row, shown)
            for field, text in (dict.fromkeys(shown, "") | typed).items():
                if field != "na":
                    data[name_of(row, field)] = text
        answer = self.client.post(self.address("reports:sheet_edit"), data)
        assert answer.status_code == 302, answer.context["errors"]

    def stored(self):
        """Entry and own points of each leaf as the database gives them back."""
        return [(row.entry, row.score and row.score.self_points) for row in self.rows()]

    def page(self):
        """What the inputs and the own points of the page say, by leaf: {field: text}, text."""
        text = self.client.get(self.address("reports:sheet_edit")).content.decode()
        found = []
        for row in self.rows():
            shape = rf'<tr id="tc-{row.criterion.pk}"[^>]*>(.*?)</tr>'
            (line,) = re.findall(shape, text, re.DOTALL)
            inputs = re.findall(rf'name="s{row.criterion.pk}-([\w-]+)"[^>]*?value="([^"]*)"', line)
            own = re.search(r'data-sum="own">([^<]*)<', line)[1]
            found.append(({name: html.unescape(value) for name, value in inputs}, own.strip()))
        return found

    def workbook(self, name="sheet_files:sheet_workbook"):
        answer = self.client.get(self.address(name))
        return load_workbook(io.BytesIO(answer.content))

    def exported(self):
        """The numbers of the Excel file by leaf: the typed ones, and the own points."""
        page = self.workbook()["Bảng điểm"]
        codes = columns_of(page)
        found = {}
        for row in page.iter_rows(min_row=codes["row"] + 1):
            path = row[codes["ma"]].value
            if path is None:
                continue
            typed, own = found.get(path, ({}, None))
            key = row[codes["ma_so_lieu"]].value
            for column in ("chi_tieu", "ket_qua"):
                if (value := row[codes[column]].value) is not None:
                    typed[f"f-{key}" if key else column] = D(repr(value))
            # A fact stands on a line of its own, below the one with the points.
            points = row[codes["diem_tu_cham"]].value
            found[path] = (typed, own if points is None else D(repr(points)))
        return [found[row.path] for row in self.rows()]

    def through_excel(self):
        """Export, forget everything, copy the cells into a blank form and bring that back."""
        full, blank = self.workbook(), self.workbook("sheet_files:sheet_template")
        codes = columns_of(full["Bảng điểm"])
        assert columns_of(blank["Bảng điểm"]) == codes
        for line in range(codes["row"] + 1, full["Bảng điểm"].max_row + 1):
            for column in ("chi_tieu", "ket_qua"):
                place = (line, codes[column] + 1)
                value = full["Bảng điểm"].cell(*place).value
                blank["Bảng điểm"].cell(*place).value = value
        Score.objects.filter(report=self.report).delete()
        Report.objects.filter(pk=self.report.pk).update(self_total=None)
        preview = self.client.post(self.address("sheet_files:sheet_file"), {"file": saved(blank)})
        assert preview.context["faults"] == ()
        payload = {"payload": preview.context["payload"]}
        answer = self.client.post(self.address("sheet_files:sheet_file_apply"), payload)
        assert answer.status_code == 302


def columns_of(page):
    """Where each hidden code stands, counted from 0, and the row they stand in."""
    for row in page.iter_rows():
        texts = [cell.value for cell in row]
        if "ma" in texts:
            found = {text: place for place, text in enumerate(texts) if text}
            return found | {"row": row[0].row}
    raise LookupError("No line of codes.")


def entry_of(field, number):
    """What the database holds of a typed number."""
    if field == "f-so":
        return Entry(facts={"so": f"{number:f}"})
    return Entry(value=number)


def points_of(kind, number):
    """The own points of a number at a leaf: a deduction is negative, a band of all is 0."""
    return {"deduction": -number, "quantitative": D(0)}.get(kind, number)


def same_entry(one, other):
    """Equal numbers, however many idle zeros they carry."""
    facts = [{key: D(text) for key, text in entry.facts.items()} for entry in (one, other)]
    return (one.value, one.target, facts[0]) == (other.value, other.target, facts[1])


def check_everywhere(desk, typed):
    """`typed`: kind, field, text and number of each leaf; all places must say the number."""
    numbers = [(kind, field, D(number)) for kind, field, _, number in typed]
    points = [points_of(kind, number) for kind, _, number in numbers]
    entries = [entry_of(field, number) for _, field, number in numbers]

    def check_database():
        for (entry, own), wanted, worth in zip(desk.stored(), entries, points, strict=True):
            assert same_entry(entry, wanted)
            assert own == worth
        assert total_of(desk) == sum(points)

    desk.type([{field: text} for _, field, text, _ in typed])
    check_database()
    for (kind, field, number), worth, (inputs, own) in zip(
        numbers, points, desk.page(), strict=True
    ):
        assert said_number(inputs[field]) == number, (kind, inputs)
        assert said_number(own) == worth
    for (_, field, number), worth, (cells, own) in zip(
        numbers, points, desk.exported(), strict=True
    ):
        column = {"value": "ket_qua"}.get(field, field)
        assert cells == {column: number}
        assert own == worth
    desk.through_excel()
    check_database()
    return total_of(desk)


def total_of(desk):
    return Report.objects.get(pk=desk.report.pk).self_total


def test_nasty_numbers_are_the_same_in_every_place():
    told = sum(points_of(kind, D(number)) for kind, _, _, number in NASTY)
    assert check_everywhere(Desk([kind for kind, *_ in NASTY]), NASTY) == told


def test_numbers_are_printed_as_they_were_typed():
    """As many digits as a column of the paper holds; sums of groups and totals alike."""
    typed = [row for row in NASTY if abs(D(row[3])) < 10_000 and row[0] != "quantitative"]
    desk = Desk([kind for kind, *_ in typed], most=D(9999))
    check_everywhere(desk, typed)
    pdf = read_pdf(desk.client.get(desk.address("ranking:report_paper")).content).text
    assert len(typed) == 20
    for place, (kind, _, _, number) in enumerate(typed, start=1):
        top = r"9\.999 " if kind == "direct" else ""
        printed = re.findall(rf"Tiêu chí thử số {place:02d} {top}(\S+)", pdf)
        assert [said_number(text) for text in printed] == [points_of(kind, D(number))]
    (printed,) = re.findall(r"Tổng điểm 99\.999\.999,9999 ?(\S+)", pdf)
    assert said_number(printed) == Report.objects.get(pk=desk.report.pk).self_total


@st.composite
def typed_numbers(draw, low, high):
    """A number of the column, and one of the ways in which people type it."""
    number = D(draw(st.integers(int(low * 10000), int(high * 10000)))) / 10000
    whole, _, fraction = f"{abs(number):.4f}".partition(".")
    fraction = fraction.rstrip("0")
    # Three digits behind a comma, or behind the dot of thousands alone, are asked about.
    needed = 4 if len(fraction) == 3 else max(len(fraction), 1)
    fraction = fraction.ljust(draw(st.integers(needed, 4)), "0")
    if len(fraction) == 3:
        fraction += "0"
    if draw(st.booleans()):
        whole = f"{int(whole):,}".replace(",", draw(st.sampled_from((".", " "))))
    sign = draw(st.sampled_from(("-", "\u2212"))) if number < 0 else ""
    return f"{sign}{whole},{fraction}", number


PROPERTY = (
    ("direct", "value", D(0), D("99000000")),
    ("direct", "value", D(0), D("1")),
    ("clauses", "f-so", D("-900000"), D("900000")),
    ("bonus", "value", D(0), D("9999.9999")),
    ("deduction", "value", D(0), D("9999.9999")),
    ("quantitative", "value", D(0), MOST),
)


def test_any_number_is_the_same_in_form_database_page_and_excel():
    desk = Desk([kind for kind, *_ in PROPERTY])

    @settings(max_examples=25)
    @given(st.tuples(*(typed_numbers(low, high) for _, _, low, high in PROPERTY)))
    def walk(found):
        Score.objects.filter(report=desk.report).delete()
        typed = [
            (kind, field, text, number)
            for (kind, field, _, _), (text, number) in zip(PROPERTY, found, strict=True)
        ]
        told = sum(points_of(kind, number) for kind, _, _, number in typed)
        assert check_everywhere(desk, typed) == told

    walk()


@pytest.mark.parametrize(
    ("kind", "rule", "number", "sentence"),
    [
        (
            "bonus",
            {"per_unit": "10"},
            "99999999",
            "Con số quá lớn nên không tính được điểm. Vui lòng kiểm tra lại.",
        ),
        (
            "bonus",
            {},
            "99999999.9999",
            "Tổng điểm quá lớn nên không lưu được. Vui lòng kiểm tra các con số vừa nhập.",
        ),
    ],
)
def test_points_that_no_column_holds_are_refused_with_a_sentence(kind, rule, number, sentence):
    """PostgreSQL would break off where SQLite keeps a number that the column does not declare."""
    desk = Desk(["direct", kind])
    desk.report.table.criteria.filter(kind=kind).update(rule=rule)
    rows = [
        TypedRow(row.criterion.pk, 0, Entry(value=D(value)), "")
        for row, value in zip(desk.rows(), ("1", number), strict=True)
    ]
    with pytest.raises(ValidationError, match=re.escape(sentence)):
        save_scores(desk.report, rows=rows, actor=desk.editor)
    assert Score.objects.count() == 0
