"""Measure what the issues promise; exit 1 when a ratio or a size is over its limit."""

import os
import sys
import tempfile
from pathlib import Path

if "--scale" in sys.argv:  # a bench of its own, on a PostgreSQL of its own
    from tests.bench.scale.run import main as scale_main

    sys.exit(scale_main([word for word in sys.argv[1:] if word != "--scale"]))

if sys.argv[1:2] == ["--load"]:
    from tests.bench.load import main as load

    sys.exit(load(*map(int, sys.argv[2:3])))

if sys.argv[1:2] == ["--first-load"]:
    from tests.bench.first_load import main as first_load

    sys.exit(first_load())

folder = Path(tempfile.mkdtemp(prefix="bench-"))
os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.settings.test")

import django  # noqa: E402 – the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import matrix, programs, sheets  # noqa: E402
from tests.bench.cells import cell_ratio  # noqa: E402
from tests.bench.charts import charts_ratio  # noqa: E402
from tests.bench.memory import pdf_process_memory, worker_memory  # noqa: E402
from tests.bench.papers import minutes_ratio  # noqa: E402
from tests.bench.ranking import ranking_memory, ranking_seconds  # noqa: E402
from tests.bench.workbooks import (  # noqa: E402
    excel_memory,
    export_ratio,
    form_preview_ratio,
    year_import_ratio,
)

LIMITS = (
    ("Trang bảng điểm 60 tiêu chí / Django trần: cùng truy vấn, cùng chữ", sheets.sheet_ratio, 2.5),
    ("Trang đối chiếu 15 × 60 / Django trần: cùng truy vấn, cùng chữ", matrix.matrix_ratio, 2.2),
    ("Riêng khuôn trang bảng điểm / nối chuỗi từ dữ liệu đã dựng", sheets.template_ratio, 1.5),
    ("Riêng khuôn trang đối chiếu / nối chuỗi từ dữ liệu đã dựng", matrix.template_ratio, 1.5),
    ("Ba biểu đồ của khối 15 đơn vị / nối cùng các chuỗi", charts_ratio, 4.0),
    ("Lưu một ô bảng điểm / chỉ một lệnh UPDATE, cùng quyền", cell_ratio, 2.0),
    ("API: trang 100 đơn vị / JsonResponse trần, cùng truy vấn", programs.units_ratio, 2.5),
    ("API: xếp hạng 100 đơn vị / JsonResponse trần, cùng truy vấn", programs.ranking_ratio, 3.5),
    ("Ô tìm trong 3.000 đơn vị / JsonResponse trần, cùng truy vấn", programs.searched_ratio, 1.5),
    ("Tổng điểm và thứ hạng của 1.000 đơn vị × 200 tiêu chí", ranking_seconds, 1.0, "giây"),
    ("Bộ nhớ thêm khi xếp hạng 1.000 đơn vị × 200 tiêu chí", ranking_memory, 150.0, "MB"),
    ("PDF biên bản qua tiến trình ấm / WeasyPrint một mình", minutes_ratio, 1.2),
    ("Bộ nhớ một tiến trình web sau 200 trang", worker_memory, 120.0, "MB"),
    ("Nhập tệp Excel 1.900 × 31 / openpyxl đọc cùng số ô", year_import_ratio, 2.0),
    ("Xem trước bảng điểm Excel 2.000 × 15 / openpyxl đọc", form_preview_ratio, 3.0),
    ("Xuất Excel cả khối 5.000 dòng / openpyxl ghi cùng số ô", export_ratio, 2.5),
    ("Bộ nhớ thêm khi nhập, xuất Excel", excel_memory, 150.0, "MB"),
    ("Bộ nhớ tiến trình PDF sau 50 văn bản khác nhau", pdf_process_memory, 200.0, "MB"),
)


def main():
    call_command("migrate", verbosity=0)
    over = 0
    for label, measure, limit, *unit in LIMITS:
        value = measure()
        over += value > limit
        verdict = "đạt" if value <= limit else "VƯỢT"
        sys.stdout.write(
            f"{verdict:5} {value:8.2f} {unit[0] if unit else 'lần'} (giới hạn {limit:g}) {label}\n"
        )
        sys.stdout.flush()
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
