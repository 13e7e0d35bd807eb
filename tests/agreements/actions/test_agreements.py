"""Signing an agreement: one paper, a signature of every member."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agreements.actions.agreements import edit_agreement, start_agreement
from agreements.actions.signatures import keep_signature, sign_agreement
from agreements.enums import AgreementState, Capacity
from agreements.models import Agreement, Signature
from blocs.states import YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


def text_of(agreement, **changes):
    names = ("number", "place", "signed_on", "opening", "contents", "execution", "witness")
    return {name: getattr(agreement, name) for name in names} | {"copies": 10} | changes


def sign(agreement, unit, actor=None, **changes):
    details = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc"} | changes
    details.setdefault("revision", agreement.revision)
    return sign_agreement(agreement, actor=actor or leader_of(unit), unit=unit, **details)


def units_of(agreement):
    return [member.unit for member in agreement.bloc_year.members.order_by("order")]


def test_last_signature_brings_agreement_and_year_into_effect():
    agreement = AgreementFactory(signing=True)
    first, second, third = units_of(agreement)
    assert sign(agreement, first).state == AgreementState.SIGNING
    assert sign(agreement, second).state == AgreementState.SIGNING
    done = sign(agreement, third)
    assert done.state == AgreementState.EFFECTIVE
    assert done.effective_at is not None
    assert done.bloc_year.__class__.objects.get().state == YearState.AGREED


def test_missing_units_are_listed_in_the_order_of_the_bloc():
    agreement = AgreementFactory(signing=True)
    first, second, third = units_of(agreement)
    sign(agreement, second)
    assert agreement.missing_units() == [first, third]


def test_signing_is_logged_with_unit_and_signer():
    agreement = AgreementFactory(signing=True)
    unit = units_of(agreement)[0]
    sign(agreement, unit, capacity=Capacity.DEPUTY, signer_title="Phó Giám đốc")
    entry = ActivityEntry.objects.about(agreement).first()
    assert entry.label == f"Ký giao ước thay mặt {unit.name}"
    assert entry.note == "KT. Phó Giám đốc Nguyễn Văn A"


def test_a_unit_signs_once():
    agreement = AgreementFactory(signing=True)
    unit = units_of(agreement)[0]
    sign(agreement, unit)
    with pytest.raises(ValidationError, match="Đơn vị đã ký giao ước này"):
        sign(agreement, unit)


def test_nobody_signs_for_another_unit():
    agreement = AgreementFactory(signing=True)
    first, second, _ = units_of(agreement)
    with pytest.raises(ValidationError, match="Chỉ lãnh đạo của đơn vị"):
        sign(agreement, second, actor=leader_of(first))


def test_leader_of_another_bloc_is_denied():
    agreement = AgreementFactory(signing=True)
    stranger = leader_of(year_with_members().head)
    with pytest.raises(PermissionDenied):
        sign(agreement, units_of(agreement)[0], actor=stranger)


def test_editor_of_the_unit_does_not_sign():
    agreement = AgreementFactory(signing=True)
    unit = units_of(agreement)[0]
    with pytest.raises(PermissionDenied):
        sign(agreement, unit, actor=editor_of(unit))


def test_signing_a_text_that_was_changed_meanwhile_is_refused():
    agreement = AgreementFactory(signing=True, revision=4)
    with pytest.raises(ValidationError, match="vừa được sửa"):
        sign(agreement, units_of(agreement)[0], revision=3)


def test_a_text_that_changed_while_it_was_printed_is_not_signed():
    agreement = AgreementFactory(signing=True)
    unit = units_of(agreement)[0]
    leader = leader_of(unit)
    signature = Signature(
        agreement=agreement,
        unit=unit,
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
        signed_by=leader,
        signed_at=timezone.now(),
        revision=agreement.revision,
    )
    Agreement.objects.update(revision=agreement.revision + 1)
    with pytest.raises(ValidationError, match="Văn bản giao ước vừa được sửa"):
        keep_signature(signature, actor=leader)
    assert list(agreement.signatures.all()) == []


def test_signing_by_mandate_names_the_mandate():
    agreement = AgreementFactory(signing=True)
    with pytest.raises(ValidationError, match="phải ghi văn bản ủy quyền"):
        sign(agreement, units_of(agreement)[0], capacity=Capacity.AUTHORISED)


def test_draft_is_not_signed():
    agreement = AgreementFactory()
    with pytest.raises(ValidationError, match="không ở bước ký"):
        sign(agreement, units_of(agreement)[0])


def test_change_of_text_voids_the_signatures_given():
    agreement = AgreementFactory(signing=True)
    first, *rest = units_of(agreement)
    sign(agreement, first)
    secretary = editor_of(agreement.bloc_year.head)
    edit_agreement(
        agreement, actor=secretary, text=text_of(agreement, contents="Nội dung mới"), targets=[]
    )
    assert agreement.missing_units() == [first, *rest]
    voided = agreement.signatures.get()
    assert voided.voided_why == "Văn bản giao ước được sửa sau khi ký."
    agreement.refresh_from_db()
    assert agreement.revision == 1
    entry = ActivityEntry.objects.about(agreement).first()
    assert entry.changes == [
        {
            "field": "nội dung thi đua",
            "before": "Hoàn thành xuất sắc nhiệm vụ được giao\nĐẩy mạnh cải cách hành chính",
            "after": "Nội dung mới",
        }
    ]


def test_saving_without_a_change_keeps_the_signatures():
    agreement = AgreementFactory(signing=True)
    first = units_of(agreement)[0]
    sign(agreement, first)
    secretary = editor_of(agreement.bloc_year.head)
    edit_agreement(agreement, actor=secretary, text=text_of(agreement), targets=[])
    assert agreement.valid_signatures().get().unit == first


def test_agreement_in_effect_is_not_edited():
    agreement = AgreementFactory(signing=True)
    for unit in units_of(agreement):
        sign(agreement, unit)
    secretary = editor_of(agreement.bloc_year.head)
    with pytest.raises(ValidationError, match="nội dung giữ nguyên"):
        edit_agreement(agreement, actor=secretary, text=text_of(agreement), targets=[])


def test_start_is_for_the_head_unit_and_once_a_year():
    year = year_with_members(state=YearState.OPEN)
    agreement = start_agreement(year, actor=editor_of(year.head))
    assert Agreement.objects.get() == agreement
    with pytest.raises(ValidationError, match="Năm thi đua"):
        start_agreement(year, actor=editor_of(year.head))
    with pytest.raises(PermissionDenied):
        start_agreement(year, actor=editor_of(year.deputy))


def test_log_book_tells_the_targets_before_and_after():
    agreement = AgreementFactory()
    agreement.targets.create(order=1, name="Sáng kiến", measure="sáng kiến", planned=40)
    secretary = editor_of(agreement.bloc_year.head)
    targets = [
        {"name": "Sáng kiến", "measure": "sáng kiến", "planned": Decimal("40.5")},
        {"name": "Đoàn kết nội bộ", "measure": "", "planned": None},
    ]
    edit_agreement(agreement, actor=secretary, text=text_of(agreement), targets=targets)
    assert ActivityEntry.objects.about(agreement).first().changes == [
        {
            "field": "chỉ tiêu",
            "before": "Sáng kiến: 40 sáng kiến",
            "after": "Sáng kiến: 40,5 sáng kiến; Đoàn kết nội bộ",
        }
    ]
