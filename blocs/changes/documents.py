"""What a year tells of its dated changes: members and leaders, each with its paper."""

from collections.abc import Iterator

from django.urls import reverse

from blocs.years.models import BlocYear
from blocs.years.models.changes import MemberChange
from thidua.common.vietnamese.dates import short_date
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def member_changes_told(year: BlocYear) -> Iterator[Artefact]:
    """Unit, change and paper of each numbered change of the members."""
    changes = year.member_changes.for_words().select_related("cancels")
    rows = tuple(
        ToldRow(
            f"{change.number:02d}",
            (
                Fact("đơn vị", str(change.unit)),
                Fact("thay đổi", change_words(change)),
                Fact("văn bản", change.decision),
            ),
        )
        for change in changes.order_by("number")
    )
    if rows:
        url = reverse("changes:member_change_list", args=(year.pk,))
        yield Artefact("trang thay đổi thành phần", url, rows)


def change_words(change: MemberChange) -> str:
    """What the change does, or which one it takes back."""
    return f"Hủy thay đổi số {change.cancels.number:02d}" if change.cancels else change.words


@TELLERS.add
def leaders_told(year: BlocYear) -> Iterator[Artefact]:
    """Who led the bloc from which day, and by which paper."""
    led = year.leaderships.select_related("head", "deputy", "second_deputy").order_by("number")
    rows = tuple(
        ToldRow(
            f"{row.number:02d}",
            (
                Fact("từ ngày", short_date(row.on)),
                Fact("đơn vị đứng đầu", row.head_words),
                Fact("đơn vị phó", row.deputy_words),
                *([Fact("văn bản", row.decision)] if row.decision else ()),
            ),
        )
        for row in led
    )
    if rows:
        url = reverse("changes:leader_list", args=(year.pk,))
        yield Artefact("trang đơn vị đứng đầu, đơn vị phó", url, rows)
