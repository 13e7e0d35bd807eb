"""Moves old lines of the log book to the archive."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thidua.common.log_book.archiving import archive_lines
from thidua.common.vietnamese.numbers import two_digits

KEPT, LEAST = 5, 2
TOO_FEW = (
    "Phải giữ nhật ký của ít nhất {least} năm ngoài kho lưu: việc còn dở của năm trước dựa vào."
)


class Command(BaseCommand):
    help = "Chuyển dòng nhật ký của những năm đã qua vào kho lưu; chuỗi vẫn kiểm tra được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--years", type=int, default=KEPT, help=f"số năm đã qua còn giữ lại, mặc định {KEPT}"
        )

    def handle(self, *, years: int, **options: object) -> None:
        if years < LEAST:
            raise CommandError(TOO_FEW.format(least=two_digits(LEAST)))
        year = timezone.localdate().year - years
        before = datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())
        moved = archive_lines(before=before)
        self.stdout.write(
            f"Đã chuyển {two_digits(moved)} dòng trước ngày 01/01/{year} vào kho lưu."
        )
