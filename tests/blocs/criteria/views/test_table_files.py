"""Tables through files and amendments, page by page."""

import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from blocs.criteria.actions.amendments import start_amendment
from blocs.criteria.actions.criteria import edit_criterion
from blocs.criteria.actions.tables import from_table, publish_table
from blocs.criteria.documents.table_workbook import table_workbook
from blocs.criteria.models import AmendmentReading, ScoringTable
from blocs.criteria.models.table_files import table_file, table_value
from blocs.reports.models import Evidence
from blocs.scoring.totals.tables import from_json
from blocs.states import SeatRole, TableState, YearState
from tests.criteria import criteria
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, official
from tests.factories.tables import published_real_table, real_table
from thidua.common.vietnamese.dates import short_date
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
DRAFT = {"published": False, "state": TableState.DRAFT}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def year():
    return year_with_members(state=YearState.OPEN)


@pytest.fixture
def secretary(client, year):
    client.force_login(editor_of(year.head))
    return client


def page(table, name):
    return reverse(f"criteria:{name}", args=(table.pk,))


def upload(content, name="bang.xlsx"):
    return SimpleUploadedFile(name, content)


def told(answer):
    return [str(message) for message in answer.wsgi_request._messages]


@pytest.mark.parametrize("state", ("draft", "published"))
def test_the_page_of_230_lines_costs_a_few_queries(client, year, state, django_assert_num_queries):
    table = (
        from_table(year, real_table(), title="Bảng")
        if state == "draft"
        else published_real_table(year)
    )
    client.force_login(editor_of(year.head))
    for model in (ScoringTable, Evidence):
        ContentType.objects.get_for_model(model)
    # What binds the year to the table in force, and what a draft may change, is asked once.
    with django_assert_num_queries(9):
        answer = client.get(table.get_absolute_url())
    assert len(answer.context["rows"]) == 230


def test_lines_are_found_with_their_groups_and_without_accents(client, year):
    table = small_table(year)
    client.force_login(editor_of(year.head))
    url = table.get_absolute_url()
    rows = client.get(url, {"tim": "ho so  DUNG han"}).context["rows"]
    assert [row.name for row in rows] == ["Nhiệm vụ chính trị", "Giải quyết hồ sơ đúng hạn"]
    answer = client.get(url, {"tim": "không có đâu"})
    assert answer.context["rows"] == []
    assert "Không có tiêu chí nào có các từ này." in answer.content.decode()


def test_a_table_goes_out_as_excel(client, year):
    table = small_table(year)
    client.force_login(editor_of(year.deputy))
    answer = client.get(page(table, "table_workbook"))
    assert answer["Content-Disposition"] == 'attachment; filename="bang-diem-2026-phien-ban-1.xlsx"'
    assert answer["Content-Type"] == EXCEL
    sheet = load_workbook(io.BytesIO(answer.content))["Tiêu chí"]
    assert sheet["A2"].value == f"{year}, phiên bản 1, đã ban hành"
    assert [cell.value for cell in sheet["B"]][5:8] == ["I", "1", "2"]


def test_the_blank_form_is_offered_where_a_table_is_begun(secretary, year):
    blank = reverse("criteria:table_blank", args=(year.pk,))
    assert blank in secretary.get(reverse("criteria:table_new", args=(year.pk,))).content.decode()
    answer = secretary.get(blank)
    sheet = load_workbook(io.BytesIO(answer.content))["Tiêu chí"]
    assert [cell.value for cell in sheet["E"]][5:] == ["Nhóm tiêu chí", "Chấm điểm trực tiếp"]


def test_an_excel_file_is_shown_before_it_is_written(secretary, year):
    source = from_json(criteria("template-khoi"))
    typed = {"way": "file", "title": "Bảng 2026", "file": upload(table_workbook(source))}
    preview = secretary.post(reverse("criteria:table_new", args=(year.pk,)), typed)
    assert (preview.status_code, ScoringTable.objects.count()) == (200, 0)
    assert (len(preview.context["rows"]), preview.context["problems"]) == (30, [])
    answer = secretary.post(preview.context["confirm_url"], {"payload": preview.context["payload"]})
    table = ScoringTable.objects.get()
    assert (answer.url, table.title) == (table.get_absolute_url(), "Bảng 2026")
    assert table_value(table).nodes == source.nodes


def test_wrong_cells_are_listed_and_nothing_is_written(secretary, year):
    book = load_workbook(io.BytesIO(table_workbook(from_json(criteria("template-khoi")))))
    book["Tiêu chí"]["F7"] = "hai mươi"
    file = io.BytesIO()
    book.save(file)
    typed = {"way": "file", "title": "Bảng", "file": upload(file.getvalue())}
    answer = secretary.post(reverse("criteria:table_new", args=(year.pk,)), typed)
    assert answer.context["form"].errors == {
        "file": ["Chưa nhập gì: tệp có 01 ô cần sửa, nêu ở danh sách trên trang này."]
    }
    assert [(one.cell, one.value) for one in answer.context["faults"]] == [("F7", "hai mươi")]
    assert ScoringTable.objects.count() == 0


def test_a_file_without_formulas_may_be_given_one(secretary, year):
    file = upload(table_workbook(from_json(criteria("ca-cum-347"))))
    typed = {"way": "file", "title": "Bảng", "file": file, "formula": "share_of_best"}
    preview = secretary.post(reverse("criteria:table_new", args=(year.pk,)), typed)
    secretary.post(preview.context["confirm_url"], {"payload": preview.context["payload"]})
    rules = ScoringTable.objects.get().criteria.filter(kind="quantitative")
    formulas = [rule["formula"] for rule in rules.values_list("rule", flat=True)]
    assert formulas == ["share_of_best"] * 12


def test_a_preview_of_somebody_else_or_changed_on_the_way_is_refused(secretary, year, client):
    typed = {"way": "file", "title": "Bảng"}
    file = upload(table_workbook(from_json(criteria("template-khoi"))))
    preview = secretary.post(reverse("criteria:table_new", args=(year.pk,)), typed | {"file": file})
    url, payload = preview.context["confirm_url"], preview.context["payload"]
    stale = ["Bản xem trước đã quá bốn giờ hoặc không còn đúng. Hãy tải tệp lên lại."]
    assert told(secretary.post(url, {"payload": payload[:-2]})) == stale
    client.force_login(official(SeatRole.OFFICE))
    assert told(client.post(url, {"payload": payload})) == stale
    assert ScoringTable.objects.count() == 0


def test_a_draft_is_filled_again_from_a_file(secretary, year):
    table = small_table(year, **DRAFT)
    source = from_json(criteria("template-khoi"))
    file = upload(table_workbook(source))
    preview = secretary.post(page(table, "table_import"), {"file": file})
    assert table.criteria.count() == 7
    secretary.post(preview.context["confirm_url"], {"payload": preview.context["payload"]})
    table.refresh_from_db()
    assert (table.criteria.count(), table.version) == (30, 1)
    assert table_file(table)["scale"]["step"] == "0.25"


def amended(year):
    """A published amendment of one word."""
    office = official(SeatRole.OFFICE)
    made = start_amendment(small_table(year), actor=office, reason="Theo kết luận sơ kết.")
    row = made.criteria.get(code="1", parent__code="I")
    edit_criterion(row, actor=office, data={"name": "Hoàn thành nhiệm vụ"})
    return publish_table(made, actor=office)


def test_a_version_that_gave_way_is_not_offered_to_be_amended(secretary, year):
    old = small_table(year)
    ScoringTable.objects.filter(pk=old.pk).update(state=TableState.SUPERSEDED)
    now = small_table(year, version=2)
    offered = [secretary.get(table.get_absolute_url()).context["may_amend"] for table in (old, now)]
    assert offered == [False, True]


def test_an_amendment_is_begun_from_the_table_in_force(secretary, year):
    table = small_table(year)
    assert secretary.get(table.get_absolute_url()).context["may_amend"] is True
    url = page(table, "table_amend")
    answer = secretary.post(url, {"reason": "", "basis": "Thông báo 12"})
    assert answer.context["form"].errors == {"reason": ["Vui lòng nêu lý do sửa đổi."]}
    answer = secretary.post(url, {"reason": "Theo kết luận sơ kết.", "basis": "Thông báo 12"})
    made = ScoringTable.objects.get(amends=table)
    assert (answer.url, made.amendment_basis) == (made.get_absolute_url(), "Thông báo 12")
    assert secretary.get(table.get_absolute_url()).context["may_amend"] is False


def test_units_are_told_until_they_have_seen_it(client, year):
    table = amended(year)
    reader = editor_of(year.members.last().unit)
    day = short_date(table.published_at)
    label = f"Bảng chấm điểm đã sửa đổi lần 1 ngày {day}: 01 thay đổi – xem"
    found = [one for one in tasks_of(reader, year.report_due) if "sửa đổi" in one.label]
    assert [(one.label, one.url) for one in found] == [(label, page(table, "amendment_detail"))]
    client.force_login(reader)
    answer = client.get(page(table, "amendment_detail"))
    assert [vars(change) for change in answer.context["changes"]] == [
        {
            "where": "I.1 Hoàn thành nhiệm vụ",
            "what": "nội dung",
            "before": "Hoàn thành nhiệm vụ được giao",
            "after": "Hoàn thành nhiệm vụ",
        }
    ]
    assert AmendmentReading.objects.count() == 0
    client.post(page(table, "amendment_read"))
    reader = type(reader).objects.get(pk=reader.pk)
    assert [one for one in tasks_of(reader, year.report_due) if "sửa đổi" in one.label] == []


def test_a_stranger_finds_neither_file_nor_amendment(client, year):
    table = amended(year)
    client.force_login(editor_of(year_with_members().head))
    names = ("table_workbook", "amendment_detail", "table_amend", "table_import")
    assert [client.get(page(table, name)).status_code for name in names] == [404] * 4
    assert client.post(page(table, "amendment_read")).status_code == 404
    first = ScoringTable.objects.get(version=1)
    client.force_login(editor_of(year.head))
    assert client.get(page(first, "amendment_detail")).status_code == 404
