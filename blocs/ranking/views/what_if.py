"""Who would move if last year had been scored by this draft; a look, nothing more."""

from django.views.generic import TemplateView

from blocs.criteria.views.tables import TableMixin
from blocs.ranking.models.ranking_words import rounding_sentence
from blocs.ranking.models.simulations import moves_under
from blocs.scoring.ranking.ranking import decimals_to_show
from blocs.states import OPEN_STATES
from blocs.years.models import BlocYear
from blocs.years.models.regulation import regulation_of
from thidua.common.vietnamese.numbers import format_decimal, format_difference


class WhatIf(TableMixin, TemplateView):
    """Only years whose points the conference has agreed are used: others are still open."""

    template_name = "ranking/regulation/what_if.html"
    permission_required = "criteria.draft_table"

    def get_permission_object(self):
        return self.table

    def get_crumb_below(self):
        return "Tính thử"

    def get_context_data(self, **kwargs):
        past = self.get_past()
        moves = moves_under(self.table, past) if past else ()
        totals = ([one.old_total for one in moves], [one.new.total for one in moves])
        decimals = max(map(decimals_to_show, totals))
        first = moves[0].new if moves else None
        return super().get_context_data(
            table=self.table,
            past=past,
            rows=[move_row(move, decimals) for move in moves],
            unknown=first.unknown if first else 0,
            anew=first.anew if first else 0,
            rule=rule_words(self.bloc_year, decimals, by_percent=first.by_percent) if first else "",
            **kwargs,
        )

    def get_past(self):
        """The last year before whose points are agreed and which the person may see."""
        seen = BlocYear.objects.visible_to(self.request.user).filter(
            bloc=self.bloc_year.bloc_id,
            year__lt=self.bloc_year.year,
            reports__state__in=OPEN_STATES,
        )
        return seen.select_related("bloc", "regulation").order_by("-year").first()


def rule_words(year, decimals, *, by_percent):
    """What stands under every ranking: how equals are ordered and figures are rounded."""
    ties = regulation_of(year).get_tie_rules_display()
    return f"{ties} {rounding_sentence(decimals, by_percent=by_percent)}"


def move_row(move, decimals):
    """One unit in words; up and down are said, not only coloured."""
    shift = move.shift
    words = "giữ hạng" if not shift else f"{'lên' if shift > 0 else 'xuống'} {abs(shift)} hạng"
    note = move.new.note
    return {
        "unit": move.unit.name,
        "old_place": move.old_place,
        "old_total": format_decimal(move.old_total, decimals),
        "new_place": move.new.place or "–",
        "new_total": format_decimal(move.new.total, decimals),
        "difference": format_difference(move.new.total, move.old_total, decimals),
        "words": words if move.new.place else "không xếp hạng",
        "note": f"{note[0].upper()}{note[1:].rstrip('.')}." if note else "",
        "is_open": move.new.is_open,
        "questions": move.new.questions,
    }
