"""Agreements of bloc years with their signatures."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from functools import partial

from agreements.enums import AgreementState, Capacity
from agreements.models import Agreement, Declining, Signature, Target
from agreements.workflows import AGREEMENT
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.demo.keeping import keep, keep_all
from thidua.demo.log import LoggedStep, minutes
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged

A = AgreementState
IN_EFFECT = (A.EFFECTIVE, A.CLOSED)
MANDATES = {"HND": "Giấy ủy quyền số 00/GUQ (minh họa)"}
CLOSED_NOTE = "Đã tổng kết việc thực hiện giao ước tại hội nghị."
LATE_BY = 9 * 24 * 60
TEXT_CHANGED = "Văn bản giao ước được sửa sau khi ký."


def make_agreement(
    staged: Staged,
    state: AgreementState = A.EFFECTIVE,
    *,
    unsigned: Collection[str] = (),
    has_targets: bool = True,
    **texts,
) -> Agreement:
    """Write the agreement with the signatures of all members except `unsigned` (unit codes)."""
    agreement = keep(agreement_of(staged, state, texts))
    if has_targets:
        keep_all(
            Target(agreement=agreement, order=order, name=name, measure=measure, planned=planned)
            for order, (name, measure, planned) in enumerate(targets(), start=1)
        )
    staged.world.log.note(
        "agreements.start_agreement",
        agreement,
        label="Lập dự thảo giao ước",
        actor=staged.secretary,
        at=staged.when.circulated - minutes(60),
    )
    signers = [] if state == A.DRAFT else [c for c in staged.plan.members if c not in unsigned]
    moments = sign(staged, agreement, signers)
    staged.world.log.walk(AGREEMENT, agreement, agreement_steps(staged, state, signers, moments))
    return agreement


def agreement_of(staged: Staged, state: AgreementState, texts) -> Agreement:
    plan, head = staged.plan, staged.row.head
    usual = {
        "number": f"01/GƯ-{plan.bloc}",
        "place": f"Hội trường {head.name}",
        "signed_on": day_in_vietnam(staged.when.signed),
        "contents": staged.text("contents"),
        "execution": staged.text("execution"),
        "witness": "Đại diện cơ quan thường trực Hội đồng Thi đua – Khen thưởng tỉnh",
    }
    effective = staged.when.signed + minutes(5 * len(plan.members))
    return Agreement(
        bloc_year=staged.row,
        state=state,
        copies=len(plan.members) + 2,
        effective_at=effective if state in IN_EFFECT else None,
        **(usual | texts),
    )


def targets():
    return [(name, measure, Decimal(planned)) for name, measure, planned in TEXTS["targets"]]


def sign(staged: Staged, agreement: Agreement, codes: Collection[str]) -> list[datetime]:
    """A signature of each unit, five minutes apart; returns their moments."""
    moments = [staged.when.signed + minutes(5 * place) for place, _ in enumerate(codes, start=1)]
    rows = keep_all(
        signature(staged, agreement, code, moment)
        for code, moment in zip(codes, moments, strict=True)
    )
    for row in rows:
        staged.world.log.note(
            "agreements.sign_agreement",
            agreement,
            label=f"Ký giao ước thay mặt {row.unit.name}",
            actor=row.signed_by,
            at=row.signed_at,
        )
    return moments


def signature(staged: Staged, agreement: Agreement, code: str, moment: datetime) -> Signature:
    unit, leader = staged.unit(code), staged.world.people.leaders[code]
    mandate = MANDATES.get(code, "")
    return Signature(
        agreement=agreement,
        unit=unit,
        signer_name=leader.full_name,
        signer_title=unit.leader_title,
        capacity=Capacity.AUTHORISED if mandate else Capacity.HEAD,
        mandate=mandate,
        signed_by=leader,
        signed_at=moment,
        revision=agreement.revision,
    )


def agreement_steps(staged: Staged, state, signers, moments) -> list[LoggedStep]:
    if state == A.DRAFT:
        return []
    steps = [LoggedStep("circulate", staged.secretary, staged.when.circulated)]
    if state in IN_EFFECT:
        last = staged.world.people.leaders[signers[-1]]
        steps.append(LoggedStep("take_effect", last, moments[-1]))
    if state == A.CLOSED:
        steps.append(LoggedStep("close", staged.head, staged.when.ranked, CLOSED_NOTE))
    return steps


def decline_one(staged: Staged, agreement: Agreement, code: str, reason: str) -> Declining:
    """A unit that does not sign, and says why."""
    unit, leader = staged.unit(code), staged.world.people.leaders[code]
    moment = staged.when.signed + minutes(120)
    staged.world.log.note(
        "agreements.decline_agreement",
        agreement,
        label=f"Không ký giao ước – {unit.name}",
        actor=leader,
        at=moment,
        note=reason,
    )
    return keep(
        Declining(
            agreement=agreement,
            unit=unit,
            reason=reason,
            declined_by=leader,
            declined_at=moment,
            revision=agreement.revision,
        )
    )


def sign_late(staged: Staged, agreement: Agreement, code: str) -> Signature:
    """A unit that signed days after the agreement took effect without it."""
    row = signature(staged, agreement, code, agreement.effective_at + minutes(LATE_BY))
    staged.world.log.note(
        "agreements.sign_agreement",
        agreement,
        label=f"Ký giao ước thay mặt {row.unit.name}",
        actor=row.signed_by,
        at=row.signed_at,
    )
    return keep(row)


def void_one(staged: Staged, agreement: Agreement, code: str) -> Signature:
    """A signature given on an earlier text, voided when the text was changed."""
    row = signature(staged, agreement, code, staged.when.signed - minutes(1440))
    row.revision = agreement.revision - 1
    row.capacity = Capacity.DEPUTY
    row.signer_title = f"Phó {row.unit.leader_title}"
    row.voided_at = row.signed_at + minutes(240)
    row.voided_why = TEXT_CHANGED
    note = partial(staged.world.log.note, obj=agreement)
    note(
        "agreements.sign_agreement",
        label=f"Ký giao ước thay mặt {row.unit.name}",
        actor=row.signed_by,
        at=row.signed_at,
    )
    note(
        "agreements.edit_agreement",
        label="Sửa văn bản giao ước",
        actor=staged.secretary,
        at=row.voided_at,
    )
    return keep(row)
