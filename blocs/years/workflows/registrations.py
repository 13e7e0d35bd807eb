"""What a move of a registration demands and causes, and when its year ends its life."""

from django.utils import timezone

from blocs.states import RegistrationState, YearState
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import duty_refusals
from blocs.years.workflows.ends import end_of_duty
from thidua.common.models import came_back
from thidua.common.workflow import THE_END

G = RegistrationState
OPEN_YEARS = (
    YearState.OPEN,
    YearState.AGREED,
    YearState.IN_PROGRESS,
    YearState.MIDYEAR_DONE,
    YearState.CLOSING,
)
ENDED_YEARS = (YearState.RANKED, YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)


def year_takes_registrations(registration):
    """From the opening of the year to its ranking; whoever is late may still register."""
    state = registration.bloc_year.state
    if state == YearState.PLANNED:
        return ["Năm thi đua chưa mở, chưa đăng ký được."]
    if state not in OPEN_YEARS:
        return ["Năm thi đua đã xếp hạng, không đăng ký hoặc sửa đăng ký được nữa."]
    return duty_refusals(registration.bloc_year, registration.unit, Duty.REGISTER)


def registrations_are_open(registration):
    """What was signed stays as it is once the year is ranked: the unit could not sign again."""
    if registration.bloc_year.state not in ENDED_YEARS:
        return []
    return [
        "Năm thi đua đã xếp hạng: bản đăng ký giữ nguyên, không trả lại hoặc tiếp nhận được nữa."
    ]


def unit_still_registers(registration):
    """Who left the year is given nothing back: it could not sign it again."""
    return duty_refusals(registration.bloc_year, registration.unit, Duty.REGISTER)


def registrations_ended(registration):
    """The end of a registration that was not received while its year was open, or is not owed."""
    year = registration.bloc_year
    if registration.state == G.CHECKED:
        return ""
    if year.state not in ENDED_YEARS:
        return end_of_duty(year, registration.unit, Duty.REGISTER, "bản đăng ký")
    return (
        f"{THE_END}: năm thi đua đã xếp hạng; bản đăng ký giữ nguyên, không sửa, trả lại hoặc tiếp "
        "nhận nữa."
    )


def registration_is_written(registration):
    return [] if registration.content.strip() else ["Chưa ghi nội dung, chỉ tiêu đăng ký."]


def stamp_registration(registration, *, actor, note, copy=None):
    """Signed now, or on the day of the paper that was signed by hand."""
    registration.signed_at = copy.signed_at if copy else timezone.now()
    registration.copy = copy


def take_back_registration(registration, *, actor, note):
    registration.copy = None
    if not came_back(registration):
        registration.signed_at = None


def keep_return(registration, *, actor, note):
    registration.keep_return(note, registration.content_stamp)


def unit_has_not_begun(registration):
    """A return can be taken back until the unit changes something."""
    if not registration.returned_as or registration.returned_as == registration.content_stamp:
        return []
    return ["Đơn vị đã bắt đầu sửa bản đăng ký nên không hủy việc trả lại được nữa."]


def is_signed_unchanged(registration):
    """Asked of a registration that comes back as it was returned."""
    found = registration.unchanged_words("Bản đăng ký", registration.content_stamp)
    return [f"{words} Vẫn ký gửi lại?" for words in found]
