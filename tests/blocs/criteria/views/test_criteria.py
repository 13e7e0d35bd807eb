"""The pages of the lines of a draft."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import Criterion
from blocs.scoring.terms.answers import TOO_BIG
from blocs.states import SeatRole, TableState, YearState
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, official
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal
CLAUSES = "Điểm chuẩn, điểm trừ và điểm thưởng theo điều khoản"
NINE = {"levels-rows": "1", "levels-0-label": "Tốt", "levels-0-points": "9"}
LINE = {"name": "Chuyển đổi số", "code": "3", "max_points": "2,5", "measure": ""}


@pytest.fixture
def table():
    year = year_with_members(state=YearState.OPEN)
    return small_table(year, published=False, state=TableState.DRAFT)


@pytest.fixture
def secretary(table, client):
    client.force_login(editor_of(table.bloc_year.head))
    return client


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def add_page(table, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('criteria:criterion_new', args=(table.pk,))}?{asked}"


def page(row, name="criterion_edit"):
    return reverse(f"criteria:{name}", args=(row.pk,))


def line(table, code="1", parent="I"):
    return table.criteria.get(code=code, parent__code=parent)


def group(table, code="I"):
    return table.criteria.get(code=code, parent=None)


@pytest.mark.parametrize(
    ("person", "count", "last"), [("office", 10, "Quy tắc khác"), ("secretary", 9, CLAUSES)]
)
def test_first_the_way_of_scoring_is_chosen(request, table, person, count, last):
    client = request.getfixturevalue(person)
    choices = client.get(add_page(table, cha=group(table).pk)).context["choices"]
    assert (len(choices), choices[0].label, choices[-1].label) == (count, "Nhóm tiêu chí", last)
    assert choices[1].url == add_page(table, cha=group(table).pk, cach="direct")


def test_form_proposes_the_next_free_code(secretary, table):
    form = secretary.get(add_page(table, cha=group(table).pk, cach="direct")).context["form"]
    assert form["code"].value() == "3"
    assert secretary.get(add_page(table, cach="group")).context["form"]["code"].value() == "V"


def test_line_is_added_to_its_group(secretary, table):
    answer = secretary.post(add_page(table, cha=group(table).pk, cach="direct"), LINE)
    row = Criterion.objects.get(name="Chuyển đổi số")
    assert answer.url == f"{table.get_absolute_url()}#tieu-chi-{row.pk}"
    assert (row.parent, row.kind, row.max_points) == (group(table), "direct", D("2.5"))


def test_one_line_after_the_other_without_leaving_the_form(secretary, table):
    url = add_page(table, cha=group(table).pk, cach="direct")
    assert secretary.post(url, LINE | {"again": "1"}).url == url


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"cha": "0", "cach": "direct"}, 404),
        ({"cha": "x", "cach": "direct"}, 404),
        ({"cach": "rich"}, 404),
    ],
)
def test_what_may_not_be_added_is_not_found(secretary, table, query, status):
    assert secretary.get(add_page(table, **query)).status_code == status


def test_group_of_another_table_is_not_found(office, table):
    other = small_table(year_with_members())
    assert office.get(add_page(table, cha=group(other).pk, cach="direct")).status_code == 404


def test_wrong_points_are_told_and_everything_typed_is_kept(secretary, table):
    url = add_page(table, cha=group(table).pk, cach="per_occurrence")
    typed = LINE | {"per_unit": "hai", "cap": "3"}
    text = secretary.post(url, typed).content.decode()
    assert "“hai” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5." in text
    assert 'value="hai"' in text
    assert "Chuyển đổi số" in text
    assert table.criteria.count() == 7


def test_rule_that_cannot_be_scored_is_told(secretary, table):
    url = add_page(table, cha=group(table).pk, cach="direct")
    text = secretary.post(url, LINE | NINE).content.decode()
    assert "Mức “Tốt” cho 9 điểm, vượt điểm tối đa 2,5." in text


def test_line_is_shown_and_changed(secretary, table):
    row = line(table, "1", "II")
    form = secretary.get(page(row)).context["form"]
    assert [form[name].value() for name in ("max_points", "per_unit", "measure")] == [
        "30",
        "10",
        "mô hình",
    ]
    typed = {"name": row.name, "code": "1", "max_points": "30", "per_unit": "7,5", "cap": "30"}
    assert save(secretary, page(row), typed).status_code == 302
    row.refresh_from_db()
    assert (row.rule, row.measure) == ({"per_unit": "7.5", "cap": "30"}, "")


def test_way_of_scoring_is_changed_on_the_same_line(secretary, table):
    row = line(table)
    save(secretary, f"{page(row)}?cach=pass_fail", LINE | {"code": "1"})
    row.refresh_from_db()
    assert (row.kind, row.rule) == ("pass_fail", {})
    other = line(table, parent="II")
    save(secretary, f"{page(other)}?cach=pass_fail", LINE | {"code": "1"})
    other.refresh_from_db()
    assert (other.kind, other.rule) == ("pass_fail", {})


def test_secretary_changes_the_line_around_a_rule_of_the_office(secretary, table):
    rule = {"formula": "share_of_best", "bands": "theo phụ lục"}
    Criterion.objects.filter(pk=line(table, "2").pk).update(rule=rule)
    row = line(table, "2")
    assert "rule" not in secretary.get(page(row)).context["form"].fields
    save(secretary, page(row), LINE | {"code": "2"})
    row.refresh_from_db()
    assert (row.name, row.kind, row.rule) == ("Chuyển đổi số", "quantitative", rule)


def test_office_writes_a_rule_as_data_and_is_told_what_is_wrong(office, table):
    row = line(table, "2")
    typed = LINE | {"code": "2", "kind_name": "quantitative"}
    wrong = '{"formula": "per_percent_below", "lose": "0.5"}'
    text = save(office, f"{page(row)}?cach=rich", typed | {"rule": wrong}).content.decode()
    assert "Quy tắc chưa nêu cách tính phần lẻ của mỗi 1 % thấp hơn chỉ tiêu." in text
    right = '{"formula": "per_percent_below", "lose": "0.5", "count": "full"}'
    save(office, f"{page(row)}?cach=rich", typed | {"rule": right})
    row.refresh_from_db()
    assert row.rule == {"formula": "per_percent_below", "lose": "0.5", "count": "full"}


def test_line_moves_and_goes(secretary, table):
    row = line(table, "2")
    answer = secretary.post(page(row, "criterion_move"), {"direction": "up"})
    assert answer.url == f"{table.get_absolute_url()}#tieu-chi-{row.pk}"
    assert [child.code for child in group(table).children.order_by("order")] == ["2", "1"]
    answer = secretary.post(page(row, "criterion_remove"))
    assert answer.url == f"{table.get_absolute_url()}#tieu-chi-{group(table).pk}"
    assert [child.code for child in group(table).children.all()] == ["1"]


@pytest.mark.parametrize("name", ("criterion_move", "criterion_remove"))
def test_acts_are_made_by_post_only(secretary, table, name):
    assert secretary.get(page(line(table), name)).status_code == 405
    assert table.criteria.count() == 7


def test_member_changes_no_line_and_stranger_finds_none(client, table):
    row = line(table)
    client.force_login(editor_of(table.bloc_year.deputy))
    assert client.get(page(row)).status_code == 403
    assert client.post(page(row, "criterion_remove")).status_code == 403
    client.force_login(editor_of(year_with_members().head))
    assert client.get(page(row)).status_code == 404
    assert client.post(page(row, "criterion_remove")).status_code == 404
    assert table.criteria.count() == 7


def test_published_table_keeps_its_lines(office):
    row = line(small_table(year_with_members()))
    answer = office.get(page(row))
    assert (answer.status_code, answer.url) == (302, row.table.get_absolute_url())
    office.post(page(row, "criterion_remove"))
    office.post(page(row, "criterion_move"), {"direction": "down"})
    assert list(row.parent.children.order_by("order").values_list("code", flat=True)) == ["1", "2"]


def test_a_line_is_added_below_another_one(secretary, table):
    first = line(table)
    url = add_page(table, cha=group(table).pk, sau=first.pk, cach="direct")
    assert secretary.post(url, LINE).status_code == 302
    assert [row.code for row in group(table).children.order_by("order")] == ["1", "3", "2"]
    choices = secretary.get(add_page(table, cha=group(table).pk, sau=first.pk)).context["choices"]
    assert choices[1].url == url


def test_rows_are_added_without_a_script_and_nothing_is_written(secretary, table):
    url = add_page(table, cha=group(table).pk, cach="direct")
    answer = secretary.post(url, LINE | NINE | {"more": "levels", "code": ""})
    text = answer.content.decode()
    assert (answer.status_code, 'name="levels-rows" value="3"' in text) == (200, True)
    assert ('value="Tốt"' in text, "error-summary" in text) == (True, False)
    assert table.criteria.count() == 7


@pytest.mark.parametrize(
    ("cach", "typed", "result", "note"),
    [
        (
            "quantitative",
            {"formula": "proportional", "thu-target": "200", "thu-value": "150"},
            "1,875 điểm",
            "2,5 × 150 / 200 = 1,875",
        ),
        (
            "quantitative",
            {"formula": "proportional", "thu-value": "150"},
            "Chưa tính được: Chưa nhập chỉ tiêu.",
            "",
        ),
        (
            "quantitative",
            {
                "formula": "share_of_best",
                "thu-value": "50",
                "thu-khac-rows": "2",
                "thu-khac-0-value": "100",
                "thu-khac-0-target": "",
            },
            "1,25 điểm",
            "2,5 × 50 / 100",
        ),
        (
            "quantitative",
            {
                "formula": "bands",
                "bands-rows": "1",
                "bands-0-low": "[",
                "bands-0-from": "80",
                "bands-0-high": "]",
                "bands-0-points": "2",
                "thu-value": "79",
            },
            "Quy tắc không quy định điểm cho giá trị 79. Vui lòng cho biết số điểm.",
            "Câu hỏi này hiện ra cho người nhập khi gặp số liệu như vậy.",
        ),
        ("pass_fail", {"thu-value": "1"}, "2,5 điểm", "Đạt"),
        (
            "per_occurrence",
            {"per_unit": "2", "thu-value": "3"},
            "2,5 điểm",
            "3 × 2 = 6, tối đa 2,5",
        ),
        (
            "direct",
            {"thu-value": "chín"},
            "Điểm: “chín” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
            "",
        ),
        (
            "direct",
            {"name": "", "thu-value": "1"},
            "Quy tắc chưa đủ để tính. Hãy sửa các ô được báo ở trên.",
            "",
        ),
    ],
)
def test_a_rule_is_tried_before_it_is_saved(secretary, table, cach, typed, result, note):
    url = add_page(table, cha=group(table).pk, cach=cach)
    answer = secretary.post(url, LINE | typed | {"try": "1"})
    trial = answer.context["trial"]
    assert (answer.status_code, trial.result, trial.note) == (200, result, note)
    assert table.criteria.count() == 7


def test_the_example_is_asked_what_the_stored_rule_asks(secretary, table):
    trial = secretary.get(page(line(table, "2"))).context["trial"]
    assert [(one.name, one.label) for one in trial.inputs] == [
        ("thu-target", "Chỉ tiêu"),
        ("thu-value", "Kết quả thực hiện"),
    ]
    assert trial.words == "30 × kết quả / chỉ tiêu, tối đa 30 điểm."


def test_a_line_goes_into_another_group(secretary, table):
    row, target = line(table, "2"), group(table, "II")
    form = secretary.get(page(row, "criterion_place")).context["form"]
    assert [words for _, words in form.fields["parent"].choices] == [
        "ngoài cùng, không thuộc nhóm nào",
        "I Nhiệm vụ chính trị",
        "II Phong trào thi đua",
    ]
    before = line(table, "1", "II")
    typed = {"parent": target.pk, "before": before.pk}
    answer = secretary.post(page(row, "criterion_place"), typed)
    assert answer.url == f"{table.get_absolute_url()}#tieu-chi-{row.pk}"
    assert [child.code for child in target.children.order_by("order")] == ["2", "1"]


def test_a_place_outside_the_chosen_group_is_told(secretary, table):
    typed = {"parent": group(table, "II").pk, "before": line(table).pk}
    answer = secretary.post(page(line(table, "2"), "criterion_place"), typed)
    assert answer.context["form"].errors == {"before": ["Mục này không nằm trong nhóm đã chọn."]}
    assert line(table, "2").parent == group(table)


def test_maxima_are_saved_from_the_tree_and_only_those_that_were_changed(secretary, table):
    first, second = line(table), line(table, "2")
    url = reverse("criteria:table_maxima", args=(table.pk,))
    typed = {
        f"diem-{first.pk}": "40",
        f"cu-{first.pk}": "40",
        f"diem-{second.pk}": "27,5",
        f"cu-{second.pk}": "30",
    }
    Criterion.objects.filter(pk=first.pk).update(max_points=42)
    assert secretary.post(url, typed).url == table.get_absolute_url()
    assert (line(table).max_points, line(table, "2").max_points) == (D(42), D("27.5"))
    answer = secretary.post(url, {f"diem-{second.pk}": "hai"})
    assert [str(one) for one in answer.wsgi_request._messages][-1] == (
        "“hai” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."
    )
    assert line(table, "2").max_points == D("27.5")


@pytest.mark.parametrize("typed", ["12345678901", "100.000.000", "99999999999999999999,5"])
def test_a_maximum_that_no_column_holds_is_refused_and_the_table_still_opens(
    secretary, table, typed
):
    url, second = reverse("criteria:table_maxima", args=(table.pk,)), line(table, "2")
    answer = secretary.post(url, {f"diem-{second.pk}": typed})
    assert [str(one) for one in answer.wsgi_request._messages] == [TOO_BIG]
    assert line(table, "2").max_points == second.max_points
    assert secretary.get(table.get_absolute_url()).status_code == 200
