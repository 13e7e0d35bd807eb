"""Pages of the closing conference: its facts, attendance, agenda and the next head."""

import re
from secrets import token_hex

from django.shortcuts import get_object_or_404
from django.utils import timezone

from blocs.conferences.actions.conferences import (
    UNCOUNTED,
    AgendaEntry,
    AttendanceEntry,
    agenda_stamp,
    attendance_stamp,
    attendance_words,
    choose_next_heads,
    create_conference,
    edit_conference,
    name_delegate,
    save_agenda,
    save_attendance,
    why_no_conference,
)
from blocs.conferences.domain import further_agenda, standard_agenda
from blocs.conferences.forms import (
    AgendaRowForm,
    AttendanceRowForm,
    ConferenceForm,
    DelegateForm,
    NextHeadsForm,
)
from blocs.conferences.models.chairs import CHAIR, proposed_chair
from blocs.conferences.models.conferences import Attendance, Conference
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.vote_warnings import vote_warnings
from blocs.conferences.views.conference_pages import ConferenceMixin, GridPage, WhileOpen
from blocs.conferences.workflows import CONFERENCE
from blocs.states import AgendaTopic, BallotKind
from thidua.common.changes import all_words
from thidua.common.pages.saving import SavesItself
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ObjectFormPage, ObjectMixin, TransitionPage
from thidua.common.vietnamese.dates import day_in_vietnam

EMPTY_ROWS = 2
MARK_BYTES = 8
POINT = re.compile(r"(p([0-9]{1,12}))-seen")
MARK = re.compile(r"(n[0-9]{1,4})-mark")


class ConferenceNew(ConferenceMixin, ObjectMixin, FormPage):
    """The first page of a conference; the right is asked of the year."""

    permission_required = "conferences.write_conference"
    form_class = ConferenceForm
    heading = "Lập hội nghị tổng kết"
    page_crumb = "Lập hội nghị"
    submit_label = "Lập hội nghị"
    success_message = "Đã lập hội nghị. Việc tiếp theo: điểm danh và ghi nội dung."

    def find_object(self):
        return None

    def get_permission_object(self):
        return self.bloc_year

    def get_closed(self):
        return super().get_closed() or why_no_conference(self.bloc_year)

    def get_initial(self):
        year, head = self.bloc_year, self.bloc_year.head
        hour = year.conference_hour
        initial = {"day": year.conference_due, "time": f"{hour:%H:%M}" if hour else "08:00"}
        line = proposed_chair(year, None, with_deputy=False)
        chair = dict(zip(CHAIR, line, strict=True))
        place = f"Hội trường {head.name}" if head else ""
        return initial | {"place": place} | chair

    def act(self, form):
        return create_conference(self.bloc_year, facts=form.facts(), actor=self.request.user)

    def get_cancel_url(self):
        return Conference(bloc_year=self.bloc_year).get_absolute_url()


class ConferenceEdit(WhileOpen, ConferenceMixin, SavesItself, ObjectFormPage):
    permission_required = "conferences.write_conference"
    form_class = ConferenceForm
    heading = "Sửa thông tin hội nghị"
    page_crumb = "Sửa thông tin"
    followed, followed_note = CHAIR, "Chủ tọa đổi theo khối trưởng của ngày họp mới."

    def get_initial(self):
        start = timezone.localtime(self.object.starts_at)
        return {"day": day_in_vietnam(start), "time": f"{start:%H:%M}"}

    def get_words(self):
        return all_words(self.object, (*ConferenceForm.Meta.fields, "starts_at"))

    def save(self, form, *, seen):
        facts, actor = form.facts(), self.request.user
        return edit_conference(self.object, facts=facts, actor=actor, seen=seen)


class AttendanceEdit(GridPage):
    template_name = "conferences/attendance_edit.html"
    heading = "Điểm danh đại biểu"
    page_crumb = "Điểm danh"
    submit_label = "Lưu điểm danh"
    states = UNCOUNTED

    def get_rows(self, data=None):
        return [self.row_form(row, data) for row in self.object.roll]

    def row_form(self, row, data):
        key = f"u{row.unit_id}"
        shown = {name: getattr(row, name) for name in AttendanceRowForm.compared}
        form = AttendanceRowForm(
            data if data and f"{key}-seen" in data else None,
            key=key,
            shown=shown,
            stamp=attendance_stamp(row),
            words=attendance_words(row),
        )
        form.unit = row.unit
        return form

    def shown(self, number, form):
        return super().shown(number, form) | {"name": form.unit.name}

    def act(self, changed):
        return save_attendance(
            self.object,
            entries=[AttendanceEntry(unit_id=form.unit.pk, **form.entry()) for form in changed],
            actor=self.request.user,
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(quorum=presence_of(self.object).sentence, **kwargs)


class DelegateEdit(WhileOpen, ConferenceMixin, SecondWriter, ObjectFormPage):
    """The leader of a unit says who comes for it."""

    permission_required = "conferences.name_delegate"
    form_class = DelegateForm
    page_crumb = "Cử đại biểu"
    submit_label = "Cử đại biểu"
    success_message = "Đã ghi đại biểu của đơn vị."
    states = UNCOUNTED

    def find_object(self):
        conference = super().find_object()
        rows = Attendance.objects.select_related("unit")
        self.attendance = get_object_or_404(
            rows, conference=conference, unit=self.kwargs["unit_pk"]
        )
        return conference

    def get_permission_object(self):
        return self.attendance

    def get_heading(self):
        return f"Cử đại biểu – {self.attendance.unit}"

    def get_initial(self):
        row = self.attendance
        return {"delegate_name": row.delegate_name, "delegate_title": row.delegate_title}

    def get_words(self):
        return all_words(self.attendance, DelegateForm.base_fields)

    def save(self, form, *, seen):
        name_delegate(self.attendance, actor=self.request.user, seen=seen, **form.cleaned_data)


class AgendaEdit(GridPage):
    """Stored points, the usual ones where there are none yet, and two empty lines."""

    template_name = "conferences/agenda_edit.html"
    heading = "Nội dung hội nghị"
    page_crumb = "Nội dung"
    submit_label = "Lưu nội dung"
    success_message = "Đã lưu nội dung hội nghị."

    def get_rows(self, data=None):
        points = self.object.points
        typed = self.typed_here(points, data)
        forms = [
            self.row_form(f"p{row.pk}", self.stored(row), data, row)
            for row in points
            if row not in typed.values()
        ]
        forms += self.get_gone({form.key for form in forms}, data)
        proposed = [] if points else self.get_proposed()
        new = [{"title": title, "topic": topic, "text": ""} for title, topic in proposed]
        new += [{"title": "", "topic": "", "text": ""}] * EMPTY_ROWS
        # A line that came back keeps its place even when somebody saved the proposed ones.
        while data and f"n{len(new) + 1}-seen" in data:
            new.append({"title": "", "topic": "", "text": ""})
        start = max((row.order for row in points), default=0)
        return forms + [
            self.row_form(key, shown | {"order": start + place}, data, typed.get(key))
            for place, shown in enumerate(new, start=1)
            for key in (f"n{place}",)
        ]

    def typed_here(self, points, data):
        """Points that are stored by now, by the key of the new line that this page still has."""
        marks = {row.mark: row for row in points if row.mark}
        found = [
            (line[1], marks.get(data[name]))
            for name in data or ()
            if (line := MARK.fullmatch(name))
        ]
        return {key: row for key, row in found if row and f"p{row.pk}-seen" not in data}

    def get_proposed(self):
        bloc = self.bloc_year.bloc
        if self.object.is_further:
            return further_agenda()
        return standard_agenda(
            self.bloc_year.words, self.bloc_year.words_after(1), bloc.head_word, bloc.word
        )

    def stored(self, row):
        return {name: getattr(row, name) for name in AgendaRowForm.compared}

    def get_gone(self, known, data):
        """Typed lines of points that somebody else took away meanwhile."""
        keys = {found[1]: int(found[2]) for name in data or () if (found := POINT.fullmatch(name))}
        gone = [
            self.row_form(key, {"order": 1}, data, pk=pk)
            for key, pk in keys.items()
            if key not in known
        ]
        return [form for form in gone if form.is_changed()]

    def row_form(self, key, shown, data, row=None, pk=None):
        bound = data if data and f"{key}-seen" in data else None
        words = f"“{row.title}: {row.text}”" if row else "đã xóa"
        pk = row.pk if row else pk
        shown = shown | {"mark": row.mark if row else token_hex(MARK_BYTES)}
        return AgendaRowForm(
            bound, key=key, shown=shown, stamp=agenda_stamp(row), words=words, pk=pk
        )

    def may_save_line(self, form):
        return not form.is_emptied()

    def line_name(self, form):
        title = form["title"].value()
        return f"Nội dung “{title}”" if title else super().line_name(form)

    def shown(self, number, form):
        return super().shown(number, form) | {"is_new": form.pk is None}

    def act(self, changed):
        entries = [
            AgendaEntry(key=form.key, pk=form.pk, **form.entry())
            for form in changed
            if form.is_written()
        ]
        return save_agenda(self.object, entries=entries, actor=self.request.user)

    def get_success_url(self):
        if "more" in self.request.POST:
            return self.request.path
        return super().get_success_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            topics=[(value, self.say(words)) for value, words in AgendaTopic.choices], **kwargs
        )


class NextHeadsEdit(WhileOpen, ConferenceMixin, SecondWriter, ObjectFormPage):
    permission_required = "conferences.write_conference"
    form_class = NextHeadsForm
    page_crumb = "Khối trưởng năm sau"
    states = UNCOUNTED

    def get_heading(self):
        return f"Chọn {self.bloc_year.bloc.head_word} {self.bloc_year.words_after(1)}"

    def get_form_kwargs(self):
        gone = vote_warnings(self.object, BallotKind.HEAD).absent
        return super().get_form_kwargs() | {"bloc_year": self.bloc_year, "gone": gone}

    def save(self, form, *, seen):
        data = form.cleaned_data
        return choose_next_heads(self.object, actor=self.request.user, seen=seen, **data)


class ConferenceMove(ConferenceMixin, TransitionPage):
    workflow = CONFERENCE
