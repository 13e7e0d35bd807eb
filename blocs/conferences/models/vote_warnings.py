"""Which lines of a vote are about a unit that is dissolved, set aside, held or excluded."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from blocs.conferences.models.ballots import BallotLine
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import POSTS
from blocs.ranking.domain.award_obstacles import (
    AwardAsked,
    absence_obstacles,
    limit_obstacles,
)
from blocs.ranking.models.rankings import award_limits
from blocs.scoring import Eligibility
from blocs.states import AskedAward
from blocs.units.models.units import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models.part_years import absence_words

POST_NEEDS_UNIT = "Đơn vị không còn thì không giữ nhiệm vụ đứng đầu năm sau được."


@dataclass(frozen=True)
class VoteWarnings:
    """What speaks against the units of one vote on the day of the conference, by unit."""

    is_post: bool
    absent: Mapping[int, str]
    limits: Mapping[int, Eligibility] = field(default_factory=dict)

    def of_line(self, line: BallotLine) -> tuple[str, ...]:
        """The sentences about this unit and the award that was asked for it; nothing for most."""
        kind = line.award_kind
        is_flag = kind.is_flag if kind else line.award == AskedAward.FLAG
        return self.of(line.unit, line.award_name, is_flag=is_flag)

    def unexplained(self, line: BallotLine) -> str:
        """The same as one text, where the line does not say why it is voted on all the same."""
        return "" if line.reason else " ".join(self.of_line(line))

    def of_candidate(self, unit: Unit) -> tuple[str, ...]:
        """The sentences about a unit before it is known what is asked for it."""
        return self.of(unit, AskedAward.FLAG.label, is_flag=True)

    def of(self, unit: Unit, award: str, *, is_flag: bool) -> tuple[str, ...]:
        absent = self.absent.get(unit.pk, "")
        if self.is_post:
            return (f"{unit}: {absent}. {POST_NEEDS_UNIT}",) if absent else ()
        asked = AwardAsked(str(unit), award, is_flag=is_flag)
        return (
            *absence_obstacles(asked, absent),
            *limit_obstacles(asked, self.limits.get(unit.pk)),
        )


def vote_warnings(conference: Conference, kind: str) -> VoteWarnings:
    """What speaks against units in a vote of this kind; as many queries for any number of them."""
    year, day = conference.bloc_year, conference.day
    if kind in POSTS:
        return VoteWarnings(is_post=True, absent=absence_words(year, day, Duty.SIT))
    return VoteWarnings(is_post=False, absent=absence_words(year, day), limits=award_limits(year))
