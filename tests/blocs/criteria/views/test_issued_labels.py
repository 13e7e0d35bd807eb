"""Lines as a province issued them: bullets, «1/», no label at all, one label for every line."""

import io
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from blocs.criteria.actions.criteria import add_criterion, edit_criterion
from blocs.criteria.domain.table_changes import continued_lines
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.table_files import table_file
from blocs.criteria.models.tree import tree_of
from blocs.reports.actions.scores import save_scores
from blocs.reports.models.sheets import read_sheet
from blocs.scoring.totals.tables import from_json
from blocs.states import SeatRole
from tests.criteria import criteria
from tests.factories.blocs import ReportFactory, year_with_members
from tests.factories.forms import place, saved
from tests.factories.people import editor_of, official
from tests.factories.reports import typed
from tests.page_forms import seen_on
from tests.papers.papers import read_pdf
from tests.papers.reading import tables_of

pytestmark = pytest.mark.django_db
BULLETS = ("-", "-")
CASES = (BULLETS, ("", ""), ("1/", "2/"), ("a", "a"), ("-", ""), ("•", "1/2"))


def file_of(labels, points=(4, 6), top="I"):
    children = [
        {"code": label, "name_vi": f"Việc {number}", "kind": "direct_points", "max_points": most}
        for number, (label, most) in enumerate(zip(labels, points, strict=True), start=1)
    ]
    return {
        "schema": "criteria-table/1",
        "title_vi": "Bảng chấm điểm",
        "scale": {"total_max": sum(points)},
        "sections": [
            {"code": top, "name_vi": "Nhiệm vụ", "max_points": sum(points), "children": children}
        ],
    }


@pytest.fixture
def year():
    return year_with_members(3, state="open")


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def previewed(client, year, content):
    """The preview of a file; a mapping is one of criteria-table/1, bytes are an Excel file."""
    is_json = isinstance(content, dict)
    file = json.dumps(content, default=str).encode() if is_json else content
    typed = {
        "way": "file",
        "title": "Bảng 2026",
        "file": SimpleUploadedFile("bang.json" if is_json else "bang.xlsx", file),
    }
    answer = client.post(reverse("criteria:table_new", args=(year.pk,)), typed)
    assert answer.status_code == 200
    return answer


def stored(client, year, content):
    """The draft that a file becomes once its preview is confirmed."""
    preview = previewed(client, year, content)
    data = {"payload": preview.context["payload"]}
    assert client.post(preview.context["confirm_url"], data).status_code == 302
    return ScoringTable.objects.latest("pk")


def issued(table):
    return [(row.issued, row.name) for row in tree_of(table).rows.values()]


@pytest.mark.parametrize("labels", CASES)
def test_what_the_preview_offers_can_be_stored(office, year, labels):
    preview = previewed(office, year, file_of(labels))
    assert preview.context["problems"] == []
    assert [row.number for row in preview.context["rows"]] == ["I", "1", "2"]
    table = stored(office, year, file_of(labels))
    assert issued(table) == [("I", "Nhiệm vụ"), (labels[0], "Việc 1"), (labels[1], "Việc 2")]
    assert len({row.code for row in table.criteria.all()}) == 3


@pytest.mark.parametrize("labels", CASES)
def test_a_file_out_and_in_again_is_the_same_table(office, year, labels):
    table = stored(office, year, file_of(labels))
    # A line that was renamed keeps its own code on the way through a file.
    row = table.criteria.get(name="Việc 2")
    row.name = "Việc khác"
    row.save()
    before = table_file(table)
    book = office.get(reverse("criteria:table_workbook", args=(table.pk,))).content
    again = stored(office, year_with_members(3, state="open"), before)
    through_excel = stored(office, year_with_members(3, state="open"), book)
    assert table_file(again)["sections"] == before["sections"]
    assert table_file(through_excel)["sections"] == before["sections"]


def test_bullets_typed_into_the_form_are_taken(office, year):
    table = stored(office, year, file_of(("1", "2")))
    content = office.get(reverse("criteria:table_workbook", args=(table.pk,))).content
    book = load_workbook(io.BytesIO(content))
    page = book["Tiêu chí"]
    page["B7"], page["B8"] = "-", None
    page.insert_rows(9)
    file = io.BytesIO()
    book.save(file)
    other = stored(office, year_with_members(3, state="open"), file.getvalue())
    assert issued(other) == [("I", "Nhiệm vụ"), ("-", "Việc 1"), ("", "Việc 2")]


def test_the_editor_takes_any_label_and_prints_it_as_issued(office, year):
    table = stored(office, year, file_of(("a", "b")))
    group, first, second = tree_of(table).rows.values()
    url = reverse("criteria:criterion_edit", args=(second.pk,))
    form = office.get(url).context["form"]
    assert form["code"].value() == "b"
    data = {name: form[name].value() or "" for name in form.fields}
    assert office.post(url, data | {"code": "a"} | seen_on(office, url)).status_code == 302
    assert issued(table) == [("I", "Nhiệm vụ"), ("a", "Việc 1"), ("a", "Việc 2")]
    assert list(tree_of(table).printed.values()) == ["I", "a", "a"]
    first.refresh_from_db()
    assert first.code == "a"
    editor = official(SeatRole.OFFICE)
    edit_criterion(first, actor=editor, data={"code": ""})
    add_criterion(table, actor=editor, parent=group, kind="direct", data=LINE)
    assert [label for label, _ in issued(table)] == ["I", "", "a", "1/"]
    shown = tables_of(office.get(table.get_absolute_url()))[0]
    assert [row[0] for row in shown[1:5]] == ["I", "", "a", "1/"]


LINE = {
    "code": "1/",
    "name": "Việc 3",
    "max_points": Decimal(1),
    "measure": "",
    "needs_evidence": False,
    "rule": {},
}


def scored_report(office, year, labels):
    """A sheet of a published table with these labels: 3,5 and 5,5 points."""
    table = stored(office, year, file_of(labels))
    ScoringTable.objects.filter(pk=table.pk).update(
        state="published", published_at="2026-01-05T00:00:00Z", fingerprint="0" * 64
    )
    year.state = "closing"
    year.save()
    table.refresh_from_db()
    report = ReportFactory(bloc_year=year, unit=year.head, table=table)
    rows = [typed(report, f"I.{place}", value=f"{place * 2 + 1}.5") for place in (1, 2)]
    save_scores(report, rows=rows, actor=editor_of(year.head))
    return report


@pytest.mark.parametrize("labels", [BULLETS, ("1/", "2/"), ("", "")])
def test_sheet_and_paper_print_the_labels_and_tell_the_lines_apart(office, year, labels):
    report = scored_report(office, year, labels)
    office.force_login(editor_of(report.unit))
    rows = read_sheet(report).rows
    assert [(row.outline, row.label, row.own) for row in rows] == [
        (labels[0], "I.1", Decimal("3.5")),
        (labels[1], "I.2", Decimal("5.5")),
    ]
    sheet = next(
        found for found in tables_of(office.get(report.get_absolute_url())) if found[0][0] == "TT"
    )
    assert [row[0] for row in sheet[2:4]] == list(labels)
    answer = office.get(reverse("ranking:report_paper", args=(report.pk,)))
    text = read_pdf(answer.content).text
    printed = " ".join(
        f"{label} Việc {n} {most} {own}".strip()
        for n, label, most, own in ((1, labels[0], 4, "3,50"), (2, labels[1], 6, "5,50"))
    )
    assert printed in text


def test_the_form_of_a_unit_comes_back_with_bullets(client, office, year):
    report = scored_report(office, year, BULLETS)
    client.force_login(editor_of(report.unit))
    book = load_workbook(
        io.BytesIO(client.get(reverse("sheet_files:sheet_workbook", args=(report.pk,))).content)
    )
    page = book["Bảng điểm"]
    path = read_sheet(report).rows[1].path
    place(page, path, "ket_qua").value = 6
    preview = client.post(
        reverse("sheet_files:sheet_file", args=(report.pk,)), {"file": saved(book)}
    )
    assert [(line.number, line.points_after) for line in preview.context["lines"]] == [
        ("I.2", "6,00")
    ]


def test_an_amendment_continues_each_bullet_by_its_text():
    before = from_json(file_of(BULLETS))
    longer = file_of(("-", "-", "-"), points=(1, 4, 6))
    lines = longer["sections"][0]["children"]
    lines[0]["name_vi"], lines[1]["name_vi"], lines[2]["name_vi"] = "Việc mới", "Việc 1", "Việc 2"
    after = from_json(longer)
    first, second = (f"I/{node.code}" for node in before.nodes[0].children)
    continued = list(continued_lines(before, after).values())
    assert continued == ["I", None, first, second]


@pytest.mark.parametrize("name", ["template-khoi", "template-cum", "hcmc"])
@pytest.mark.parametrize("label", ["-", "", "1/"])
def test_a_real_table_in_which_every_line_has_one_label(office, year, name, label):
    data = criteria(name)
    relabel(data["sections"], label)
    preview = previewed(office, year, data)
    numbers = [(row.level, row.number) for row in preview.context["rows"]]
    assert len(preview.context["rows"]) == len(numbers)
    table = stored(office, year, data)
    own = tree_of(stored(office, year_with_members(3, state="open"), criteria(name)))
    tree = tree_of(table)
    assert [row.max_points for row in tree.rows.values()] == [
        row.max_points for row in own.rows.values()
    ]
    assert len(set(map(tree.label_of, tree.rows))) == len(tree.rows)


def relabel(rows, label):
    for row in rows:
        row["code"] = label
        relabel(row.get("children", []), label)
