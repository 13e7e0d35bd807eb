"""What the bloc proposes, with points and votes: on the page and in the submission."""

from collections.abc import Iterator

from django.urls import reverse

from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.beside_votes import YearVotes, result_words, year_votes
from awards.proposals.models.contents import count_words
from awards.proposals.models.left_out import council_left_out, vote_left_out
from blocs.conferences.documents.told import votes_told
from blocs.conferences.models import Conference
from blocs.ranking.documents.told import seals_told, stated_in_papers
from blocs.ranking.models.rankings import ranking_of
from blocs.states import BallotKind
from blocs.years.models import BlocYear, Registration
from thidua.common.vietnamese.dates import short_date
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def proposal_listed(year: BlocYear) -> Iterator[Artefact]:
    """Head, lines, sending and state in the list of the proposals of all blocs."""
    for proposal in Proposal.objects.filter(bloc_year=year):
        sent = short_date(proposal.submitted_at) if proposal.submitted_at else "chưa gửi"
        kinds = [item.award for item in proposal.items.select_related("award")]
        flags, titles = sum(kind.is_flag for kind in kinds), sum(kind.is_title for kind in kinds)
        asked = count_words(flags=flags, titles=titles, others=len(kinds) - flags - titles)
        facts = (
            Fact("khối trưởng", str(year.head or "chưa có")),
            Fact("đề nghị", asked),
            Fact("gửi ngày", sent),
            Fact("trạng thái", proposal.get_state_display()),
        )
        row, url = ToldRow(str(year.bloc), facts), reverse("proposals:proposal_list")
        yield Artefact("danh sách đề nghị khen thưởng", url, (row,))


@TELLERS.add
def proposal_told(year: BlocYear) -> Iterator[Artefact]:
    """The page says award, unit and vote; the submission also points, votes and merit."""
    proposal = Proposal.objects.filter(bloc_year=year).first()
    if proposal is None:
        return
    items = list(proposal.items.exclude(unit=None).select_related("award", "unit"))
    votes = year_votes(year)
    page = tuple(
        ToldRow(
            item.award.name,
            (
                Fact("đơn vị", item.unit.name),
                Fact("bỏ phiếu tại hội nghị", result_words(votes.of_item(item)) or "–"),
                Fact("trạng thái", item.get_state_display()),
                *([Fact("tờ trình", words)] if (words := item.forwarded_words) else ()),
            ),
        )
        for item in items
    ) + tuple(
        ToldRow(row.unit.name, (Fact("danh hiệu đã đăng ký", row.title_words),))
        for row in Registration.objects.signed_in(year)
    )
    yield Artefact(
        "trang đề nghị khen thưởng",
        proposal.get_absolute_url(),
        (
            *page,
            *left_out_told("Bỏ phiếu", vote_left_out(year)),
            *left_out_told("Hội đồng", council_left_out(proposal)),
        ),
    )
    yield from items_told(proposal, items, votes)
    url = reverse("proposals:proposal_paper", args=(year.pk,))
    yield Artefact("tờ trình (PDF)", url, tuple(submission_told(proposal, items)))


def items_told(
    proposal: Proposal, items: list[ProposalItem], votes: YearVotes
) -> Iterator[Artefact]:
    """Award, unit, points and votes of each line, on the page where it is considered."""
    standings = ranking_of(proposal.bloc_year).standings
    for item in items:
        standing = " ".join(filter(None, standings.get(item.unit_id, ())))
        told = (
            ("Hình thức", item.award.name),
            ("Đơn vị", item.unit.name),
            ("Điểm xếp hạng", standing),
            ("Bỏ phiếu tại hội nghị", result_words(votes.of_item(item))),
        )
        rows = tuple(ToldRow(label, (Fact(label.lower(), text),)) for label, text in told if text)
        url = reverse("board:item_detail", args=(item.pk,))
        yield Artefact(f"trang dòng đề nghị – {item.award.name}, {item.unit.name}", url, rows)


def left_out_told(subject: str, words: str) -> Iterator[ToldRow]:
    """A step that was left out is said so; of one that was made nothing is said."""
    if words:
        yield ToldRow(subject, (Fact("bước đã bỏ qua", words),))


def submission_told(proposal: Proposal, items: list[ProposalItem]) -> Iterator[ToldRow]:
    """The row of each unit in the list that is enclosed, and results without points before it."""
    ranking, votes = ranking_of(proposal.bloc_year), votes_of(proposal.bloc_year)
    standings = ranking.standings
    yield from seals_told(ranking)
    for item in items:
        item.proposal = proposal
        standing = filter(None, standings.get(item.unit_id, ()))
        facts = [Fact("điểm thi đua", words) for words in standing]
        names = (item.award.name, item.award.asked.label)
        found = (votes.get((item.unit.name, name)) for name in names)
        if vote := next(filter(None, found), None):
            _, shown, _, rate = vote.facts
            facts += [shown, Fact(rate.name, f"({rate.text}%)")]
        yield ToldRow(item.unit.name, (*facts, Fact("thành tích", item.printed_merit)))
    yield from left_out_told(proposal.bloc_year.bloc.name, vote_left_out(proposal.bloc_year))
    if not standings:
        yield from stated_in_papers(proposal.bloc_year)


def votes_of(year: BlocYear) -> dict[tuple[str, str], ToldRow]:
    """The line of each unit and award in the vote, from the last sitting and round."""
    sittings = Conference.objects.for_page().filter(bloc_year=year).order_by("number")
    return {
        (row.subject, row.facts[0].text.partition(" (lần ")[0]): row
        for conference in sittings
        for ballot in conference.counts
        if ballot.kind == BallotKind.AWARD
        for row in votes_told(ballot, conference)
    }
