"""The life of an agreement. The last signature brings it into effect."""

from django.utils import timezone

from agreements.enums import AgreementState
from thidua.common.workflow import Transition, Workflow

S = AgreementState


def has_contents(agreement):
    """A paper without contents is not sent round."""
    return [] if agreement.contents.strip() else ["Giao ước chưa có nội dung thi đua."]


def has_day_and_place(agreement):
    if agreement.signed_on and agreement.place.strip():
        return []
    return ["Chưa ghi nơi ký và ngày ký giao ước."]


def everybody_signed(agreement):
    missing = agreement.missing_units()
    names = ", ".join(unit.short_name for unit in missing)
    return [f"Còn {len(missing):02d} đơn vị chưa ký: {names}."] if missing else []


def stamp_effect(agreement, *, actor, note):
    agreement.effective_at = timezone.now()


AGREEMENT = Workflow(
    states=S,
    initial=S.DRAFT,
    transitions=(
        Transition(
            name="circulate",
            label="Gửi các đơn vị ký",
            sources={S.DRAFT},
            target=S.SIGNING,
            permission="agreements.circulate_agreement",
            guards=(has_contents, has_day_and_place),
            consequence=(
                "Các đơn vị thấy giao ước và ký. Sửa nội dung sau chữ ký đầu tiên sẽ hủy các "
                "chữ ký đã có."
            ),
        ),
        Transition(
            name="take_effect",
            label="Giao ước có hiệu lực",
            sources={S.SIGNING},
            target=S.EFFECTIVE,
            permission="agreements.sign_agreement",
            guards=(everybody_signed,),
            effect=stamp_effect,
            hidden=True,
        ),
        Transition(
            name="close",
            label="Kết thúc giao ước",
            sources={S.EFFECTIVE},
            target=S.CLOSED,
            permission="agreements.close_agreement",
            needs_note=True,
        ),
    ),
)
