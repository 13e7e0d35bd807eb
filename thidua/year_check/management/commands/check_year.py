"""Reads everything that tells of a bloc year and compares it with the database."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from blocs.years.models import BlocYear
from thidua.common.vietnamese.numbers import two_digits
from thidua.year_check.opening import check


class Command(BaseCommand):
    help = "Đối chiếu trang, văn bản, tệp của một năm thi đua với cơ sở dữ liệu; lệch thì thoát 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="năm, ví dụ 2026")
        parser.add_argument("--bloc", help="mã khối, ví dụ KTĐ5; bỏ trống: mọi khối của năm")

    def handle(self, *, year: int, bloc: str | None, **options: object) -> None:
        found = BlocYear.objects.filter(year=year).order_by("bloc__order", "pk")
        years = list(found.filter(bloc__code=bloc) if bloc else found)
        if not years:
            raise CommandError(f"Không có năm thi đua {year}{f' của {bloc}' if bloc else ''}.")
        if wrong := sum(self.tell(one) for one in years):
            raise CommandError(f"Có {two_digits(wrong)} chỗ không khớp với cơ sở dữ liệu.")

    def tell(self, year: BlocYear) -> int:
        """Print what was compared and what differs; the number of differences."""
        artefacts, found = check(year)
        facts = sum(len(row.facts) for artefact in artefacts for row in artefact.rows)
        counts = [two_digits(count) for count in (len(artefacts), facts, len(found))]
        words = ("trang, văn bản, tệp", "số liệu", "chỗ lệch")
        told = "; ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True))
        self.stdout.write(f"{year}: {told}.")
        for difference in found:
            self.stdout.write(f"  {difference.sentence}")
        return len(found)
