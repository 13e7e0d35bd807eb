"""The life of a scoring table."""

from django.utils import timezone

from blocs.domain.tables import check_table
from blocs.enums import TableState
from blocs.models.trees import tree_of
from thidua.common.workflow import Transition, Workflow

T = TableState


def table_adds_up(table):
    """Every parent equals the sum of its children and every leaf can be scored."""
    return check_table(tree_of(table).nodes, table.total_max)


def freeze(table, *, actor, note, fingerprint):
    table.published_at = timezone.now()
    table.fingerprint = fingerprint


TABLE = Workflow(
    states=T,
    initial=T.DRAFT,
    transitions=(
        Transition(
            name="publish",
            label="Ban hành bảng chấm điểm",
            sources={T.DRAFT},
            target=T.PUBLISHED,
            permission="blocs.publish_table",
            guards=(table_adds_up,),
            effect=freeze,
            hidden=True,
        ),
        Transition(
            name="supersede",
            label="Thay bằng phiên bản mới",
            sources={T.PUBLISHED},
            target=T.SUPERSEDED,
            permission="blocs.publish_table",
            hidden=True,
        ),
    ),
)
