"""The head and the signature block of papers that a bloc issues (NĐ 30/2020, boxes 1–4, 7)."""

from blocs.models import Bloc, BlocYear
from thidua.common.papers import Letterhead, Signer, break_lines


def bloc_letterhead(bloc: Bloc, *, number: str = "", place_date: str = "") -> Letterhead:
    """The organiser above, the bloc below; lines broken by hand where the office broke them."""
    body = [line.strip() for line in bloc.letterhead.splitlines() if line.strip()]
    return Letterhead(
        superior_lines=break_lines(bloc.organiser.upper(), 30),
        body_lines=tuple(body) or break_lines(bloc.name.upper(), 26),
        number=number,
        place_date=place_date,
    )


def bloc_signer(year: BlocYear, signature=None) -> Signer:
    """TM. the bloc, its head; the other post and the name below.

    `signature` (with `signer_name`) names the person once there is one, else the leader on record.
    """
    bloc, head = year.bloc, year.head
    name = signature.signer_name if signature else ""
    return Signer(
        authority_lines=(f"TM. {bloc.name.upper()}", bloc.head_word.upper()),
        name=name,
        post_lines=(f"{head.leader_title} {head.name}".upper(),) if head else (),
    )
