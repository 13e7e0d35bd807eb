"""The head and the signature block of papers that a bloc issues (NĐ 30/2020, boxes 1–4, 7)."""

from collections.abc import Iterable
from datetime import date

from blocs.units.models import Bloc
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import long_date
from thidua.papers.papers import Letterhead, Signer, break_lines

LINE = 26


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text field that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def bases_of(text: str, *, is_last: bool) -> tuple[str, ...]:
    """Legal bases, one a line: each ends with “;”, the last one of the paper with “.”.

    `is_last`: nothing that is a basis, too, stands below them (NĐ 30/2020, phụ lục I).
    """
    plain = [line.rstrip(" ;,.") for line in lines(text)]
    ended = [f"{line};" for line in plain if line]
    if ended and is_last:
        ended[-1] = f"{ended[-1][:-1]}."
    return tuple(ended)


def numbered(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Each paragraph with its number written out."""
    return tuple(f"{number}. {text}" for number, text in enumerate(paragraphs, start=1))


def province_of(bloc: Bloc) -> str:
    """«tỉnh Đắk Lắk» from the body that organises the bloc."""
    return bloc.organiser.removeprefix("UBND").removeprefix("Ủy ban nhân dân").strip()


def place_date(bloc: Bloc, day: date | None) -> str:
    """Box 4; empty while the day is not set."""
    if day is None:
        return ""
    place = province_of(bloc).removeprefix("tỉnh").removeprefix("thành phố").strip()
    return f"{place or 'Tỉnh'}, {long_date(day)}"


def bloc_letterhead(bloc: Bloc, *, number: str = "", place_date: str = "") -> Letterhead:
    """The organiser above, the bloc below; lines broken by hand where the office broke them."""
    return Letterhead(
        superior_lines=break_lines(bloc.organiser.upper(), LINE),
        body_lines=lines(bloc.letterhead) or break_lines(bloc.name.upper(), LINE),
        number=f"Số: {number}" if number else "",
        place_date=place_date,
    )


def bloc_signer(year: BlocYear, name: str = "") -> Signer:
    """TM. the bloc, its head; below the post at home and the name, empty until somebody signs."""
    bloc, head = year.bloc, year.head
    post = break_lines(f"{head.leader_title} {head.name}".upper(), 34) if head else ()
    return Signer(
        authority_lines=(f"TM. {bloc.name.upper()}", bloc.head_word.upper()),
        name=name,
        post_lines=post,
    )
