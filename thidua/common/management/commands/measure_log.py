"""Tells how large the log book is, a line and as a whole, and how fast it grows."""

from decimal import Decimal

from django.core.management.base import BaseCommand
from django.utils import timezone

from thidua.common.log_book.measuring import lines_of_a_year, size_of
from thidua.common.models import ActivityEntry, ArchivedEntry, LogLink
from thidua.common.vietnamese.numbers import format_decimal

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
TABLES = {"đang dùng": ActivityEntry, "kho lưu": ArchivedEntry, "mắt xích": LogLink}


class Command(BaseCommand):
    help = "Đo nhật ký: số dòng, dung lượng, dung lượng mỗi dòng, mức tăng mỗi năm."

    def handle(self, **options: object) -> None:
        each = 0
        for name, model in TABLES.items():
            size = size_of(model)
            each += size.each if model is not ArchivedEntry else 0
            self.stdout.write(
                f"{name}: {size.lines} dòng, {size.size // KILOBYTE} KB, {size.each} byte/dòng"
            )
        lines = lines_of_a_year(timezone.now())
        grown = format_decimal(Decimal(lines * each) / MEGABYTE, 1)
        self.stdout.write(f"365 ngày qua: {lines} dòng, khoảng {grown} MB")
