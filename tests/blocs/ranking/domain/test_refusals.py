"""Every reason for which a proof is refused or not confirmed, each by a file with that fault alone.

The true file was worked out by hand and stands beside this one; a fault is one change of it.
"""

import ast
import inspect
import json
import re
from copy import deepcopy
from pathlib import Path

import pytest

from blocs.ranking.domain import proof_check, proof_reading
from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.ranking.domain.proof_check import WORDS, check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.scoring.terms.numbers import RuleError

TRUE = json.loads(Path(__file__).with_name("two-units.json").read_text(encoding="utf-8"))
FIRST, SECOND = "units/0", "units/1"
LEAF = f"{FIRST}/leaves/I|1"
# The sentence of a text that is no proof, and the text.
TEXTS = {
    "Tệp không phải JSON hoặc bị cắt cụt.": json.dumps(TRUE)[:-1],
    "Tệp không phải tệp kiểm chứng xếp hạng.": json.dumps([TRUE]),
    "Tệp không phải tệp kiểm chứng xếp hạng theo mẫu ranking-proof/1.": json.dumps(
        TRUE | {"schema": "ranking-proof/2"}
    ),
    "Trong tệp có khóa ghi hai lần.": json.dumps(TRUE).replace(
        '"year": 2026', '"year": 2026, "year": 2026'
    ),
    "Trong văn bản JSON có số không dùng được: “Infinity”.": json.dumps(
        TRUE | {"year": float("inf")}
    ),
}
# Where in the true file, what stands there instead, and what is then said of the file. Changes
# under `result` hurt nothing else: what is stated is never read for computing.
REFUSED = (
    ("rules", None, "Tệp thiếu mục “rules” hoặc mục này không đúng dạng."),
    (f"{LEAF}/given", "bảy", "Mục “given”: “bảy” không phải là số."),
    (
        f"{LEAF}/given",
        None,
        f"{TRUE['units'][0]['name']}: tiêu chí I/1 chưa có điểm thẩm định; chỉ kiểm chứng được xếp "
        "hạng mà mọi tiêu chí đã có điểm hoặc ghi là không giao.",
    ),
    (f"{LEAF}/given", 7.5, "Mục “given”: “7.5” không phải là số."),
    (f"{FIRST}/table", "2", "Sở Xây dựng: tệp không có bảng chấm điểm “2”."),
    (f"{FIRST}/leaves/V", {}, "Sở Xây dựng: các tiêu chí không khớp với bảng chấm điểm."),
    (
        f"{SECOND}/grounds",
        ["chay", "lut"],
        "Sở Tài chính: điều kiện loại không có trong bảng chấm điểm.",
    ),
    (
        "tables/1/schema",
        "criteria-table/2",
        "Tệp không phải bảng tiêu chí theo mẫu criteria-table/1.",
    ),
    ("rules/late/due_on", "10/12/2026", "Tệp có mục thiếu hoặc không đúng dạng."),
    (
        "tables/1/scale/decimals",
        "2",
        "Số chữ số thập phân (decimals) phải từ 0 đến 4, không là “2”.",
    ),
    (
        "tables/1/scale/percent_decimals",
        5,
        "Số chữ số thập phân (percent_decimals) phải từ 0 đến 4, không là “5”.",
    ),
    (
        "rules/class_bands/0/if/0/2",
        True,
        "Điều kiện về “percent” so sánh hai loại giá trị khác nhau.",
    ),
)
DOUBTED = (
    (
        f"{LEAF}/part",
        "bonus",
        "Sở Xây dựng, tiêu chí I/1: phần trong tệp là bonus, tính lại là work.",
    ),
    (f"{LEAF}/max", "9", "Sở Xây dựng, tiêu chí I/1: điểm tối đa trong tệp là 9, tính lại là 10."),
    (
        f"{LEAF}/value",
        "8.5",
        "Sở Xây dựng, tiêu chí I/1: điểm tự chấm trong tệp là 8, tính lại là 8.5.",
    ),
    (
        f"{LEAF}/reason",
        "",
        "Sở Xây dựng, tiêu chí I/1: điểm thẩm định (không nêu lý do điều chỉnh) trong tệp là 7.5, "
        "tính lại là 8.",
    ),
    (
        f"{FIRST}/result/own_total",
        "28",
        "Sở Xây dựng: tổng điểm tự chấm trong tệp là 28, tính lại là 27.5.",
    ),
    (f"{FIRST}/result/total", "27.5", "Sở Xây dựng: tổng điểm trong tệp là 27.5, tính lại là 27."),
    (f"{FIRST}/result/work", "26", "Sở Xây dựng: điểm nhiệm vụ trong tệp là 26, tính lại là 25.5."),
    (f"{FIRST}/result/bonus", "3", "Sở Xây dựng: điểm thưởng trong tệp là 3, tính lại là 2."),
    (
        f"{FIRST}/result/deduction",
        None,
        "Sở Xây dựng: điểm trừ trong tệp là (trống), tính lại là -0.5.",
    ),
    (
        f"{FIRST}/result/assigned_max",
        "40",
        "Sở Xây dựng: điểm tối đa được giao trong tệp là 40, tính lại là 30.",
    ),
    (f"{FIRST}/result/percent", "85", "Sở Xây dựng: tỷ lệ đạt trong tệp là 85, tính lại là 90."),
    (
        f"{FIRST}/result/adjustments",
        ["x"],
        "Sở Xây dựng: điểm ngoài bảng trong tệp là ['x'], tính lại là (trống).",
    ),
    (
        f"{FIRST}/result/class",
        "Tốt",
        "Sở Xây dựng: xếp loại trong tệp là Tốt, tính lại là Xuất sắc.",
    ),
    (
        f"{FIRST}/result/question",
        "Thiếu tỷ lệ.",
        "Sở Xây dựng: câu hỏi về xếp loại trong tệp là Thiếu tỷ lệ., tính lại là (trống).",
    ),
    (
        f"{FIRST}/result/is_held",
        True,
        "Sở Xây dựng: chưa xét khen trong tệp là có, tính lại là không.",
    ),
    (
        f"{FIRST}/result/is_without_flag",
        True,
        "Sở Xây dựng: không xét Cờ thi đua trong tệp là có, tính lại là không.",
    ),
    (
        f"{FIRST}/result/award_caps",
        ["Bằng khen"],
        "Sở Xây dựng: hình thức khen cao nhất trong tệp là ['Bằng khen'], tính lại là (trống).",
    ),
    (
        f"{FIRST}/result/months",
        4,
        "Sở Xây dựng: số tháng tham gia trong tệp là 4, tính lại là 12.",
    ),
    (
        f"{FIRST}/result/compared",
        "9",
        "Sở Xây dựng: số được so sánh trong tệp là 9, tính lại là 27.",
    ),
    (f"{SECOND}/result/place", 1, "Sở Tài chính: hạng trong tệp là 1, tính lại là 2."),
    (
        f"{FIRST}/result/is_shared",
        True,
        "Sở Xây dựng: cùng hạng trong tệp là có, tính lại là không.",
    ),
    (
        f"{FIRST}/result/is_open",
        True,
        "Sở Xây dựng: chưa phân định trong tệp là có, tính lại là không.",
    ),
    (
        f"{FIRST}/result/decided_by",
        "votes",
        "Sở Xây dựng: tiêu chí phân định trong tệp là votes, tính lại là (trống).",
    ),
    (
        f"{FIRST}/result/out",
        "Chưa nộp.",
        "Sở Xây dựng: lý do không xếp hạng trong tệp là Chưa nộp., tính lại là (trống).",
    ),
    (
        f"{FIRST}/result/groups/I",
        "25",
        "Sở Xây dựng, nhóm I: cộng điểm trong tệp là 25, tính lại là 25.5.",
    ),
    (
        f"{FIRST}/result/groups/II",
        "3",
        "Sở Xây dựng, nhóm II: cộng điểm trong tệp là 3, tính lại là (trống).",
    ),
)


def changed(where, value):
    """The true file with one value replaced, and a fingerprint that fits; «|» is a «/» in a key."""
    data = deepcopy(TRUE)
    *above, last = [step.replace("|", "/") for step in where.split("/")]
    spot = data
    for step in above:
        spot = spot[key_in(spot, step)]
    spot[key_in(spot, last)] = value
    return json.dumps(data | {FINGERPRINT: fingerprint_of(data)})


def key_in(spot, step):
    return int(step) if isinstance(spot, list) else step


def refusal(text):
    with pytest.raises(RuleError) as caught:
        check_proof(read_proof(text))
    return str(caught.value)


def doubts(text):
    return [one.sentence for one in check_proof(read_proof(text)).mismatches]


def test_the_true_file_is_confirmed():
    assert doubts(json.dumps(TRUE)) == []


@pytest.mark.parametrize("sentence", TEXTS)
def test_a_text_that_is_no_proof_is_refused(sentence):
    assert refusal(TEXTS[sentence]) == sentence


@pytest.mark.parametrize(("where", "value", "sentence"), REFUSED)
def test_a_file_that_cannot_be_read_is_refused(where, value, sentence):
    assert refusal(changed(where, value)) == sentence


@pytest.mark.parametrize(("where", "value", "sentence"), DOUBTED)
def test_a_figure_that_does_not_follow_is_the_only_one_doubted(where, value, sentence):
    assert doubts(changed(where, value)) == [sentence]


def test_a_file_under_the_fingerprint_of_another_is_doubted():
    data = TRUE | {"year": 2027}
    assert doubts(json.dumps(data)) == [
        f"dấu vân tay trong tệp là {TRUE[FINGERPRINT]}, tính lại là {fingerprint_of(data)}."
    ]


def test_a_share_beyond_the_standard_is_the_only_one_doubted():
    assert doubts(changed(f"{LEAF}/bonus", None)) == [
        "Sở Xây dựng, tiêu chí I/1: phần vượt điểm chuẩn trong tệp là (trống), tính lại là 0."
    ]


def spots(value, above=()):
    """Every place of the file, as steps from its top."""
    if not isinstance(value, dict | list):
        return
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*above, str(step).replace("/", "|"))
        yield from spots(inner, (*above, str(step).replace("/", "|")))


@pytest.mark.parametrize("value", (None, "x", -1, True, [], {}, [None], {"a": 1}, "1e999999"))
def test_nothing_that_stands_anywhere_stops_the_check(value):
    """A file from elsewhere may hold anything: it is refused in a sentence or doubted."""
    untold = [where for where in map("/".join, spots(TRUE)) if not is_answered(where, value)]
    assert untold == []


def is_answered(where, value):
    try:
        return isinstance(doubts(changed(where, value)), list)
    except RuleError as error:
        return str(error).endswith((".", ". "))


# --- no reason without its file -------------------------------------------------------------------


def pattern_of(node):
    """A sentence of the source as a pattern; what is put in may be anything."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in parts]
    return "".join(texts)


def reasons_of_reading():
    tree = ast.parse(inspect.getsource(proof_reading))
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc]
    return [pattern_of(one.args[0]) for one in raised]


def words_of_checking():
    """What a mismatch may be about: of a leaf, of the result, of the file."""
    tree = ast.parse(inspect.getsource(proof_check))
    yielded = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield)]
    made = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Mismatch"
    ]
    found = [one.elts[0] for one in yielded if isinstance(one, ast.Tuple)]
    found += [one.args[1] for one in made]
    return {one.value for one in found if isinstance(one, ast.Constant)} | set(WORDS.values())


def test_every_reason_for_refusing_a_file_has_its_file():
    sentences = [*TEXTS, *(sentence for *_, sentence in REFUSED)]
    reasons = reasons_of_reading()
    lacking = [
        reason for reason in reasons if not any(re.fullmatch(reason, one) for one in sentences)
    ]
    assert (len(reasons), lacking) == (11, [])


def test_every_figure_that_may_be_doubted_has_its_file():
    told = {sentence.rpartition(" trong tệp là ")[0] for *_, sentence in DOUBTED}
    told = {words.partition(": ")[2] for words in told}
    assert words_of_checking() - told == {"dấu vân tay", "phần vượt điểm chuẩn"}
