"""Checking a backup to its last byte, and bringing it back into an empty place."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage

from thidua.upkeep.backups.engines import Engine, engine_named
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import (
    FILES,
    NO_BACKUP,
    Manifest,
    content_of,
    content_of_file,
    read_manifest,
)

DUMP_OTHER = "tệp cơ sở dữ liệu không còn như lúc sao lưu"
FILE_OTHER = "tệp “{name}” thiếu hoặc không còn như lúc sao lưu"
OTHER_DATABASE = (
    "Bản sao lưu này của {kept}, còn DATABASE_URL chỉ tới {here}. Hãy phục hồi vào cùng loại cơ sở "
    "dữ liệu."
)
NOT_EMPTY = (
    "Cơ sở dữ liệu của DATABASE_URL đã có bảng nên không phục hồi vào đó. Hãy tạo một cơ sở dữ "
    "liệu trống rồi chạy lại."
)
FILES_THERE = (
    "Nơi cất tệp đã có tệp khác, ví dụ “{name}”, nên không phục hồi vào đó. Hãy đặt MEDIA_ROOT là "
    "một thư mục trống rồi chạy lại."
)
NOT_STORED = (
    "Không ghi được dữ liệu phục hồi: {why}. Cơ sở dữ liệu vẫn trống; hãy dọn chỗ, làm trống nơi "
    "cất tệp rồi chạy lại."
)
NOT_EQUAL = (
    "Dữ liệu vừa phục hồi không giống bản sao lưu ({what}). Đừng dùng; hãy làm trống nơi phục hồi "
    "rồi chạy lại."
)


def check_backup(folder: Path) -> Manifest:
    """The list of a backup whose every file was read and is what it was; BackupError else."""
    manifest = read_manifest(folder)
    engine = engine_named(manifest.database)
    wrong = dump_fault(folder / engine.dump_name, manifest, engine)
    for name, content in manifest.files.items():
        path = folder / FILES / name
        if not wrong and not (path.is_file() and content_of_file(path) == content):
            wrong = FILE_OTHER.format(name=name)
    if wrong:
        raise BackupError(NO_BACKUP.format(folder=folder, why=wrong))
    return manifest


def dump_fault(dump: Path, manifest: Manifest, engine: Engine) -> str:
    """What is wrong with the file of the database."""
    if not dump.is_file() or content_of_file(dump) != manifest.dump:
        return DUMP_OTHER
    return engine.check(dump, manifest.tables)


def restore_backup(folder: Path, *, engine: Engine, storage: Storage) -> Manifest:
    """Bring a backup into an empty database and an empty store of files, and compare; its list.

    Files come first and the database as a whole comes last, so that whoever is stopped on the way
    has an empty database still, and may begin again. Raises BackupError; a place that is not empty
    is not touched.
    """
    manifest = check_backup(folder)
    require_empty(manifest, engine, storage)
    try:
        for name, content in manifest.files.items():
            put_file(folder / FILES / name, name, storage)
            with storage.open(name) as kept:
                if content_of(kept.chunks()) != content:
                    raise BackupError(NOT_EQUAL.format(what=f"tệp “{name}”"))
        engine.load(folder / engine.dump_name)
    except OSError as error:
        raise BackupError(NOT_STORED.format(why=error.strerror)) from error
    with engine.live() as now:
        tables, named = now.tables(), {name for name, _ in now.files()}
    if different := different_tables(manifest, tables):
        raise BackupError(NOT_EQUAL.format(what=f"bảng {', '.join(different)}"))
    if named - set(manifest.damaged) != set(manifest.files) - set(manifest.damaged):
        raise BackupError(NOT_EQUAL.format(what="danh sách tệp"))
    return manifest


def require_empty(manifest: Manifest, engine: Engine, storage: Storage) -> None:
    """Refuse a place that holds anything but files of this very backup."""
    if engine.name != manifest.database:
        raise BackupError(OTHER_DATABASE.format(kept=manifest.database, here=engine.name))
    if not engine.is_empty():
        raise BackupError(NOT_EMPTY)
    other = next((name for name in stored_names(storage) if name not in manifest.files), "")
    if other:
        raise BackupError(FILES_THERE.format(name=other))


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    start = f"{folder}/" if folder else ""
    yield from (start + name for name in sorted(files))
    for inner in sorted(folders):
        yield from stored_names(storage, start + inner)


def put_file(source: Path, name: str, storage: Storage) -> None:
    """Store one file under the very name its row says; a half of it from before is replaced."""
    if storage.exists(name):
        storage.delete(name)
    with source.open("rb") as file:
        kept = storage.save(name, File(file, name=name))
    if kept != name:
        raise BackupError(NOT_EQUAL.format(what=f"tệp “{name}” được cất thành “{kept}”"))


def different_tables(manifest: Manifest, tables: dict[str, object]) -> list[str]:
    """Tables that are not as they were."""
    names = sorted(set(manifest.tables) | set(tables))
    return [name for name in names if manifest.tables.get(name) != tables.get(name)]
