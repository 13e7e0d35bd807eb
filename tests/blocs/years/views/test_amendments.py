"""Rules that an act has used change by number, with document, reason, list and told units."""

import datetime as dt
import hashlib
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agreements.models import Signature
from agreements.models.answers import needed_share
from blocs.conferences.models import Conference
from blocs.scoring.votes.quorum import Threshold
from blocs.states import BallotKind, BlocKind, SeatRole, YearState
from blocs.units.models import Bloc
from blocs.years.actions.amendments import FUTURE, NOTHING, TOO_EARLY
from blocs.years.models import BlocYear, Regulation, RulesAmendment
from blocs.years.models.amendments import regulation_on
from blocs.years.models.frozen_rules import OPENED, RANKED, SIGNED, VOTED
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import regulate, year_with_members
from tests.factories.conferences import conference_of, count
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of
from tests.papers.papers import read_pdf
from thidua.papers.models import Paper
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
MARCH, JUNE = "2026-03-12T03:00:00Z", "2026-06-20T03:00:00Z"
TOLD = {
    "amended_on": "15/06/2026",
    "document": "Quyết định số 15/QĐ-KTĐ5 ngày 10/06/2026",
    "amendment_reason": "Thống nhất với quy chế mới của tỉnh.",
}


@pytest.fixture
def year():
    """A year whose agreement the first unit signed on 12 March."""
    found = year_with_members(3, state=YearState.OPEN)
    regulate(found, vote_threshold=Decimal(50), signature_numerator=2, signature_denominator=3)
    agreement = AgreementFactory(bloc_year=found, signing=True)
    with time_machine.travel(MARCH, tick=False):
        sign(agreement, found.head)
    return found


def sign(agreement, unit):
    person = leader_of(unit)
    facts = {"signer_name": "A", "signer_title": "Giám đốc", "revision": agreement.revision}
    Signature.objects.create(
        agreement=agreement, unit=unit, signed_by=person, signed_at=timezone.now(), **facts
    )


def fresh(year):
    return BlocYear.objects.get(pk=year.pk)


def amend(client, year, name="years:year_rules", **typed):
    """The office writes the rules on the page of June."""
    with time_machine.travel(JUNE, tick=False):
        client.force_login(official(SeatRole.OFFICE))
        url = reverse(name, args=(year.pk,))
        return client.post(url, fields_of(client.get(url)) | TOLD | typed)


def test_the_threshold_of_june_counts_in_december_and_the_share_of_march_stays(client, year):
    answer = amend(client, year, vote_threshold="75", signature_numerator="3")
    assert answer.status_code == 302
    amendment = RulesAmendment.objects.get()
    assert (amendment.number, amendment.on, amendment.changes) == (
        1,
        dt.date(2026, 6, 15),
        [
            {"field": "tỷ lệ chữ ký giao ước", "before": "2/3", "after": "3/3"},
            {"field": "tỷ lệ phiếu tối thiểu (%)", "before": "50", "after": "75"},
        ],
    )
    # The agreement goes on under the rules of its first signature.
    assert needed_share(fresh(year).agreement) == Threshold(2, 3)
    days = (dt.date(2026, 3, 12), dt.date(2026, 6, 14), dt.date(2026, 6, 15))
    assert [regulation_on(fresh(year), day).vote_threshold for day in days] == [50, 50, 75]
    # Two of three votes were enough in March and are not in December.
    starts_at = dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)
    conference = conference_of(fresh(year), starts_at=starts_at)
    papers = {"issued": 3, "returned": 3, "valid": 3, "invalid": 0}
    with time_machine.travel("2026-12-01T04:00:00Z"):
        count(conference, BallotKind.AWARD, [(0, 2, 1, "flag")], **papers)
    assert [line.is_chosen for line in Conference.objects.get().counts[0].votes] == [False]


def test_an_amendment_of_a_cum_is_told_in_its_word(client, year):
    Bloc.objects.update(kind=BlocKind.TERRITORIAL)
    amend(client, year, flags="2")
    (changed,) = RulesAmendment.objects.get().changes
    assert changed["field"] == "số Cờ thi đua của cụm"


def test_the_units_are_told_and_take_note(client, year):
    amend(client, year, vote_threshold="75", flags="2")
    amendment = RulesAmendment.objects.get()
    person = editor_of(year.deputy)
    client.force_login(person)
    with time_machine.travel(JUNE, tick=False):
        told = [row.label for row in client.get("/").context["tasks"]]
        sentence = "Quy định của năm đã sửa đổi (số 01), áp dụng từ 15/06/2026: 02 thay đổi – xem"
        assert told.count(sentence) == 1
        page = client.get(amendment.get_absolute_url())
        assert (page.status_code, page.context["is_read"]) == (200, False)
        client.post(reverse("years:rules_amendment_read", args=(amendment.pk,)))
        assert [row.label for row in client.get("/").context["tasks"]].count(sentence) == 0
    stranger = editor_of(year_with_members(3).head)
    client.force_login(stranger)
    assert client.get(amendment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("typed", "printed"), (("", "Số: …/TB-{}"), ("9", "Số: 09/TB-{}"), ("12/TB", "Số: 12/TB"))
)
def test_the_paper_has_its_number_and_the_page_of_the_year_leads_to_it(
    client, year, typed, printed
):
    amend(client, year, flags="2", notice_number=typed)
    amendment, paper = RulesAmendment.objects.get(), Paper.objects.get()
    assert paper.data["letterhead"]["number"] == printed.format(year.bloc.code)
    client.force_login(leader_of(year.head))
    page = client.get(year.get_absolute_url()).content.decode()
    for url in (
        amendment.get_absolute_url(),
        reverse("years:rules_amendment_paper", args=(amendment.pk,)),
    ):
        assert page.count(f'href="{url}"') == 1


def test_the_paper_names_each_rule_before_and_after(client, year):
    amend(client, year, vote_threshold="75", quorum_numerator="1", quorum_denominator="2")
    client.force_login(leader_of(year.head))
    paper = reverse("years:rules_amendment_paper", args=(RulesAmendment.objects.get().pk,))
    text = " ".join(read_pdf(client.get(paper).content).text.split())
    for told in (
        "THÔNG BÁO",
        "Sửa đổi quy định số 01",
        "Căn cứ Quyết định số 15/QĐ-KTĐ5 ngày 10/06/2026;",
        "Lý do sửa đổi: Thống nhất với quy chế mới của tỉnh.",
        "Tỷ lệ phiếu tối thiểu (%) 50 75",
        "Túc số của hội nghị 2/3 1/2",
        "áp dụng từ ngày 15 tháng 6 năm 2026",
    ):
        assert text.count(told) == 1


def test_rules_of_scoring_are_amended_too_and_a_second_time_is_number_two(client, year):
    amend(client, year, flags="2")
    answer = amend(client, year, "years:scoring_rules_edit", appeal_days="7", late_per_day="0,5")
    assert answer.status_code == 302
    amendment = RulesAmendment.objects.get(number=2)
    assert [(row["before"], row["after"]) for row in amendment.changes] == [("", "0,5"), ("5", "7")]
    before = regulation_on(fresh(year), dt.date(2026, 5, 1))
    assert (before.flags, before.appeal_days, before.late_per_day) == (1, 5, None)
    rules = Regulation.objects.get(bloc_year=year)
    assert (rules.flags, rules.appeal_days, rules.late_per_day) == (2, 7, Decimal("0.5"))
    client.force_login(leader_of(year.head))
    page = client.get(reverse("years:scoring_rules", args=(year.pk,)))
    assert [row.number for row in page.context["amendments"]] == [1, 2]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"flags": "2", "amended_on": "21/06/2026"}, "amended_on", FUTURE),
        (
            {"flags": "2", "amended_on": "12/03/2026"},
            "amended_on",
            TOO_EARLY.format(day="12/03/2026"),
        ),
        ({"flags": "2", "document": ""}, "document", "Hãy nhập văn bản sửa đổi."),
        ({"flags": "2", "amendment_reason": " "}, "amendment_reason", "Hãy nhập lý do sửa đổi."),
        ({}, "__all__", NOTHING),
    ],
)
def test_an_amendment_says_why_by_what_and_from_when(client, year, typed, field, sentence):
    answer = amend(client, year, **typed)
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [sentence]})
    assert RulesAmendment.objects.count() == 0
    # What was typed stands there still.
    assert answer.context["form"].data["flags"] == typed.get("flags", "1")


def test_before_any_act_rules_are_set_without_a_number(client):
    year = year_with_members(3, state=YearState.OPEN)
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_rules", args=(year.pk,))
    page = client.get(url)
    assert list(page.context["form"].fields)[-1] == "seen"
    assert client.post(url, fields_of(page) | {"flags": "2"}).status_code == 302
    assert (RulesAmendment.objects.count(), Regulation.objects.get().flags) == (0, 2)


@pytest.mark.parametrize("name", ["years:year_rules", "years:scoring_rules_edit"])
@pytest.mark.parametrize(
    ("state", "is_signed", "reason"),
    [(YearState.RANKED, False, RANKED), (YearState.CLOSING, True, SIGNED)],
)
def test_what_can_no_longer_be_saved_is_read_only_with_the_reason(
    client, name, state, is_signed, reason
):
    year = year_with_members(3, state=state)
    regulate(year, flags=1)
    if is_signed:
        conference_of(year)
        Conference.objects.update(state="signed", ended_at=timezone.now())
    client.force_login(official(SeatRole.OFFICE))
    url = reverse(name, args=(year.pk,))
    page = client.get(url)
    form = page.context["form"]
    assert (page.context["closed"], page.context["submit_label"]) == (reason, "")
    free = [name for name, field in form.fields.items() if not field.disabled]
    assert free == ["seen"]
    answer = client.post(url, {"flags": "5"})
    assert (answer.status_code, Regulation.objects.get().flags) == (422, 1)


def test_the_paper_of_an_amendment_is_stored_once_and_stays_as_it_was(client, year):
    amend(client, year, vote_threshold="75")
    amendment, paper = RulesAmendment.objects.get(), Paper.objects.get()
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:rules_amendment_paper", args=(amendment.pk,))
    printed = client.get(url).content
    assert (paper.kind, paper.subject, hashlib.sha256(printed).hexdigest()) == (
        "rules_amendment",
        amendment,
        paper.sha256,
    )
    assert [row["after"] for row in paper.data["rows"]] == ["75"]
    assert [found.sentence for found in check(fresh(year))[1]] == []
    # What is told later changes no paper.
    RulesAmendment.objects.update(document="Quyết định khác")
    assert client.get(url).content == printed


def test_an_amendment_that_cannot_be_printed_is_refused(client, year, settings):
    settings.SITE_PROVINCE = ""
    answer = amend(client, year, vote_threshold="75")
    assert (answer.status_code, RulesAmendment.objects.count(), Paper.objects.count()) == (
        422,
        0,
        0,
    )
    assert fresh(year).regulation.vote_threshold == 50


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"vote_threshold": "75"}, "vote_threshold", VOTED),
        ({"flags": "2"}, "flags", VOTED),
        ({"vote_base": "valid"}, "vote_base", VOTED),
        ({"quorum_numerator": "1", "quorum_denominator": "2"}, "quorum_numerator", OPENED),
    ],
)
@pytest.mark.parametrize("is_open", [True, False])
def test_the_rules_of_a_vote_close_when_the_conference_opens(
    client, year, typed, field, sentence, is_open
):
    """No vote is counted yet: the voters shall know the rule before they vote."""
    conference_of(year, state="open" if is_open else "prepared")
    answer = amend(client, year, **typed)
    if is_open:
        shown = answer.context["form"].fields[field]
        assert (answer.status_code, shown.disabled, shown.help_text) == (422, True, sentence)
    assert RulesAmendment.objects.count() == (0 if is_open else 1)
