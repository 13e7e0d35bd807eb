"""The life of a decision. After signing it changes no more."""

from django.utils import timezone

from awards.decisions.enums import DecisionState
from thidua.common.workflow import Transition, Workflow

D = DecisionState


def has_items(decision):
    return [] if decision.items.exists() else ["Quyết định chưa có đơn vị nào."]


def put_signature(decision, *, actor, note, number, signed_on, signer_name, signer_title):
    decision.number = number
    decision.signed_on = signed_on
    decision.signer_name = signer_name
    decision.signer_title = signer_title


def stamp_publication(decision, *, actor, note):
    decision.published_at = timezone.now()


DECISION = Workflow(
    states=D,
    initial=D.DRAFT,
    transitions=(
        Transition(
            name="sign",
            label="Ký quyết định",
            sources={D.DRAFT},
            target=D.SIGNED,
            permission="decisions.sign_decision",
            guards=(has_items,),
            effect=put_signature,
            hidden=True,
        ),
        Transition(
            name="publish",
            label="Công bố quyết định",
            sources={D.SIGNED},
            target=D.PUBLISHED,
            permission="decisions.publish_decision",
            effect=stamp_publication,
            consequence="Mọi người đọc được quyết định này trên trang công bố.",
        ),
    ),
)
