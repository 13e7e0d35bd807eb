"""What is told of registrations wherever they are shown."""

from collections.abc import Iterator

from django.urls import reverse

from blocs.states import REGISTERED
from blocs.years.models.years import BlocYear
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def registrations_told(year: BlocYear) -> Iterator[Artefact]:
    """State, day and lateness of each registration that is in, on the list and on its page."""
    found = year.registrations.filter(state__in=REGISTERED).select_related("unit", "copy")
    rows = list(found.order_by("pk"))
    if not rows:
        return
    for row in rows:
        row.bloc_year = year
    listed = tuple(
        ToldRow(
            row.unit.name,
            (
                Fact("trạng thái", row.get_state_display()),
                Fact("ngày ký", row.day_words),
                Fact("thời hạn", row.lateness_words),
            ),
        )
        for row in rows
    )
    url = reverse("registrations:registration_list", args=(year.pk,))
    yield Artefact("trang đăng ký thi đua", url, listed)
    for row in rows:
        signed = ToldRow("Đã ký lúc", (Fact("ngày ký", row.signed_words),))
        late = ToldRow("Thời hạn", (Fact("thời hạn", row.lateness_words or "–"),))
        yield Artefact(f"trang “{row}”", row.get_absolute_url(), (signed, late))
