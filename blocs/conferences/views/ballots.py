"""The count of one vote: typed by the bloc secretary while the conference is open."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views import View
from django.views.generic import TemplateView

from blocs.conferences.actions.ballots import (
    ballot_values,
    delete_ballot,
    places_of,
    record_ballot,
)
from blocs.conferences.actions.rounds import LineEntry, check_round
from blocs.conferences.documents.vote_facts import ballot_of
from blocs.conferences.forms import NUMBERS, BallotForm, BallotLineForm
from blocs.conferences.models.ballots import Ballot
from blocs.conferences.models.counting import (
    POSTS,
    base_of,
    before,
    count_of,
    left_open,
    may_stop,
    posts_of,
    rounds_of,
    rules_in_round,
)
from blocs.conferences.models.last_votes import chosen_before, chosen_words, posts_before
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.vote_warnings import vote_warnings
from blocs.conferences.views.conference_pages import ConferenceMixin, WhileOpen
from blocs.conferences.workflows import ballot_title
from blocs.scoring.votes.choosing import elected_in, outcomes_of, questions_in
from blocs.states import USUAL_AWARDS, BallotKind, BallotMethod, ConferenceState
from blocs.units.models.rotation import rotation_words
from blocs.years.domain.rule_words import vote_sentence
from blocs.years.models import AwardKind
from blocs.years.models.regulation import regulation_of
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import RESTORED, ObjectMixin, refuse
from thidua.common.stamps import OvertakenError, stamp_of_words
from thidua.common.vietnamese.numbers import two_digits


class BallotPage(ConferenceMixin, ObjectMixin):
    """One vote of the conference, named by its kind in the address."""

    permission_required = "conferences.record_ballot"

    def find_object(self):
        if self.kwargs["kind"] not in BallotKind.values:
            raise Http404
        return super().find_object()

    @property
    def kind(self):
        return self.kwargs["kind"]

    @property
    def number(self):
        """The round; the address of the first one does not say it."""
        return self.kwargs.get("number", 1)

    @property
    def title(self):
        turn = f" lần {self.number}" if self.number > 1 else ""
        return f"{ballot_title(self.kind, self.bloc_year.bloc)}{turn}"


class BallotEdit(WhileOpen, BallotPage, TemplateView):
    """Four numbers and a line for each member unit; nothing here is computed by hand."""

    template_name = "conferences/ballot_edit.html"
    states = (ConferenceState.OPEN,)

    @property
    def page_crumb(self):
        return f"Kiểm phiếu {self.title}"

    def get(self, request, *args, **kwargs):
        if self.object.state in self.states and (refusal := self.get_refusal()):
            messages.warning(request, refusal)
            return redirect(self.object)
        kept = kept_input(request)
        if kept:
            messages.warning(request, RESTORED)
        self.load(kept)
        return super().get(request, *args, **kwargs)

    def get_refusal(self):
        """Why this round cannot be written now; no form takes typing it would refuse."""
        try:
            check_round(self.object, rounds_of(self.object, self.kind), self.number, ())
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def get_candidates(self):
        """The units of a next round; all members in the first, or where the rule leaves it open."""
        last = ballot_of(self.object, self.kind, self.number - 1)
        units = left_open(self.object, last)[1] if last else set()
        return [row for row in self.object.roll if not units or row.unit_id in units]

    def load(self, data=None):
        """The form of the count and one form for each unit, bound or as stored."""
        self.ballot = ballot_of(self.object, self.kind, self.number)
        self.awards = self.get_awards()
        self.outcomes = self.get_outcomes()
        self.warnings = vote_warnings(self.object, self.kind)
        present = presence_of(self.object).present
        self.form = BallotForm(data, initial=self.stored_numbers(), present=present)
        self.rows = [form for row in self.get_candidates() for form in self.row_forms(row, data)]

    def get_awards(self):
        """The catalogue of the office; the two usual sorts where it is empty or was not asked."""
        kinds = AwardKind.objects.for_units(self.object.day)
        choices = [(kind.code, kind.name) for kind in kinds]
        stored = {line.award for line in self.votes() if not line.award_kind_id}
        usual = [
            (one.value, one.label) for one in USUAL_AWARDS if not choices or one.value in stored
        ]
        return [("", "không"), *choices, *usual]

    def votes(self):
        return self.ballot.votes if self.ballot else []

    def row_forms(self, row, data):
        """A line of the unit for each award it stands for, and one more for the next award."""
        lines = [line for line in self.votes() if line.unit_id == row.unit_id]
        several = self.kind == BallotKind.AWARD and lines
        shown = [*lines, None] if several or not lines else lines
        return [
            BallotLineForm(
                data,
                unit=row.unit,
                shown=self.stored_line(line),
                key=key,
                awards=self.awards,
                warnings=self.warnings.of_candidate(row.unit),
            )
            for key, line in zip(places_of([row.unit_id] * len(shown)), shown, strict=True)
        ]

    def get_outcomes(self):
        """What the stored votes alone decide; the chair may answer the questions they leave."""
        if self.ballot is None:
            return []
        earlier = before(self.ballot, self.object.counts)
        rules = rules_in_round(self.ballot, earlier, self.bloc_year)
        return outcomes_of(count_of(self.ballot, presence_of(self.object)), rules)

    def stored_line(self, line):
        """A stored line as it is typed; whom the chair chose is marked again."""
        if line is None:
            return {}
        by_votes = line.key in elected_in(self.outcomes)
        return {
            "award": line.award_kind.code if line.award_kind_id else line.award,
            "votes_for": line.votes_for,
            "votes_against": line.votes_against,
            "is_decided": bool(self.ballot.decision) and line.is_chosen and not by_votes,
            "reason": line.reason,
        }

    def stored_numbers(self):
        seen = {"seen": stamp_of_words(ballot_values(self.ballot))}
        if self.ballot is None:
            return seen | {
                "method": BallotMethod.SECRET,
                "issued": presence_of(self.object).present,
                "invalid": 0,
            }
        names = ("method", *NUMBERS, "decision", "revote_reason")
        return seen | {name: getattr(self.ballot, name) for name in names}

    def post(self, request, *args, **kwargs):
        self.load(request.POST.copy())
        status, valid = 422, [form.is_valid() for form in (self.form, *self.rows)]
        if all(valid):
            try:
                ballot = self.act()
            except ValidationError as error:
                self.put_faults(error)
                if isinstance(error, OvertakenError):
                    status, self.form.data["seen"] = 409, error.stamp
            else:
                return self.answer(ballot)
        return self.render_to_response(self.get_context_data(**self.kwargs), status=status)

    def act(self):
        return record_ballot(
            self.object,
            kind=self.kind,
            number=self.number,
            numbers=self.form.numbers(),
            lines=[LineEntry(**row.entry()) for row in self.rows if row.is_written()],
            decision=self.form.cleaned_data["decision"],
            seen=self.form.cleaned_data["seen"],
            actor=self.request.user,
        )

    def answer(self, ballot):
        forget_input(self.request)
        chosen = [line.unit.name for line in ballot.votes if line.is_chosen]
        names = "; ".join(chosen) or "chưa có đơn vị nào"
        messages.success(self.request, f"Đã lưu kết quả {self.title}. Được chọn: {names}.")
        return redirect(self.object)

    def put_faults(self, error):
        """Each sentence at its number or its unit; the rest above the sheet."""
        rows = {row.key: row for row in self.rows}
        faults = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for place, sentences in faults.items():
            if place in rows:
                rows[place].add_error(None, sentences)
            elif place in self.form.fields:
                self.form.add_error(place, sentences)
            else:
                refuse(self.request, ValidationError(sentences))

    def get_context_data(self, **kwargs):
        presence = presence_of(self.object)
        return super().get_context_data(
            object=self.object,
            page_heading=f"Kiểm phiếu {self.title}",
            is_post=self.kind in POSTS,
            is_stored=self.ballot is not None,
            turn=self.number,
            cells=self.form.cells,
            questions=questions_in(self.outcomes),
            may_stop=bool(self.ballot and may_stop(self.ballot)),
            asks_chair=bool(questions_in(self.outcomes) or self.form["decision"].value()),
            methods=BallotMethod.choices,
            earlier=self.get_earlier(),
            awards=self.awards,
            rows=[shown_row(number, row) for number, row in enumerate(self.rows, start=1)],
            present=two_digits(presence.present),
            rule=self.get_rule(presence),
            rotation=self.get_rotation(),
            has_faults=any(form.is_bound and form.errors for form in (self.form, *self.rows)),
            cancel_url=self.object.get_absolute_url(),
            preview_url=self.object.address("counting_preview", self.kind, self.number),
            delete_url=self.object.address("ballot_delete", self.kind, self.number),
            **kwargs,
        )

    def get_rule(self, presence):
        """How many votes are enough, where that does not depend on the valid papers."""
        rules = regulation_of(self.bloc_year)
        named = {"conference": self.object, "kind": self.kind, "number": self.number}
        draft = Ballot(**named, issued=0, returned=0, valid=0, invalid=0)
        draft.votes = []
        base = base_of(draft, presence, self.bloc_year)
        sentence = vote_sentence(rules.threshold, rules.vote_base, base)
        posts = posts_of(draft) if self.kind in POSTS else 1
        several = f" Bầu {posts:02d} đơn vị, mỗi phiếu chọn nhiều nhất {posts:02d} đơn vị."
        return sentence + (several if posts > 1 else "")

    def get_earlier(self):
        """What earlier sittings chose, which a vote taken anew replaces."""
        if self.number > 1:
            return []
        if self.kind in POSTS:
            return posts_before(self.object, self.kind)
        return chosen_words(chosen_before(self.object))

    def get_rotation(self):
        """Whose turn it is to lead next, where the bloc has an order; empty for other votes."""
        if self.kind != BallotKind.HEAD:
            return ""
        offered = {form.unit.pk for form in self.rows} - self.warnings.absent.keys()
        return rotation_words(self.bloc_year.bloc, self.bloc_year.head, offered)


def shown_row(number, form):
    return {
        "number": number,
        "name": form.unit.name,
        "cells": form.cells,
        "faults": form.faults,
        "warnings": form.warnings,
    }


class BallotDelete(BallotPage, View):
    """Takes away a count recorded by mistake; the log book keeps it."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        try:
            delete_ballot(self.object, kind=self.kind, number=self.number, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, f"Đã xóa kết quả {self.title}.")
        return redirect(self.object)
