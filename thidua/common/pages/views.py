"""Pages that name their right, forms that lose nothing, and the page that makes every move."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, ListView, TemplateView

from thidua.common.activity import kept_words
from thidua.common.pages.forms import say_fields
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.lists.files import FileOfList
from thidua.common.pages.lists.left import as_left, leave, rows_of_a_page, way_back
from thidua.common.pages.moves import move_buttons, said_move
from thidua.common.pages.searched.answers import Suggests
from thidua.common.pages.timeline import timeline
from thidua.common.permissions import UnknownPermissionError, require_proof
from thidua.common.vietnamese.lengths import LONGEST_TEXT
from thidua.common.vietnamese.text import filled_lines
from thidua.common.workflow import Transition, available, perform

CHOOSE_AGAIN = (
    "Tệp “{names}” chưa được nhận: sửa xong các mục bên dưới thì phải chọn lại tệp trước khi lưu."
)
RESTORED = "Nội dung nhập trước khi phiên làm việc kết thúc đã được giữ lại. Hãy kiểm tra rồi lưu."


def refuse(request: HttpRequest, error: ValidationError) -> None:
    """Say each sentence of a refusal at the top of the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)


class ByButton(View):
    """Where somebody opens an address that only a button leads to, a page says so."""

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any):
        answer = super().http_method_not_allowed(request, *args, **kwargs)
        if request.method == "GET":
            answer.content = render_to_string("405.html")
        return answer


class PagePermission(PermissionRequiredMixin, ByButton):
    """Every page names its right; an object page asks it of its object."""

    raise_exception = True
    permission_required = None
    breadcrumbs = ()

    def has_permission(self) -> bool:
        names = self.get_permission_required()
        if not names:
            raise UnknownPermissionError(type(self).__name__)
        return self.request.user.has_perms(names, self.get_permission_object())

    def get_permission_object(self) -> Model | None:
        return None

    def say(self, text: str) -> str:
        """A text of ours as this page says it; pages about one bloc use that bloc's word."""
        return text

    def get_breadcrumbs(self) -> Sequence[tuple[str, str | None]]:
        """Pairs (label, address or None) from the home page to this one."""
        return self.breadcrumbs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = self.get_breadcrumbs()
        back = way_back(self.request, getattr(self, "object", None), crumbs)
        crumbs = as_left(self.request, crumbs)
        return super().get_context_data(breadcrumbs=crumbs, back=back, **kwargs)


class PagedList(ListView):
    """Django's list with as many rows a page as its reader asked for."""

    def get_paginate_by(self, queryset: QuerySet) -> int:
        return rows_of_a_page(self.request, self.paginate_by)


class ListPage(FileOfList, Suggests, PagePermission, PagedList):
    """A list with a filter bar, always in pages, always in a stated order.

    How many rows a page has is chosen below it and kept, as are the filter and the page.
    """

    paginate_by = 20
    filterset_class = None

    def get_queryset(self) -> QuerySet:
        rows = self.get_rows()
        if not self.filterset_class:
            return rows
        self.filterset = self.filterset_class(self.request.GET, queryset=rows)
        return self.filterset.qs

    def get_rows(self) -> QuerySet:
        raise NotImplementedError

    def get_asked_form(self) -> BaseForm:
        if not self.filterset_class:
            raise Http404
        return self.filterset_class({}, queryset=self.get_rows()).form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.filterset.form if self.filterset_class else None
        return super().get_context_data(filter_form=form, list_url=self.request.path, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.writer is None:
            model = context["paginator"].object_list.model
            leave(self.request, answer, label=self.get_breadcrumbs()[-1][0], model=model)
        return answer


class ObjectMixin(PagePermission):
    """A page about one object: what one may not see is not found, not to be done is refused."""

    pk_url_kwarg = "pk"
    lookup = "pk"
    see_permission = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = self.find_object() if request.user.is_authenticated else None

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError

    def find_object(self) -> Model:
        found = get_object_or_404(
            self.get_queryset(), **{self.lookup: self.kwargs[self.pk_url_kwarg]}
        )
        if self.see_permission and not self.request.user.has_perm(self.see_permission, found):
            raise Http404
        return found

    def get_permission_object(self) -> Model | None:
        return self.object


class ObjectPage(ObjectMixin, TemplateView):
    """Shows one object, the moves one may make and its log book."""

    workflow = None
    move_url = None
    # Actions that are logged every few seconds; many of them in a row are one line of the page.
    folded_actions = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_life = self.workflow and self.object
        return super().get_context_data(
            object=self.object,
            moves=self.get_moves(),
            way=self.say(self.workflow.way_of(self.object)) if has_life else "",
            entries=self.get_entries() if self.object else [],
            **kwargs,
        )

    def get_entries(self) -> list[dict[str, Any]]:
        return timeline(self.object, self.workflow, folded=self.folded_actions, say=self.say)

    def get_moves(self) -> list[dict[str, Any]]:
        if not self.workflow:
            return []
        found = available(self.workflow, self.object, self.request.user)
        return move_buttons(self.object, found, self.get_move_url, self.say)

    def get_move_url(self, move: Transition) -> str:
        return reverse(self.move_url, args=(self.kwargs[self.pk_url_kwarg], move.name))


class RefusesForm:
    """A refused form is shown again with what was typed; its answer says it was refused."""

    refused_status = 422

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if names := [one.name for one in self.request.FILES.values()]:
            messages.warning(self.request, CHOOSE_AGAIN.format(names="”, “".join(names)))
        return self.render_to_response(self.get_context_data(form=form), status=self.refused_status)


class AsksProof:
    """A page of an act that cannot be undone: the proof is asked before anything is typed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_proof(request.user)
        return super().get(request, *args, **kwargs)


class FormPage(Suggests, RefusesForm, PagePermission, FormView):
    """A form whose typed text survives errors and the end of the session.

    A page says in `act()` which one action it calls; a refusal comes back beside the typed text.
    """

    template_name = "components/form_page.html"
    heading = ""
    submit_label = "Lưu"
    success_message = "Đã lưu."
    consequence = ""
    object = None
    # The line of the log book that saving leaves, where that is written of what is kept as it is.
    writes = ""

    def get_closed(self) -> str:
        """Why nothing is saved here, a sentence a line; then what is stored is shown to be read."""
        return kept_words(self.object or getattr(self, "bloc_year", None), self.writes)

    def get_ways(self) -> Sequence[tuple[str, str]]:
        """Pairs (label, address): where the reader does what a closed page waits for."""
        return ()

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        if self.request.method == "GET" and self.get_closed():
            form = super().get_form(form_class)
            for field in form.fields.values():
                field.disabled = True
            return form
        if self.request.method == "GET" and (kept := kept_input(self.request)):
            messages.warning(self.request, RESTORED)
            kwargs = self.get_form_kwargs() | {"data": kept}
            return (form_class or self.get_form_class())(**kwargs)
        return super().get_form(form_class)

    def get_asked_form(self) -> BaseForm:
        return self.get_form_class()(**self.get_form_kwargs())

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if instance := self.get_instance():
            kwargs["instance"] = instance
        return kwargs

    def get_instance(self) -> Model | None:
        """The object of the page where the form is one of its kind; the form never saves it."""
        options = getattr(self.get_form_class(), "_meta", None)
        return self.object if options and isinstance(self.object, options.model) else None

    # Whether the action has been asked: then it has said all it refuses.
    has_acted = False

    def foresee(self, form: BaseForm) -> Mapping[str, Sequence[str]]:
        """What the act would refuse of right fields while others are wrong; nothing is written."""
        return {}

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Both at once: nobody mends the form to meet the refusals of the action only then."""
        told = {} if self.has_acted else self.foresee(form)
        for name, sentences in told.items():
            if name in form.fields and name not in form.errors:
                form.add_error(name, list(sentences))
        return super().form_invalid(form)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if closed := self.get_closed():
            form.add_error(None, list(filled_lines(closed)))
            return self.form_invalid(form)
        self.has_acted = True
        try:
            self.object = self.act(form) or self.object
        except ValidationError as error:
            self.put_errors(form, error)
            return self.form_invalid(form)
        forget_input(self.request)
        self.say_done()
        return redirect(self.get_success_url())

    def say_done(self) -> None:
        """What the next page says of the act."""
        if self.success_message:
            messages.success(self.request, self.say(self.success_message))

    def put_errors(self, form: BaseForm, error: ValidationError) -> None:
        """Each sentence at its field where the form has that field, else above the form."""
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, sentences in error.error_dict.items():
            form.add_error(name if name in form.fields else None, sentences)

    def act(self, form: BaseForm) -> Model | None:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            page_heading=self.get_heading(),
            submit_label="" if self.get_closed() else self.say(self.submit_label),
            closed=self.get_closed(),
            ways=self.get_ways() if self.get_closed() else (),
            cancel_url=self.get_cancel_url(),
            consequence=self.say(self.consequence),
            autosave=self.get_autosave(),
            **kwargs,
        )
        say_fields(context["form"], self.say)
        return context

    def get_autosave(self) -> dict[str, Any] | None:
        """Where texts go while they are typed; None for a form that its button alone saves."""
        return None

    def get_heading(self) -> str:
        return self.heading

    def get_cancel_url(self) -> str:
        """Where saving leads, too; a page for something that is not there yet says another."""
        return self.get_success_url()


class ObjectFormPage(ObjectMixin, FormPage):
    """A form about one object that exists already."""


class TransitionPage(ObjectMixin, TemplateView):
    """All moves of all objects: asked for by GET, made by POST."""

    template_name = "components/move_page.html"
    workflow = None

    def get_permission_required(self) -> tuple[str, ...]:
        try:
            self.move = self.workflow[self.kwargs["move"]]
        except KeyError as error:
            raise Http404 from error
        if self.move.hidden:
            raise Http404
        return (self.move.permission,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = kept_input(self.request)
        note = kept.get("note", "") if kept else self.request.POST.get("note", "")
        return super().get_context_data(
            object=self.object,
            move=said_move(self.move.of(self.object), self.say),
            obstacles=self.move.obstacles(self.object),
            questions=self.move.asked(self.object),
            note=note,
            longest=LONGEST_TEXT,
            cancel_url=self.object.get_absolute_url(),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.move.needs_proof:
            require_proof(request.user)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object = self.act(request.POST.get("note", ""))
        except ValidationError as error:
            refuse(request, error)
            return self.render_to_response(self.get_context_data(), status=422)
        forget_input(request)
        messages.success(request, f"Đã thực hiện: {self.say(self.move.label)}.")
        return redirect(self.object)

    @property
    def is_confirmed(self) -> bool:
        """The person has ticked what the move asked and goes on."""
        return "confirmed" in self.request.POST

    def act(self, note: str) -> Model:
        return perform(
            self.workflow,
            self.move.name,
            self.object,
            actor=self.request.user,
            note=note,
            is_confirmed=self.is_confirmed,
        )
