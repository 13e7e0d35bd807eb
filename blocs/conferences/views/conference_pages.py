"""What all pages of one conference share: the conference itself, and sheets written by hand."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.generic import TemplateView

from blocs.conferences.actions.conferences import REFUSALS, UNSIGNED
from blocs.conferences.models.conferences import Conference
from blocs.years.models.frozen_rules import archived_words
from blocs.years.views.pages import OneOfYear
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.saving import PostsItself
from thidua.common.pages.views import RESTORED, ObjectMixin, refuse
from thidua.common.stamps import OvertakenRowsError, is_own, see_both


class ConferenceMixin(OneOfYear):
    """The conference of the year in the address, or the sitting; comes before the page class."""

    model = Conference
    page_crumb = ""

    def get_queryset(self):
        return super().get_queryset().filter(number=self.kwargs.get("sitting", 1))

    def get_crumb(self):
        """A page of a conference that is not there yet is about the closing one."""
        return (self.object or Conference()).title

    def get_breadcrumbs(self):
        crumbs = super().get_breadcrumbs()
        if not self.page_crumb:
            return crumbs
        url = (self.object or Conference(bloc_year=self.bloc_year)).get_absolute_url()
        return [*crumbs[:-1], (self.get_crumb(), url), (self.say(self.page_crumb), None)]


class WhileOpen:
    """A page that writes: once the facts are locked it leads back and says why."""

    states = UNSIGNED

    def get(self, request, *args, **kwargs):
        if self.object.state not in self.states:
            messages.warning(request, REFUSALS[self.object.state])
            return redirect(self.object)
        return super().get(request, *args, **kwargs)


class GridPage(WhileOpen, ConferenceMixin, PostsItself, ObjectMixin, TemplateView):
    """A sheet of lines: only changed lines are written, and everything typed is kept.

    It saves itself while it is typed, by the same lines and the same action as the button.

    A page says how its lines are made (`get_rows`) and which one action it calls (`act`).
    """

    permission_required = "conferences.write_conference"
    success_message = "Đã lưu."
    submit_label = "Lưu"
    heading = ""

    def get(self, request, *args, **kwargs):
        kept = kept_input(request)
        if kept:
            messages.warning(request, RESTORED)
        self.rows = self.get_rows(kept)
        return super().get(request, *args, **kwargs)

    def get_closed(self):
        """Why nothing is written any more; empty while it is."""
        if self.object.state not in self.states:
            return REFUSALS[self.object.state]
        return archived_words(self.bloc_year)

    def post(self, request, *args, **kwargs):
        status, self.rows = 422, self.get_rows(request.POST.copy())
        changed = [form for form in self.rows if form.is_bound and form.is_changed()]
        if self.is_autosave:
            return self.save_typed(changed)
        if all(form.is_valid() for form in changed):
            try:
                self.act(changed)
            except OvertakenRowsError as error:
                status = 409
                self.show_theirs(error)
            except ValidationError as error:
                refuse(request, error)
            else:
                forget_input(request)
                messages.success(request, self.success_message)
                return redirect(self.get_success_url())
        return self.render_to_response(self.get_context_data(), status=status)

    def save_typed(self, changed):
        """All that is typed or nothing: the stamps of the lines as stored, or why not."""
        changed = [form for form in changed if self.may_save_line(form)]
        if faults := [fault for form in changed for fault in self.faults_of(form)]:
            return self.refused(*faults)
        try:
            self.act(changed)
        except OvertakenRowsError as error:
            return self.refused(see_both(error, self.request.user), status=409)
        except ValidationError as error:
            return self.refused(*error.messages)
        self.object = self.find_object()
        stored = self.get_rows(self.request.POST.copy())
        return self.saved(stamps={form.add_prefix("seen"): form.stamp for form in stored})

    def may_save_line(self, form):
        """Whether saving this line is only a save; what takes something away needs the button."""
        return True

    def faults_of(self, form):
        """What is wrong in a line, after the name that the page gives it."""
        found = [fault for faults in form.errors.values() for fault in faults]
        return [f"{self.line_name(form)}: {fault[:1].lower()}{fault[1:]}" for fault in found]

    def line_name(self, form):
        return f"Dòng {self.rows.index(form) + 1}"

    def show_theirs(self, error):
        """The lines as they are stored now, with what was typed in them."""
        person = self.request.user
        refuse(self.request, error.said_to(person))
        self.object = self.find_object()
        self.rows = self.get_rows(self.request.POST.copy())
        for form in self.rows:
            if form.key in error.rows:
                form.show_theirs(is_own=is_own(error, person))

    def get_rows(self, data=None):
        """Bound to `data` where it has the line, else as stored."""
        raise NotImplementedError

    def act(self, changed):
        raise NotImplementedError

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.object,
            rows=[self.shown(number, form) for number, form in enumerate(self.rows, start=1)],
            page_heading=self.heading,
            submit_label=self.submit_label,
            cancel_url=self.object.get_absolute_url(),
            autosave=self.get_autosave(),
            has_faults=any(form.is_bound and form.errors for form in self.rows),
            **kwargs,
        )

    def shown(self, number, form):
        """One line as the template writes it."""
        return {"number": number, "key": form.key, "cells": form.cells, "faults": form.faults}
