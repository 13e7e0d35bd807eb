"""The life of an agreement: the last signature, or head or office, brings it into effect."""

from django.utils import timezone

from agreements.domain.effect import share_obstacles
from agreements.enums import AgreementState
from agreements.models.answers import given_to, told
from blocs.states import YearState
from thidua.common.workflow import Transition, Workflow
from thidua.papers.numbers import hold_numbers

S = AgreementState
WITHOUT_SOME = (
    "Giao ước được lưu cùng danh sách đơn vị chưa ký và lý do; đơn vị chưa ký vẫn ký bổ sung được, "
    "ghi rõ là ký sau."
)
# The text may still change, and nothing is in effect yet.
OPEN_TEXT = (S.DRAFT, S.SIGNING)


def has_contents(agreement):
    """A paper without contents is not sent round."""
    return [] if agreement.contents.strip() else ["Giao ước chưa có nội dung thi đua."]


def has_day_and_place(agreement):
    if agreement.signed_on and agreement.place.strip():
        return []
    return ["Chưa ghi nơi ký và ngày ký giao ước."]


def number_is_free(agreement):
    """Another agreement may have gone round with the number since this one was written."""
    return agreement.number_faults()


def hold_numbers_of_bloc(agreement):
    hold_numbers(agreement.bloc_year.bloc)


def year_is_open(agreement):
    """In a year that is only planned nobody takes part yet."""
    if agreement.bloc_year.state == YearState.PLANNED:
        return ["Năm thi đua chưa mở; cơ quan thường trực mở năm thì các đơn vị mới ký được."]
    return []


def enough_signed(agreement):
    """The rule of the year says how many signatures the agreement can do with."""
    given = given_to(agreement)
    return share_obstacles(told(given.rows), given.share)


def everybody_signed(agreement):
    missing = agreement.missing_units()
    names = ", ".join(unit.short_name for unit in missing)
    return [f"Còn {len(missing):02d} đơn vị chưa ký: {names}."] if missing else []


def signs_without_some(agreement):
    """Asks for a reason, and says what becomes of it, while units are missing."""
    answers = told(given_to(agreement).rows)
    return f"{answers.missing} {WITHOUT_SOME}" if answers.missing else ""


def stamp_effect(agreement, *, actor, note):
    agreement.effective_at = timezone.now()


def stamp_missing(agreement, *, actor, note):
    agreement.missing_reason = note
    stamp_effect(agreement, actor=actor, note=note)


def stamp_paper(agreement, *, actor, note, effective_at):
    """A paper holds from the day it was signed, not from the hour it was recorded."""
    agreement.missing_reason = note
    agreement.effective_at = effective_at


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
            guards=(year_is_open, has_contents, has_day_and_place, number_is_free),
            holds=hold_numbers_of_bloc,
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
            needs_proof=True,
            guards=(everybody_signed,),
            effect=stamp_effect,
            hidden=True,
        ),
        Transition(
            name="take_effect_without",
            label="Cho giao ước có hiệu lực",
            sources={S.SIGNING},
            target=S.EFFECTIVE,
            permission="agreements.effect_agreement",
            needs_proof=True,
            guards=(enough_signed,),
            effect=stamp_missing,
            note_if=signs_without_some,
            note_label="Lý do cho hiệu lực khi còn đơn vị chưa ký (bắt buộc)",
            consequence="Giao ước có hiệu lực với các chữ ký hiện có.",
        ),
        Transition(
            name="take_effect_on_paper",
            label="Ghi nhận giao ước ký trên giấy",
            sources=OPEN_TEXT,
            target=S.EFFECTIVE,
            permission="agreements.effect_agreement",
            needs_proof=True,
            guards=(year_is_open,),
            effect=stamp_paper,
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
