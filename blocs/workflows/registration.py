"""The life of a unit's registration."""

from django.utils import timezone

from blocs.enums import RegistrationState
from thidua.common.workflow import Transition, Workflow

G = RegistrationState


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
            guards=(registration_is_written,),
            effect=stamp_registration,
            consequence="Bản đăng ký được gửi tới khối trưởng.",
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
