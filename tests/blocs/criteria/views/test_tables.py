"""The pages of a scoring table."""

import json
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.criteria.actions.tables import comment_table
from blocs.criteria.models import Criterion, ScoringTable
from blocs.criteria.models.table_files import table_file
from blocs.criteria.workflows import USE_AMENDMENT
from blocs.states import SeatRole, TableState, YearState
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal
DRAFT = {"published": False, "state": TableState.DRAFT}
FROZEN = (
    "Bảng chấm điểm phiên bản 1 đã ban hành, không sửa được. Muốn thay đổi, hãy lập phiên bản mới."
)


def year_page(year, name="year_table"):
    return reverse(f"criteria:{name}", args=(year.pk,))


def page(table, name="table_detail"):
    return reverse(f"criteria:{name}", args=(table.pk,))


def draft(year=None):
    return small_table(year or year_with_members(state=YearState.OPEN), **DRAFT)


def confirm(client, preview):
    """The second step of an import: what was shown is sent back."""
    assert preview.templates[0].name == "criteria/table_preview.html"
    assert ScoringTable.objects.filter(state="draft", criteria=None).count() == 0
    context = preview.context
    return client.post(context["confirm_url"], {"payload": context["payload"]})


def told(answer):
    return [str(message) for message in answer.wsgi_request._messages]


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize("name", ("year_table", "table_detail"))
def test_table_costs_the_same_for_any_number_of_lines(
    client, count, name, django_assert_num_queries
):
    table = draft()
    for place in range(count):
        Criterion.objects.create(
            table=table, code=f"V{place}", name="Thêm", kind="direct", max_points=1, order=9
        )
        comment_table(table, actor=editor_of(table.bloc_year.head), text="Góp ý")
    client.force_login(editor_of(table.bloc_year.head))
    ContentType.objects.get_for_model(ScoringTable)
    url = year_page(table.bloc_year) if name == "year_table" else page(table)
    with django_assert_num_queries(9):
        answer = client.get(url)
    assert [row.name for row in answer.context["rows"]][-count:] == ["Thêm"] * count


def test_rows_say_number_points_and_rule_in_words(client):
    table = draft()
    table.criteria.filter(code="2").update(max_points=D("27.5"))
    client.force_login(editor_of(table.bloc_year.head))
    answer = client.get(page(table))
    rows = [
        (row.number, row.maximum, row.sums, row.gap, row.kind, row.rule)
        for row in answer.context["rows"]
    ]
    assert rows == [
        ("I", "70", "67,5", "thiếu 2,5", "", ""),
        ("1", "40", "", "", "Chấm điểm trực tiếp", "Chấm từ 0 đến 40 điểm."),
        (
            "2",
            "27,5",
            "",
            "",
            "Định lượng theo chỉ tiêu",
            "27,5 × kết quả / chỉ tiêu, tối đa 27,5 điểm.",
        ),
        ("II", "30", "30", "", "", ""),
        (
            "1",
            "30",
            "",
            "",
            "Tính theo số lượng, có mức trần",
            "10 điểm cho mỗi mô hình, tối đa 30 điểm.",
        ),
        ("III", "5", "", "", "Điểm thưởng", "Ghi số điểm thưởng, tối đa 5 điểm."),
        ("IV", "", "", "", "Điểm trừ", "Ghi số điểm trừ."),
    ]
    foot = answer.context["foot"]
    assert (foot.maximum, foot.sums, foot.gap) == ("100", "100", "")


def test_what_is_wrong_is_said_at_its_line_and_linked_to_it(client):
    table = draft()
    table.criteria.filter(code="2").update(max_points=D("27.5"))
    client.force_login(editor_of(table.bloc_year.head))
    answer = client.get(page(table))
    group = table.criteria.get(code="I")
    assert answer.context["faults"] == [
        (
            "Mục I “Nhiệm vụ chính trị”: tổng điểm các mục con là 67,5, khác điểm tối đa 70.",
            f"#tieu-chi-{group.pk}",
        )
    ]
    assert [row.faults for row in answer.context["rows"]][:2] == [
        ("Tổng điểm các mục con là 67,5, khác điểm tối đa 70.",),
        (),
    ]


def test_year_shows_the_version_in_force_and_names_the_draft(client):
    year = year_with_members()
    table = small_table(year)
    newer = small_table(year, version=2, **DRAFT)
    client.force_login(leader_of(year.deputy))
    answer = client.get(year_page(year))
    assert answer.context["object"] == table
    assert answer.context["other_versions"] == [newer]


@pytest.mark.parametrize(
    ("person", "may"), [("secretary", True), ("office", True), ("deputy", False)]
)
def test_year_without_a_table_says_how_to_begin(client, person, may):
    year = year_with_members(state=YearState.OPEN)
    people = {"secretary": year.head, "deputy": year.deputy}
    user = editor_of(people[person]) if person in people else official(SeatRole.OFFICE)
    client.force_login(user)
    answer = client.get(year_page(year))
    assert answer.context["may_start"] is may
    assert ("Lập dự thảo bảng chấm điểm" in answer.content.decode()) is may


def test_stranger_of_another_bloc_finds_nothing(client):
    table = draft()
    client.force_login(editor_of(year_with_members().head))
    names = ("table_detail", "table_edit", "table_publish", "table_json", "criterion_new")
    assert [client.get(page(table, name)).status_code for name in names] == [404] * 5
    assert client.get(year_page(table.bloc_year)).status_code == 404
    assert client.get(year_page(table.bloc_year, "table_new")).status_code == 404
    assert client.post(page(table, "table_comment"), {"text": "x"}).status_code == 404


def test_member_sees_but_does_not_change(client):
    table = draft()
    client.force_login(editor_of(table.bloc_year.deputy))
    answer = client.get(page(table))
    assert (answer.status_code, answer.context["may_edit"]) == (200, False)
    names = ("table_edit", "table_publish", "criterion_new")
    assert [client.get(page(table, name)).status_code for name in names] == [403] * 3
    assert client.get(year_page(table.bloc_year, "table_new")).status_code == 403


def test_empty_draft_is_begun_through_the_form(client):
    year = year_with_members(state=YearState.OPEN)
    client.force_login(editor_of(year.head))
    answer = client.post(
        year_page(year, "table_new"),
        {"way": "empty", "title": "Bảng năm nay", "total_max": "100"},
    )
    table = ScoringTable.objects.get()
    assert (answer.status_code, answer.url) == (302, page(table))
    assert (table.title, table.total_max, table.state) == ("Bảng năm nay", D(100), "draft")


def test_copy_of_last_year_is_proposed_and_made(client):
    year = year_with_members(state=YearState.OPEN)
    last = small_table(year_with_members(bloc=year.bloc, year=2025, head=year.head))
    client.force_login(editor_of(year.head))
    form = client.get(year_page(year, "table_new")).context["form"]
    assert (form.initial["way"], form.initial["source"]) == ("copy", last)
    client.post(
        year_page(year, "table_new"), {"way": "copy", "source": last.pk, "title": "Bảng 2026"}
    )
    made = ScoringTable.objects.get(bloc_year=year)
    assert (made.title, made.criteria.count()) == ("Bảng 2026", 7)


def test_table_goes_out_as_a_file_and_comes_in_again(client):
    table = small_table(year_with_members())
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(table, "table_json"))
    assert answer["Content-Disposition"] == 'attachment; filename="bang-diem-2026-phien-ban-1.json"'
    assert json.loads(answer.content) == table_file(table)
    year = year_with_members(state=YearState.OPEN)
    file = SimpleUploadedFile("bang.json", answer.content)
    typed = {"way": "file", "file": file, "title": table.title}
    confirm(client, client.post(year_page(year, "table_new"), typed))
    assert table_file(ScoringTable.objects.get(bloc_year=year)) == table_file(table)


def test_wrong_file_keeps_what_was_typed(client):
    year = year_with_members(state=YearState.OPEN)
    client.force_login(editor_of(year.head))
    file = SimpleUploadedFile("bang.json", b"{}")
    answer = client.post(
        year_page(year, "table_new"), {"way": "file", "file": file, "title": "Tên đang viết"}
    )
    text = answer.content.decode()
    assert "Tên đang viết" in text
    assert "Tệp không phải bảng tiêu chí theo mẫu criteria-table/1." in text
    assert ScoringTable.objects.count() == 0


def test_common_rules_are_shown_and_saved_with_a_comma(client):
    table = draft()
    client.force_login(editor_of(table.bloc_year.head))
    typed = {
        "title": table.title,
        "total_max": "100",
        "bonus_cap": "5,5",
        "deduction_cap": "10",
        "not_applicable": "full",
        "may_exceed_total": "on",
    }
    assert save(client, page(table, "table_edit"), typed).url == page(table)
    table.refresh_from_db()
    assert (table.bonus_cap, table.settings) == (
        D("5.5"),
        {"deduction_floor": "-10", "not_applicable": "full"},
    )
    text = client.get(page(table, "table_edit")).content.decode()
    assert 'value="5,5"' in text
    assert 'value="10"' in text
    assert "Điểm thưởng tính tối đa 5,5 điểm." in client.get(page(table)).context["rules"]


@pytest.mark.parametrize("name", ("table_edit", "table_publish", "criterion_new"))
def test_published_table_sends_editors_back_with_a_sentence(client, name):
    table = small_table(year_with_members())
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(table, name))
    assert (answer.status_code, answer.url) == (302, page(table))
    assert told(answer) == [FROZEN]


def test_typed_change_of_a_table_published_meanwhile_is_kept_and_refused(client):
    table = small_table(year_with_members())
    client.force_login(official(SeatRole.OFFICE))
    typed = {"title": "Tên đang viết", "total_max": "100", "not_applicable": "exclude"}
    text = client.post(page(table, "table_edit"), typed).content.decode()
    assert (FROZEN in text, "Tên đang viết" in text) == (True, True)


def test_office_publishes_after_reading_the_check_list(client):
    table = draft()
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(table, "table_publish"))
    assert answer.context["obstacles"] == []
    table.refresh_from_db()
    assert table.state == "draft"
    answer = client.post(page(table, "table_publish"))
    assert (answer.status_code, told(answer)) == (302, ["Đã ban hành bảng chấm điểm."])
    table.refresh_from_db()
    assert (table.state, len(table.fingerprint)) == ("published", 64)


def test_publication_is_refused_with_every_reason(client):
    year = year_with_members(state=YearState.OPEN)
    ReportFactory(bloc_year=year, table=small_table(year))
    table = small_table(year, version=2, **DRAFT)
    table.criteria.filter(code="2").update(max_points=29)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(page(table, "table_publish"))
    assert answer.status_code == 422
    assert [sentence for sentence, _ in answer.context["faults"]] == [
        "Mục I “Nhiệm vụ chính trị”: tổng điểm các mục con là 69, khác điểm tối đa 70.",
    ]
    assert answer.content.decode().count('type="submit" disabled>') == 1
    assert answer.context["obstacles"] == [
        "Phiên bản 1 đang áp dụng đã có 01 báo cáo sử dụng, không thay bằng phiên bản khác được.",
        USE_AMENDMENT.format(1),
    ]


def test_comment_stands_under_the_draft(client):
    table = draft()
    person = editor_of(table.bloc_year.deputy)
    client.force_login(person)
    client.post(page(table, "table_comment"), {"text": "Đề nghị tăng điểm mục II."})
    answer = client.get(page(table))
    comments = [(entry.actor_name, entry.note) for entry in answer.context["comments"]]
    assert comments == [(str(person), "Đề nghị tăng điểm mục II.")]
    assert answer.context["entries"] == []


def test_empty_comment_is_told(client):
    table = draft()
    client.force_login(editor_of(table.bloc_year.deputy))
    answer = client.post(page(table, "table_comment"), {"text": " "})
    assert told(answer) == ["Vui lòng ghi nội dung góp ý."]


def test_office_does_not_comment(client):
    client.force_login(official(SeatRole.OFFICE))
    assert client.post(page(draft(), "table_comment"), {"text": "x"}).status_code == 403
