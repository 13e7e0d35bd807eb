"""Where SQLite keeps its file: said in a sentence when it is not there."""

from pathlib import Path

from django.conf import settings

MISSING = (
    "Chưa có thư mục dữ liệu “{folder}”. Hãy tạo thư mục ấy cho tài khoản chạy phần mềm, hoặc đặt "
    "biến VAR_DIR đúng chỗ."
)


def missing_data_folder() -> str:
    """What to do when the folder of the SQLite file is missing; nothing where it is there."""
    database = settings.DATABASES["default"]
    name = str(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or name == ":memory:" or name.startswith("file:"):
        return ""
    folder = Path(name).parent
    return "" if folder.is_dir() else MISSING.format(folder=folder)
