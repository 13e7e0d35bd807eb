"""The points, place and class of each unit wherever the ranking is told."""

from collections.abc import Iterator

from django.urls import reverse

from blocs.ranking.documents.ranking_notes import DECIDED_NOTE, reason_words
from blocs.ranking.documents.seal_words import later_seals
from blocs.ranking.documents.told_sheets import sent_sheets, versions_told
from blocs.ranking.models.ranked_units import LeftOut, RankedUnit
from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.ranking.models.stated import COUNTED, StatedPlace, stated_places
from blocs.reports.models.submission_days import copy_words
from blocs.reports.models.versions import midyear_versions
from blocs.scoring.totals.totals import part_points
from blocs.sheet_files.documents import whole_text
from blocs.years.models import BlocYear
from blocs.years.models.regulation import decimals_of
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import points_text, two_digits
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def ranking_told(year: BlocYear) -> Iterator[Artefact]:
    """Page, summary, leaves, workbooks and proof; nothing before the points are agreed."""
    ranking = ranking_of(year)
    if not ranking.rows:
        yield from stated_told(year)
    if not ranking.is_agreed:
        return
    page, summary, total, proof = [], [], [], []
    for row in ranking.rows:
        place, class_label = place_of(row), class_of(row)
        compared = (*share_of(row, ranking, sign=""), *compared_of(row, ranking))
        figures = (total_of(row, ranking), *compared, *class_label)
        page.append(ToldRow(row.unit.name, figures, skips=True))
        # The proof tells the figure that was compared, which is the percent itself.
        shown = share_of(row, ranking, sign="")[1:] if not ranking.compares_months else ()
        told = (total_of(row, ranking), *shown, *compared_of(row, ranking), *class_label)
        proof.append(ToldRow(row.unit.name, told, skips=True))
        shares = share_of(row, ranking)
        head = (*group_of(row, ranking), *parts_of(row, ranking), *own_of(row, ranking))
        facts = (*head, total_of(row, ranking), *shares, place, *class_label)
        summary.append(ToldRow(row.unit.name, facts))
        summary += part_told(row, ranking)
        total.append(ToldRow(row.unit.name, (total_of(row, ranking), *compared), skips=True))
    summary += [row for left in ranking.out for row in unranked_told(left)]
    summary += seals_told(ranking)
    summary += decided_told(ranking)
    address = (year.pk,)
    yield Artefact("trang xếp hạng", reverse("ranking:ranking", args=address), tuple(page))
    url = reverse("ranking:ranking_paper", args=address)
    yield Artefact("bảng tổng hợp (PDF)", url, tuple(summary))
    url = reverse("ranking:ranking_workbook", args=address)
    yield Artefact("bảng tổng hợp (Excel)", url, tuple(page))
    url = reverse("ranking:bloc_workbook", args=address)
    yield Artefact("bảng điểm của khối (Excel)", url, tuple(total))
    yield Artefact("tệp kiểm chứng", reverse("ranking:ranking_proof", args=address), tuple(proof))
    yield leaves_told(year, ranking)


@TELLERS.add
def signed_reports_told(year: BlocYear) -> Iterator[Artefact]:
    """Reports that were signed by hand say so on their pages and in their sheets."""
    for report in year.reports.exclude(copy=None).select_related("copy", "unit").order_by("pk"):
        told = (Fact("bản giấy", copy_words(report)),)
        page = (ToldRow("Nộp theo", told),)
        yield Artefact(f"trang báo cáo – {report.unit}", report.get_absolute_url(), page)
        url = reverse("ranking:report_paper", args=(report.pk,))
        sheet = (ToldRow("Báo cáo nộp theo", told),)
        yield Artefact(f"bảng tự chấm điểm – {report.unit} (PDF)", url, sheet)


def decided_told(ranking: Ranking) -> Iterator[ToldRow]:
    """How the conference placed equal units, and why."""
    if words := ranking.decided_words:
        told = Fact("thứ hạng hội nghị quyết định", f"{'; '.join(words)}.")
        yield ToldRow(f"{DECIDED_NOTE}:", (told,))


def seals_told(ranking: Ranking) -> Iterator[ToldRow]:
    """That the ranking was sealed anew, why, and what each changed unit had before and has now."""
    for again, *changed in later_seals(ranking):
        moment, reason = again.split(" Lý do: ", 1)
        facts = (
            Fact("lý do chốt lại", f"Lý do: {reason}"),
            *(Fact("trước và sau", row) for row in changed),
        )
        yield ToldRow(moment, facts)


@TELLERS.add
def midyear_told(year: BlocYear) -> Iterator[Artefact]:
    """What each unit has frozen for the review in the middle of the year."""
    versions, decimals = midyear_versions(year), decimals_of(year)
    rows = tuple(
        ToldRow(
            member.unit.name,
            (
                Fact("chốt lúc", moment_words(version.taken_at)),
                Fact("người chốt", str(version.taken_by)),
                Fact("tổng điểm tạm tính", points_text(version.self_total, decimals)),
            ),
        )
        for member in year.members.select_related("unit").order_by("order", "pk")
        if (version := versions.get(member.unit_id))
    )
    if rows:
        url = reverse("reports:midyear_list", args=(year.pk,))
        yield Artefact("trang số liệu sơ kết", url, rows)


@TELLERS.add
def sheets_told(year: BlocYear) -> Iterator[Artefact]:
    """Every sheet that was sent in, on its pages, in its paper and its workbook."""
    yield from sent_sheets(year)
    yield from versions_told(year)


def stated_told(year: BlocYear) -> Iterator[Artefact]:
    """Places, classes and counts that minutes state without points, on the page of the ranking."""
    rows = [stated_row(row) for row in stated_places(year)]
    rows += [
        ToldRow(row.class_label, (Fact("số đơn vị", two_digits(row.number)),))
        for row in year.stated_counts.order_by("pk")
    ]
    if rows:
        url = reverse("ranking:ranking", args=(year.pk,))
        yield Artefact("trang xếp hạng", url, tuple(rows))


def stated_row(row: StatedPlace) -> ToldRow:
    """The row of the page, read from its place, which stands before the name."""
    label = (Fact("xếp loại", row.class_label),) if row.class_label else ()
    if row.place is None:
        return ToldRow(row.unit.name, label)
    return ToldRow(str(row.place), (Fact("đơn vị", row.unit.name), *label))


def stated_in_papers(year: BlocYear) -> Iterator[ToldRow]:
    """The same in the sentences of minutes and submissions."""
    for row in stated_places(year):
        yield ToldRow(f"{row.unit.name}:", (Fact("kết quả theo biên bản", row.words),))
    if counts := "; ".join(map(str, year.stated_counts.order_by("pk"))):
        yield ToldRow(f"{COUNTED}:", (Fact("số đơn vị", counts),))


def leaves_told(year: BlocYear, ranking: Ranking) -> Artefact:
    """The last line of each table of leaves: the totals of its units side by side."""
    url = reverse("ranking:ranking_leaves_paper", args=(year.pk,))
    told = tuple(
        ToldRow(
            "Tổng điểm",
            tuple(
                Fact(f"tổng điểm của {row.unit.name}", ranking.printed_totals[row.unit.pk])
                for row in rows
            ),
        )
        for rows in ranking.by_table
    )
    return Artefact("bảng điểm chi tiết (PDF)", url, told)


def total_of(row: RankedUnit, ranking: Ranking) -> Fact:
    return Fact("tổng điểm", ranking.printed_totals[row.unit.pk])


def group_of(row: RankedUnit, ranking: Ranking) -> tuple[Fact, ...]:
    """The group behind the name, which the summary prints where percents are compared."""
    return (Fact("nhóm", f"({ranking.group_name(row)})"),) if ranking.rules.by_percent else ()


def own_of(row: RankedUnit, ranking: Ranking) -> tuple[Fact, ...]:
    """The own total, which stands in the same summary."""
    if not ranking.by_percent:
        return ()
    return (Fact("tổng tự chấm", whole_text(row.own_sums.total, ranking.point_decimals)),)


def share_of(row: RankedUnit, ranking: Ranking, *, sign: str = "%") -> tuple[Fact, ...]:
    """What the points are of and the percent, where units are compared by it.

    Files have the figure without its `sign`.
    """
    if not ranking.by_percent:
        return ()
    unit = row.unit.pk
    maximum = Fact("điểm tối đa", ranking.printed_maxima[unit])
    return (maximum, Fact("tỷ lệ đạt", f"{ranking.printed_shares[unit].rstrip('%')}{sign}"))


def compared_of(row: RankedUnit, ranking: Ranking) -> tuple[Fact, ...]:
    """The figure by which the unit was ranked, where it has a column of its own."""
    if not ranking.compares_months:
        return ()
    return (Fact("số được so sánh", ranking.printed_compared[row.unit.pk]),)


def part_told(row: RankedUnit, ranking: Ranking) -> Iterator[ToldRow]:
    """From when a unit took part and how it is compared, as papers print it below the table."""
    if words := ranking.compared_words(row):
        yield ToldRow(row.unit.name, (Fact("cách so sánh", words),))


def unranked_told(left: LeftOut) -> Iterator[ToldRow]:
    """Why a unit has no place for good, as the summary prints it in brackets."""
    if left.is_final:
        yield ToldRow(
            left.unit.name, (Fact("lý do không xếp hạng", f"({reason_words(left.reason)})"),)
        )


def place_of(row: RankedUnit) -> Fact:
    return Fact("xếp thứ", str(row.placed.place))


def class_of(row: RankedUnit) -> tuple[Fact, ...]:
    return (Fact("xếp loại", row.judged.class_label),) if row.judged.class_label else ()


def parts_of(row: RankedUnit, ranking: Ranking) -> Iterator[Fact]:
    """Own and appraised points of each part of the table, as the summary prints them."""
    for node in ranking.sections:
        for words, given in (("tự chấm", row.own), ("thẩm định", row.given)):
            text = points_text(part_points(given, node), ranking.point_decimals)
            yield Fact(f"điểm {words}, {node.name}", text)
