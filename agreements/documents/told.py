"""Who signed the agreement and when: on its page and in the annex of its paper."""

from collections.abc import Iterator

from django.urls import reverse

from agreements.models import Agreement
from blocs.years.models import BlocYear
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def agreement_told(year: BlocYear) -> Iterator[Artefact]:
    """Page and paper of the agreement, signed by all or by some; a scan is not read by machine."""
    agreement = Agreement.objects.filter(bloc_year=year).first()
    if agreement is None:
        return
    rows = tuple(
        ToldRow(
            one.unit.name,
            (
                Fact("người ký", f"{one.signer_name}, {one.signer_title}"),
                Fact("thẩm quyền ký", one.get_capacity_display()),
                Fact("thời điểm ký", one.signed_words),
            ),
        )
        for one in agreement.valid_signatures()
    )
    yield Artefact("trang giao ước", agreement.get_absolute_url(), rows)
    if agreement.is_signed_by_hand:
        return
    url = reverse("agreements:agreement_paper", args=(year.pk,))
    yield Artefact("giao ước (PDF)", url, rows)
