"""A bloc year with a table of 60 leaves and one report on it."""

from decimal import Decimal

from blocs.criteria.models import Criterion
from blocs.reports.models import Report, Score
from tests.factories.blocs import ScoringTableFactory, year_with_members

WORDS = (
    "Hoàn thành các chỉ tiêu, nhiệm vụ được Ủy ban nhân dân tỉnh giao trong kế hoạch năm, có đánh "
    "giá kết quả và tài liệu kiểm chứng kèm theo (nội dung số {})"
)


def report_of_60():
    """A submitted-to-be report: 6 groups of 10 direct leaves, all filled."""
    year = year_with_members(8)
    table = ScoringTableFactory(bloc_year=year, published=True, total_max=Decimal(600))
    leaves = []
    for place in range(6):
        group = Criterion.objects.create(
            table=table, code=str(place), name=f"Nhóm {place}", max_points=100, order=place
        )
        leaves += [
            Criterion.objects.create(
                table=table,
                parent=group,
                code=str(number),
                name=WORDS.format(number),
                kind="direct",
                max_points=10,
                order=number,
            )
            for number in range(10)
        ]
    report = Report.objects.create(bloc_year=year, unit=year.head, table=table, results="Đủ.")
    Score.objects.bulk_create(
        Score(
            report=report,
            criterion=leaf,
            value=Decimal("9.5"),
            self_points=Decimal("9.5"),
            note="Có báo cáo số 15/BC ngày 05/12/2026 kèm theo.",
        )
        for leaf in leaves
    )
    return report
