"""The page on which the secretary writes how the conference placed equal units."""

from django.contrib import messages
from django.shortcuts import redirect

from blocs.conferences.actions.orders import decide_order, equal_units
from blocs.conferences.forms import OrderForm
from blocs.conferences.models.decided_orders import order_words
from blocs.conferences.views.conference_pages import ConferenceMixin, WhileOpen
from blocs.states import ConferenceState
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage

NOBODY = "Không có đơn vị bằng nhau nào mà quy định của năm để hội nghị quyết định thứ hạng."


class OrderEdit(WhileOpen, ConferenceMixin, SecondWriter, ObjectFormPage):
    """Each group of equal units with a number for each, and one reason."""

    permission_required = "conferences.write_conference"
    form_class = OrderForm
    heading = "Thứ hạng của các đơn vị bằng nhau"
    page_crumb = "Thứ hạng của các đơn vị bằng nhau"
    success_message = "Đã ghi thứ hạng hội nghị quyết định."
    consequence = (
        "Ghi 1 cho đơn vị xếp trên, 2 cho đơn vị kế tiếp; cùng hạng thì ghi cùng một số. Thứ hạng "
        "và lý do được in trong biên bản, bảng tổng hợp và chốt cùng xếp hạng khi ký biên bản."
    )
    states = (ConferenceState.OPEN,)

    def get(self, request, *args, **kwargs):
        if self.object.state in self.states and not equal_units(self.bloc_year):
            messages.info(request, NOBODY)
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"groups": equal_units(self.bloc_year)}

    def get_initial(self):
        kept = [pair for group in self.object.equal_order for pair in group]
        places = {f"place-{unit}": place for unit, place in kept}
        return places | {"reason": self.object.equal_order_reason}

    def get_words(self):
        return order_words(self.object)

    def save(self, form, *, seen):
        return decide_order(
            self.object,
            places=form.places(),
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            seen=seen,
        )
