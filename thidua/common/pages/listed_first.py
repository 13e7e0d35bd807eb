"""A form that first lists what its act would touch, and saves only once that list was read."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse

from thidua.common.stamps import stamp_of


class ListedFirst:
    """Comes before FormPage. The list is confirmed by its stamp: where it has changed since it was
    shown, it is shown again. An act that touches nothing is done at once. Nothing is said of what
    an act would touch that is refused: its refusal is shown instead.
    """

    template_name = "components/listed_first.html"
    confirm_label = "Ghi thay đổi"

    def effects(self, form: BaseForm) -> Sequence[str]:
        """Sentences that say what the act would do to others."""
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        found = self.effects(form)
        confirmed = stamp_of(*map(str, form.cleaned_data.values()), *found)
        if found and self.request.POST.get("confirmed") != confirmed:
            if refusal := self.refusal(form):
                self.put_errors(form, refusal)
                return self.form_invalid(form)
            context = self.get_context_data(form=form, effects=found, confirmed=confirmed)
            return self.render_to_response(context | {"submit_label": self.confirm_label})
        return super().form_valid(form)

    def refusal(self, form: BaseForm) -> ValidationError | None:
        """Why the act would be refused; it is tried and taken back, so that one place says it."""
        try:
            with transaction.atomic():
                self.act(form)
                transaction.set_rollback(True)
        except ValidationError as error:
            return error
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"effects": None, "confirmed": "", "confirm_label": self.confirm_label}
        return super().get_context_data(**(shown | kwargs))
