"""For each rule of the database: a row it accepts, and what makes it refuse the row."""

import datetime as dt
from decimal import Decimal

from agreements.enums import AgreementState, Capacity
from agreements.models import Declining, Signature
from awards.board.models import Opinion
from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import TieChoice, TieUnit
from blocs.appraisal.models import Appeal, Mark, ScoringConflict
from blocs.conferences.models import Attendance, Ballot, BallotLine, Conference
from blocs.criteria.models import AmendmentReading, CompetentBody, Criterion
from blocs.reports.models import Assignment, Correction, Evidence, Score, SheetVersion
from blocs.states import (
    AppealState,
    BallotKind,
    ConferenceState,
    ReportState,
    SeatRole,
    TableState,
    VersionKind,
)
from blocs.units.models import Membership, UnitSuccession
from blocs.years.models import (
    Holiday,
    YearCalendar,
)
from blocs.years.models.regulation import Regulation
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import (
    AwardKindFactory,
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
)
from tests.factories.blocs import (
    BlocFactory,
    BlocYearFactory,
    ReportFactory,
    ScoringTableFactory,
)
from tests.factories.legal import LegalDocumentFactory, cited
from tests.factories.people import SeatFactory, UnitFactory, UserFactory
from tests.house.broken_groups import GROUP_LINES
from tests.house.broken_years import YEAR_LINES, Line, states

BEFORE, DAY, NEXT = (dt.date(2026, 5, 31) + dt.timedelta(days=n) for n in range(3))
NOON = dt.datetime(2026, 6, 1, 5, tzinfo=dt.UTC)
OTHER_BLOC, IN_2028 = {"name": "Khối khác", "code": "K"}, ({"year": 2028},)
LATER = NOON + dt.timedelta(minutes=1)
PRINT = "0" * 64


def succession():
    units = {"predecessor": UnitFactory(), "successor": UnitFactory()}
    return UnitSuccession.objects.create(on=DAY, **units)


def membership(**values):
    units = {"bloc": BlocFactory(), "unit": UnitFactory()}
    return Membership.objects.create(starts_on=DAY, **units | values)


def amendment(**values):
    old = ScoringTableFactory()
    facts = {"version": 2, "amends": old, "amendment": 1, "amendment_reason": "Theo kết luận."}
    return ScoringTableFactory(bloc_year=old.bloc_year, **facts | values)


def leaves(report):
    return report.table.criteria.exclude(kind="group").order_by("pk")


def score(**values):
    report = ReportFactory()
    return Score.objects.create(report=report, criterion=leaves(report)[0], **values)


def another_leaf(row):
    return leaves(row.report)[1]


def assignment():
    return Assignment.objects.create(report=ReportFactory(), unit=UnitFactory())


def mark():
    one = assignment()
    facts = {"saved_by": UserFactory(), "saved_at": NOON}
    return Mark.objects.create(assignment=one, criterion=leaves(one.report)[0], **facts)


def open_flag():
    report = ReportFactory()
    asked = {"asked_by": UserFactory(), "asked_at": NOON, "reason": "Thiếu số."}
    return Correction.objects.create(report=report, criterion=leaves(report)[0], **asked)


def appeal(**values):
    report = ReportFactory()
    return Appeal.objects.create(report=report, criterion=leaves(report)[0], text="Xem", **values)


def version():
    taken = {"taken_at": NOON, "taken_by": UserFactory(), "fingerprint": PRINT}
    facts = {"number": 1, "kind": VersionKind.SUBMITTED, "rows": []}
    return SheetVersion.objects.create(report=ReportFactory(), **facts | taken)


def evidence():
    facts = {"file": "a.pdf", "name": "a.pdf", "content_type": "application/pdf", "size": 1}
    who = {"unit": UnitFactory(), "uploaded_by": UserFactory()}
    return Evidence.objects.create(sha256=PRINT, **facts | who)


def conflict():
    units = {"first": UnitFactory(), "second": UnitFactory()}
    return ScoringConflict.objects.create(bloc_year=BlocYearFactory(), **units)


def body():
    return CompetentBody.objects.create(bloc_year=BlocYearFactory(), unit=UnitFactory())


def conference(**values):
    return Conference.objects.create(bloc_year=BlocYearFactory(), starts_at=NOON, **values)


def attendance():
    return Attendance.objects.create(conference=conference(), unit=UnitFactory())


def ballot(issued=3, returned=3, valid=3, invalid=0):
    papers = {"issued": issued, "returned": returned, "valid": valid, "invalid": invalid}
    return Ballot.objects.create(conference=conference(), kind=BallotKind.AWARD, **papers)


def ballot_line(**facts):
    return BallotLine.objects.create(ballot=ballot(), unit=UnitFactory(), votes_for=1, **facts)


def signature():
    facts = {"signer_name": "A", "signer_title": "Giám đốc", "signed_at": NOON, "revision": 0}
    who = {"agreement": AgreementFactory(), "unit": UnitFactory(), "signed_by": UserFactory()}
    return Signature.objects.create(**facts | who)


def tie_choice(proposal=None):
    facts = {"place": 1, "seats": 1, "reason": "Biểu quyết.", "chosen_by": UserFactory()}
    return TieChoice.objects.create(proposal=proposal or ProposalFactory(), award=flag(), **facts)


def declining():
    facts = {"reason": "A", "declined_at": NOON, "revision": 0}
    who = {"agreement": AgreementFactory(), "unit": UnitFactory(), "declined_by": UserFactory()}
    return Declining.objects.create(**facts | who)


def opinion():
    item = ProposalItemFactory()
    return Opinion.objects.create(item=item, member=UserFactory(), agrees=True)


R, P, I, D = ReportState, ProposalState, ItemState, DecisionState  # noqa: E741 – four lives
SENT = (P.SUBMITTED, P.RECEIVED, P.BEFORE_COUNCIL, P.CONSIDERED, P.DECIDED)
LINES = {
    "unit_ends_after_it_began": lambda: Line(
        UnitFactory(founded_on=NEXT, dissolved_on=NEXT),
        ({"dissolved_on": None}, {"founded_on": None, "dissolved_on": DAY}),
        ({"dissolved_on": DAY},),
    ),
    "succession_once": lambda: Line(
        succession(), ({"predecessor": UnitFactory()}, {"successor": UnitFactory()})
    ),
    "succession_of_two_units": lambda: Line(
        (row := succession()),
        ({"successor": UnitFactory()},),
        ({"successor": row.predecessor},),
    ),
    "membership_open_once": lambda: Line(
        membership(), ({"bloc": BlocFactory()}, {"unit": UnitFactory()}, {"ends_on": NEXT})
    ),
    "membership_turn_once": lambda: Line(
        membership(turn=1),
        (
            {"bloc": BlocFactory()},
            {"unit": UnitFactory(), "turn": 2},
            {"unit": UnitFactory(), "turn": None},
            {"unit": UnitFactory(), "ends_on": NEXT},
        ),
        ({"unit": UnitFactory()},),
    ),
    "membership_ends_after_it_began": lambda: Line(
        membership(ends_on=NEXT), ({"ends_on": None}, {"ends_on": DAY}), ({"ends_on": BEFORE},)
    ),
    "seat_in_a_unit_names_it": lambda: Line(
        SeatFactory(),
        ({"role": SeatRole.LEADER}, {"role": SeatRole.OFFICE, "unit": None}),
        (
            {"unit": None},
            {"role": SeatRole.LEADER, "unit": None},
            *({"role": role, "ends_on": NEXT} for role in list(SeatRole)[2:]),
        ),
    ),
    "seat_ends_after_it_began": lambda: Line(
        SeatFactory(starts_on=NEXT, ends_on=NEXT), ({"ends_on": None},), ({"ends_on": DAY},)
    ),
    "seat_held_for_another_ends": lambda: Line(
        SeatFactory(stands_in_for=SeatFactory(), ends_on=NEXT),
        ({"stands_in_for": None, "ends_on": None},),
        ({"ends_on": None},),
    ),
    "bloc_year_once": lambda: Line(BlocYearFactory(), ({"bloc": BlocFactory()}, {"year": 2027})),
    **YEAR_LINES,
    **GROUP_LINES,
    "table_version_once": lambda: Line(
        ScoringTableFactory(), ({"bloc_year": BlocYearFactory()}, {"version": 2})
    ),
    "table_in_force_once": lambda: Line(
        ScoringTableFactory(published=True),
        (
            *states(TableState.DRAFT, TableState.SUPERSEDED, version=2),
            {"bloc_year": BlocYearFactory()},
        ),
        ({"version": 2},),
    ),
    "table_published_is_frozen": lambda: Line(
        ScoringTableFactory(),
        states(TableState.PUBLISHED, published_at=NOON, fingerprint=PRINT),
        (
            *states(TableState.PUBLISHED, TableState.SUPERSEDED, published_at=NOON),
            *states(TableState.PUBLISHED, TableState.SUPERSEDED, fingerprint=PRINT),
        ),
    ),
    "table_amendment_has_reason": lambda: Line(
        amendment(),
        ({"amendment": 0, "amends": None, "amendment_reason": ""},),
        ({"amendment_reason": ""}, {"amendment": 0}, {"amends": None}),
    ),
    "amendment_read_once": lambda: Line(
        AmendmentReading.objects.create(table=ScoringTableFactory(), user=UserFactory()),
        ({"table": ScoringTableFactory()}, {"user": UserFactory()}),
    ),
    "criterion_max_not_negative": lambda: Line(
        Criterion.objects.create(table=ScoringTableFactory(), code="I", name="A", max_points=0),
        ({"max_points": 1},),
        ({"max_points": Decimal("-0.0001")},),
    ),
    "competent_body_once": lambda: Line(
        body(), ({"bloc_year": BlocYearFactory()}, {"unit": UnitFactory()})
    ),
    "evidence_once_per_unit": lambda: Line(
        evidence(), ({"unit": UnitFactory()}, {"sha256": "1" * 64})
    ),
    "report_one_per_unit_and_year": lambda: Line(
        ReportFactory(), ({"bloc_year": BlocYearFactory()}, {"unit": UnitFactory()})
    ),
    "report_submitted_has_time": lambda: Line(
        ReportFactory(appraised_total=0),
        (*states(R.RETURNED), *states(R.SUBMITTED, submitted_at=NOON)),
        states(R.SUBMITTED, R.APPRAISED, R.EXPLAINED, R.AGREED, R.LOCKED),
    ),
    "report_appraised_has_total": lambda: Line(
        ReportFactory(state=R.EXPLAINED, submitted_at=NOON),
        states(R.AGREED, R.LOCKED, appraised_total=0),
        states(R.AGREED, R.LOCKED),
    ),
    "score_one_per_leaf": lambda: Line(
        (row := score()),
        ({"criterion": another_leaf(row)}, {"report": ReportFactory()}),
    ),
    "score_difference_has_reason": lambda: Line(
        score(self_points=9, appraised_points=9),
        (
            {"appraised_points": None},
            {"appraised_points": 8, "appraisal_reason": "Thiếu."},
            {"self_points": None, "appraisal_reason": "Đơn vị bỏ trống."},
            # An answer whose points wait for the figures of other units.
            {"self_points": None, "value": 3},
        ),
        ({"appraised_points": Decimal("8.9999")}, {"self_points": None}),
    ),
    "assignment_once_per_round": lambda: Line(
        assignment(), ({"report": ReportFactory()}, {"unit": UnitFactory()}, {"round": 2})
    ),
    "correction_open_once_per_leaf": lambda: Line(
        (row := open_flag()),
        ({"report": ReportFactory()}, {"criterion": another_leaf(row)}, {"answered_at": NOON}),
    ),
    "sheet_version_once": lambda: Line(version(), ({"report": ReportFactory()}, {"number": 2})),
    "scoring_conflict_once": lambda: Line(
        conflict(),
        (
            {"bloc_year": BlocYearFactory()},
            {"first": UnitFactory()},
            {"second": UnitFactory()},
        ),
    ),
    "scoring_conflict_of_two": lambda: Line(
        (row := conflict()), ({"second": UnitFactory()},), ({"second": row.first},)
    ),
    "mark_one_per_leaf": lambda: Line(
        (row := mark()),
        ({"assignment": assignment()}, {"criterion": another_leaf(row.assignment)}),
    ),
    "appeal_once_per_leaf": lambda: Line(
        (row := appeal()),
        (
            {"report": ReportFactory()},
            {"criterion": another_leaf(row)},
            *states(AppealState.WITHDRAWN),
        ),
        (
            *states(AppealState.DRAFT),
            *states(AppealState.OPEN, raised_at=NOON),
            *states(AppealState.ACCEPTED, AppealState.REJECTED, raised_at=NOON, answer="Giữ."),
        ),
    ),
    "appeal_raised_has_time": lambda: Line(
        appeal(answer="Giữ."),
        (*states(AppealState.WITHDRAWN), *states(AppealState.OPEN, raised_at=NOON)),
        states(AppealState.OPEN, AppealState.ACCEPTED, AppealState.REJECTED),
    ),
    "appeal_answered_has_text": lambda: Line(
        appeal(state=AppealState.OPEN, raised_at=NOON),
        states(AppealState.ACCEPTED, AppealState.REJECTED, answer="Giữ."),
        states(AppealState.ACCEPTED, AppealState.REJECTED),
    ),
    "conference_ends_after_it_began": lambda: Line(
        conference(ended_at=LATER), ({"ended_at": None},), ({"ended_at": NOON},)
    ),
    "conference_early_has_reason": lambda: Line(
        conference(), ({"planned_at": LATER, "early_reason": "Bão."},), ({"planned_at": LATER},)
    ),
    "conference_second_deputy_is_another_unit": lambda: Line(
        (row := conference(next_head=UnitFactory(), next_deputy=UnitFactory())),
        ({"next_second_deputy": UnitFactory()},),
        (
            {"next_second_deputy": row.next_head},
            {"next_second_deputy": row.next_deputy},
            {"next_second_deputy": UnitFactory(), "next_deputy": None},
        ),
    ),
    "conference_signed_has_end": lambda: Line(
        conference(state=ConferenceState.COUNTED),
        states(ConferenceState.SIGNED, ended_at=LATER),
        states(ConferenceState.SIGNED),
    ),
    "conference_two_posts_two_units": lambda: Line(
        (row := conference(next_head=UnitFactory())),
        ({"next_deputy": UnitFactory()}, {"next_deputy": row.next_head, "next_head": None}),
        ({"next_deputy": row.next_head},),
    ),
    "attendance_once": lambda: Line(
        attendance(), ({"conference": conference()}, {"unit": UnitFactory()})
    ),
    "ballot_round_once": lambda: Line(
        ballot(), ({"conference": conference()}, {"kind": BallotKind.HEAD}, {"number": 2})
    ),
    "ballot_returned_at_most_issued": lambda: Line(ballot(), ({"issued": 4},), ({"issued": 2},)),
    "ballot_valid_and_invalid_make_returned": lambda: Line(
        ballot(issued=4, returned=3, valid=2, invalid=1),
        ({"valid": 3, "invalid": 0}, {"valid": 0, "invalid": 3}),
        ({"valid": 3}, {"valid": 1}, {"invalid": 0}, {"invalid": 2}, {"returned": 4}),
    ),
    "award_kind_flag_or_title": lambda: Line(
        AwardKindFactory(),
        ({"is_flag": True}, {"is_title": True}),
        ({"is_flag": True, "is_title": True},),
    ),
    "award_kind_flag_of_units": lambda: Line(
        AwardKindFactory(),
        ({"is_flag": True}, {"is_personal": True}, {"is_title": True, "is_personal": True}),
        ({"is_flag": True, "is_personal": True},),
    ),
    "legal_document_ends_after_it_began": lambda: Line(
        LegalDocumentFactory(),
        (
            {"in_force_to": LegalDocumentFactory().in_force_from},
            {"in_force_from": None},
            {"in_force_to": None},
        ),
        ({"in_force_from": NEXT, "in_force_to": DAY},),
    ),
    "legal_document_verified_with_source": lambda: Line(
        LegalDocumentFactory(), ({"is_verified": False, "source": ""},), ({"source": ""},)
    ),
    "rule_basis_names_an_article": lambda: Line(
        cited(BlocYearFactory(), "votes", LegalDocumentFactory()),
        ({"article": "Điều 1"},),
        ({"article": ""},),
    ),
    "rule_basis_once": lambda: Line(
        cited(BlocYearFactory(), "votes", LegalDocumentFactory()),
        ({"rule": "flags"}, {"bloc_year": BlocYearFactory()}),
    ),
    "ballot_line_once_per_award": lambda: Line(
        ballot_line(award_kind=AwardKindFactory()),
        ({"ballot": ballot()}, {"unit": UnitFactory()}, {"award_kind": flag()}),
    ),
    "ballot_line_once": lambda: Line(
        ballot_line(), ({"ballot": ballot()}, {"unit": UnitFactory()})
    ),
    "agreement_effective_has_time": lambda: Line(
        AgreementFactory(signing=True),
        states(AgreementState.EFFECTIVE, AgreementState.CLOSED, effective_at=NOON),
        states(AgreementState.EFFECTIVE, AgreementState.CLOSED),
    ),
    "signature_one_per_unit": lambda: Line(
        signature(),
        ({"agreement": AgreementFactory()}, {"unit": UnitFactory()}, {"voided_at": NOON}),
    ),
    "declining_one_per_unit": lambda: Line(
        declining(),
        ({"agreement": AgreementFactory()}, {"unit": UnitFactory()}, {"voided_at": NOON}),
    ),
    "signature_by_mandate_names_it": lambda: Line(
        signature(),
        ({"capacity": Capacity.DEPUTY}, {"capacity": Capacity.AUTHORISED, "mandate": "12/UQ"}),
        ({"capacity": Capacity.AUTHORISED},),
    ),
    "proposal_submitted_has_time": lambda: Line(
        ProposalFactory(), (*states(P.RETURNED), *states(*SENT, submitted_at=NOON)), states(*SENT)
    ),
    "item_once_per_unit_and_award": lambda: Line(
        ProposalItemFactory(award=flag()),
        (
            {"proposal": ProposalFactory()},
            {"award": certificate()},
            {"unit": UnitFactory()},
            {"unit": None},
        ),
    ),
    "item_granted_has_decision": lambda: Line(
        ProposalItemFactory(state=I.ELIGIBLE),
        states(I.GRANTED, decision=DecisionFactory()),
        states(I.GRANTED),
    ),
    "item_forwarded_has_number_and_day": lambda: Line(
        ProposalItemFactory(state=I.ELIGIBLE),
        states(I.FORWARDED, forwarded_number="15/TTr-UBND", forwarded_on=dt.date(2026, 12, 9)),
        states(I.FORWARDED, forwarded_number="15/TTr-UBND"),
    ),
    "item_refused_has_reason": lambda: Line(
        ProposalItemFactory(),
        states(I.REFUSED, I.SUSPENDED, reason="Đang thanh tra."),
        states(I.REFUSED, I.SUSPENDED),
    ),
    "tie_choice_once_per_award": lambda: Line(
        tie_choice(), ({"proposal": ProposalFactory()}, {"award": certificate()})
    ),
    "tie_choice_has_reason": lambda: Line(tie_choice(), ({"reason": "x"},), ({"reason": ""},)),
    "tie_unit_once": lambda: Line(
        TieUnit.objects.create(choice=tie_choice(), unit=UnitFactory()),
        ({"choice": tie_choice(ProposalFactory())}, {"unit": UnitFactory()}),
    ),
    "opinion_once": lambda: Line(
        opinion(), ({"item": ProposalItemFactory()}, {"member": UserFactory()})
    ),
    "decision_signed_has_number_and_day": lambda: Line(
        DecisionFactory(published_at=NOON),
        states(D.SIGNED, D.PUBLISHED, number="1/QĐ", signed_on=DAY),
        (
            *states(D.SIGNED, D.PUBLISHED, number="1/QĐ"),
            *states(D.SIGNED, D.PUBLISHED, signed_on=DAY),
        ),
    ),
    "decision_published_has_time": lambda: Line(
        DecisionFactory(state=D.SIGNED, number="1/QĐ", signed_on=DAY),
        states(D.PUBLISHED, published_at=NOON),
        states(D.PUBLISHED),
    ),
    "decision_number_once_a_year": lambda: Line(
        DecisionFactory(number_key="2026: 1/qđ"), ({"number_key": "2"}, {"number_key": ""})
    ),
    "Unit.code": lambda: Line(UnitFactory(), ({"code": "khác"},)),
    "Bloc.name": lambda: Line(BlocFactory(), (OTHER_BLOC,), ({"code": "K"},)),
    "Bloc.code": lambda: Line(BlocFactory(), (OTHER_BLOC,), ({"name": "K"},)),
    "AwardKind.code": lambda: Line(certificate(), ({"code": "khac"},)),
    "LegalDocument.number": lambda: Line(LegalDocumentFactory(), ({"number": "1/NĐ-CP"},)),
    "Holiday.day": lambda: Line(Holiday.objects.create(day=DAY, name="Nghỉ"), ({"day": NEXT},)),
    "YearCalendar.year": lambda: Line(
        YearCalendar.objects.create(year=2027, confirmed_by=UserFactory(), confirmed_at=NOON),
        IN_2028,
    ),
    "User.username": lambda: Line(UserFactory(), ({"username": "khac"},)),
    "Regulation.bloc_year": lambda: Line(
        Regulation.objects.create(bloc_year=BlocYearFactory()), ({"bloc_year": BlocYearFactory()},)
    ),
    "Agreement.bloc_year": lambda: Line(AgreementFactory(), ({"bloc_year": BlocYearFactory()},)),
    "Proposal.bloc_year": lambda: Line(ProposalFactory(), ({"bloc_year": BlocYearFactory()},)),
}
