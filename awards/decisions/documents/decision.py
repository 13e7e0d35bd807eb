"""Quyết định khen thưởng of the province: a draft, or the decision with number and date."""

from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from awards.decisions.models import OF_AN_ITEM, Decision, council_words
from blocs.scoring.totals.tables import roman
from blocs.years.documents import bases_of, place_date
from blocs.years.domain.names import year_words
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.vietnamese.province import place, province
from thidua.papers.papers import Letterhead, PrintedPaper, Signer, break_lines
from thidua.papers.registry import form_of


@dataclass(frozen=True)
class Article:
    """`label` is “Điều 1.”, `paragraphs` its text; the first one follows the label."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class AwardedRow:
    number: str
    name: str
    merit: str


@dataclass(frozen=True)
class AwardedGroup:
    """All who receive one form of award; `numeral` is Roman."""

    numeral: str
    award: str
    rows: tuple[AwardedRow, ...]


@form_of("decision")
@dataclass(frozen=True, kw_only=True)
class DecisionPaper(PrintedPaper):
    """`draft_mark` is “DỰ THẢO” or empty; a draft leaves room for number and day in its head."""

    template: ClassVar[str] = "documents/decision.html"
    version: ClassVar[str] = "1"

    draft_mark: str
    subject_lines: tuple[str, ...]
    authority: str
    bases: tuple[str, ...]
    proposed_by: str
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]
    signer: Signer
    list_heading: str
    attached_lines: tuple[str, ...]
    groups: tuple[AwardedGroup, ...]
    total_line: str


BLANK_NUMBER = "Số:          /QĐ-UBND"


def decision_paper(decision: Decision, *, is_draft: bool) -> DecisionPaper:
    """The decision with its list; a draft is marked so and leaves number and day open."""
    items = lines_of(decision)
    groups = groups_of(items)
    count = two_digits(sum(len(group.rows) for group in groups))
    return DecisionPaper(
        title=f"Quyết định {decision.title[:1].lower()}{decision.title[1:]}",
        letterhead=Letterhead(
            superior_lines=(),
            body_lines=("ỦY BAN NHÂN DÂN", province().upper()),
            number=BLANK_NUMBER if is_draft else f"Số: {decision.number}",
            place_date=place_or_room(None if is_draft else decision.signed_on),
        ),
        draft_mark="DỰ THẢO" if is_draft else "",
        subject_lines=break_lines(decision.title, 52),
        authority=f"CHỦ TỊCH ỦY BAN NHÂN DÂN {province().upper()}",
        bases=bases_of(
            decision.legal_bases, is_last=False, day=None if is_draft else decision.signed_on
        ),
        proposed_by=proposed_by(decision),
        articles=articles_of(groups, count, words_of_lines(items, decision.year)),
        recipients=("- Như Điều 2;", "- Lưu: VT."),
        signer=Signer(
            authority_lines=((decision.signer_title or "Chủ tịch").upper(),),
            name="" if is_draft else decision.signer_name,
        ),
        list_heading="DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG",
        attached_lines=attached_lines(decision, is_draft=is_draft),
        groups=groups,
        total_line=f"(Danh sách gồm {count} tập thể)./.",
    )


def proposed_by(decision):
    """Who proposes the decision, and that the council did not speak where it did not."""
    left_out = council_words(decision)
    return f"Theo đề nghị của Giám đốc Sở Nội vụ{f' ({left_out})' if left_out else ''}."


def place_or_room(day):
    """A draft leaves room for the day."""
    return place_date(day) or f"{place()}, ngày       tháng       năm"


def attached_lines(decision, *, is_draft):
    """The line under the list's title; left open while the number is only meant."""
    if is_draft or not decision.number:
        return ("(Kèm theo Quyết định số          /QĐ-UBND)",)
    day = long_date(decision.signed_on)
    text = f"(Kèm theo Quyết định số {decision.number} {day} của Chủ tịch Ủy ban nhân dân tỉnh)"
    return break_lines(text, 60)


def lines_of(decision):
    """The lines of a decision in the order of the list."""
    found = decision.items.select_related(*OF_AN_ITEM)
    return list(found.order_by("award__order", "pk"))


def groups_of(items):
    groups = []
    for award, rows in groupby(items, key=lambda item: item.award):
        printed = tuple(
            AwardedRow(str(number), item.unit.name, item.printed_merit)
            for number, item in enumerate(rows, start=1)
        )
        groups.append(AwardedGroup(roman(len(groups) + 1), award.name, printed))
    return tuple(groups)


def words_of_lines(items, year):
    """How the year of these lines is called."""
    return words_of_years((item.proposal.bloc_year for item in items), year)


def words_of_years(years, year):
    """How these years are called: «năm 2026», of blocs of schools also their year."""
    found = sorted({one.words for one in years})
    return " và ".join(found) or year_words(year, is_school_year=False)


def articles_of(groups, count, year):
    """Điều 1 says what is given to how many, Điều 2 who carries it out."""
    given = "; ".join(
        f"{group.award} cho {two_digits(len(group.rows))} tập thể" for group in groups
    )
    first = f"Tặng {given}, đã có thành tích trong phong trào thi đua {year} (có Danh sách "
    return (
        Article("Điều 1.", (f"{first}{count} tập thể kèm theo).",)),
        Article(
            "Điều 2.",
            (
                "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, thủ trưởng các cơ quan, "
                "đơn vị có liên quan và các tập thể có tên tại Điều 1 chịu trách nhiệm thi hành "
                "Quyết định này./.",
            ),
        ),
    )
