"""The log book at 209,000 lines: a page, a search and a count, in seconds of a core.

python -m tests.bench.log_book, on a scratch SQLite file. Prints, asserts nothing.
"""

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path
from time import process_time

folder = Path(tempfile.mkdtemp(prefix="log-"))
os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'log.sqlite3'}"
os.environ["DJANGO_SETTINGS_MODULE"] = "thidua.settings.test"

import django  # noqa: E402 – the environment comes first

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from blocs.reports.models import Report  # noqa: E402
from blocs.states import SeatRole  # noqa: E402
from tests.factories.people import official  # noqa: E402
from thidua.common.log_book.sealing import chain_new_lines  # noqa: E402
from thidua.common.models import ActivityEntry  # noqa: E402
from thidua.common.vietnamese.lookups import matching  # noqa: E402
from thidua.log_pages.filters import lines_of  # noqa: E402

LINES, AT_ONCE, ROUNDS = 209_000, 5_000, 3
UNITS = ("Sở Xây dựng", "Sở Nội vụ", "Ban Quản lý các khu công nghiệp", "Sở Giáo dục và Đào tạo")


def write_lines():
    kind, end = ContentType.objects.get_for_model(Report), timezone.now()
    for first in range(0, LINES, AT_ONCE):
        ActivityEntry.objects.bulk_create(
            ActivityEntry(
                at=end - dt.timedelta(minutes=LINES - number),
                actor=None,
                actor_name=f"Nguyễn Văn {number % 700}",
                action="reports.save_scores",
                label="Chấm điểm",
                subject_type=kind,
                subject_id=number // 60,
                subject_name=f"{UNITS[number % 4]} – Báo cáo năm {2016 + number // 21_000}",
            )
            for number in range(first, first + AT_ONCE)
        )


def seconds(act):
    """The least of some rounds."""
    return min(timed(act) for _ in range(ROUNDS))


def timed(act):
    began = process_time()
    act()
    return process_time() - began


def main():
    call_command("migrate", verbosity=0)
    write_lines()
    chain_new_lines(now=timezone.now())
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    page = reverse("log_pages:log_book")
    folded = lines_of("").filter(matching("xay dung", "actor_name", "label", "subject_name"))
    for label, act in (
        ("trang đầu của nhật ký", lambda: client.get(page)),
        ("trang 4.000", lambda: client.get(page, {"page": 4000})),
        ("đếm mọi dòng", lambda: lines_of("").count()),
        ("tìm “xay dung”", lambda: client.get(page, {"q": "xay dung"})),
        ("tìm cách cũ: gập từng dòng, đếm rồi đọc", lambda: (folded.count(), list(folded[:50]))),
    ):
        sys.stdout.write(f"{seconds(act):7.3f} s {label}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
