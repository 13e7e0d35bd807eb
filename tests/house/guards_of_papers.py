"""What the guards of conferences, agreements and awards say, at the edge and beyond it."""

import datetime as dt

from agreements.domain.effect import ASK_OFFICE
from agreements.models import Agreement
from agreements.workflows import (
    WITHOUT_SOME,
    enough_signed,
    everybody_signed,
    has_contents,
    has_day_and_place,
    signs_without_some,
    year_is_open,
)
from awards.decisions import workflows as decisions
from awards.proposals import workflows as proposals
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import lines
from blocs.conferences import workflows as conferences
from blocs.conferences.models import AgendaItem, Ballot, BallotLine, Conference
from blocs.states import AgendaTopic, BallotKind, ReportState, YearState
from blocs.years.models import BlocYear, Regulation
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
)
from tests.factories.blocs import (
    BlocYearFactory,
    ReportFactory,
    small_table,
    year_with_members,
)
from tests.factories.conferences import END, START, conference_of
from tests.factories.people import UnitFactory, UserFactory
from tests.factories.placed import placed_year
from tests.house.guards_of_sheets import NOW, only


def meeting(present=3, **facts):
    return conference_of(year_with_members(3), present=present, **facts)


def counted(kind, *votes, chosen=(), kind_of_bloc="functional", issued=3, conference=None):
    """A vote with these figures for the members in turn; `chosen` are places."""
    conference = conference or meeting()
    conference.bloc_year.bloc.kind = kind_of_bloc
    papers = {"issued": issued, "returned": 3, "valid": 3}
    ballot = Ballot.objects.create(conference=conference, kind=kind, **papers)
    units = [member.unit for member in conference.bloc_year.members.order_by("order")]
    for place, number in enumerate(votes):
        name = f"Sở {place}"
        type(units[place]).objects.filter(pk=units[place].pk).update(name=name)
        BallotLine.objects.create(
            ballot=ballot, unit=units[place], votes_for=number, is_chosen=place in chosen
        )
    return conference


def elected(*, stored):
    """The vote chose the first member; that one, another or nobody is recorded."""
    conference = meeting()
    counted(BallotKind.HEAD, 3, chosen=(0,), conference=conference)
    places = {"first": 1, "second": 2}
    if stored:
        member = conference.bloc_year.members.get(order=places[stored])
        conference.next_head = member.unit
    return conference


def with_point(topic, text="", conference=None):
    conference = conference or meeting()
    AgendaItem.objects.create(conference=conference, title="Điểm", text=text, topic=topic)
    return conference


def with_report(state):
    conference = meeting()
    year = conference.bloc_year
    facts = {"state": state, "submitted_at": NOW, "appraised_total": 1}
    ReportFactory(bloc_year=year, table=small_table(year), **facts)
    return with_point(AgendaTopic.SCORES, conference=conference)


FULL = {"place": "A", "chair_name": "B", "secretary_name": "C"}
WRONG_BASE = "Phiếu {}: Số phiếu phát ra (4) phải bằng số đơn vị có mặt có quyền bỏ phiếu (3)."
TIED = (
    "Phiếu bầu khối trưởng: “Sở 0”, “Sở 1” cùng được 2 phiếu, chỉ còn chọn 1 đơn vị; "
    "hội nghị bỏ phiếu lại hay chủ tọa quyết định?"
)
EMPTY_POINT = "Nội dung “Điểm” chưa ghi diễn biến."
NOT_WRITTEN = "Kết quả bầu khối trưởng chưa được ghi vào “khối trưởng năm sau”."
NOBODY = "Chưa chọn {0} năm sau; nếu tỉnh giao thì ghi ở ô “Cách chọn”."
KINDS = BallotKind
OF_CONFERENCES = {
    # Noon of 23 November; the first is the last minute of that day.
    conferences.meets_early: [
        (lambda: Conference(starts_at=NOW.replace(hour=23, minute=59)), ""),
        (
            lambda: Conference(starts_at=NOW + dt.timedelta(hours=12)),
            "Hội nghị định họp ngày 24/11/2026, hôm nay mới là 23/11/2026. Khai mạc hôm nay thì "
            "ghi lý do họp sớm: giờ khai mạc thành giờ bắt đầu, thời gian đã định và lý do được in "
            "trong biên bản.",
        ),
    ],
    conferences.quorum_is_present: [
        (lambda: meeting(2), []),
        (
            lambda: meeting(1),
            ["Có mặt 1/3 đơn vị, chưa đủ điều kiện tiến hành (cần ít nhất 2/3, tức 2 đơn vị)."],
        ),
    ],
    conferences.counts_are_possible: [
        (meeting, []),
        (lambda: counted(KINDS.AWARD, 3), []),
        *(
            (lambda kind=kind: counted(kind, 3, issued=4), [WRONG_BASE.format(words)])
            for kind, words in (
                (KINDS.AWARD, "suy tôn, đề nghị khen thưởng"),
                (KINDS.HEAD, "bầu khối trưởng"),
                (KINDS.DEPUTY, "bầu khối phó"),
            )
        ),
        (
            lambda: counted(KINDS.DEPUTY, 3, issued=4, kind_of_bloc="territorial"),
            [WRONG_BASE.format("bầu cụm phó")],
        ),
    ],
    conferences.ties_are_settled: [
        (lambda: counted(KINDS.HEAD, 2, 1, chosen=(0,)), []),
        (lambda: counted(KINDS.HEAD, 2, 2), [TIED]),
        (lambda: counted(KINDS.HEAD, 2, 2, chosen=(1,)), []),
    ],
    conferences.next_head_is_chosen: [
        (lambda: elected(stored="first"), []),
        (lambda: elected(stored="second"), [NOT_WRITTEN]),
        (lambda: elected(stored=None), [NOT_WRITTEN]),
        (meeting, [NOBODY.format("khối trưởng")]),
        (lambda: meeting(next_head_basis=" "), [NOBODY.format("khối trưởng")]),
        (lambda: meeting(next_head_basis="do tỉnh giao"), []),
        (lambda: meeting(next_head=UnitFactory()), []),
        (lambda: counted(KINDS.AWARD, 3, chosen=(0,)), [NOBODY.format("khối trưởng")]),
        (
            lambda: counted(KINDS.DEPUTY, 3, chosen=(0,), kind_of_bloc="territorial"),
            [NOBODY.format("cụm trưởng")],
        ),
    ],
    conferences.head_of_minutes_is_written: [
        (lambda: Conference(**FULL), []),
        (lambda: Conference(**FULL | {"place": " "}), ["Chưa ghi địa điểm."]),
        (lambda: Conference(**FULL | {"chair_name": ""}), ["Chưa ghi họ tên chủ tọa."]),
        (lambda: Conference(**FULL | {"secretary_name": ""}), ["Chưa ghi họ tên thư ký."]),
        (Conference, ["Chưa ghi địa điểm, họ tên chủ tọa, họ tên thư ký."]),
    ],
    conferences.agenda_is_written: [
        (meeting, ["Chưa ghi nội dung hội nghị."]),
        (lambda: with_point(AgendaTopic.TEXT, "Đã bàn."), []),
        *((lambda topic=topic: with_point(topic), [EMPTY_POINT]) for topic in AgendaTopic),
        (lambda: with_point(AgendaTopic.TEXT, " "), [EMPTY_POINT]),
        (lambda: with_point(AgendaTopic.AWARD, conference=counted(KINDS.AWARD, 3)), []),
        (lambda: with_point(AgendaTopic.AWARD, conference=counted(KINDS.HEAD, 3)), [EMPTY_POINT]),
        (lambda: with_point(AgendaTopic.ELECTION, conference=counted(KINDS.DEPUTY, 3)), []),
        (lambda: with_point(AgendaTopic.ELECTION, conference=counted(KINDS.HEAD, 3)), []),
        (
            lambda: with_point(AgendaTopic.ELECTION, conference=counted(KINDS.AWARD, 3)),
            [EMPTY_POINT],
        ),
        (
            lambda: with_point(AgendaTopic.ELECTION, conference=meeting(next_head_basis="giao")),
            [],
        ),
        (
            lambda: with_point(AgendaTopic.ELECTION, conference=meeting(next_head=UnitFactory())),
            [],
        ),
        (lambda: with_report(ReportState.APPRAISED), []),
        (lambda: with_report(ReportState.SUBMITTED), [EMPTY_POINT]),
    ],
    conferences.conference_has_ended: [
        (lambda: Conference(starts_at=START, ended_at=END), []),
        (lambda: Conference(starts_at=START), ["Chưa ghi giờ kết thúc hội nghị."]),
    ],
}

# --- agreements and awards -----------------------------------------------------------------------


def signed(*, by, voided=0, share=(1, 1)):
    """An agreement that the first of three members have signed, some in vain."""
    agreement = AgreementFactory(signing=True)
    parts = dict(zip(("signature_numerator", "signature_denominator"), share, strict=True))
    Regulation.objects.update_or_create(bloc_year=agreement.bloc_year, defaults=parts)
    agreement = Agreement.objects.get(pk=agreement.pk)
    names = {"signer_name": "A", "signer_title": "B", "signed_by": UserFactory()}
    for number, member in enumerate(agreement.bloc_year.members.order_by("order")):
        type(member.unit).objects.filter(pk=member.unit_id).update(short_name=f"SN{number}")
        if number < by:
            voided_at = NOW if number < voided else None
            facts = {"signed_at": NOW, "revision": 0, "voided_at": voided_at}
            agreement.signatures.create(unit=member.unit, **names, **facts)
    return agreement


def asked(flags=1, certificates=1, reason=""):
    """A proposal of a bloc of four: one flag, and half of the other three a certificate."""
    proposal = ProposalFactory(quota_reason=reason)
    units = [member.unit for member in proposal.bloc_year.members.order_by("order")]
    for award, number in ((flag(), flags), (certificate(), certificates)):
        for unit in units[:number]:
            ProposalItemFactory(proposal=proposal, award=award, unit=unit)
    return proposal


def between_equals(first=90, second=90, *, chosen=None, named=""):
    """A draft of two units over one flag; `chosen` is the answer, `named` who has the line."""
    flag(), certificate()
    year = placed_year({"A": first, "B": second}, certificate_share=0)
    units = {member.unit.name: member.unit for member in year.members.all()}
    proposal = ProposalFactory(bloc_year=year)
    if named:
        ProposalItemFactory(proposal=proposal, unit=units[named])
    if chosen is not None:
        facts = {"place": 1, "seats": 1, "reason": "Biểu quyết.", "chosen_by": UserFactory()}
        choice = proposal.tie_choices.create(award=flag(), **facts)
        for name, unit in units.items():
            choice.units.create(unit=unit, is_chosen=name in chosen)
    return proposal


def nameless(count):
    proposal = ProposalFactory()
    for _ in range(count):
        ProposalItemFactory(proposal=proposal, award=certificate(), unit=None)
    ProposalItemFactory(proposal=proposal)
    return proposal


def considered(*states):
    proposal = ProposalFactory(received=True)
    for state in states:
        decision = DecisionFactory() if state == ItemState.GRANTED else None
        facts = {"unit": UnitFactory(), "reason": "A", "decision": decision}
        if state == ItemState.FORWARDED:
            facts |= {"forwarded_number": "15", "forwarded_on": dt.date(2026, 12, 9)}
        ProposalItemFactory(proposal=proposal, state=state, **facts)
    return proposal


def decided():
    decision = DecisionFactory()
    decision.items.add(ProposalItemFactory())
    return decision


ASKED = "Muốn gửi, hãy ghi lý do vượt quy định số lượng."
TWO_FLAGS = f"Đề nghị 2 cờ thi đua, nhiều hơn mức 1 cờ được đề nghị. {ASKED}"
TWO_CERTIFICATES = f"Đề nghị 2 Bằng khen, nhiều hơn mức 1 Bằng khen được đề nghị. {ASKED}"
NO_UNIT = "Một dòng “Bằng khen của Chủ tịch UBND tỉnh” chưa nêu tên đơn vị."
NOT_OPEN = "Năm thi đua chưa mở; cơ quan thường trực mở năm thì các đơn vị mới ký được."
ALL = "quy định của năm cần chữ ký của tất cả đơn vị thành viên, tức 3 đơn vị."
NO_PLACE = "Chưa ghi nơi ký và ngày ký giao ước."
NOT_RANKED = "Chưa chốt xếp hạng của năm nên chưa gửi được đề nghị."
OVER_THE_FLAG = (
    "A, B cùng hạng 1, chỉ còn 1 Cờ thi đua của UBND tỉnh: hội nghị quyết định. "
    "Hãy chọn và ghi lý do trước khi gửi."
)
STRAYED = (
    "Các dòng Cờ thi đua của UBND tỉnh khác với đơn vị đã chọn trong số cùng hạng 1. "
    "Hãy sửa dòng hoặc chọn lại."
)
NOT_RECEIVED = "Cơ quan thường trực chưa tiếp nhận đề nghị."
WITH_PROVINCE = {"received", "before_council", "considered"}


OF_AWARDS = {
    proposals.day_is_in_time: [
        (lambda: Proposal(bloc_year=BlocYearFactory(), dated_on=NOW.date()), []),
        (lambda: Proposal(bloc_year=BlocYearFactory()), []),
        (
            lambda: Proposal(bloc_year=BlocYearFactory(), dated_on=dt.date(2026, 11, 24)),
            [
                "Tờ trình ghi ngày 24/11/2026, chưa đến ngày đó; hãy ghi ngày thực tế, không muộn "
                "hơn 23/11/2026."
            ],
        ),
    ],
    has_contents: [
        (lambda: Agreement(contents="1"), []),
        (lambda: Agreement(contents=" \n"), ["Giao ước chưa có nội dung thi đua."]),
    ],
    has_day_and_place: [
        (lambda: Agreement(place="A", signed_on=NOW.date()), []),
        (lambda: Agreement(place="A"), [NO_PLACE]),
        (lambda: Agreement(place=" ", signed_on=NOW.date()), [NO_PLACE]),
        (Agreement, [NO_PLACE]),
    ],
    year_is_open: [
        (lambda: Agreement(bloc_year=BlocYear(state=YearState.OPEN)), []),
        (lambda: Agreement(bloc_year=BlocYear(state=YearState.PLANNED)), [NOT_OPEN]),
    ],
    enough_signed: [
        (lambda: signed(by=2, share=(2, 3)), []),
        (lambda: signed(by=1, share=(1, 3)), []),
        (
            lambda: signed(by=2, share=(1, 1)),
            [f"Mới có 2/3 đơn vị ký; {ALL} Chưa ký: SN2.", ASK_OFFICE],
        ),
        (
            lambda: signed(by=3, voided=1, share=(1, 1)),
            [f"Mới có 2/3 đơn vị ký; {ALL} Chưa ký: SN0.", ASK_OFFICE],
        ),
    ],
    signs_without_some: [
        (lambda: signed(by=3), ""),
        (lambda: signed(by=2), f"Chưa ký: SN2. {WITHOUT_SOME}"),
        (lambda: signed(by=3, voided=2), f"Chưa ký: SN0, SN1. {WITHOUT_SOME}"),
    ],
    everybody_signed: [
        (lambda: signed(by=3), []),
        (lambda: signed(by=2), ["Còn 01 đơn vị chưa ký: SN2."]),
        (lambda: signed(by=3, voided=2), ["Còn 02 đơn vị chưa ký: SN0, SN1."]),
    ],
    decisions.has_items: [
        (decided, []),
        (DecisionFactory, ["Quyết định chưa có đơn vị nào."]),
    ],
    proposals.has_items: [
        (lambda: ProposalItemFactory().proposal, []),
        (ProposalFactory, ["Đề nghị chưa có dòng nào."]),
    ],
    proposals.every_item_names_its_unit: [
        (lambda: nameless(0), []),
        (lambda: nameless(2), [NO_UNIT, NO_UNIT]),
    ],
    proposals.year_is_ranked: [
        (lambda state=state: Proposal(bloc_year=BlocYear(state=state)), told)
        for state, told in only(YearState, {YearState.RANKED}, lambda state: NOT_RANKED)
    ],
    proposals.equals_are_decided: [
        (lambda: between_equals(90, 80), []),
        (between_equals, [OVER_THE_FLAG]),
        (lambda: between_equals(chosen=()), []),
    ],
    proposals.lines_follow_the_choice: [
        (between_equals, []),
        (lambda: between_equals(chosen=("A",), named="A"), []),
        (lambda: between_equals(chosen=("A",), named="B"), [STRAYED]),
        (lambda: between_equals(chosen=()), []),
    ],
    proposals.day_is_written: [
        (lambda: Proposal(dated_on=NOW.date()), []),
        (Proposal, ["Chưa ghi ngày tờ trình."]),
    ],
    proposals.quota_is_kept_or_explained: [
        (asked, []),
        (lambda: asked(flags=2), [TWO_FLAGS]),
        (lambda: asked(certificates=2), [TWO_CERTIFICATES]),
        (lambda: asked(2, 2, reason=" "), [TWO_FLAGS, TWO_CERTIFICATES]),
        (lambda: asked(2, 2, reason="Hai đơn vị dẫn đầu."), []),
    ],
    proposals.every_item_is_appraised: [
        (ProposalFactory, []),
        (lambda: considered(*(set(ItemState) - {ItemState.PROPOSED})), []),
        (
            lambda: considered(ItemState.PROPOSED, ItemState.ELIGIBLE, ItemState.PROPOSED),
            ["Còn 02 dòng chưa thẩm định điều kiện."],
        ),
    ],
    lines.is_in_hands_of_province: [
        (lambda state=state: ProposalItem(proposal=Proposal(state=state)), told)
        for state, told in only(ProposalState, WITH_PROVINCE, lambda state: NOT_RECEIVED)
    ],
}
