"""Chains the new lines of the log book; a timer runs it every few minutes."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import IntegrityError
from django.utils import timezone

from thidua.common.log_book.sealing import chain_new_lines, head_line
from thidua.common.vietnamese.numbers import two_digits


class Command(BaseCommand):
    help = "Nối các dòng nhật ký mới vào chuỗi mã băm và in đầu chuỗi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", type=Path, help="tệp ghi thêm đầu chuỗi, giữ ở nơi khác")

    def handle(self, *, heads: Path | None, **options: object) -> None:
        try:
            seal = chain_new_lines(now=timezone.now())
        except IntegrityError:
            self.stdout.write("Một lượt nối khác đang chạy.")
            return
        if seal is None:
            self.stdout.write("Không có dòng nhật ký mới.")
            return
        if heads:
            with heads.open("a", encoding="utf-8") as file:
                file.write(f"{head_line(seal)}\n")
        count = two_digits(seal.last - seal.first + 1)
        self.stdout.write(f"Đã nối {count} dòng; đầu chuỗi {head_line(seal)}")
