"""Proofs that run long: `./run prove`. A short form of each stands in `./run test`.

A test asks `budget(short, long)` how much it may do; a proof is a name for such tests.
"""

import os
from dataclasses import dataclass

ASKED = "THIDUA_PROVE"


def budget(short: int, long: int) -> int:
    """How often, how many: little in the suite, much when it was asked to prove."""
    return long if os.environ.get(ASKED) else short


@dataclass(frozen=True)
class Proof:
    """What is proved, by which tests, on which databases."""

    name: str
    words: str
    tests: tuple[str, ...]
    databases: tuple[str, ...] = ("postgresql", "sqlite")


PROOFS = (
    Proof(
        "backup",
        "sao lưu trong lúc nhiều người ghi rồi phục hồi nơi khác: không thiếu, không thừa",
        ("tests/upkeep/test_backup_under_load.py",),
    ),
    Proof(
        "killed",
        "sao lưu, phục hồi bị dừng ở từng bước: còn bản cũ, hoặc chưa có gì",
        ("tests/upkeep/test_killed_backups.py",),
    ),
    Proof(
        "jobs",
        "việc chạy lâu bị ngắt sau từng câu lệnh ghi: làm xong, và một lần",
        ("tests/journeys/test_killed_jobs.py",),
    ),
    Proof(
        "acts",
        "lưu, ký, chốt, công bố bị ngắt sau từng câu lệnh ghi: có đủ hoặc không có gì",
        ("tests/journeys/test_kills.py",),
    ),
    Proof(
        "nodes",
        "một trong hai máy web chết trong lúc nhiều người nhập điểm: không mất, không lưu hai lần",
        ("tests/journeys/test_nodes.py",),
        ("postgresql",),
    ),
    Proof(
        "upgrade",
        "nâng cấp từ phiên bản trước phần sao lưu, rồi trở về: cùng dữ liệu",
        ("tests/upkeep/test_upgrade.py",),
    ),
    Proof(
        "walks",
        "mọi người mở và bấm mọi trang ở mọi trạng thái: không lỗi, không ghi gì ngoài quyền",
        ("tests/house/test_pages.py", "tests/house/test_links.py", "tests/house/test_archived.py"),
        ("sqlite",),
    ),
    Proof(
        "axe",
        "mọi trang của mọi vai, trên máy bàn và điện thoại: không lỗi tiếp cận nào đáng kể",
        ("tests/house/test_axe.py",),
        ("sqlite",),
    ),
    Proof(
        "artefacts",
        "mọi trang, văn bản, tệp của mọi năm trong bản chạy thử nói như cơ sở dữ liệu",
        ("tests/year_check",),
        ("sqlite",),
    ),
    Proof(
        "table",
        "một bảng 230 dòng từ ô đầu tiên đến tệp kiểm chứng, trong trình duyệt",
        ("tests/journeys/test_table_of_230.py",),
        ("postgresql",),
    ),
    Proof(
        "fuzz",
        "gõ hay giả mạo gì vào ô nào của trang nào cũng được một câu, không bao giờ lỗi",
        ("tests/house/test_hostile_fields.py",),
        ("sqlite",),
    ),
    Proof(
        "lists",
        "mỗi danh sách, mỗi kiến nghị chỉ hiện cho người được xem, với từng người và từng báo cáo",
        ("tests/house/test_lists.py",),
    ),
    Proof(
        "first-day",
        "200 đơn vị, 400 tài khoản từ hai tệp: bao nhiêu lần bấm",
        ("tests/blocs/units/views/test_first_day.py",),
    ),
    Proof(
        "sqlite",
        "những năm trọn vẹn, người ghi thứ hai trên SQLite như trên PostgreSQL",
        ("tests/whole_years", "tests/house/test_second_writer.py", "tests/house/test_log_fails.py"),
        ("sqlite",),
    ),
    Proof(
        "inference",
        "điều một người không được xem thì không tính ra được từ trang, tệp, thứ tự nào",
        ("tests/inference",),
        ("sqlite",),
    ),
)
