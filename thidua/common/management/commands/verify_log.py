"""Proves that the log book is as it was written; names the first line that is not."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from thidua.common.log_book.models import LogSeal
from thidua.common.log_book.verifying import Head, verify
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.vietnamese.text import filled_lines

NO_FILE = (
    "Chưa có tệp đầu chuỗi “{file}” ({runs} lượt đã nối): chỉ so được chuỗi với chính nó. Lượt "
    "nối sau (seal_log --heads) ghi tệp này; nếu trước đây đã có, hãy lấy lại bản giữ ở nơi khác."
)
NO_HEAD = "“{text}” không phải đầu chuỗi, ví dụ 1234:9f86d0… (64 chữ số)."


def head_of(text: str) -> Head:
    """«place:hash», whatever follows after a blank; ArgumentTypeError for something else."""
    position, _, digest = text.split(" ")[0].partition(":")
    if not position.isdecimal() or len(digest) != 64:
        raise ArgumentTypeError(NO_HEAD.format(text=text))
    return Head(int(position), digest)


class Command(BaseCommand):
    help = "Kiểm tra chuỗi mã băm của nhật ký; nêu dòng sai đầu tiên và thoát 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", type=head_of, action="append", default=[], help="đầu chuỗi đã giữ ở nơi khác"
        )
        parser.add_argument("--heads", type=Path, help="tệp các đầu chuỗi do seal_log ghi")

    def handle(self, *, head: list[Head], heads: Path | None, **options: object) -> None:
        if heads and not heads.exists():
            # The first night of an office, before anything was chained: the rest is verified.
            runs = two_digits(LogSeal.objects.count())
            self.stderr.write(NO_FILE.format(file=heads, runs=runs))
            heads = None
        verdict = verify([*head, *(read_heads(heads) if heads else ())])
        if verdict.fault:
            raise CommandError(verdict.fault)
        proved, waiting = two_digits(verdict.proved), two_digits(verdict.waiting)
        self.stdout.write(f"Nhật ký nguyên vẹn: {proved} dòng đã nối, {waiting} dòng chờ nối.")


def read_heads(file: Path) -> list[Head]:
    """The ends of the chain in a file, one a line."""
    try:
        lines = filled_lines(file.read_text(encoding="utf-8"))
        return [head_of(line) for line in lines]
    except (OSError, ArgumentTypeError) as error:
        raise CommandError(str(error)) from error
