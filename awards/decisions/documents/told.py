"""Who is commended, by which decision: on its page, its paper and the public page."""

from collections.abc import Iterator

from django.urls import reverse

from awards.decisions.enums import DecisionState
from awards.decisions.models import OF_AN_ITEM, Decision, council_words
from awards.proposals.documents.told import left_out_told
from awards.proposals.models import ProposalItem
from blocs.years.models import BlocYear
from thidua.common.vietnamese.dates import short_date
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow

PROPOSER = "Theo đề nghị của Giám đốc Sở Nội vụ"


@TELLERS.add
def decisions_told(year: BlocYear) -> Iterator[Artefact]:
    """Each decision that holds a line of this year."""
    found = Decision.objects.filter(items__proposal__bloc_year=year).distinct()
    for decision in found.order_by("pk"):
        items = list(decision.items.select_related(*OF_AN_ITEM))
        rows = (*head_told(decision), *(item_told(item) for item in items))
        left_out = council_words(decision)
        own = (*rows, *left_out_told("Hội đồng", left_out))
        yield Artefact(f"trang “{decision}”", decision.get_absolute_url(), own)
        url = reverse("decisions:decision_paper", args=(decision.pk,))
        paper = tuple(
            ToldRow(item.unit.name, (Fact("thành tích", item.printed_merit),)) for item in items
        )
        paper = (*paper, *left_out_told(PROPOSER, f"({left_out})" if left_out else ""))
        yield Artefact(f"“{decision}” (PDF)", url, paper)
        if decision.state == DecisionState.PUBLISHED:
            url = reverse("decisions:public_detail", args=(decision.pk,))
            yield Artefact(f"trang công bố “{decision}”", url, rows)
        yield from listed_told(decision, year, len(items))


def listed_told(decision: Decision, year: BlocYear, count: int) -> Iterator[Artefact]:
    """The row of the decision in the list of its year, and in the public one."""
    day = Fact("ngày ký", short_date(decision.signed_on) if decision.signed_on else "chưa ký")
    commended = Fact("số tập thể", str(count))
    if decision.year == year.year:
        number = Fact("số quyết định", decision.number or "chưa có")
        facts = (number, day, commended, Fact("trạng thái", decision.get_state_display()))
        url = reverse("decisions:decision_list")
        row = ToldRow(decision.title, facts)
        yield Artefact(f"danh sách quyết định – “{decision}”", url, (row,))
    if decision.state == DecisionState.PUBLISHED:
        url = reverse("decisions:public_list")
        row = ToldRow(decision.title, (day, commended))
        yield Artefact(f"danh sách công bố – “{decision}”", url, (row,))


def head_told(decision: Decision) -> Iterator[ToldRow]:
    """Number, day and signer of a signed decision."""
    if decision.state == DecisionState.DRAFT:
        return
    signer = f"{decision.signer_title} {decision.signer_name}"
    yield ToldRow("Số", (Fact("số quyết định", decision.number),))
    yield ToldRow("Ngày ký", (Fact("ngày ký", short_date(decision.signed_on)),))
    yield ToldRow("Người ký", (Fact("người ký", signer),))


def item_told(item: ProposalItem) -> ToldRow:
    bloc = item.proposal.bloc_year.bloc.name
    return ToldRow(item.award.name, (Fact("đơn vị", item.unit.name), Fact("khối, cụm", bloc)))
