"""The life of a unit's registration."""

from django.utils import timezone

from blocs.enums import RegistrationState, YearState
from thidua.common.workflow import Transition, Workflow

G = RegistrationState
OPEN_YEARS = (
    YearState.OPEN,
    YearState.AGREED,
    YearState.IN_PROGRESS,
    YearState.MIDYEAR_DONE,
    YearState.CLOSING,
)


def year_takes_registrations(registration):
    """From the opening of the year to its ranking; whoever is late may still register."""
    state = registration.bloc_year.state
    if state == YearState.PLANNED:
        return ["Năm thi đua chưa mở, chưa đăng ký được."]
    if state not in OPEN_YEARS:
        return ["Năm thi đua đã xếp hạng, không đăng ký hoặc sửa đăng ký được nữa."]
    return []


def registration_is_written(registration):
    return [] if registration.content.strip() else ["Chưa ghi nội dung, chỉ tiêu đăng ký."]


def stamp_registration(registration, *, actor, note):
    registration.signed_at = timezone.now()


REGISTRATION = Workflow(
    states=G,
    initial=G.DRAFT,
    transitions=(
        Transition(
            name="sign",
            label="Ký bản đăng ký thi đua",
            sources={G.DRAFT, G.RETURNED},
            target=G.SIGNED,
            permission="blocs.sign_registration",
            guards=(year_takes_registrations, registration_is_written),
            effect=stamp_registration,
            consequence=(
                "Bản đăng ký được gửi tới đơn vị đứng đầu khối; từ đó không sửa được nữa, "
                "trừ khi bị trả lại."
            ),
        ),
        Transition(
            name="return",
            label="Trả lại bản đăng ký",
            sources={G.SIGNED},
            target=G.RETURNED,
            permission="blocs.check_registration",
            needs_note=True,
            tone="danger",
        ),
        Transition(
            name="check",
            label="Tiếp nhận bản đăng ký",
            sources={G.SIGNED},
            target=G.CHECKED,
            permission="blocs.check_registration",
        ),
    ),
)
