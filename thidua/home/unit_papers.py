"""The papers of a unit's year, each with how far it is, and the facts of its own report."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from blocs.reports.models import Report
from blocs.states import TONES, ConferenceState, RegistrationState, ReportState
from blocs.units.models.units import Unit
from blocs.years.models import BlocYear, Registration, YearMember
from thidua.common.task_lines import page


@dataclass(frozen=True)
class OwnFacts:
    """What a unit has written in a year: keys and states of its papers, leaves of its sheet."""

    registration: int | None = None
    registration_state: str = ""
    report: int | None = None
    report_state: str = ""
    self_total: Decimal | None = None
    due: int = 0
    filled: int = 0
    # The last earlier year of the bloc with the unit in it whose minutes are signed.
    minutes: int | None = None
    minutes_year: int = 0


@dataclass(frozen=True)
class PaperLine:
    """A paper with its page and its state."""

    label: str
    url: str
    state: str
    tone: str


def own_facts(year: BlocYear, unit: Unit) -> OwnFacts:
    """All of it in one query; nothing where the unit has written nothing."""
    here = {"bloc_year": OuterRef("bloc_year"), "unit": OuterRef("unit")}
    reports = Report.objects.filter(**here).order_by().with_leaf_counts()
    registrations = Registration.objects.filter(**here).order_by()
    before = BlocYear.objects.filter(
        bloc=OuterRef("bloc_year__bloc"),
        year__lt=OuterRef("bloc_year__year"),
        members__unit=OuterRef("unit"),
        conference__state=ConferenceState.SIGNED,
    ).order_by("-year")
    asked = {
        "registration": (registrations, "pk"),
        "registration_state": (registrations, "state"),
        "report": (reports, "pk"),
        "report_state": (reports, "state"),
        "self_total": (reports, "self_total"),
        "due": (reports, "due_count"),
        "filled": (reports, "filled_count"),
        "minutes": (before, "pk"),
        "minutes_year": (before, "year"),
    }
    columns = {f"own_{name}": Subquery(rows.values(of)[:1]) for name, (rows, of) in asked.items()}
    members = YearMember.objects.filter(bloc_year=year, unit=unit).order_by()
    found = members.annotate(**columns).values(*columns).first() or {}
    return OwnFacts(**{name.removeprefix("own_"): v for name, v in found.items() if v is not None})


def papers_of(year: BlocYear, own: OwnFacts) -> list[PaperLine]:
    """The papers that are there, in the order of the year."""
    return list(lines_of(year, own))


def lines_of(year: BlocYear, own: OwnFacts) -> Iterator[PaperLine]:
    if own.registration:
        state = RegistrationState(own.registration_state)
        url = page("registrations:registration_detail", own.registration)
        yield PaperLine(f"Đăng ký thi đua {year.words}", url, state.label, TONES[state])
    if year.is_circulated:
        signing = year.member_count if year.signing_count is None else year.signing_count
        words, tone = f"{year.signed_count or 0}/{signing} đã ký", "working"
        if year.is_in_effect:
            words, tone = "Có hiệu lực", "done"
        url = page("agreements:agreement_detail", year.pk)
        yield PaperLine(f"Giao ước thi đua {year.words}", url, words, tone)
    if own.report:
        report = ReportState(own.report_state)
        url = page("reports:report_detail", own.report)
        yield PaperLine(f"Báo cáo, bảng tự chấm {year.words}", url, report.label, TONES[report])
    if own.minutes:
        url = page("conferences:conference_detail", own.minutes)
        yield PaperLine(f"Biên bản tổng kết năm {own.minutes_year}", url, "Đã ký", "published")
