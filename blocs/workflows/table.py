"""The life of a scoring table."""

from django.utils import timezone

from blocs.domain.tables import check_table
from blocs.enums import TableState, YearState
from blocs.models import ScoringTable
from blocs.models.trees import rules_of, tree_of
from thidua.common.workflow import Transition, Workflow

T = TableState
# Places are given by the table: once they are, it stays what it was.
CLOSED_YEARS = (YearState.RANKED, YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)


def table_problems(table, tree):
    """Why the table is not whole yet, as sentences; the tree has been read already."""
    rules = rules_of(table)
    return check_table(tree.nodes, table.total_max, step=rules.step, decimals=rules.decimals)


def table_adds_up(table):
    """Every parent equals the sum of its children and every leaf can be scored."""
    return table_problems(table, tree_of(table))


def year_still_counts(table):
    if table.bloc_year.state not in CLOSED_YEARS:
        return []
    return ["Năm thi đua đã xếp hạng, không lập hoặc sửa bảng chấm điểm được nữa."]


def earlier_version_is_free(table):
    """A version by which somebody already scores cannot be taken away under the sheets."""
    earlier = ScoringTable.objects.in_force(table.bloc_year).exclude(pk=table.pk).first()
    return no_report_uses_it(earlier) if earlier else []


def no_report_uses_it(table):
    used = table.reports.count()
    if not used:
        return []
    return [
        f"Phiên bản {table.version} đang áp dụng đã có {used:02d} báo cáo sử dụng, "
        "không thay bằng phiên bản khác được."
    ]


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
            guards=(year_still_counts, table_adds_up, earlier_version_is_free),
            effect=freeze,
            consequence=(
                "Sau khi ban hành, bảng chấm điểm không sửa được nữa; các đơn vị tự chấm điểm "
                "theo bảng này. Muốn thay đổi phải lập phiên bản mới."
            ),
            hidden=True,
        ),
        Transition(
            name="supersede",
            label="Thay bằng phiên bản mới",
            sources={T.PUBLISHED},
            target=T.SUPERSEDED,
            permission="blocs.publish_table",
            guards=(no_report_uses_it,),
            hidden=True,
        ),
    ),
)
