"""Makes a backup, or reads one to its last byte."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thidua.common.vietnamese.numbers import two_digits
from thidua.upkeep.backups.engines import engine_of
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import CHANGED, Manifest, read_manifest
from thidua.upkeep.backups.reading import check_backup
from thidua.upkeep.backups.writing import keep_newest, write_backup

MEGABYTE = 1024 * 1024
DAMAGED_FILES = 3
MADE = "Đã sao lưu vào {path}: {told}."
WHOLE = "Bản sao lưu {path} còn trọn vẹn: {told}."
TOLD = "{tables} bảng, {rows} dòng, {files} tệp, {size} MB"
DAMAGED = (
    "{count} tệp trên máy chủ đã thiếu hoặc đã khác lúc tải lên từ trước khi sao lưu; bản sao lưu "
    "giữ đúng như đang có: {names}."
)


def told(manifest: Manifest) -> str:
    """What a backup holds, in figures."""
    size = manifest.dump.size + sum(content.size for content in manifest.files.values())
    return TOLD.format(
        tables=two_digits(len(manifest.tables)),
        rows=two_digits(sum(table.rows for table in manifest.tables.values())),
        files=two_digits(len(manifest.files)),
        size=two_digits(-(-size // MEGABYTE)),
    )


class Command(BaseCommand):
    help = (
        "Sao lưu cơ sở dữ liệu và tệp ở cùng một thời điểm. Kết thúc với mã 0 khi xong, 1 khi chưa "
        "sao lưu được, 3 khi đã sao lưu nhưng trên máy chủ có tệp thiếu hoặc bị thay đổi."
    )
    # A machine that lacks a font is backed up all the same.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", help="thư mục chứa các bản sao lưu (BACKUP_DIR)")
        parser.add_argument("--keep", type=int, default=0, help="chỉ giữ chừng này bản mới nhất")
        parser.add_argument("--check", metavar="BẢN", help="chỉ đọc kiểm tra bản sao lưu này")

    def handle(self, *, folder: str | None, keep: int, check: str | None, **options: object):
        try:
            if check:
                path = Path(check)
                self.stdout.write(WHOLE.format(path=path, told=told(check_backup(path))))
            else:
                self.make(Path(folder or settings.BACKUP_DIR), keep)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def make(self, folder: Path, keep: int) -> None:
        path = write_backup(
            folder, engine=engine_of(), storage=default_storage, at=timezone.localtime()
        )
        manifest = read_manifest(path)
        self.stdout.write(MADE.format(path=path, told=told(manifest)))
        if keep > 0:
            keep_newest(folder, keep)
        if manifest.damaged:
            names = (
                f"{name} ({'bị thay đổi' if why == CHANGED else 'thiếu'})"
                for name, why in sorted(manifest.damaged.items())
            )
            said = DAMAGED.format(count=two_digits(len(manifest.damaged)), names=", ".join(names))
            raise CommandError(said, returncode=DAMAGED_FILES)
