"""What every answer carries, and what is answered to what cannot be read."""

import pytest
from django.urls import reverse

from tests.factories.blocs import year_with_members
from tests.factories.people import leader_of

pytestmark = pytest.mark.django_db


def test_no_browser_keeps_what_a_signed_in_person_saw(client):
    year = year_with_members()
    pages = ["/", year.get_absolute_url(), reverse("ranking:ranking_paper", args=(year.pk,)), "/x/"]
    client.force_login(leader_of(year.head))
    found = [(client.get(page).status_code, client.get(page)["Cache-Control"]) for page in pages]
    kept = "private, no-store"
    assert found == [(200, kept), (200, kept), (200, kept), (404, kept)]


def test_public_page_may_be_kept(client):
    assert "Cache-Control" not in client.get(reverse("decisions:public_list")).headers


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-7", b"name=x"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(4001))),
        ("application/x-www-form-urlencoded", b"name=" + b"x" * (5 * 1024 * 1024 + 1)),
        ("multipart/form-data", b"name=x"),
    ],
)
def test_what_cannot_be_read_is_refused_in_vietnamese(client, kind, body):
    client.force_login(leader_of(year_with_members().head))
    # Reading the token is where reading fails first.
    client.handler.enforce_csrf_checks = True
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(reverse("home:choose_year"), body, content_type=kind)
    assert answer.status_code == 400
    assert "<h1>Không đọc được nội dung gửi lên</h1>" in answer.content.decode()
