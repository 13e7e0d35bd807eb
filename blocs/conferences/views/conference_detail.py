"""The page of a closing conference: what is known, what is missing, what one may do next."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from blocs.conferences.actions.conferences import HELD_IN, UNCOUNTED, UNSIGNED
from blocs.conferences.documents.minutes_votes import next_posts
from blocs.conferences.documents.vote_facts import (
    round_words,
)
from blocs.conferences.models.chairs import nobody_leads, overtaken_chair
from blocs.conferences.models.counting import (
    rounds_of,
)
from blocs.conferences.models.decided_orders import order_lines
from blocs.conferences.models.last_votes import replaced_words
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.rolls import roll_refusals
from blocs.conferences.models.sittings import further_sitting_refusals
from blocs.conferences.models.vote_basis import ranking_seen, vote_changes
from blocs.conferences.views.conference_pages import ConferenceMixin
from blocs.conferences.views.detail_rows import (
    agenda_rows,
    ballot_facts,
    copies_shown,
    facts_of,
    no_count_words,
    paper_rows,
)
from blocs.conferences.workflows import CONFERENCE, ballot_title
from blocs.states import TONES, BallotKind, ConferenceState
from blocs.units.models.seats import standing_of
from blocs.years.views.pages import MayBeMissing
from thidua.common.basis import faults_of
from thidua.common.pages.views import ObjectPage
from thidua.common.vietnamese.text import filled_lines

# What holds the sitting up in these states, whoever looks at it.
HINDRANCES = {
    ConferenceState.PREPARED: (nobody_leads,),
    ConferenceState.COUNTED: (roll_refusals, overtaken_chair),
}
COUNTED = (ConferenceState.COUNTED, ConferenceState.SIGNED)


class ConferenceDetail(ConferenceMixin, MayBeMissing, ObjectPage):
    permission_required = "conferences.view_conference"
    template_name = "conferences/conference_detail.html"
    missing_template = "conferences/conference_missing.html"
    workflow = CONFERENCE
    # Both save themselves while they are typed.
    folded_actions = ("conferences.save_agenda", "conferences.save_attendance")

    def find_object(self):
        """The closing conference may be missing yet; a further sitting is there or is not."""
        found = super().find_object()
        if found is None and "sitting" in self.kwargs:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        if self.object is None:
            may_start = self.may("conferences.write_conference", self.bloc_year)
            is_open = self.bloc_year.state in HELD_IN
            return super().get_context_data(may_start=may_start and is_open, **kwargs)
        presence = presence_of(self.object)
        return super().get_context_data(
            tone=TONES[self.object.state],
            links=self.get_links(),
            facts=facts_of(self.object),
            quorum=presence.sentence,
            has_quorum=presence.is_enough,
            attendance=self.get_attendance(),
            agenda=agenda_rows(self.object),
            order=order_lines(self.object),
            ballots=self.get_ballots(presence),
            result=next_posts(self.object),
            head_word=self.bloc_year.bloc.head_word,
            conclusion=filled_lines(self.object.conclusion),
            papers=paper_rows(self.object),
            is_signed=self.object.state == ConferenceState.SIGNED,
            copies=copies_shown(self.object),
            hindrances=[
                words for ask in HINDRANCES.get(self.object.state, ()) for words in ask(self.object)
            ],
            **self.get_basis(),
            **self.get_sittings(),
            **kwargs,
        )

    def may(self, permission, obj):
        return self.request.user.has_perm(permission, obj)

    def get_basis(self):
        """What changed below the vote on awards, and where one settles it before the signing."""
        conference = self.object
        sentences = faults_of(vote_changes(conference)) if conference.state in UNSIGNED else []
        may = self.may("conferences.confirm_count", conference)
        url = conference.address("vote_basis") if may else ""
        return {"basis": sentences, "basis_url": url}

    def get_move_url(self, move):
        return self.object.address("conference_move", move.name)

    @cached_property
    def sittings(self):
        return list(self.bloc_year.sittings.order_by("number"))

    def get_sittings(self):
        """The other sittings of the year, and where the next one is prepared."""
        sittings = self.sittings
        writes = self.may("conferences.write_conference", self.bloc_year)
        refusals = further_sitting_refusals(self.bloc_year, sittings[-1])
        address = reverse("conferences:sitting_new", args=(self.bloc_year.pk,))
        return {
            "sittings": [row for row in sittings if row.pk != self.object.pk],
            "further_url": address if writes and not refusals else "",
        }

    @cached_property
    def has_equals(self):
        """Whether the sitting, open now, may place units that the rules leave equal."""
        is_open = self.object.state == ConferenceState.OPEN
        return is_open and bool(ranking_seen(self.object).equal_groups)

    def get_links(self):
        """Addresses of the pages one may write on now; an empty one shows no button."""
        conference = self.object
        writes = self.may("conferences.write_conference", conference)
        signs = self.may("conferences.sign_minutes", conference)
        records = self.may("conferences.record_minutes", conference)
        unsigned = writes and conference.state in UNSIGNED
        uncounted = writes and conference.state in UNCOUNTED
        open_now = {
            "conference_edit": unsigned,
            "agenda_edit": unsigned,
            "minutes_preview": unsigned,
            "order_edit": writes and self.has_equals,
            "attendance_edit": uncounted,
            "next_heads_edit": uncounted,
            "conference_call_off": writes and conference.state == ConferenceState.PREPARED,
            "minutes_sign": signs and conference.state == ConferenceState.COUNTED,
            "minutes_copy": records and conference.state in COUNTED,
        }
        return {
            name: conference.address(name) if is_open else "" for name, is_open in open_now.items()
        }

    def get_attendance(self):
        leads = standing_of(self.request.user).leads
        is_open = self.object.state in UNCOUNTED
        return [
            {
                "number": number,
                "unit": row.unit.name,
                "presence": "có mặt" if row.is_present else "vắng mặt",
                "is_present": row.is_present,
                "delegate": row.delegate_name,
                "title": row.delegate_title,
                "reason": row.absence_reason,
                "delegate_url": (
                    self.object.address("delegate_edit", row.unit_id)
                    if is_open and row.unit_id in leads
                    else ""
                ),
            }
            for number, row in enumerate(self.object.roll, start=1)
        ]

    def get_ballots(self, presence):
        """Counts become known to all members once they are confirmed.

        From then on a vote that was not held is not spoken of.
        """
        records = self.may("conferences.record_ballot", self.object)
        writes = self.may("conferences.write_conference", self.object)
        shown = writes or self.object.state in COUNTED
        writes_now = records and self.object.state == ConferenceState.OPEN
        empty = no_count_words(writes=writes)
        rows = []
        for kind in BallotKind:
            found = rounds_of(self.object, kind) if shown else []
            if not found and self.object.state in COUNTED:
                continue
            title = ballot_title(kind, self.bloc_year.bloc).capitalize()
            shown_rounds = found or [None]
            for ballot in shown_rounds:
                is_last = ballot is shown_rounds[-1]
                turn = round_words(self.object, ballot) if ballot else ""
                row = {
                    "title": f"{title}{turn}",
                    "edit_url": self.ballot_url(kind, ballot) if writes_now and is_last else "",
                    "count": self.get_count(ballot, presence) if ballot else None,
                    "empty": empty,
                }
                row["next_url"] = self.next_url(row, kind, ballot)
                rows.append(row)
        return rows

    def get_count(self, ballot, presence):
        """The facts of a count, and what a later sitting took from it."""
        facts = ballot_facts(ballot, self.object, presence)
        is_followed = self.sittings[-1].number > self.object.number
        replaced = replaced_words(ballot) if is_followed else []
        return facts | {"others": (*facts["others"], *replaced)}

    def ballot_url(self, kind, ballot, further=0):
        number = (ballot.number if ballot else 1) + further
        return self.object.address("ballot_edit", kind, *((number,) if number > 1 else ()))

    def next_url(self, row, kind, ballot):
        """Where the next round is typed: only for whoever types, while a question is open."""
        is_asked = row["edit_url"] and row["count"] and row["count"]["questions"]
        return self.ballot_url(kind, ballot, further=1) if is_asked else ""
