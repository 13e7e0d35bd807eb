"""The bloc of the published case: its year 2020 to the end, and the year 2021 it opened.

Of record: the eight units, the conference of 28/01/2021, one flag and three certificates, the
next head, the agreement. Invented: points, votes, persons, the head of 2020, which three units.
"""

from dataclasses import replace

from agreements.enums import AgreementState
from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState, ProposalState
from blocs.conferences.models import Conference
from blocs.states import BallotMethod, ConferenceState, ReportState, YearState
from thidua.demo.blocs import clock
from thidua.demo.steps.agreements import make_agreement
from thidua.demo.steps.awards import CERTIFICATE, FLAG, give_opinions, make_decision, make_proposal
from thidua.demo.steps.conferences import ConferenceOutcome, make_conference
from thidua.demo.steps.sheets import make_reports
from thidua.demo.steps.tables import make_table
from thidua.demo.steps.years import make_registrations, make_year
from thidua.demo.words.texts import TEXTS
from thidua.demo.words.unit_rows import BLOC_5_IN_2020
from thidua.demo.world import Staged, World, YearPlan

PLACE = "Sở Giao thông Vận tải"
GUESTS = "Đại diện Ban Thi đua – Khen thưởng tỉnh"
DECISION_NUMBER = "00/QĐ-UBND (minh họa)"
# The five tasks of 2021 in the words of the source.
ITEMS_OF_2021 = (
    "Quán triệt Chỉ thị 34/CT-TW ngày 07/4/2014, gắn với học tập tư tưởng, đạo đức, phong cách Hồ "
    "Chí Minh",
    "Đẩy mạnh phong trào thi đua do bộ, ngành Trung ương và UBND tỉnh phát động",
    "Đoàn kết nội bộ; quy chế dân chủ; cơ quan đạt chuẩn văn hoá",
    "Chấp hành pháp luật, nội quy; học tập nâng cao nghiệp vụ",
    "Cải cách hành chính; kỷ cương; phòng chống tham nhũng; tiết kiệm, chống lãng phí",
)
MEMBERS = tuple(row.code for row in BLOC_5_IN_2020)
PLAN_2020 = YearPlan(
    bloc="KTĐ5",
    year=2020,
    state=YearState.ARCHIVED,
    members=MEMBERS,
    when=clock.WHEN_2020,
    dues=clock.DUES_2020,
    legal_bases=TEXTS["law_2020"],
    head="SGTVT",
    deputy="SXD",
    head_basis="Số liệu minh họa: nguồn không nêu khối trưởng, khối phó năm 2020",
    certificate_share=50,
    best=("SGTVT", "SXD", "SNNPTNT", "BQLKCN", "STNMT", "SCT", "BQLDAGTNN", "BQLDADDCN"),
)
PLAN_2021 = replace(
    PLAN_2020,
    year=2021,
    state=YearState.AGREED,
    when=clock.WHEN_2021,
    dues=clock.DUES_2021,
    head="BQLKCN",
    deputy="",
    head_basis="Bầu chọn tại hội nghị ngày 28/01/2021",
)
AWARDED = tuple(
    (CERTIFICATE if place else FLAG, code) for place, code in enumerate(PLAN_2020.best[:4])
)


def make_bloc_2020(world: World) -> Conference:
    """Write both years; returns the conference, whose minutes can be printed."""
    staged = make_year(world, PLAN_2020)
    make_registrations(staged)
    make_agreement(staged, AgreementState.CLOSED)
    table = make_table(staged)
    make_reports(staged, table, dict.fromkeys(MEMBERS, ReportState.LOCKED))
    conference = make_conference(
        staged,
        ConferenceState.SIGNED,
        ConferenceOutcome(
            awarded=PLAN_2020.best[:4],
            next_head="BQLKCN",
            basis="bầu chọn tại hội nghị",
            method=BallotMethod.SECRET,
        ),
        place=PLACE,
        guests=GUESTS,
    )
    decide_awards(staged)
    make_2021(world)
    return conference


def decide_awards(staged: Staged) -> None:
    proposal = make_proposal(
        staged,
        ProposalState.DECIDED,
        AWARDED,
        states={code: ItemState.GRANTED for _, code in AWARDED},
    )
    make_decision(staged, DecisionState.PUBLISHED, DECISION_NUMBER, AWARDED, proposal)
    give_opinions(staged, proposal)


def make_2021(world: World) -> None:
    """Opened by the conference: its agreement is signed, the work begins."""
    staged = make_year(world, PLAN_2021)
    make_registrations(staged)
    make_agreement(
        staged,
        has_targets=False,
        contents="\n".join(ITEMS_OF_2021),
        place=PLACE,
        witness=GUESTS,
    )
    make_table(staged)
