"""Brings a backup back into an empty place."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from thidua.upkeep.backups.engines import engine_of
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.reading import restore_backup
from thidua.upkeep.management.commands.backup import told

RESTORED = "Đã phục hồi bản sao lưu lúc {at}, mọi bảng và tệp giống bản sao lưu: {told}."
OLDER = "Bản sao lưu thuộc phiên bản phần mềm trước: hãy chạy manage.py migrate rồi mới mở máy chủ."


class Command(BaseCommand):
    help = "Phục hồi một bản sao lưu vào cơ sở dữ liệu trống và nơi cất tệp trống, rồi đối chiếu."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", help="thư mục của bản sao lưu")

    def handle(self, *, backup: str, **options: object) -> None:
        try:
            manifest = restore_backup(Path(backup), engine=engine_of(), storage=default_storage)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(RESTORED.format(at=manifest.made_at, told=told(manifest)))
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(OLDER)
