"""A marking sheet saves itself row by row, as every other sheet does."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.appraisal.models import Mark
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import editor_of
from tests.factories.reports import DIRECT, RATIO, posted_appraisal, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def marking(client):
    """The deputy's empty marking sheet of the last unit; its editor is signed in."""
    year = marked_year(3)
    _, deputy, own = units_of(year)
    report = report_of(year, own)
    (one,) = assigned(report, deputy)
    client.force_login(editor_of(deputy))
    return one


def post(client, one, changes):
    data = posted_appraisal(one.report, changes)
    wanted = {f"s{row_of(one.report, label).criterion.pk}-" for label in changes}
    data = {name: value for name, value in data.items() if name.startswith(tuple(wanted))}
    return client.post(reverse("appraisal:mark_autosave", args=(one.pk,)), data)


def test_page_posts_its_cells_to_its_own_door(client, marking):
    body = client.get(reverse("appraisal:mark_edit", args=(marking.pk,))).content.decode()
    address = reverse("appraisal:mark_autosave", args=(marking.pk,))
    assert body.count(f'data-autosave="{address}"') == 1


def test_good_rows_are_kept_and_wrong_ones_said(client, marking):
    good, bad = ({"points": "9", "reason": "Thiếu."}, {"points": "31", "reason": "Thừa."})
    answer = post(client, marking, {DIRECT: good, RATIO: bad})
    said = answer.json()
    keys = [f"s{row_of(marking.report, label).criterion.pk}" for label in (DIRECT, RATIO)]
    assert answer.status_code == 200
    assert said["rows"][keys[1]] == {
        "errors": {
            "points": "Điểm 31 nằm ngoài khoảng từ 0 đến 30. Hội nghị cho điểm cao hơn quy "
            "định thì lý do bắt đầu bằng “Hội nghị thống nhất:” rồi nêu căn cứ."
        }
    }
    assert sorted(said["rows"][keys[0]]) == ["token"]
    assert (said["foot"]["given"], said["progress"]) == ("9,00", "Đã chấm 1/4 tiêu chí")
    mark = Mark.objects.get()
    assert (mark.points, mark.reason) == (Decimal(9), "Thiếu.")


def test_finished_sheet_takes_nothing_more(client, marking):
    finished(marking)
    answer = post(client, marking, {DIRECT: {"points": "9", "reason": "Thiếu."}})
    assert (answer.status_code, answer.json()["general"]) == (
        422,
        ["Đơn vị đã xác nhận chấm xong bảng điểm này nên không sửa được."],
    )


def test_sheet_of_another_appraiser_is_not_found(client, marking):
    client.force_login(editor_of(units_of(marking.report.bloc_year)[0]))
    answer = post(client, marking, {DIRECT: {"points": "9", "reason": "Thiếu."}})
    assert (answer.status_code, Mark.objects.count()) == (404, 0)
