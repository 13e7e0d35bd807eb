"""Who counts as present, and whether that is enough for the conference."""

from dataclasses import dataclass

from blocs.conferences.models.conferences import Conference
from blocs.scoring.votes.quorum import Threshold, quorum_reached, quorum_sentence
from blocs.years.models.regulation import regulation_of


@dataclass(frozen=True)
class Presence:
    """How many of the member units are there; every unit there has one vote."""

    present: int
    members: int
    quorum: Threshold

    @property
    def is_enough(self) -> bool:
        return quorum_reached(self.present, self.members, self.quorum)

    @property
    def sentence(self) -> str:
        return quorum_sentence(self.present, self.members, self.quorum)


def presence_of(conference: Conference) -> Presence:
    roll = conference.roll
    present = sum(row.is_present for row in roll)
    return Presence(present, len(roll), regulation_of(conference.bloc_year).quorum)
