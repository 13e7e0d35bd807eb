"""Who signed the agreement and when: on its page and in the annex of its paper."""

from collections.abc import Iterator

from django.urls import reverse

from agreements.models import Agreement, Signature
from agreements.models.answers import unit_answers
from blocs.years.models import BlocYear
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def agreement_told(year: BlocYear) -> Iterator[Artefact]:
    """Page and paper of the agreement, signed by all or by some; a scan is not read by machine."""
    agreement = Agreement.objects.filter(bloc_year=year).first()
    if agreement is None:
        return
    signed = [row for row in unit_answers(agreement) if row.signature]
    rows = tuple(told_row(row.unit.name, row.signature) for row in signed)
    dated = tuple(told_row(f"{row.unit.name} {row.part}".strip(), row.signature) for row in signed)
    yield Artefact("trang giao ước", agreement.get_absolute_url(), dated)
    if agreement.is_signed_by_hand:
        return
    url = reverse("agreements:agreement_paper", args=(year.pk,))
    yield Artefact("giao ước (PDF)", url, rows)


def told_row(named: str, one: Signature) -> ToldRow:
    """One signature behind the unit as the artefact names it."""
    return ToldRow(
        named,
        (
            Fact("người ký", f"{one.signer_name}, {one.signer_title}"),
            Fact("thẩm quyền ký", one.get_capacity_display()),
            Fact("thời điểm ký", one.signed_words),
        ),
    )
