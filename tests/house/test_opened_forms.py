"""Pages on which nothing is to be done in the cast: opened here, and refused as all others are."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.models import Score
from blocs.reports.workflows import REPORT
from blocs.states import AppraisalMode, BallotKind, ConferenceState, SeatRole, YearState
from blocs.units.actions.people import give_seat
from blocs.years.models import BlocYear
from tests.blocs.reports.views.test_amended_sheets import amend
from tests.factories.appraisals import marked_year
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    government_flag,
)
from tests.factories.blocs import fill, regulate, year_with_members
from tests.factories.conferences import (
    add_agenda,
    conference_of,
    conference_of_equals,
    count,
    set_aside_the_rest,
)
from tests.factories.people import UnitFactory, UserFactory, editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.factories.reports import member_report
from tests.house.test_pages import CLOSED_IN_THE_CAST
from tests.page_forms import fields_of, shown_again, spoilt
from thidua.common.basis import keep_basis
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db


def marked(name, mode):
    year = marked_year(4, mode=mode)
    return reverse(name, args=(year.pk,)), leader_of(year.head)


def first_conference():
    year = year_with_members(3)
    return reverse("conferences:conference_new", args=(year.pk,)), editor_of(year.head)


def rectify(year):
    """The first unit loses points after everybody looked at them."""
    rows = Score.objects.filter(report__bloc_year=year, report__unit=year.head)
    rows.update(appraised_points=Decimal(75), appraisal_reason="Sửa.")


def vote():
    year = placed_year({"A": "90", "B": "80", "C": "70", "D": "60"})
    year.state = YearState.CLOSING
    year.save()
    conference = conference_of(year, state=ConferenceState.OPEN)
    papers = {"issued": 4, "returned": 4, "valid": 4}
    count(conference, BallotKind.AWARD, [(0, 4, 0, "flag")], **papers)
    rectify(year)
    return conference.address("vote_basis"), leader_of(year.head)


def ranking():
    year = placed_year({"A": "90", "B": "80"})
    office = official(SeatRole.OFFICE)
    conference_of(year, state=ConferenceState.SIGNED, ended_at=timezone.now())
    seal_ranking(year, timezone.now(), actor=office, reason="")
    rectify(year)
    return reverse("ranking:ranking_basis", args=(year.pk,)), office


def proposal(**facts):
    """A proposal whose year may give one flag more than when it was made."""
    made = ProposalFactory(**facts)
    regulate(made.bloc_year, flags=1)
    keep_basis(type(made).objects.get(), actor=None)
    regulate(made.bloc_year, flags=2)
    is_sent = "received" in facts
    person = official(SeatRole.OFFICE) if is_sent else editor_of(made.bloc_year.head)
    return reverse("proposals:proposal_basis", args=(made.bloc_year_id,)), person


def line():
    """A line whose merit was written anew after the office had looked at it."""
    item = ProposalItemFactory(state="eligible", proposal__received=True)
    keep_basis(item, actor=None)
    type(item).objects.update(merit="Mới")
    return reverse("board:item_basis", args=(item.pk,)), official(SeatRole.OFFICE)


def national_line():
    """A line that only the State grants, found eligible."""
    item = ProposalItemFactory(state="eligible", proposal__received=True, award=government_flag())
    BlocYear.objects.update(state=YearState.PROPOSED)
    return reverse("board:item_forward", args=(item.pk,)), official(SeatRole.OFFICE)


def equals():
    conference = conference_of_equals()
    return conference.address("order_edit"), editor_of(conference.bloc_year.head)


def minutes():
    conference = conference_of(state=ConferenceState.COUNTED)
    add_agenda(conference, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
    set_aside_the_rest(conference.bloc_year)
    return conference.address("minutes_sign"), leader_of(conference.bloc_year.head)


def decision():
    line = ProposalItemFactory(
        state="eligible", proposal__received=True, decision=DecisionFactory()
    )
    url = reverse("decisions:decision_sign", args=(line.decision_id,))
    return url, official(SeatRole.CHAIR)


def sheet():
    report = fill(member_report(), Decimal(5))
    leader = leader_of(report.unit)
    amend(perform(REPORT, "submit", report, actor=leader, is_confirmed=True))
    return reverse("reports:report_amended", args=(report.pk,)), leader


def seats():
    """A leader's seat that one person has asked for and another is to confirm."""
    give_seat(
        UserFactory(),
        actor=official(SeatRole.SYSADMIN),
        role=SeatRole.LEADER,
        unit=UnitFactory(),
        starts_on=timezone.localdate(),
    )
    return reverse("units:seats_confirm"), official(SeatRole.OFFICE)


# Where the page is, and who opens it, in each of its forms.
OPENED = {
    "appraisal:body_add": [lambda: marked("appraisal:body_add", AppraisalMode.BODIES)],
    "appraisal:group_edit": [lambda: marked("appraisal:group_edit", AppraisalMode.GROUP)],
    "board:item_basis": [line],
    "board:item_forward": [national_line],
    "conferences:conference_new": [first_conference],
    "conferences:minutes_sign": [minutes],
    "conferences:order_edit": [equals],
    "conferences:vote_basis": [vote],
    "decisions:decision_sign": [decision],
    "proposals:proposal_basis": [proposal, lambda: proposal(received=True)],
    "ranking:ranking_basis": [ranking],
    "reports:report_amended": [sheet],
    "units:seats_confirm": [seats],
}
EACH = [
    pytest.param(build, id=f"{name}-{number}")
    for name, builds in OPENED.items()
    for number, build in enumerate(builds)
]


def test_every_page_that_is_closed_in_the_cast_is_opened_here():
    assert set(OPENED) == CLOSED_IN_THE_CAST


@pytest.mark.parametrize("build", EACH)
def test_what_cannot_be_is_refused_and_shown_again(client, build):
    url, person = build()
    client.force_login(person)
    form = client.get(url).context["form"]
    typed = spoilt(form)
    answer = client.post(url, typed)
    assert (answer.status_code, answer.context["closed"]) == (422, "")
    wanted = shown_again(form, typed)
    assert {name: fields_of(answer).get(name) for name in wanted} == wanted
