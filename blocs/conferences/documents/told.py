"""Who came, how the votes fell and what the minutes rank: on the page and in the signed minutes."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.vote_facts import post_name, rate
from blocs.conferences.models.ballots import Ballot
from blocs.conferences.models.chairs import chair_of_the_day
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import POSTS, base_of, has_facts, rounds_of
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.sittings import ranking_for, seal_reason
from blocs.ranking.documents.told import part_told, share_of, stated_in_papers
from blocs.ranking.models.seals import RankingSeal, SealedPlace, sealed_places
from blocs.scoring.ranking.ranking import decimals_to_show
from blocs.states import AgendaTopic, BallotKind, ConferenceState
from blocs.years.models import BlocYear
from blocs.years.models.regulation import regulation_of
from thidua.common.vietnamese.numbers import format_decimal, two_digits
from thidua.papers.stored import papers_of
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow

TOLD = (ConferenceState.COUNTED, ConferenceState.SIGNED)


@TELLERS.add
def conference_told(year: BlocYear) -> Iterator[Artefact]:
    """The page of each counted sitting and its papers, drafts until they are signed."""
    sittings = Conference.objects.for_page().filter(bloc_year=year, state__in=TOLD)
    for conference in sittings.order_by("number"):
        yield from sitting_told(conference)


def sitting_told(conference: Conference) -> Iterator[Artefact]:
    counts = conference.counts
    votes = {ballot.pk: tuple(votes_told(ballot, conference)) for ballot in counts}
    every = tuple(row for rows in votes.values() for row in rows)
    early = early_told(conference, "Họp sớm", "Hội nghị họp ")
    page = (*early, *chair_told(conference, "Chủ tọa"), *every)
    yield Artefact(f"trang {conference.title.lower()}", conference.get_absolute_url(), page)
    titled = {counting_minutes_of(conference, ballot).title: ballot for ballot in counts}
    minutes = tuple(minutes_told(conference, votes))
    for title, url in papers_told(conference, titled):
        rows = votes[titled[title].pk] if title in titled else minutes
        yield Artefact(f"{title} (PDF)", url, rows)


def papers_told(conference: Conference, titled: Mapping[str, Ballot]) -> Iterator[tuple[str, str]]:
    """Title and address of each paper: as signed, else the drafts."""
    if conference.state == ConferenceState.SIGNED:
        for paper in papers_of(conference):
            yield paper.title, reverse("conferences:paper_file", args=(paper.pk,))
        return
    yield "Dự thảo biên bản hội nghị", conference.address("minutes_preview")
    for title, ballot in titled.items():
        turn = (ballot.number,) if ballot.number > 1 else ()
        yield title, conference.address("counting_preview", ballot.kind, *turn)


def minutes_told(
    conference: Conference, votes: Mapping[int, tuple[ToldRow, ...]]
) -> Iterator[ToldRow]:
    """Why it met early, who chaired, and what each point of the agenda prints below its text."""
    yield from early_told(conference, "Hội nghị họp")
    yield from chair_told(conference, "Chủ trì (chủ tọa):")
    for topic in {point.topic for point in conference.points}:
        if not has_facts(conference, topic):
            continue
        if topic == AgendaTopic.SCORES:
            yield from ranking_told(conference)
        kinds = {AgendaTopic.AWARD: (BallotKind.AWARD,), AgendaTopic.ELECTION: POSTS}
        for kind in kinds.get(topic, ()):
            for ballot in rounds_of(conference, kind):
                yield from votes[ballot.pk]


def early_told(conference: Conference, subject: str, before: str = "") -> Iterator[ToldRow]:
    """For when a conference was called that met before, and why it did."""
    if words := conference.early_words:
        yield ToldRow(subject, (Fact("họp sớm", f"{before}{words}."),))


def chair_told(conference: Conference, subject: str) -> Iterator[ToldRow]:
    """Who chaired, and as what; nothing where nobody wrote it.

    Where who is written did not lead on the day, it is who did: the artefact tells otherwise.
    """
    if named := chair_of_the_day(conference):
        yield ToldRow(subject, (Fact("chủ tọa", named),))


def votes_told(ballot: Ballot, conference: Conference) -> Iterator[ToldRow]:
    """The line of each unit that was voted on."""
    base = base_of(ballot, presence_of(conference), conference.bloc_year)
    threshold = regulation_of(conference.bloc_year).threshold
    for line in ballot.votes:
        is_award = ballot.kind == BallotKind.AWARD
        asked = line.award_name if is_award else post_name(ballot.kind, conference.bloc_year)
        several = len(rounds_of(conference, ballot.kind)) > 1
        subject = f"{asked} (lần {ballot.number})" if several else asked
        yield ToldRow(
            line.unit.name,
            (
                Fact("nội dung bỏ phiếu", subject),
                Fact("số phiếu đồng ý", f"{two_digits(line.votes_for)}/{two_digits(base)}"),
                Fact("số phiếu không đồng ý", two_digits(line.votes_against)),
                Fact("tỷ lệ đồng ý", rate(line.votes_for, base, threshold)),
            ),
        )


def ranking_told(conference: Conference) -> Iterator[ToldRow]:
    """The ranking as the minutes print it: as it was sealed with them, else as it is now.

    Without points it is what other minutes state.
    """
    ranking = ranking_for(conference)
    if not ranking.rows:
        yield from stated_in_papers(conference.bloc_year)
    rows = sealed_places(conference.bloc_year, seal_reason(conference)) or [
        SealedPlace(
            row.unit.name,
            row.placed.place,
            row.own.total,
            row.given.total,
            row.judged.class_label,
        )
        for row in ranking.rows
    ]
    shares = {row.unit.name: share_of(row, ranking) for row in ranking.rows}
    shown = decimals_to_show([row.total for row in rows], at_least=ranking.point_decimals)
    for row in rows:
        own = Fact("điểm tự chấm", format_decimal(row.own, shown))
        total = Fact("điểm thẩm định", format_decimal(row.total, shown))
        share = shares.get(row.unit, ())
        label = (Fact("xếp loại", row.class_label),) if row.class_label else ()
        yield ToldRow(f"{row.place} {row.unit}", (own, total, *share, *label))
    # What was sealed again later stands in the papers of its own sitting.
    if not RankingSeal.objects.filter(bloc_year=conference.bloc_year, number__gt=1).exists():
        for ranked in ranking.rows:
            yield from part_told(ranked, ranking)
