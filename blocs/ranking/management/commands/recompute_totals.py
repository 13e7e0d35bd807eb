"""Computes every stored total and every unsealed ranking again: the same before and after."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from blocs.ranking.models.rankings import ranking_now
from blocs.reports.models import Report
from blocs.reports.models.sheets import as_stored, read_sheet
from blocs.years.models import BlocYear
from thidua.common.vietnamese.numbers import two_digits

SAME = "Đã tính lại {reports} bảng điểm, {years} xếp hạng chưa chốt: như đã lưu."
DIFFERENT = "{count} số liệu tính lại không như đã lưu:\n{lines}"
STORED = "  {report}: {name} đã lưu {stored}, tính lại {computed}"
RANKED = "  {year}: trước {before}, sau {after}"
TOTALS = {"self_total": "tổng tự chấm", "appraised_total": "tổng thẩm định"}


class Command(BaseCommand):
    help = (
        "Tính lại tổng điểm đã lưu của mọi bảng điểm và mọi xếp hạng chưa chốt; lệch thì nêu chỗ "
        "lệch và thoát 1. --write ghi các xếp hạng vào tệp, --compare so với tệp ấy."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", type=Path, help="ghi các xếp hạng của lúc này vào tệp")
        parser.add_argument("--compare", type=Path, help="so các xếp hạng với tệp đã ghi")

    def handle(self, *, write: Path | None, compare: Path | None, **options: object) -> None:
        reports = Report.objects.select_related("bloc_year__bloc", "unit", "table").order_by("pk")
        lines = [line for report in reports.iterator() for line in faults_of(report)]
        now = rankings()
        if write:
            write.write_text(json.dumps(now), encoding="utf-8")
        if compare:
            before = json.loads(compare.read_text(encoding="utf-8"))
            lines += [
                RANKED.format(year=year, before=before.get(year), after=now.get(year))
                for year in sorted(before.keys() | now.keys())
                if before.get(year) != now.get(year)
            ]
        if lines:
            count = two_digits(len(lines))
            raise CommandError(DIFFERENT.format(count=count, lines="\n".join(lines)))
        told = {"reports": two_digits(reports.count()), "years": two_digits(len(now))}
        self.stdout.write(SAME.format(**told))


def faults_of(report: Report) -> Iterator[str]:
    """What differs between the stored totals of a report and those of its rows."""
    sheet = read_sheet(report)
    for name, words in TOTALS.items():
        stored: Decimal | None = getattr(report, name)
        if stored is None:
            continue
        computed = as_stored(getattr(sheet, name)().total)
        if stored != computed:
            yield STORED.format(report=report, name=words, stored=stored, computed=computed)


def rankings() -> dict[str, list]:
    """(unit, place, total, class) of each ranking that no seal keeps, by bloc and year."""
    years = BlocYear.objects.filter(ranking_seals=None).select_related("bloc").order_by("pk")
    return {
        f"{year.pk} {year}": [
            [row.unit.pk, row.placed.place, str(row.placed.total), row.judged.class_label]
            for row in ranking_now(year).rows
        ]
        for year in years
    }
