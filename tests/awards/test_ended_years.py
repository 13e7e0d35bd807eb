"""A year that ended without awards: nothing of its proposal is written, and each page says why."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from awards.proposals.actions.proposals import start_proposal
from awards.proposals.models import Proposal, ProposalItem
from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import ProposalFactory, ProposalItemFactory, certificate, flag
from tests.factories.blocs import regulate, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from thidua.common.activity import kept_words
from thidua.common.basis import basis_faults, keep_basis
from thidua.common.models import ActivityEntry

FEBRUARY = dt.datetime(2026, 2, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db
WHY = "Các đơn vị nhường suất cho khối khác."
OVER = (
    "Năm thi đua đã kết thúc, không đề nghị khen thưởng: Các đơn vị nhường suất cho khối khác. "
    "Đề nghị khen thưởng không gửi nữa nên không lập, không sửa."
)
KEPT = (
    "Năm thi đua đã bàn giao và lưu nên hồ sơ của năm giữ nguyên, không sửa nữa; việc mới thì ghi "
    "vào năm đang thực hiện."
)


@pytest.fixture
def year():
    """Ended by its head after the proposal was drafted and emptied; equal units were left open."""
    flag(), certificate()
    year = placed_year({"A": "90", "B": "90", "C": "70"})
    ProposalFactory(bloc_year=year)
    move(year, "end_without_awards", note=WHY)
    return BlocYear.objects.get()


def move(year, name, note="x"):
    client = Client()
    client.force_login(leader_of(year.head))
    return client.post(reverse("years:year_move", args=(year.pk, name)), {"note": note})


def address(year, name, *more):
    return reverse(f"proposals:{name}", args=(year.pk, *more))


def state():
    """What a proposal could have changed by: its texts, its lines, its log book."""
    proposal = Proposal.objects.get()
    log = ActivityEntry.objects.about(proposal).count()
    return proposal.summary, proposal.items.count(), proposal.tie_choices.count(), log


LINE = {"dong-TOTAL_FORMS": "1", "dong-INITIAL_FORMS": "0", "number": "07", "summary": "Mới"}


def line_of(year):
    return LINE | {"dong-0-award": str(flag().pk), "dong-0-unit": str(year.head_id)}


def test_the_draft_opens_to_be_read_and_saves_nothing(client, year):
    client.force_login(editor_of(year.head))
    url, before = address(year, "proposal_edit"), state()
    shown = client.get(url)
    assert (shown.context["closed"], shown.context["submit_label"]) == (OVER, "")
    answer = client.post(url, line_of(year))
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [OVER])
    assert state() == before == ("", 0, 0, 0)


def test_nobody_chooses_between_equals_any_more(client, year):
    client.force_login(editor_of(year.head))
    url, before = address(year, "proposal_tie", flag().pk), state()
    assert client.get(url).context["closed"] == OVER
    answer = client.post(url, {"chosen": [str(year.head_id)], "reason": "Bốc thăm."})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [OVER])
    assert (state(), ProposalItem.objects.count()) == (before, 0)


@pytest.mark.parametrize("kind", ("editor", "head"))
def test_the_page_offers_nothing_and_says_the_end(client, year, kind):
    client.force_login(editor_of(year.head) if kind == "editor" else leader_of(year.head))
    page = client.get(address(year, "proposal_detail"))
    context = page.context
    assert (context["may_edit"], context["open_ties"], context["basis"]) == (False, [], [])
    assert context["way"] == f"Không còn việc phải làm: n{OVER[1:]}"
    assert [one["obstacles"] for one in context["moves"]] == [[OVER]] * (kind == "head")
    assert address(year, "proposal_edit") not in page.content.decode()


def test_a_year_that_ended_without_a_draft_begins_none(client, year):
    Proposal.objects.all().delete()
    client.force_login(editor_of(year.head))
    client.post(address(year, "proposal_start"))
    assert Proposal.objects.count() == 0
    assert (
        "Lập đề nghị khen thưởng"
        not in client.get(address(year, "proposal_detail")).content.decode()
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    ((WHY, "Đã kết thúc, không đề nghị khen thưởng"), ("", "Đã xét khen thưởng")),
)
def test_the_badge_of_the_year_says_how_it_ended(client, year, reason, words):
    """On the page of the year, in the list of years and on the page of the bloc."""
    BlocYear.objects.update(no_award_reason=reason)
    client.force_login(official(SeatRole.OFFICE))
    session = client.session
    session["year"] = year.year
    session.save()
    for url in (year.get_absolute_url(), reverse("years:year_list"), year.bloc.get_absolute_url()):
        _, *badges = client.get(url).content.decode().split('class="state ')
        said = [words in badge.partition("</span>")[0] for badge in badges]
        assert (said[0], said.count(True)) == (True, 1), url


def test_points_are_locked_before_the_year_is_kept(client, year):
    refused = move(year, "hand_over")
    assert (refused.status_code, refused.context["obstacles"]) == (
        422,
        [
            "Còn 03 báo cáo của năm thi đua này chưa khóa điểm: cơ quan thường trực mở từng báo "
            "cáo, bấm “Xác nhận và khóa điểm”, rồi mới bàn giao và lưu năm."
        ],
    )
    reports = reverse("reports:year_reports", args=(year.pk,))
    assert f'<a href="{reports}">Báo cáo và điểm</a></li>' in refused.content.decode()
    client.force_login(official(SeatRole.OFFICE))
    labels = [task.label for task in client.get("/").context["tasks"]]
    assert "Xác nhận và khóa điểm 03 báo cáo" in labels
    for report in Report.objects.order_by("pk"):
        url = reverse("reports:report_move", args=(report.pk, "lock"))
        assert client.post(url).status_code == 302
    assert move(year, "hand_over").status_code == 302
    assert BlocYear.objects.get().state == YearState.ARCHIVED
    assert set(Report.objects.values_list("state", flat=True)) == {ReportState.LOCKED}


def test_of_a_kept_year_each_button_gives_the_reason_and_does_nothing(client, year):
    """Its agreement is not closed any more, its proposal not sent, its points not locked."""
    agreement = AgreementFactory(bloc_year=year, state="effective", effective_at=FEBRUARY)
    BlocYear.objects.update(state=YearState.ARCHIVED)
    client.force_login(leader_of(year.head))
    page = client.get(agreement.get_absolute_url())
    assert [one["obstacles"] for one in page.context["moves"]] == [[KEPT]]
    assert page.context["ways"] == [KEPT]
    url = reverse("agreements:agreement_move", args=(year.pk, "close"))
    answer = client.post(url, {"note": "Kết thúc."})
    assert (answer.status_code, answer.context["obstacles"]) == (422, [KEPT])
    assert type(agreement).objects.get().state == "effective"
    proposal = client.get(address(year, "proposal_detail"))
    assert [one["obstacles"] for one in proposal.context["moves"]] == [[KEPT]]
    client.force_login(official(SeatRole.OFFICE))
    report = client.get(Report.objects.first().get_absolute_url())
    assert [one["obstacles"] for one in report.context["moves"]] == [[KEPT]]
    assert report.context["way"] == f"Không còn việc phải làm: n{KEPT[1:]}"


def test_neither_a_draft_nor_its_lines_are_written_and_none_is_begun(year):
    proposal = Proposal.objects.get()
    item = ProposalItemFactory(proposal=proposal)
    assert (kept_words(proposal), kept_words(item)) == (OVER, OVER)
    with pytest.raises(ValidationError) as caught:
        start_proposal(year, actor=editor_of(year.head))
    assert caught.value.messages == [OVER]


def test_the_office_still_writes_a_note_on_what_was_decided(client):
    item = ProposalItemFactory(state="refused", reason="Muộn.", proposal__received=True)
    Proposal.objects.update(state="decided")
    BlocYear.objects.update(state=YearState.DECIDED)
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("board:item_note", args=(item.pk,))
    assert client.post(url, {"text": "Đã trao.", "note": "Đã trao."}).status_code == 302


def test_the_draft_of_a_year_that_is_over_asks_for_no_confirmation(client, year):
    proposal = Proposal.objects.get()
    regulate(year, flags=1)
    keep_basis(proposal, actor=None)
    regulate(year, flags=2)
    client.force_login(editor_of(year.head))
    assert basis_faults(Proposal.objects.get()) != []
    assert client.get(address(year, "proposal_detail")).context["basis"] == []


@pytest.mark.parametrize(("state", "may"), ((YearState.OPEN, True), (YearState.ARCHIVED, False)))
def test_of_a_kept_year_no_agreement_is_begun_or_written(client, state, may):
    year = year_with_members(3, state=state)
    client.force_login(editor_of(year.head))
    url = reverse("agreements:agreement_detail", args=(year.pk,))
    assert client.get(url).context["may_start"] is may
    AgreementFactory(bloc_year=year)
    assert client.get(url).context["may_edit"] is may
