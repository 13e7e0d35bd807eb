"""A unit that comes back in the year it left, seconded to another bloc meanwhile."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agreements.enums import AgreementState
from blocs.states import MemberChangeKind as K
from blocs.states import RegistrationState, ReportState, YearState
from blocs.units.models import Membership
from blocs.years.domain.taking_part import DUE, Duty, owes
from blocs.years.models import BlocYear, MemberChange, Registration, YearMember
from blocs.years.models.changes import change_sentences, members_owing
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import ReportFactory, year_with_members
from tests.factories.changes import change_address, change_members, confirmed, office_browser, typed
from tests.factories.people import editor_of, leader_of
from tests.page_forms import fields_of
from thidua.home.tasks import tasks_of
from thidua.papers.stored import papers_of

pytestmark = pytest.mark.django_db
APRIL_1, MAY_15, SEPTEMBER_1 = dt.date(2026, 4, 1), dt.date(2026, 5, 15), dt.date(2026, 9, 1)
AWAY = "thôi tham gia từ 01/04/2026, tham gia lại từ 01/09/2026"
TOO_EARLY = "Đơn vị thôi tham gia từ 01/04/2026; ngày tham gia lại phải sau ngày đó."
INSIDE = "Đơn vị đang là thành viên của năm thi đua này, chưa thôi tham gia."
SIGNER = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": "0"}


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-29T03:00:00Z", tick=False):
        yield


@pytest.fixture
def year():
    """Six units A to F; registrations fell due in May, the agreement took effect in June."""
    found = year_with_members(6, state=YearState.AGREED, registration_due=MAY_15)
    for member, letter in zip(found.members.select_related("unit"), "ABCDEF", strict=True):
        member.unit.name = member.unit.short_name = f"Sở {letter}"
        member.unit.save()
        day = dt.date(2020, 1, 1)
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=day)
    moment = dt.datetime(2026, 6, 15, tzinfo=dt.UTC)
    state = {"state": AgreementState.EFFECTIVE, "effective_at": moment, "missing_reason": "Vắng"}
    AgreementFactory(bloc_year=found, **state)
    return found


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def second(year, letter="F", left=APRIL_1, back=SEPTEMBER_1, kind=K.JOINED):
    """The unit leaves and comes back; gives the effects that the page of the return lists."""
    one = unit(year, letter)
    change_members(year, one, K.MOVED, left)
    return change_members(year, one, kind, back)


def labels(person):
    return [one.label for one in tasks_of(person, timezone.now())]


def counted(year, duty, day=None):
    return members_owing(BlocYear.objects.get(pk=year.pk), duty, day).count()


def steps(answer):
    """What the track says of registrations and agreement."""
    return [answer.context["track"][number]["words"] for number in (0, 2)]


def cancel(client, change):
    url = reverse("changes:member_change_cancel", args=(change.pk,))
    return confirmed(client, url, {"reason": "Ghi nhầm"})


def memberships(year, letter):
    rows = year.bloc.memberships.filter(unit=unit(year, letter)).order_by("starts_on")
    return [(row.starts_on, row.ends_on) for row in rows]


def test_from_its_return_it_owes_what_falls_due_then(year):
    effects = second(year)
    assert effects == [
        "Bản đăng ký đến hạn ngày 15/05/2026, khi đơn vị vắng mặt: không phải lập.",
        "Giao ước đã có hiệu lực vẫn giữ; đơn vị vào sau ký bổ sung ở phụ lục.",
        "Số đơn vị tính túc số tăng từ 05 lên 06.",
        "Đơn vị nộp báo cáo năm, được xếp hạng và đề nghị khen thưởng như các đơn vị khác.",
    ]
    assert {duty: counted(year, duty) for duty in Duty} == {
        Duty.REGISTER: 5,
        Duty.SIGN: 6,
        Duty.REPORT: 6,
        Duty.SIT: 6,
        Duty.COMPARE: 6,
    }
    days = (dt.date(2026, 3, 31), APRIL_1, dt.date(2026, 8, 31), SEPTEMBER_1)
    assert [counted(year, Duty.SIT, day) for day in days] == [6, 5, 5, 6]
    assert [row.kind for row in year.member_changes.all()] == [K.MOVED, K.RETURNED]
    assert change_sentences(year) == (
        "Sở F thôi tham gia từ 01/04/2026 (chuyển sang khối ngoài tỉnh), tham gia lại từ "
        "01/09/2026 (Theo đề nghị của khối)",
    )
    april = change_sentences(year, dt.date(2026, 8, 31))
    assert april == ("Sở F thôi tham gia từ 01/04/2026 (chuyển sang khối ngoài tỉnh)",)


def test_the_page_of_the_year_counts_it_where_it_owes(year):
    second(year)
    answer = office_browser().get(reverse("years:year_detail", args=(year.pk,)))
    assert dict(answer.context["facts"])["Số đơn vị thành viên"] == "06"
    row = answer.context["rows"][5]
    assert (row["part"], row["registration"]["label"], row["report"]["label"]) == (
        AWAY,
        "Không phải đăng ký",
        "Chưa có báo cáo",
    )
    # Of six who owe a signature none has signed: the sixth, too, which signs an addition.
    assert steps(answer) == ["0/5 đơn vị", "Đã xong, 0/6 đơn vị"]


def test_its_people_act_again_and_sign_the_addition(year, client):
    one = unit(year, "F")
    leader, editor = leader_of(one), editor_of(one)
    second(year)
    assert labels(leader) == [f"Ký bổ sung giao ước thi đua năm 2026: đơn vị {AWAY}"]
    assert labels(editor) == []
    client.force_login(leader)
    assert (
        client.post(reverse("agreements:agreement_sign", args=(year.pk,)), SIGNER).status_code
        == 302
    )
    (row,) = papers_of(year.agreement).get(kind="agreement_addition").data["confirmations"]
    assert (row["unit"], row["signed_at"]) == (
        "Sở F",
        f"{AWAY}, ký ngày 29/11/2026, sau khi giao ước có hiệu lực",
    )
    shown = office_browser().get(reverse("years:year_detail", args=(year.pk,)))
    assert steps(shown) == ["0/5 đơn vị", "Đã xong, 1/6 đơn vị"]


def test_while_it_is_away_its_people_only_read(year, client):
    change_members(year, unit(year, "F"), K.LEFT, APRIL_1)
    change_members(year, unit(year, "F"), K.RETURNED, dt.date(2026, 12, 20))
    leader = leader_of(unit(year, "F"))
    assert labels(leader) == []
    client.force_login(leader)
    assert client.get(reverse("years:year_detail", args=(year.pk,))).status_code == 200
    sign = reverse("agreements:agreement_sign", args=(year.pk,))
    assert client.post(sign, SIGNER).status_code == 403
    with time_machine.travel("2026-12-20T03:00:00Z", tick=False):
        assert client.post(sign, SIGNER).status_code == 302


def test_what_it_handed_in_before_it_left_counts_on(year):
    """Input of our own: registered in March and reported early, away over both days."""
    year.report_due = dt.date(2026, 8, 1)
    year.save()
    for letter in "EF":
        moment = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
        signed = {"state": RegistrationState.CHECKED, "content": "Một", "signed_at": moment}
        if letter == "F":
            Registration.objects.create(bloc_year=year, unit=unit(year, letter), **signed)
            sent = {"submitted": True, "state": ReportState.SUBMITTED}
            ReportFactory(bloc_year=year, unit=unit(year, letter), **sent)
    effects = {letter: second(year, letter) for letter in "EF"}
    missed = "Báo cáo năm đến hạn ngày 01/08/2026, khi đơn vị vắng mặt: không phải nộp, không "
    assert effects["E"][1] == f"{missed}xếp hạng năm nay."
    assert effects["F"][0] == "Đơn vị phải ký bản đăng ký thi đua."
    assert {duty: counted(year, duty) for duty in DUE} == {
        Duty.REGISTER: 5,
        Duty.REPORT: 5,
        Duty.COMPARE: 5,
    }
    assert counted(year, Duty.SIT) == 6


def test_lists_and_the_pure_rule_agree_on_every_day(year):
    second(year)
    year.report_due = dt.date(2026, 8, 31)
    year.save()
    member = YearMember.objects.select_related("bloc_year").get(unit=unit(year, "F"))
    for duty in Duty:
        for days in range(0, 365, 7):
            day = dt.date(2026, 1, 1) + dt.timedelta(days=days)
            due = getattr(member.bloc_year, DUE.get(duty, "state"))
            due = due if duty in DUE else None
            found = YearMember.objects.filter(pk=member.pk).owing(duty, day).exists()
            assert found == owes(member.part, duty, day, due) == member.owes(duty, day), (duty, day)


def test_memberships_of_the_bloc_follow_and_the_last_change_is_undone(year):
    client, begin = office_browser(), dt.date(2020, 1, 1)
    second(year)
    inside = [(begin, dt.date(2026, 3, 31)), (SEPTEMBER_1, None)]
    assert memberships(year, "F") == inside
    left, back = year.member_changes.all()
    assert cancel(client, left).context["form"].non_field_errors() == [
        "Hãy hủy các thay đổi ghi sau của đơn vị này trước."
    ]
    assert cancel(client, back).status_code == 302
    member = year.members.get(unit=unit(year, "F"))
    assert member.part_words == "thôi tham gia từ 01/04/2026"
    assert memberships(year, "F") == inside[:1]
    assert cancel(client, left).status_code == 302
    assert year.members.get(unit=unit(year, "F")).part_words == ""
    assert memberships(year, "F") == [(begin, None)]
    assert (counted(year, Duty.REGISTER), counted(year, Duty.SIT)) == (6, 6)


def test_a_unit_that_joined_late_leaves_comes_back_and_leaves_again(year):
    """Input of our own: in by February, away from May to October, gone in December."""
    new = unit(year, "F")
    year.members.filter(unit=new).delete()
    year.bloc.memberships.filter(unit=new).delete()
    change_members(year, new, K.JOINED, dt.date(2026, 2, 1))
    change_members(year, new, K.LEFT, MAY_15)
    change_members(year, new, K.RETURNED, dt.date(2026, 10, 1))
    change_members(year, new, K.LEFT, dt.date(2026, 12, 1))
    assert year.members.get(unit=new).part_words == (
        "tham gia từ 01/02/2026; thôi tham gia từ 15/05/2026, tham gia lại từ 01/10/2026; thôi "
        "tham gia từ 01/12/2026"
    )
    days = [dt.date(2026, *day) for day in ((1, 31), (2, 1), (5, 15), (9, 30), (10, 1), (12, 1))]
    assert [counted(year, Duty.SIT, day) for day in days] == [5, 6, 5, 5, 6, 5]
    assert [str(row.on) for row in year.member_changes.all()] == [
        "2026-02-01",
        "2026-05-15",
        "2026-10-01",
        "2026-12-01",
    ]
    joined = year.member_changes.first()
    assert cancel(office_browser(), joined).status_code == 422


def test_it_may_be_away_twice(year):
    second(year, left=dt.date(2026, 2, 1), back=dt.date(2026, 3, 1))
    second(year, left=dt.date(2026, 7, 1), back=SEPTEMBER_1, kind=K.RETURNED)
    days = [dt.date(2026, *day) for day in ((1, 31), (2, 1), (3, 1), (7, 1), (8, 31), (9, 1))]
    assert [counted(year, Duty.SIT, day) for day in days] == [6, 5, 6, 5, 5, 6]


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        (K.RETURNED, APRIL_1, TOO_EARLY),
        (K.JOINED, dt.date(2026, 3, 1), TOO_EARLY),
        (K.SPLIT, SEPTEMBER_1, "Đơn vị đã là thành viên của năm thi đua này."),
    ],
)
def test_it_comes_back_after_it_left(year, kind, on, said):
    client, one = office_browser(), unit(year, "F")
    change_members(year, one, K.LEFT, APRIL_1)
    data = typed(one, kind, on, counterpart=unit(year, "E"))
    answer = confirmed(client, change_address(year), data)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [said]


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        (K.RETURNED, SEPTEMBER_1, INSIDE),
        (K.LEFT, dt.date(2026, 8, 31), f"Đơn vị {AWAY}; ngày phải từ ngày tham gia lại trở đi."),
        (K.NOT_CONSIDERED, MAY_15, f"Đơn vị {AWAY}; ngày phải là ngày đơn vị tham gia."),
    ],
)
def test_what_is_recorded_of_a_unit_that_came_back(year, kind, on, said):
    second(year)
    answer = confirmed(office_browser(), change_address(year), typed(unit(year, "F"), kind, on))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [said]


def test_a_leader_of_the_year_is_not_taken_out_by_undoing_its_return(year):
    second(year)
    year.head = unit(year, "F")
    year.save()
    back = MemberChange.objects.get(kind=K.RETURNED)
    answer = cancel(office_browser(), back)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        f"Sở F đang là khối trưởng của {year}; hãy ghi đơn vị khác, hoặc để khuyết, ở trang “Khối "
        "trưởng, khối phó” trước."
    ]


def test_a_successor_that_had_left_comes_back_with_the_merger(year):
    """Input of our own: C left in April, then F goes into it on 1 September, in its place."""
    client, heir = office_browser(), unit(year, "C")
    change_members(year, heir, K.MOVED, APRIL_1)
    data = {"successor": heir.pk, "on": "01/09/2026", "decision": "NQ 1"}
    url = reverse("units:unit_succession", args=(unit(year, "F").pk,))
    assert confirmed(client, url, data | {"moves_memberships": "on"}).status_code == 302
    parts = {str(row.unit): row.part_words for row in year.members.select_related("unit")}
    assert (parts["Sở C"], parts["Sở F"]) == (AWAY, "thôi tham gia từ 01/09/2026")
    assert counted(year, Duty.SIT) == 5


def test_the_form_offers_the_return_by_name(year):
    form = office_browser().get(change_address(year)).context["form"]
    assert dict(form.fields["kind"].choices)["returned"] == "tham gia lại sau khi đã thôi tham gia"
    seen = office_browser().post(change_address(year), typed(unit(year, "A"), K.LEFT, APRIL_1))
    assert fields_of(seen)["kind"] == ["left"]
