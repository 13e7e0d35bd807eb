"""Two people make one thing at the same moment: it is made once, the other one is told the rule.

Both have passed every check when the first row is written: the table is held shut meanwhile, so
that only its own rule can stop the second one. SQLite lets one writer in at a time.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from types import SimpleNamespace

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from awards.proposals.models import Proposal
from blocs.conferences.models import Conference
from blocs.criteria.models import UnitGroup
from blocs.legal.models import LegalDocument
from blocs.states import SeatRole, YearState
from blocs.units.models import Bloc, Membership, Unit
from blocs.years.models import AwardKind, BlocYear, Holiday
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import UnitFactory, editor_of, official
from tests.page_forms import fields_of
from thidua.accounts.models import User
from thidua.common.answers.again import MeetingOthers

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def office():
    return official(SeatRole.OFFICE)


def unit():
    typed = {"name": "Sở Xây dựng", "short_name": "SXD", "code": "SXD", "leader_title": "Giám đốc"}
    typed |= {"superior": "UBND TỈNH", "letterhead": "SỞ XÂY DỰNG"}
    return Unit, reverse("units:unit_new"), office(), typed


def bloc():
    typed = {"name": "Khối Thi đua số 5", "code": "KTĐ5", "kind": "functional"}
    return (
        Bloc,
        reverse("units:bloc_new"),
        office(),
        typed | {"tier": "provincial", "organiser": "UBND tỉnh", "is_active": "on"},
    )


def person():
    typed = {"full_name": "Nguyễn Văn A", "username": "nguyenvana", "role": "editor"}
    typed |= {"password": "mua-xuan-nho-nho", "unit": UnitFactory().pk, "starts_on": "01/01/2026"}
    return User, reverse("units:person_new"), official(SeatRole.SYSADMIN), typed


def holiday():
    typed = {"day": "08/03/2027", "name": "Nghỉ hoán đổi"}
    return Holiday, reverse("holidays:holiday_new"), office(), typed


def year():
    return BlocYear, reverse("years:year_new"), office(), {"bloc": BlocFactory().pk, "year": "2027"}


def award_kind():
    typed = {"name": "Cờ thi đua của tỉnh", "code": "co", "order": "1", "is_active": "on"}
    return AwardKind, reverse("proposals:kind_new"), office(), typed


def legal_document():
    typed = {"kind": "Thông tư", "number": "15/2025/TT-BNV", "in_force_from": "05/08/2025"}
    return LegalDocument, reverse("legal:legal_document_new"), office(), typed


def member():
    typed = {"unit": UnitFactory().pk, "starts_on": "01/01/2026"}
    return Membership, reverse("units:member_add", args=(BlocFactory().pk,)), office(), typed


def unit_group():
    made = year_with_members(3)
    typed = {"name": "Các sở"}
    return UnitGroup, reverse("criteria:unit_group_new", args=(made.pk,)), office(), typed


def conference():
    made = year_with_members(3)
    url = reverse("conferences:conference_new", args=(made.pk,))
    typed = {"day": "20/12/2026", "time": "08:00", "place": "Hội trường", "form": "in_person"}
    return Conference, url, editor_of(made.head), typed


def proposal():
    made = year_with_members(3, state=YearState.RANKED)
    return Proposal, reverse("proposals:proposal_start", args=(made.pk,)), editor_of(made.head), {}


# What the second one reads.
EACH = {
    unit: ["Đơn vị có Mã đơn vị đã tồn tại."],
    bloc: [
        "Khối, cụm thi đua có Tên khối, cụm đã tồn tại.",
        "Khối, cụm thi đua có Ký hiệu đã tồn tại.",
    ],
    person: ["Tên đăng nhập đã được sử dụng"],
    holiday: ["Ngày nghỉ, ngày làm bù có Ngày đã tồn tại."],
    year: ["Khối đã có năm thi đua này."],
    award_kind: ["Hình thức khen thưởng có Mã đã tồn tại."],
    legal_document: ["Danh mục đã có văn bản số này."],
    member: ["Đơn vị đang là thành viên của khối này."],
    unit_group: ["Năm thi đua đã có nhóm đơn vị mang tên này."],
    conference: [
        "Năm thi đua đã có hội nghị tổng kết; họp tiếp sau khi ký biên bản thì lập hội nghị bổ "
        "sung."
    ],
}


@contextmanager
def shut(table):
    """Nobody writes into the table until two wait for it, or for each other."""
    if connection.vendor != "postgresql":
        yield
        return
    with closing(psycopg2.connect(**other_connection())) as other, other.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
        yield
        for _ in range(500):
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= 2:
                return
            time.sleep(0.02)
        raise AssertionError("Two requests were to wait for the table.")


def other_connection():
    facts = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    return {name: facts[name] for name in names if facts.get(name)}


def posted(url, who, typed):
    client = Client()
    client.force_login(who)
    try:
        answer = client.post(url, typed)
    finally:
        connection.close()
    return answer


def said(answer):
    return [str(one) for found in answer.context["form"].errors.values() for one in found]


def at_once(build):
    """What both are answered, the one who was let in first."""
    model, url, who, typed = build()
    client = Client()
    client.force_login(who)
    page = client.get(url)
    fields = fields_of(page) if page.status_code == 200 else {}
    with ThreadPoolExecutor(2) as pool:
        with shut(model._meta.db_table):
            both = [pool.submit(posted, url, who, fields | typed) for _ in range(2)]
        return sorted((one.result() for one in both), key=lambda one: one.status_code)


@pytest.mark.parametrize(("build", "told"), EACH.items(), ids=[one.__name__ for one in EACH])
def test_one_thing_is_made_once_and_the_other_is_told_so(build, told):
    answers = at_once(build)
    assert [one.status_code for one in answers] == [302, 422]
    assert said(answers[1]) == told


def test_two_who_begin_one_proposal_are_led_to_it():
    answers = at_once(proposal)
    assert [one.status_code for one in answers] == [302, 302]
    assert Proposal.objects.count() == 1


def test_a_file_is_read_from_its_beginning_by_the_second_try():
    """Without the middleware nothing reads twice: so it is asked by itself."""
    tries = []

    def view(request):
        tries.append(request.FILES["tep"].read())
        if len(tries) == 1:
            raise IntegrityError
        return HttpResponse("xong")

    request = RequestFactory().post("/", {"tep": SimpleUploadedFile("a.txt", b"abc")})
    request.resolver_match = SimpleNamespace(func=view, args=(), kwargs={})
    with pytest.raises(IntegrityError) as stopped:
        view(request)
    answer = MeetingOthers(view).process_exception(request, stopped.value)
    assert (answer.content, tries) == (b"xong", [b"abc", b"abc"])
    assert MeetingOthers(view).process_exception(request, ValueError()) is None
