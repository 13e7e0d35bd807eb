"""The pages on which the head sets who marks whom."""

import datetime as dt
import html

import pytest
from django.urls import reverse

from blocs.appraisal.actions.assignments import assignment_words
from blocs.reports.models import Assignment
from blocs.states import AppraisalMode, SeatRole
from blocs.units.models import Unit
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.page_forms import fields_of, save, seen_on
from thidua.common.stamps import OVERTAKEN, stamp_of_words

pytestmark = pytest.mark.django_db
M = AppraisalMode


def page(name, year, *more):
    return reverse(f"appraisal:{name}", args=(year.pk, *more))


def signed_in(client, person):
    client.force_login(person)
    return person


def posted(year, matrix, **more):
    boxes = {f"cham-{sheet.pk}": [unit.pk for unit in scorers] for sheet, scorers in matrix.items()}
    return {"seen": stamp_of_words(assignment_words(year)), **boxes, **more}


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_head_draws_sees_the_matrix_and_confirms(client):
    year = marked_year(5)
    signed_in(client, leader_of(year.head))
    url = page("pairs_edit", year)
    answer = client.post(url, posted(year, {}, draw="1"))
    rows = answer.context["rows"]
    assert [row.count for row in rows] == [2, 2, 2, 2, 2]
    assert answer.context["loads"] == [2, 2, 2, 2, 2]
    assert Assignment.objects.count() == 0
    units = {unit.pk: unit for unit in units_of(year)}
    drawn = {units[row.pk]: [units[cell.pk] for cell in row.cells if cell.is_on] for row in rows}
    answer = client.post(url, posted(year, drawn), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Đã xác nhận phân công chấm điểm."
    ]
    assert Assignment.objects.count() == 10
    assert all(one.report.unit_id != one.unit_id for one in Assignment.objects.all())


def test_conflicts_typed_before_the_draw_are_kept_out_of_it(client):
    year = marked_year(5)
    first, second, *_ = units_of(year)
    signed_in(client, leader_of(year.head))
    pair = {"cap-0-first": first.pk, "cap-0-second": second.pk, "cap-0-reason": "Cấp trên"}
    answer = client.post(page("pairs_edit", year), posted(year, {}, draw="1", **pair))
    chosen = answer.context["form"].chosen
    assert (second.pk in chosen[first.pk], first.pk in chosen[second.pk]) == (False, False)


def test_half_a_pair_and_a_broken_matrix_are_told_and_stay_typed(client):
    year = marked_year(3, scorers_per_sheet=1)
    a, b, c = units_of(year)
    signed_in(client, leader_of(year.head))
    url = page("pairs_edit", year)
    answer = client.post(url, posted(year, {}, **{"cap-0-first": a.pk}))
    assert (answer.status_code, "Hãy chọn đủ hai đơn vị." in text_of(answer)) == (422, True)
    answer = client.post(url, posted(year, {a: [b], b: [a], c: [b]}))
    assert answer.status_code == 422
    assert answer.context["form"].general == [
        f"Chưa chia đều: “{b.name}” chấm 2 bảng điểm, “{c.name}” chấm 0; "
        "chênh lệch nhiều nhất là 1."
    ]
    assert answer.context["form"].chosen == {a.pk: [b.pk], b.pk: [a.pk], c.pk: [b.pk]}
    answer = client.post(url, posted(year, {a: [b], b: [c], c: [a]}))
    assert answer.status_code == 302


def test_second_writer_of_the_matrix_keeps_the_boxes_and_saves_knowingly(client):
    year = marked_year(3, scorers_per_sheet=1)
    a, b, c = units_of(year)
    signed_in(client, leader_of(year.head))
    url = page("pairs_edit", year)
    mine, opened = posted(year, {a: [c], b: [a], c: [b]}), posted(year, {a: [b], b: [c], c: [a]})
    assert client.post(url, opened).status_code == 302
    answer = client.post(url, mine)
    assert (answer.status_code, Assignment.objects.get(report__unit=a).unit) == (409, b)
    assert f"Bảng điểm của {a}: người khác đã lưu: “{b}” (" in text_of(answer)
    assert client.post(url, fields_of(answer)).status_code == 302
    assert Assignment.objects.get(report__unit=a).unit == c


def test_second_writer_of_the_group_is_told(client):
    year = marked_year(4, mode=M.GROUP)
    _, deputy, third, fourth = units_of(year)
    signed_in(client, leader_of(year.head))
    url = page("group_edit", year)
    opened = seen_on(client, url)
    client.post(url, opened | {"units": [deputy.pk, third.pk]})
    answer = client.post(url, opened | {"units": [third.pk, fourth.pk]})
    assert (answer.status_code, Assignment.objects.filter(unit=fourth).count()) == (409, 0)
    assert client.post(url, fields_of(answer)).status_code == 302
    assert Assignment.objects.filter(unit=deputy).count() == 0


def test_second_writer_of_a_body_sees_the_leaves_of_the_first(client):
    year, finance = marked_year(3, mode=M.BODIES), UnitFactory(name="Sở Tài chính")
    signed_in(client, leader_of(year.head))
    save(client, page("body_add", year), {"unit": finance.pk, "paths": ["I"]})
    url = page("body_edit", year, finance.pk)
    opened = fields_of(client.get(url))
    assert client.post(url, opened | {"paths": ["II"]}).status_code == 302
    answer = client.post(url, opened | {"paths": ["III"]})
    assert (answer.status_code, fields_of(answer)["paths"]) == (409, ["III"])
    assert "Anh/chị đã lưu ở cửa sổ khác: “Mô hình mới được công nhận” (" in text_of(answer)
    assert client.post(url, fields_of(answer)).status_code == 302


def test_two_people_who_add_the_same_body_are_told(client):
    year, finance = marked_year(3, mode=M.BODIES), UnitFactory(name="Sở Tài chính")
    signed_in(client, leader_of(year.head))
    url = page("body_add", year)
    opened = fields_of(client.get(url)) | {"unit": finance.pk}
    assert client.post(url, opened | {"paths": ["I"]}).status_code == 302
    answer = client.post(url, opened | {"paths": ["II"]})
    assert (answer.status_code, year.bodies.get().criteria.count()) == (409, 2)
    assert client.post(url, fields_of(answer)).status_code == 302
    assert year.bodies.get().criteria.count() == 1


def test_matrix_is_not_drawn_again_once_a_sheet_is_done(client):
    year = marked_year(3)
    a, b, _ = units_of(year)
    finished(*assigned(report_of(year, a), b))
    signed_in(client, leader_of(year.head))
    answer = client.post(page("pairs_edit", year), posted(year, {}, draw="1"))
    assert answer.context["form"].general == [
        "Đã có bảng điểm chấm xong nên không chia lại tự động; hãy chỉnh tay các bảng điểm còn lại."
    ]


def test_group_is_appointed(client):
    year = marked_year(4, mode=M.GROUP)
    head, deputy, third, _ = units_of(year)
    signed_in(client, leader_of(head))
    url = page("group_edit", year)
    data = {"units": [deputy.pk, third.pk], "seen": stamp_of_words(assignment_words(year))}
    assert client.post(url, data).status_code == 302
    assert report_of(year, head).assignments.count() == 2
    assert report_of(year, third).assignments.get().unit == deputy
    assert client.get(url).context["form"].initial["units"] == sorted([deputy.pk, third.pk])


def test_body_gets_a_group_of_leaves_and_the_rest_is_told(client):
    year = marked_year(3, mode=M.BODIES)
    finance = UnitFactory(name="Sở Tài chính")
    signed_in(client, leader_of(year.head))
    answer = save(client, page("body_add", year), {"unit": finance.pk, "paths": ["I"]})
    assert answer.status_code == 302
    answer = client.get(page("assignments", year))
    assert answer.context["bodies"] == [(finance, "I.1, I.2", 2, "")]
    assert answer.context["uncovered"] == ["II.1", "III", "IV"]
    data = {"seen": stamp_of_words(assignment_words(year))}
    assert client.post(page("bodies_confirm", year), data).status_code == 302
    assert Assignment.objects.filter(unit=finance).count() == 3
    answer = client.get(page("body_edit", year, finance.pk))
    assert [line["is_on"] for _, lines in answer.context["tables"] for line in lines] == [
        False,
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_office_reads_and_members_do_not(client):
    year = marked_year(4)
    a, b, _, d = units_of(year)
    assigned(report_of(year, d), a, b)
    signed_in(client, official(SeatRole.OFFICE))
    answer = client.get(page("assignments", year))
    assert (answer.status_code, answer.context["may_assign"]) == (200, False)
    assert answer.context["unassigned"] == [a.name, b.name, units_of(year)[2].name]
    assert answer.context["sheets"][3]["scorers"] == [
        (a.name, "0/4 tiêu chí"),
        (b.name, "0/4 tiêu chí"),
    ]
    assert client.get(page("pairs_edit", year)).status_code == 403
    signed_in(client, editor_of(d))
    assert client.get(page("assignments", year)).status_code == 403
    signed_in(client, leader_of(marked_year(3).head))
    assert client.get(page("assignments", year)).status_code == 404


def test_year_of_the_head_says_so(client):
    year = marked_year(3, mode=M.HEAD)
    signed_in(client, leader_of(year.head))
    answer = client.get(page("assignments", year))
    assert answer.context["mode"] == "head"
    assert "Năm này không phân công" in text_of(answer)


def test_table_is_printed(client):
    year = marked_year(4)
    a, b, *_ = units_of(year)
    assigned(report_of(year, a), b)
    signed_in(client, leader_of(year.head))
    answer = client.get(page("assignments_paper", year))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize("count", (3, 5))
def test_assignments_open_at_the_same_cost(client, count, django_assert_num_queries):
    year = marked_year(count)
    units = units_of(year)
    for place, unit in enumerate(units):
        assigned(report_of(year, unit), units[place - 1])
    signed_in(client, official(SeatRole.OFFICE))
    client.get(page("assignments", year))
    with django_assert_num_queries(13):
        assert client.get(page("assignments", year)).status_code == 200


def test_whoever_was_overtaken_sees_it_and_may_save_again(client):
    year = marked_year(3, scorers_per_sheet=1)
    a, b, c = units_of(year)
    signed_in(client, leader_of(year.head))
    url, data = page("pairs_edit", year), posted(year, {a: [b], b: [c], c: [a]})
    assigned(report_of(year, a), c)
    answer = client.post(url, data)
    assert (answer.status_code, answer.context["form"].general[0]) == (409, OVERTAKEN)
    answer = client.post(url, data | {"seen": answer.context["seen"]})
    assert answer.status_code == 302
    assert {one.report.unit: one.unit for one in Assignment.objects.all()} == {a: b, b: c, c: a}


def test_competent_body_stands_still(client):
    year = marked_year(3, mode=M.BODIES)
    gone = UnitFactory(dissolved_on=dt.date(2025, 12, 31))
    signed_in(client, leader_of(year.head))
    form = client.get(page("body_add", year)).context["form"]
    assert list(form.fields["unit"].queryset.order_by("pk")) == list(
        Unit.objects.exclude(pk=gone.pk).order_by("pk")
    )
