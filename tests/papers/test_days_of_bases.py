"""What is newer than its paper does not stand in it: opinions, appraisals, sealings, the year."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from agreements.actions.agreements import edit_agreement
from awards.board.models import Opinion
from awards.decisions.actions import sign_decision
from awards.proposals.actions.proposals import move_proposal
from blocs.conferences.actions.conferences import create_conference, edit_conference
from blocs.conferences.actions.papers import sign_minutes
from blocs.conferences.actions.sittings import continue_conference
from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.models import Report
from blocs.states import ConferenceState, ReportState, SeatRole, YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.conferences import conference_of, set_aside_the_rest
from tests.factories.people import editor_of, leader_of, official
from thidua.common.vietnamese.dates import ZONE

pytestmark = pytest.mark.django_db


def at(year, month, day, hour=9):
    return dt.datetime(year, month, day, hour, tzinfo=ZONE)


NOW = at(2027, 1, 10)


def decision_on_an_opinion(day):
    """The council spoke on 15/12/2026 of a submission of 08/12/2026."""
    decision = DecisionFactory()
    submission = {"proposal__received": True, "proposal__dated_on": dt.date(2026, 12, 8)}
    item = ProposalItemFactory(state="eligible", decision=decision, **submission)
    with time_machine.travel(at(2026, 12, 15)):
        Opinion.objects.create(item=item, member=official(SeatRole.COUNCIL), agrees=True)
    signature = {"number": "1/QĐ-UBND", "signer_name": "Trần Văn B", "signer_title": "Chủ tịch"}
    sign_decision(decision, actor=official(SeatRole.CHAIR), signed_on=day, **signature)


def minutes_on_an_appraisal(day):
    """The sheet of the deputy was appraised on 18/12/2026, the evening in Việt Nam."""
    year = year_with_members(2, state=YearState.CLOSING)
    facts = {"state": ReportState.APPRAISED, "appraised_total": 90, "submitted": True}
    ReportFactory(bloc_year=year, unit=year.deputy, table=small_table(year), **facts)
    Report.objects.update(appraised_at=at(2026, 12, 18, 22))
    set_aside_the_rest(year)
    held = {"starts_at": at(2026, 12, 8), "counting_team": ""}
    conference = conference_of(year, state=ConferenceState.COUNTED, **held)
    ended = dt.datetime.combine(day, dt.time(16), tzinfo=ZONE)
    facts = {"ended_at": ended, "number": "01/BB", "approvals": 0}
    sign_minutes(conference, actor=leader_of(year.head), **facts)


def resealed(reason="Đính chính bảng điểm."):
    """A year whose conference met on 28/12/2026 and whose ranking was sealed again on 04/01."""
    year = year_with_members(2, state=YearState.RANKED)
    met = {"starts_at": at(2026, 12, 28), "ended_at": at(2026, 12, 28, 11)}
    conference_of(year, state=ConferenceState.SIGNED, **met)
    seal_ranking(year, at(2026, 12, 28, 12))
    seal_ranking(year, at(2027, 1, 4), reason=reason)
    return year


def sent(year, day):
    proposal = ProposalFactory(bloc_year=year, dated_on=day)
    ProposalItemFactory(proposal=proposal, unit=year.head)
    move_proposal(proposal, "submit", actor=leader_of(year.head))


def submission_on_a_sealing(day):
    sent(resealed(), day)


def decision_on_a_sealing(day):
    proposal = ProposalFactory(bloc_year=resealed(), received=True, dated_on=dt.date(2026, 12, 30))
    decision = DecisionFactory()
    ProposalItemFactory(proposal=proposal, state="eligible", decision=decision)
    signature = {"number": "1/QĐ-UBND", "signer_name": "Trần Văn B", "signer_title": "Chủ tịch"}
    sign_decision(decision, actor=official(SeatRole.CHAIR), signed_on=day, **signature)


def planned_conference(day):
    year = year_with_members(2, state=YearState.CLOSING)
    facts = {"starts_at": dt.datetime.combine(day, dt.time(8), tzinfo=ZONE), "place": "Hội trường"}
    create_conference(year, facts=facts, actor=editor_of(year.head))


def moved_conference(day):
    year = year_with_members(2, state=YearState.CLOSING)
    met = {"starts_at": at(2026, 12, 28)}
    conference = conference_of(year, state=ConferenceState.PREPARED, **met)
    starts_at = dt.datetime.combine(day, dt.time(8), tzinfo=ZONE)
    edit_conference(conference, facts={"starts_at": starts_at}, actor=editor_of(year.head))


def further_sitting(day):
    year = resealed()
    facts = {"starts_at": dt.datetime.combine(day, dt.time(8), tzinfo=ZONE), "place": "Hội trường"}
    continue_conference(year, facts=facts, actor=editor_of(year.head), reason="Biểu quyết lại.")


def typed_agreement(day):
    agreement = AgreementFactory(bloc_year=year_with_members(2, state=YearState.OPEN))
    actor = editor_of(agreement.bloc_year.head)
    edit_agreement(agreement, actor=actor, text={"signed_on": day}, targets=[])


OUTSIDE = "{} ghi ngày {}; ngày này phải từ 01/07/2025 đến 31/12/2028, vui lòng xem lại năm."
NOT_BEGUN = OUTSIDE.replace("01/07/2025", "01/01/2026")
BEFORE = "{} ghi ngày {}, trước {} ngày {} là căn cứ của nó; hãy sửa ngày."
LATER = (
    "{}: thẩm định xong ngày 18/12/2026, sau ngày kết thúc hội nghị {} ghi trong biên bản; biên "
    "bản không thống nhất được điểm chưa có. Hãy ghi đúng ngày họp, ngày kết thúc."
)
OPINION = ("ý kiến Hội đồng", "15/12/2026")
SEALING = ("lần chốt lại xếp hạng", "04/01/2027")
# (act, the last day that is refused, what is said, the first day that is taken)
AFTER = (
    (
        decision_on_an_opinion,
        dt.date(2026, 12, 14),
        BEFORE.format("Quyết định", "14/12/2026", *OPINION),
        dt.date(2026, 12, 15),
    ),
    (
        submission_on_a_sealing,
        dt.date(2027, 1, 3),
        BEFORE.format("Tờ trình", "03/01/2027", *SEALING),
        dt.date(2027, 1, 4),
    ),
    (
        decision_on_a_sealing,
        dt.date(2027, 1, 3),
        BEFORE.format("Quyết định", "03/01/2027", *SEALING),
        dt.date(2027, 1, 4),
    ),
    (
        planned_conference,
        dt.date(2025, 12, 31),
        NOT_BEGUN.format("Hội nghị tổng kết", "31/12/2025"),
        dt.date(2026, 1, 1),
    ),
    (
        moved_conference,
        dt.date(2019, 1, 10),
        NOT_BEGUN.format("Hội nghị tổng kết", "10/01/2019"),
        dt.date(2026, 12, 1),
    ),
    (
        typed_agreement,
        dt.date(2019, 2, 10),
        OUTSIDE.format("Giao ước", "10/02/2019"),
        dt.date(2025, 7, 1),
    ),
)
UNTIL = (
    (planned_conference, "Hội nghị tổng kết"),
    (moved_conference, "Hội nghị tổng kết"),
    (further_sitting, "Hội nghị bổ sung"),
    (typed_agreement, "Giao ước"),
)
NAMES = [act.__name__ for act, *_ in AFTER]


def messages(act, day):
    with time_machine.travel(NOW):
        try:
            act(day)
        except ValidationError as refusal:
            return refusal.messages
    return []


@pytest.mark.parametrize(("act", "day", "said", "first"), AFTER, ids=NAMES)
def test_nothing_is_of_a_day_before_its_basis(act, day, said, first):
    assert messages(act, day) == [said]


@pytest.mark.parametrize(("act", "day", "said", "first"), AFTER, ids=NAMES)
def test_the_day_of_the_basis_is_taken(act, day, said, first):
    assert messages(act, first) == []


@pytest.mark.parametrize(("act", "paper"), UNTIL)
def test_nothing_is_of_a_day_when_its_year_is_long_decided(act, paper):
    said = NOT_BEGUN if paper.startswith("Hội nghị") else OUTSIDE
    assert messages(act, dt.date(2029, 1, 1)) == [said.format(paper, "01/01/2029")]


@pytest.mark.parametrize("day", (10, 17))
def test_minutes_agree_no_points_that_were_not_there(day):
    found = messages(minutes_on_an_appraisal, dt.date(2026, 12, day))
    (name,) = Report.objects.values_list("unit__name", flat=True)
    assert [text for text in found if "thẩm định xong" in text] == [
        LATER.format(name, f"{day}/12/2026")
    ]


def test_minutes_of_the_day_of_the_appraisal_agree_it():
    found = messages(minutes_on_an_appraisal, dt.date(2026, 12, 18))
    assert [text for text in found if "thẩm định xong" in text] == []


def test_a_sitting_seals_on_its_day_whenever_it_was_recorded():
    """Minutes signed by hand on 28/12 and recorded on 04/01 leave a submission of 30/12 be."""
    with time_machine.travel(NOW):
        year = resealed(reason="Hội nghị bổ sung, biên bản số 02/BB")
        met = {"starts_at": at(2026, 12, 29), "ended_at": at(2026, 12, 29, 11)}
        facts = {"number": 2, "minutes_number": "02/BB"}
        conference_of(year, state=ConferenceState.SIGNED, **met, **facts)
    assert messages(lambda day: sent(year, day), dt.date(2026, 12, 28)) == [
        BEFORE.format("Tờ trình", "28/12/2026", "hội nghị bổ sung", "29/12/2026")
    ]
