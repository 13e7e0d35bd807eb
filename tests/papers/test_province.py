"""Whose papers these are is said once, and nothing is printed before."""

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from agreements.documents.agreement import agreement_paper
from awards.decisions.documents.decision import decision_paper
from awards.proposals.documents.submission import submission_paper
from blocs.states import SeatRole
from blocs.years.documents import bloc_letterhead
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import DecisionFactory, ProposalFactory
from tests.factories.blocs import BlocFactory
from tests.factories.people import editor_of, leader_of, official
from thidua.common.vietnamese.province import SAMPLE, UNDECLARED, place, province, undeclared
from thidua.papers.models import Paper

DAY = dt.date(2026, 12, 8)


@pytest.mark.parametrize(
    ("name", "in_a_sentence", "before_the_day"),
    [
        ("Tỉnh Lam Giang", "tỉnh Lam Giang", "Lam Giang"),
        (" Thành phố Lam Giang ", "thành phố Lam Giang", "Lam Giang"),
        ("tỉnh Bà Rịa", "tỉnh Bà Rịa", "Bà Rịa"),
    ],
)
def test_one_setting_gives_province_and_place(settings, name, in_a_sentence, before_the_day):
    settings.SITE_PROVINCE = name
    assert (province(), place(), undeclared()) == (in_a_sentence, before_the_day, "")


@pytest.mark.django_db
def test_every_paper_takes_province_and_place_from_the_setting(settings):
    settings.SITE_PROVINCE = "Thành phố Hải Hà"
    papers = (
        agreement_paper(AgreementFactory(signed_on=DAY)),
        submission_paper(ProposalFactory(dated_on=DAY)),
        decision_paper(DecisionFactory(signed_on=DAY), is_draft=False),
    )
    assert {paper.letterhead.place_date for paper in papers} == {
        "Hải Hà, ngày 08 tháng 12 năm 2026"
    }
    assert papers[1].addressees[0] == "- Chủ tịch Ủy ban nhân dân thành phố Hải Hà;"
    assert papers[2].letterhead.body_lines == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI HÀ")


@pytest.mark.parametrize(
    ("organiser", "line"),
    [
        ("UBND tỉnh", "UBND TỈNH LAM GIANG"),
        ("Ủy ban nhân dân tỉnh", "UBND TỈNH LAM GIANG"),
        ("Liên đoàn Lao động tỉnh", "LIÊN ĐOÀN LAO ĐỘNG TỈNH"),
        ("UBND tỉnh Lam Giang", "UBND TỈNH LAM GIANG"),
    ],
)
def test_a_body_without_a_name_gets_that_of_the_province(organiser, line):
    head = bloc_letterhead(BlocFactory.build(organiser=organiser))
    assert head.superior_lines == (line,)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ("", "  ", SAMPLE))
def test_office_is_told_at_home_and_the_check_warns(client, settings, name):
    settings.SITE_PROVINCE = name
    for role, told in ((SeatRole.OFFICE, [UNDECLARED]), (SeatRole.CHAIR, [])):
        client.force_login(official(role))
        assert client.get("/").context["faults"] == told
    assert [one.msg for one in run_checks() if one.id == "thidua.W005"] == [UNDECLARED]


@pytest.mark.django_db
def test_a_declared_office_is_told_nothing(client):
    client.force_login(official(SeatRole.OFFICE))
    assert client.get("/").context["faults"] == []
    assert [one.msg for one in run_checks() if one.id == "thidua.W005"] == []


@pytest.mark.django_db
def test_before_the_first_paper_somebody_says_whose_it_is(client, settings):
    settings.SITE_PROVINCE = ""
    made = AgreementFactory()
    client.force_login(editor_of(made.bloc_year.head))
    url = reverse("agreements:agreement_paper", args=(made.bloc_year_id,))
    answer = client.get(url, follow=True)
    assert UNDECLARED in answer.content.decode()
    decision = DecisionFactory()
    client.force_login(official(SeatRole.CHAIR))
    url = reverse("decisions:decision_sign", args=(decision.pk,))
    typed = {"number": "6", "signed_on": "08/12/2026", "signer_name": "A", "signer_title": "B"}
    answer = client.post(url, typed)
    assert (answer.status_code, Paper.objects.count()) == (422, 0)


@pytest.mark.django_db
def test_people_of_a_unit_are_not_asked_for_what_they_cannot_do(client, settings):
    settings.SITE_PROVINCE = ""
    made = AgreementFactory()
    client.force_login(leader_of(made.bloc_year.head))
    assert client.get("/").context["faults"] == []
