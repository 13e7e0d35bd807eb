"""Parts that many pages are made of: drawn from facts that differ, each says them in its place."""

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from tests.papers.reading import Tables
from thidua.common.deadlines import Deadline

MOVE = {
    "label": "Nộp báo cáo",
    "url": "/nop/",
    "obstacles": [],
    "questions": [],
    "needs_note": False,
    "note_label": "",
    "consequence": "",
    "primary": True,
    "tone": "",
}


def drawn(name, **context):
    return " ".join(render_to_string(f"{name}.html", context).split())


def tables(name, **context):
    reader = Tables()
    reader.feed(render_to_string(f"{name}.html", context))
    return [[[" ".join(cell.split()) for cell in row] for row in rows] for rows in reader.tables]


def moves(**changes):
    return drawn("components/moves", moves=[MOVE | changes], csrf_token="x")


def test_move_that_can_be_made_is_a_form():
    html = moves()
    assert html.count('action="/nop/"') == 1
    assert [html.count(word) for word in ("disabled", "<textarea", "<details")] == [0, 0, 0]


def test_move_that_is_held_up_cannot_be_pressed_and_says_why():
    html = moves(obstacles=["Còn 02 tiêu chí chưa tự chấm."], needs_note=True)
    assert html.count('type="button" disabled>Nộp báo cáo</button>') == 1
    assert html.count("<li>Còn 02 tiêu chí chưa tự chấm.</li>") == 1
    assert [html.count(word) for word in ("<form", 'type="submit"')] == [0, 0]


@pytest.mark.parametrize("consequence", ["", "Đơn vị sửa lại được."])
def test_move_that_needs_a_reason_asks_for_it(consequence):
    html = moves(needs_note=True, note_label="Lý do trả lại", consequence=consequence)
    assert html.count('name="note" rows="3" required') == 1
    assert html.count(">Lý do trả lại</label>") == 1
    assert html.count('<p class="move-consequence">') == bool(consequence)


def test_log_book_tells_from_where_to_where():
    entry = {
        "at": timezone.now(),
        "actor_name": "Trần Văn An",
        "label": "Nộp báo cáo",
        "note": "Đúng hạn",
        "from_label": "Đang lập",
        "to_label": "Đã nộp",
    }
    still = entry | {"to_label": "Đang lập", "note": ""}
    html = drawn("components/timeline", entries=[entry, still], title="")
    assert html.count("Từ “Đang lập” sang “Đã nộp”") == 1
    assert [html.count(word) for word in ("timeline-states", "<blockquote>")] == [1, 1]


def test_task_that_is_overdue_looks_so():
    task = {
        "url": "/a/",
        "label": "Nộp báo cáo",
        "where": "Sở Xây dựng",
        "due": Deadline(timezone.localdate()),
        "due_words": "quá hạn 2 ngày",
        "is_late": True,
    }
    html = drawn("components/tasks", tasks=[task, task | {"is_late": False}])
    assert [html.count(word) for word in ('<li class="task task--late">', "<li ")] == [1, 2]


def test_pages_of_a_list_keep_what_was_asked():
    page = Paginator(range(50), 20).page(2)
    request = RequestFactory().get("/don-vi/", {"tim": "xay", "page": "2"})
    text = render_to_string("components/pagination.html", {"page": page}, request)
    html = " ".join(text.split())
    assert html.count('href="?tim=xay&amp;page=1"') == 1
    assert html.count('href="?tim=xay&amp;page=3"') == 1
    assert html.count("Hiển thị 21–40 / 50") == 1


def test_who_is_out_and_who_waits():
    out = [
        {"unit": {"name": "Sở A"}, "reason": "Có vụ việc.", "is_final": True},
        {"unit": {"name": "Sở B"}, "reason": "Chưa nộp.", "is_final": False},
    ]
    html = drawn("ranking/ranking_detail/_out", out=out)
    assert html.count("<li><strong>Sở A</strong> (không xếp hạng): Có vụ việc.</li>") == 1
    assert html.count("<li><strong>Sở B</strong>: Chưa nộp.</li>") == 1


def test_explanation_and_answer_are_two_texts():
    html = drawn(
        "reports/report_detail/_texts",
        narrative=[("Kết quả", "Đạt")],
        explanation="Không nhất trí",
        answer="Giữ nguyên",
    )
    assert html.count("Giải trình của đơn vị</h2> <p>Không nhất trí</p>") == 1
    assert html.count("Trả lời giải trình</h3> <p>Giữ nguyên</p>") == 1


def test_before_stands_before_after():
    change = {"label": "Điểm", "where": "I.1", "what": "điểm", "before": "30", "after": "40"}
    assert tables("reports/versions/_changes", changes=[change], empty="") == [
        [["Nội dung", "Trước", "Sau"], ["Điểm", "30", "40"]]
    ]
    assert tables("criteria/amendment_detail/_changes", changes=[change]) == [
        [["TT", "Mục", "Thay đổi", "Trước", "Sau"], ["1", "I.1", "Điểm", "30", "40"]]
    ]


def test_preview_of_a_file_puts_what_is_stored_first():
    line = {
        "number": "I.1",
        "name": "Hồ sơ",
        "is_overtaken": False,
        "stored": "8",
        "typed": "9",
        "points_before": "28,00",
        "points_after": "31,50",
    }
    (rows,) = tables(
        "sheet_files/_changes",
        lines=[line],
        file_name="a.xlsx",
        total_before="80",
        total_after="83,5",
    )
    assert rows == [
        ["TT", "Tiêu chí", "Đang lưu", "Trong tệp", "Điểm cũ", "Điểm mới"],
        ["I.1", "Hồ sơ", "8", "9", "28,00", "31,50"],
    ]


def test_line_of_a_tree_has_its_points_and_the_sum_of_its_lines():
    row = SimpleNamespace(
        pk=1, level=0, is_group=True, above="", is_extra=False, number="I", name="Nhiệm vụ",
        needs_evidence=False, faults=(), kind="", rule="", typed="70", maximum="70", sums="67,5",
        gap="thiếu 2,5",
    )  # fmt: skip
    foot = SimpleNamespace(maximum="100", typed="100", sums="97,5", gap="thiếu 2,5")
    (rows,) = tables("criteria/table_detail/_tree", rows=[row], foot=foot, may_edit=False)
    assert rows[1:] == [
        ["I", "Nhiệm vụ", "", "70", "67,5thiếu 2,5"],
        ["", "Tổng điểm tối đa", "", "100", "97,5thiếu 2,5"],
    ]
