"""The head and the signature block of papers that a bloc issues (NĐ 30/2020, boxes 1–4, 7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.text import capfirst

from blocs.legal.models import bases_on
from blocs.units.domain.posts import leader_post
from blocs.units.models import Bloc
from blocs.units.models.seats import signer_on
from blocs.years.domain.calendar import DAYS
from blocs.years.models.amendments import RulesAmendment
from blocs.years.models.leaderships import YearLeaders, year_leaders
from blocs.years.models.rule_bases import Citations
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.province import place, province
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.papers import Letterhead, PrintedPaper, Signer, break_lines
from thidua.papers.registry import form_of
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow

LINE = 26
NAMELESS = ("ubnd tỉnh", "ubnd thành phố", "ủy ban nhân dân tỉnh", "ủy ban nhân dân thành phố")


def bases_of(text: str, *, is_last: bool, day: date | None) -> tuple[str, ...]:
    """Legal bases, one a line: each ends with “;”, the last one of the paper with “.”.

    `is_last`: nothing that is a basis, too, stands below them (NĐ 30/2020, phụ lục I). A text that
    was not in force on the `day` of the paper, or that nobody compared, says so, and one issued
    later is left out; a paper without a day is one of today.
    """
    plain = [line.rstrip(" ;,.") for line in filled_lines(text)]
    ended = [f"{line};" for line in bases_on(filter(None, plain), day)]
    if ended and is_last:
        ended[-1] = f"{ended[-1][:-1]}."
    return tuple(ended)


def numbered(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Each paragraph with its number written out."""
    return tuple(f"{number}. {text}" for number, text in enumerate(paragraphs, start=1))


def place_date(day: date | None) -> str:
    """Box 4; empty while the day is not set."""
    return f"{place()}, {long_date(day)}" if day else ""


def organiser_of(bloc: Bloc) -> str:
    """The body above the bloc: «UBND tỉnh» gets the name of the province, others have their own."""
    name = bloc.organiser.strip()
    return f"UBND {province()}" if name.casefold() in NAMELESS else name


def bloc_letterhead(bloc: Bloc, *, number: str = "", place_date: str = "") -> Letterhead:
    """The organiser above, the bloc below; lines broken by hand where the office broke them."""
    return Letterhead(
        superior_lines=break_lines(organiser_of(bloc).upper(), LINE),
        body_lines=filled_lines(bloc.letterhead) or break_lines(bloc.name.upper(), LINE),
        number=f"Số: {number}" if number else "",
        place_date=place_date,
    )


def bloc_signer(year: BlocYear, led: YearLeaders, name: str = "", stand_in: str = "") -> Signer:
    """TM. the bloc, its head; below the post at home and the name, empty until somebody signs.

    `led` is who led the bloc on the day of the paper; `stand_in` the post of who signs «KT.».
    """
    bloc = year.bloc
    said_at_home = leader_post(led.head.leader_title, led.head.name) if led.head else ""
    said = f"Phụ trách {bloc.word}" if led.is_acting else bloc.head_word
    return Signer(
        authority_lines=(f"TM. {bloc.name.upper()}", said.upper()),
        name=name,
        post_lines=(
            *(break_lines(f"KT. {said_at_home}".upper(), LINE) if stand_in else ()),
            *break_lines((stand_in or said_at_home).upper(), LINE),
        ),
    )


def leader_signer(year: BlocYear, day: date | None = None) -> Signer:
    """The same, signed by who led then the unit that led the bloc; nobody while it is vacant."""
    led = year_leaders(year, day)
    name, stand_in = signer_on(led.head, day) if led.head else ("", "")
    return bloc_signer(year, led, name, stand_in)


@dataclass(frozen=True)
class ChangedRule:
    """One rule of an amendment, with what it was and what it is."""

    number: str
    name: str
    before: str
    after: str


@form_of("rules_amendment")
@dataclass(frozen=True, kw_only=True)
class RulesNotice(PrintedPaper):
    """Thông báo of a bloc to its units: which rules of the year changed, why and from when."""

    template: ClassVar[str] = "documents/rules_amendment.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    paragraphs: tuple[str, ...]
    rows: tuple[ChangedRule, ...]
    closing: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: Signer


UNSTATED, ROOM = "không quy định", "…"


def rules_amendment_paper(amendment: RulesAmendment) -> RulesNotice:
    """The amendment as a paper; every value stands as the log book says it."""
    year, bloc = amendment.bloc_year, amendment.bloc_year.bloc
    subject = f"Sửa đổi quy định số {amendment.number:02d}, {year.words} của {bloc.name}"
    # Room to write the number in by hand, as on every paper that leaves the bloc.
    number = amendment.notice_number or f"{ROOM}/TB-{bloc.code}"
    return RulesNotice(
        title=f"Thông báo {subject[0].lower()}{subject[1:]}",
        letterhead=bloc_letterhead(bloc, number=number, place_date=place_date(amendment.on)),
        subject_lines=break_lines(subject, 56),
        paragraphs=(
            *(f"Căn cứ {text};" for text in [amendment.document.rstrip(" .;")] if text),
            f"Lý do sửa đổi: {amendment.reason.rstrip('.')}.",
            f"{bloc.name} thông báo các quy định của {year.words} được sửa đổi như sau:",
        ),
        rows=tuple(
            ChangedRule(
                str(number),
                f"{row['field'][0].upper()}{row['field'][1:]}",
                row["before"] or UNSTATED,
                row["after"] or UNSTATED,
            )
            for number, row in enumerate(amendment.changes, start=1)
        ),
        closing=(f"{amendment.applies}./.",),
        recipients=(
            f"- Các đơn vị thành viên {bloc.word};",
            "- Sở Nội vụ;",
            f"- Lưu: VT, {bloc.code}.",
        ),
        signer=leader_signer(year, amendment.on),
    )


@TELLERS.add
def amendments_told(year: BlocYear) -> Iterator[Artefact]:
    """Old and new value of each amended rule, on its page and in its paper."""
    for amendment in year.rules_amendments.order_by("number"):
        rows = tuple(
            ToldRow(
                f"{row['field'][0].upper()}{row['field'][1:]}",
                (
                    Fact("trước sửa đổi", row["before"] or UNSTATED),
                    Fact("sau sửa đổi", row["after"] or UNSTATED),
                ),
            )
            for row in amendment.changes
        )
        yield Artefact(f"trang “{amendment}”", amendment.get_absolute_url(), rows)
        url = reverse("years:rules_amendment_paper", args=(amendment.pk,))
        yield Artefact(f"thông báo “{amendment}” (PDF)", url, rows)


@TELLERS.add
def rule_bases_told(year: BlocYear) -> Iterator[Artefact]:
    """What each rule rests on, and whether that ended, on the page of the rules."""
    cited = Citations(year, year.named_on)
    if not cited.rows:
        return
    rows = tuple(ToldRow(label, (Fact("căn cứ", words),)) for label, words in cited.facts())
    yield Artefact("trang quy định", reverse("years:scoring_rules", args=(year.pk,)), rows)


@TELLERS.add
def deadlines_told(year: BlocYear) -> Iterator[Artefact]:
    """Day and hour of each deadline that is set, on the page of the year."""
    rows = tuple(
        ToldRow(capfirst(str(year._meta.get_field(name).verbose_name)), (Fact("hạn", due.words),))
        for name in DAYS
        if (due := year.deadline(name))
    )
    if rows:
        yield Artefact("trang năm thi đua", year.get_absolute_url(), rows)
