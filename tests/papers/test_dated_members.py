"""B01 through every step of the year: who left or came late in agreement, sheets, conference."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agreements.actions.signatures import sign_agreement
from agreements.documents.agreement import agreement_paper
from agreements.enums import AgreementState
from agreements.models import Agreement
from awards.proposals.documents.submission import introduction
from awards.proposals.models import Proposal
from blocs.conferences.documents.minutes import attendance_of
from blocs.conferences.models import Conference
from blocs.ranking.documents.ranking_notes import change_notes
from blocs.ranking.models.rankings import ranking_of
from blocs.states import MemberChangeKind as K
from blocs.states import ReportState, YearState
from blocs.years.workflows import all_reports_are_appraised
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import ProposalItemFactory, certificate
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.changes import JULY_1, SEPTEMBER_1, change_members, office_browser
from tests.factories.conferences import conference_of
from tests.factories.people import UnitFactory, editor_of, leader_of

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)
LEFT = "Sở F thôi tham gia từ 01/07/2026 (sáp nhập vào Sở C)"


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


def lettered(state, count=6):
    found = year_with_members(count, state=state)
    for member, letter in zip(found.members.select_related("unit"), "ABCDEF", strict=False):
        member.unit.name = member.unit.short_name = f"Sở {letter}"
        member.unit.save()
    return found


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def merge_f(year):
    return change_members(year, unit(year, "F"), counterpart=unit(year, "C"))


def sign(agreement, one):
    return sign_agreement(
        Agreement.objects.get(pk=agreement.pk),
        actor=leader_of(one),
        unit=one,
        revision=0,
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
    )


def agreement_page(client, year):
    return client.get(reverse("agreements:agreement_detail", args=(year.pk,))).context


def test_a_merged_unit_owes_no_signature_and_the_last_of_five_brings_it_into_effect():
    year = lettered(YearState.OPEN)
    agreement = AgreementFactory(bloc_year=year, signing=True, signed_on=JULY_1)
    effects = merge_f(year)
    assert "Giao ước: đơn vị chưa ký và không phải ký nữa." in effects
    assert [str(one) for one in agreement.missing_units()] == [f"Sở {x}" for x in "ABCDE"]
    for letter in "ABCDE":
        agreement = sign(agreement, unit(year, letter))
    assert agreement.state == AgreementState.EFFECTIVE
    paper = agreement_paper(agreement)
    assert [signer.name for signer in paper.unit_signers] == ["Nguyễn Văn A"] * 5
    assert paper.changes == (LEFT,)
    year.refresh_from_db()
    assert year.state == YearState.AGREED


def test_what_was_signed_before_the_merger_stays():
    year = lettered(YearState.OPEN)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    sign(agreement, unit(year, "F"))
    effects = merge_f(year)
    assert "Chữ ký giao ước ngày 29/11/2026: giữ nguyên." in effects
    shown = agreement_page(office_browser(), year)
    assert shown["signed_words"] == "0/5 đơn vị đã ký, cần ít nhất 5"
    rows = {str(row.unit): (bool(row.signature), row.owes) for row, _ in shown["rows"]}
    assert rows["Sở F"] == (True, False)
    assert len(agreement_paper(agreement).unit_signers) == 6


def test_a_unit_that_does_not_sign_is_not_waited_for():
    year = lettered(YearState.OPEN, 3)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    change_members(year, unit(year, "C"), K.NOT_SIGNING, JULY_1)
    shown = agreement_page(office_browser(), year)
    assert shown["signed_words"] == "0/2 đơn vị đã ký, cần ít nhất 2"
    for letter in "AB":
        agreement = sign(agreement, unit(year, letter))
    assert agreement.state == AgreementState.EFFECTIVE
    assert all_reports_are_appraised(year) == ["Còn 03 đơn vị chưa được hội nghị thống nhất điểm."]


def test_who_left_is_not_on_the_roll_and_who_came_is(client):
    year = lettered(YearState.CLOSING)
    client.force_login(editor_of(year.head))
    facts = {"day": "15/12/2026", "time": "08:00", "form": "in_person"}
    url = reverse("conferences:conference_new", args=(year.pk,))
    assert client.post(url, facts).status_code == 302
    conference = Conference.objects.get()
    assert conference.attendances.count() == 6
    merge_f(year)
    change_members(year, UnitFactory(name="Sở G"), K.JOINED, SEPTEMBER_1)
    change_members(year, unit(year, "D"), K.NOT_CONSIDERED, SEPTEMBER_1)
    names = [row.unit.name for row in Conference.objects.for_page().get().roll]
    assert names == [f"Sở {letter}" for letter in "ABCDEG"]
    assert attendance_of(Conference.objects.for_page().get())[-4:] == (
        "- Thay đổi thành phần trong năm:",
        f"+ {LEFT};",
        "+ Sở G tham gia từ 01/09/2026 (Theo đề nghị của khối);",
        "+ Sở D không xét năm nay, từ 01/09/2026 (Theo đề nghị của khối).",
    )


def test_a_change_after_the_conference_leaves_its_roll_alone():
    year = lettered(YearState.CLOSING)
    conference = conference_of(year, starts_at=dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC))
    change_members(year, unit(year, "F"), K.DISSOLVED, dt.date(2026, 11, 25))
    assert conference.attendances.count() == 6
    assert len(attendance_of(Conference.objects.for_page().get())) == 7


def agreed_sheets(year, letters):
    table = small_table(year)
    for letter in letters:
        report = ReportFactory(
            bloc_year=year,
            unit=unit(year, letter),
            table=table,
            submitted=True,
            state=ReportState.AGREED,
            appraised_at=NOVEMBER,
            self_total=45,
            appraised_total=45,
        )
        fill(report, appraised=9)


def test_the_year_is_ranked_without_the_sheet_of_who_left():
    year = lettered(YearState.CLOSING)
    agreed_sheets(year, "ABCDE")
    assert all_reports_are_appraised(year) == ["Còn 01 đơn vị chưa được hội nghị thống nhất điểm."]
    merge_f(year)
    year.refresh_from_db()
    assert all_reports_are_appraised(year) == []
    ranking = ranking_of(year)
    assert sorted(row.unit.name for row in ranking.rows) == [f"Sở {x}" for x in "ABCDE"]
    assert ranking.out == ()
    assert change_notes(ranking) == (f"Thay đổi thành phần trong năm: {LEFT}.",)


def test_the_sheet_of_a_unit_that_is_not_considered_has_no_place():
    year = lettered(YearState.CLOSING)
    agreed_sheets(year, "ABCDEF")
    change_members(year, unit(year, "B"), K.NOT_CONSIDERED, SEPTEMBER_1)
    assert sorted(row.unit.name for row in ranking_of(year).rows) == [f"Sở {x}" for x in "ACDEF"]
    track = office_browser().get(year.get_absolute_url()).context["track"]
    assert [step["words"] for step in track[4:6]] == ["Đã xong", "Đã xong"]


def test_people_of_a_unit_that_left_have_no_tasks_and_read_on(client):
    year = lettered(YearState.CLOSING)
    gone = unit(year, "F")
    report = ReportFactory(bloc_year=year, unit=gone)
    person = editor_of(gone)
    client.force_login(person)
    assert len(client.get("/").context["tasks"]) == 1
    merge_f(year)
    assert client.get("/").context["tasks"] == []
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(reverse("reports:report_edit", args=(report.pk,))).status_code == 403


def test_the_submission_counts_and_names_as_the_year_does():
    year = lettered(YearState.RANKED)
    merge_f(year)
    proposal = Proposal.objects.create(bloc_year=year)
    assert introduction(proposal, None) == (
        f"{year.bloc.name} gồm 05 đơn vị thành viên.",
        f"{LEFT}.",
    )


def warnings_on_page(client, year):
    url = reverse("proposals:proposal_detail", args=(year.pk,))
    return [sentence for _, sentence in client.get(url).context["line_warnings"]]


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("F", "thôi tham gia từ 01/07/2026"),
        ("D", "không xét năm nay, từ 01/09/2026"),
        ("E", "thôi hoạt động từ 01/07/2026"),
    ],
)
def test_an_award_for_a_unit_that_is_gone_or_aside_warns_with_the_rule(client, letter, words):
    """B28: merged, not considered this year, and dissolved in the catalogue of units alone."""
    year = lettered(YearState.RANKED)
    merge_f(year)
    change_members(year, unit(year, "D"), K.NOT_CONSIDERED, SEPTEMBER_1)
    gone = unit(year, "E")
    gone.dissolved_on = JULY_1
    gone.save()
    proposal = Proposal.objects.create(bloc_year=year)
    ProposalItemFactory(proposal=proposal, award=certificate(), unit=unit(year, letter))
    client.force_login(leader_of(year.head))
    assert warnings_on_page(client, year) == [
        f"Sở {letter}: {words}. Chỉ đơn vị đang hoạt động, tham gia đến khi bình xét và được xếp "
        "hạng mới được đề nghị khen thưởng."
    ]
