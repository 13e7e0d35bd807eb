"""The file itself: papers as they were signed, the workbook of the bloc, and a list of contents."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils import timezone

from blocs.years.models import BlocYear
from thidua.common.log_book.openings import PAPER, note_opening
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.text import file_stem
from thidua.packets.year_papers import papers_of_year
from thidua.papers.models import Paper
from thidua.papers.signed_copies import read_copy
from thidua.papers.stored import PaperDamaged, read_paper

CONTENTS = "00-muc-luc.txt"
HEAD = (
    "Hồ sơ {year}\r\nLập lúc {at} cho {person}: những văn bản người này được mở.\r\n"
    "Mỗi dòng: tên tệp, mã băm SHA-256, tên văn bản.\r\n\r\n"
)
DAMAGED = "THIẾU HOẶC KHÔNG CÒN ĐÚNG TRÊN MÁY CHỦ"
NO_PAPER = "Chưa có văn bản nào được lưu.\r\n"


def write_packet(
    path: Path,
    bloc_year: BlocYear,
    user,
    *,
    workbook: bytes | None,
    tell: Callable[[int, int, str], None],
) -> int:
    """Write the ZIP file; how many papers are in it. `tell` is told (done, total, words)."""
    rows = list(papers_of_year(bloc_year, user))
    lines = []
    with ZipFile(path, "w", ZIP_STORED) as packet:
        for number, row in enumerate(rows, start=1):
            tell(number, len(rows) + 1, f"Văn bản {number}/{len(rows)}")
            lines.append(add_paper(packet, number, row, user))
        if workbook is not None:
            lines.append(add(packet, "bang-diem.xlsx", workbook, "Bảng điểm của các đơn vị"))
        head = HEAD.format(
            year=bloc_year, at=moment_words(timezone.localtime()), person=user.get_full_name()
        )
        text = head + ("".join(lines) or NO_PAPER)
        packet.writestr(CONTENTS, text.encode("utf-8-sig"), ZIP_DEFLATED)
    return len(rows)


def add_paper(packet: ZipFile, number: int, row, user) -> str:
    """Put a paper or scan into the file; what its line of the contents says."""
    title = row.title if isinstance(row, Paper) else f"{row.subject}, {row.words}"
    suffix = row.file.name.rpartition(".")[2]
    name = f"{number:02d}-{file_stem(title, 80)}.{suffix}"
    note_opening(user, PAPER, row.subject, label=f"Mở văn bản “{title}”")
    try:
        content = read_paper(row) if isinstance(row, Paper) else read_copy(row)
    except PaperDamaged:
        return f"{name}\t{DAMAGED}\t{title}\r\n"
    return add(packet, name, content, title)


def add(packet: ZipFile, name: str, content: bytes, title: str) -> str:
    """Put one file in; its line of the contents."""
    packet.writestr(name, content)
    return f"{name}\t{hashlib.sha256(content).hexdigest()}\t{title}\r\n"


def packet_name(bloc_year: BlocYear) -> str:
    """«ho-so-khoi-thi-dua-so-5-nam-2026.zip»."""
    return f"ho-so-{file_stem(str(bloc_year), 100)}.zip"
