"""Khối Thi đua số 5 today: its reports come in, so that its year can be walked to the end."""

from agreements.enums import AgreementState
from blocs.states import ConferenceState, ReportState, YearState
from thidua.demo.blocs import clock
from thidua.demo.blocs.clock import at
from thidua.demo.steps.acts_of_now import object_to_nothing, sign_by_hand
from thidua.demo.steps.agreements import make_agreement
from thidua.demo.steps.conferences import ConferenceOutcome, make_conference
from thidua.demo.steps.evidence import attach_evidence
from thidua.demo.steps.sheets import make_reports
from thidua.demo.steps.tables import make_table
from thidua.demo.steps.years import make_registrations, make_year
from thidua.demo.words.texts import TEXTS
from thidua.demo.words.unit_rows import BLOCS
from thidua.demo.world import World, YearPlan

R = ReportState
PROVED = "I/3/3.1"
MEMBERS = tuple(member.code for row in BLOCS if row.code == "KTĐ5" for member in row.members)
PLAN = YearPlan(
    bloc="KTĐ5",
    year=2026,
    state=YearState.CLOSING,
    members=MEMBERS,
    when=clock.WHEN_BLOC_5,
    dues=clock.DUES_BLOC_5,
    legal_bases=TEXTS["law_2026"],
    head="SXD",
    deputy="BQLKCN",
    head_basis="Quyết định số 00/QĐ-UBND về việc giao khối trưởng, khối phó (minh họa)",
    certificate_share=50,
    first_grade=8,
    best=("SNNMT", "SXD", "SCT", "SKHCN", "BQLKCN", "BQLDADDCN", "STC", "BQLDAGTNN"),
)
# Where each report stands; whoever still has something to do has an account.
STATES = {
    "SXD": R.DRAFT,
    "BQLKCN": R.SUBMITTED,
    "SNNMT": R.SUBMITTED,
    "SCT": R.DRAFT,
    "STC": R.RETURNED,
    "SKHCN": R.APPRAISED,
    "BQLDAGTNN": R.APPRAISED,
    "BQLDADDCN": R.EXPLAINED,
}
NEXT_CONFERENCE = at("2026-12-16 08:00")


def make_bloc_2026(world: World) -> None:
    staged = make_year(world, PLAN)
    make_registrations(staged)
    make_agreement(staged, AgreementState.EFFECTIVE)
    table = make_table(staged, proved=(PROVED,))
    reports = make_reports(
        staged, table, STATES, is_prepared=frozenset({"SNNMT"}), is_ready=frozenset({"SXD"})
    )
    by_hand = staged.row.registrations.get(unit=staged.unit("SCT"))
    sign_by_hand(staged, by_hand, "registration", "SCT")
    sign_by_hand(staged, reports["BQLKCN"], "report", "BQLKCN")
    object_to_nothing(staged, "BQLDAGTNN")
    attach_evidence(staged, reports, PROVED)
    make_conference(
        staged, ConferenceState.PREPARED, ConferenceOutcome(awarded=()), starts_at=NEXT_CONFERENCE
    )
