"""The life of a scoring table."""

from django.utils import timezone

from blocs.criteria.domain.table_changes import Change, table_changes
from blocs.criteria.models.bindings import bound_by
from blocs.criteria.models.table_files import table_value
from blocs.criteria.models.tree import rules_of, tree_of
from blocs.scoring.ranking.classification import unknown_lines
from blocs.scoring.totals.tables import TableFault, table_faults
from blocs.states import COUNCIL_STATES, TableState, YearState
from blocs.years.models.regulation import regulation_of
from thidua.common.workflow import THE_END, Transition, Workflow

T = TableState
# Places are given by the table: once they are, it stays what it was.
CLOSED_YEARS = (YearState.RANKED, YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)


# Changing a word of a line changes nobody's points.
WORDS_ALONE = {"nội dung", "đơn vị tính"}
JUDGED = COUNCIL_STATES


USE_AMENDMENT = (
    "Phiên bản {} đang áp dụng chỉ thay đổi bằng bản sửa đổi có số, lý do và nội dung báo cho các "
    "đơn vị. Hãy dùng “Sửa đổi bảng” ở bảng đang áp dụng, hoặc “Chuyển thành bản sửa đổi” ở dự "
    "thảo này."
)


def faults_of(table, tree) -> list[TableFault]:
    """Why the table is not whole yet, line by line; the tree has been read already."""
    rules = rules_of(table)
    return table_faults(tree.nodes, table.total_max, step=rules.step, decimals=rules.decimals)


def table_problems(table, tree):
    """The same as sentences."""
    return [fault.sentence for fault in faults_of(table, tree)]


def table_adds_up(table):
    """Every parent equals the sum of its children and every leaf can be scored."""
    return table_problems(table, tree_of(table))


def classes_name_its_lines(table):
    """The classes of the year look at lines that this table has."""
    bands = regulation_of(table.bloc_year).bands
    if not any(band.lines for band in bands):
        return []
    told = "Hãy thêm mục vào bảng hoặc đề nghị sửa quy định chấm điểm của năm."
    return [f"{sentence} {told}" for sentence in unknown_lines(bands, tree_of(table).rows)]


def refusals_beside_lines(table):
    """Why the draft is not issued as it stands, beyond what its lines lack: for its own page."""
    guards = (classes_name_its_lines, amendment_says_something, earlier_version_is_free)
    return [reason for guard in guards for reason in guard(table)]


def changes_of(table) -> tuple[Change, ...]:
    """What an amendment changes in the version it amends; nothing for other tables."""
    if table.amends is None:
        return ()
    return changes_between(table.amends, table)


def changes_between(earlier, table) -> tuple[Change, ...]:
    """What differs from one version to the next, value by value."""
    return table_changes(table_value(earlier), table_value(table))


def only_words(changes) -> bool:
    """Whether nobody's points can change."""
    return all(change.what in WORDS_ALONE for change in changes)


def amendment_says_something(table):
    """An amendment without a change would trouble every unit for nothing."""
    if table.amends_id is None or changes_of(table):
        return []
    return ["Bản sửa đổi chưa thay đổi nội dung nào của bảng đang áp dụng."]


def year_still_counts(table):
    if table.bloc_year.state not in CLOSED_YEARS:
        return []
    return ["Năm thi đua đã xếp hạng, không lập hoặc sửa bảng chấm điểm được nữa."]


def earlier_version_is_free(table):
    """A version by which somebody already scores cannot be taken away under the sheets."""
    earlier = table.earlier
    if earlier is None:
        return []
    if table.amends_id is None:
        return bound_version_stays(earlier)
    if table.amends_id != earlier.pk:
        return ["Bản được sửa đổi không còn áp dụng. Hãy lập bản sửa đổi khác."]
    return judged_reports_stay(table, earlier)


def bound_version_stays(earlier):
    """What units signed or began by is not replaced as a whole: they are told what changes."""
    why = [*no_report_uses_it(earlier), *bound_by(earlier.bloc_year)]
    return [*why, USE_AMENDMENT.format(earlier.version)] if why else []


def judged_reports_stay(table, earlier):
    """Points that were judged are not changed behind the judges, only the words beside them."""
    words = judged_words(earlier)
    return [words] if words and not only_words(changes_of(table)) else []


def judged_words(earlier):
    """What an amendment of this version may change once sheets are judged by it; empty before."""
    judged = earlier.reports.filter(state__in=JUDGED).select_related("unit")
    names = [str(report.unit) for report in judged.order_by("unit__name", "pk")[:4]]
    if not names:
        return ""
    shown = ", ".join(names[:3]) + (" và đơn vị khác" if len(names) > 3 else "")
    return (
        f"Đã thẩm định báo cáo theo bảng đang áp dụng ({shown}), nên bản sửa đổi chỉ được sửa câu "
        "chữ, không được đổi điểm, cách chấm hay thêm, bớt, chuyển mục."
    )


def no_report_uses_it(table):
    used = table.reports.count()
    if not used:
        return []
    return [
        f"Phiên bản {table.version} đang áp dụng đã có {used:02d} báo cáo sử dụng, "
        "không thay bằng phiên bản khác được."
    ]


def freeze(table, *, actor, note, fingerprint, changes=()):
    table.amendment_changes = [list(vars(change).values()) for change in changes]
    table.published_at = timezone.now()
    table.fingerprint = fingerprint


def table_ended(table):
    """The end of a table whose year is ranked: it is issued or amended no more."""
    if table.state == TableState.SUPERSEDED or not year_still_counts(table):
        return ""
    if table.state == TableState.PUBLISHED:
        return f"{THE_END}: năm thi đua đã xếp hạng, bảng này không sửa đổi nữa."
    return f"{THE_END}: năm thi đua đã xếp hạng, bản dự thảo này không ban hành nữa."


TABLE = Workflow(
    states=T,
    initial=T.DRAFT,
    ways={
        T.DRAFT: (
            "Khối trưởng, cán bộ đầu mối hoàn thiện dự thảo; cơ quan thường trực xem rồi ban hành "
            "bảng chấm điểm."
        ),
        T.PUBLISHED: (
            "Bảng đang áp dụng; muốn thay đổi thì khối trưởng lập bản sửa đổi có số để cơ quan "
            "thường trực ban hành."
        ),
        T.SUPERSEDED: f"{THE_END}: bản này đã được thay bằng bản mới hơn.",
    },
    ended=table_ended,
    transitions=(
        Transition(
            name="publish",
            label="Ban hành bảng chấm điểm",
            sources={T.DRAFT},
            target=T.PUBLISHED,
            permission="criteria.publish_table",
            needs_proof=True,
            guards=(
                year_still_counts,
                table_adds_up,
                classes_name_its_lines,
                amendment_says_something,
                earlier_version_is_free,
            ),
            effect=freeze,
            consequence=(
                "Sau khi ban hành, bảng chấm điểm không sửa được nữa; các đơn vị tự chấm điểm "
                "theo bảng này. Muốn thay đổi phải lập bản sửa đổi."
            ),
            hidden=True,
        ),
        Transition(
            name="supersede",
            label="Thay bằng phiên bản mới",
            sources={T.PUBLISHED},
            target=T.SUPERSEDED,
            permission="criteria.publish_table",
            guards=(no_report_uses_it,),
            hidden=True,
        ),
    ),
)
