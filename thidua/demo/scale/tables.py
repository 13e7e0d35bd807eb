"""A scoring table of so many lines, and what a unit fills in."""

from decimal import Decimal

from blocs.scoring import Entry
from blocs.scoring.totals.table_json import Table
from blocs.scoring.totals.tables import Node, roman
from blocs.scoring.totals.totals import TableRules

GROUPS, LEAF_MAX = 6, Decimal(10)
WORDS = (
    "Hoàn thành các chỉ tiêu, nhiệm vụ được Ủy ban nhân dân tỉnh giao trong kế hoạch năm, có đánh "
    "giá kết quả và tài liệu kiểm chứng kèm theo (nội dung số {})"
)
GROUP_WORDS = "Kết quả thực hiện nhóm nhiệm vụ số {}"
BONUS, DEDUCTION = "T", "P"
# So much less for each grade, of the points of a leaf and of a result in percent.
POINTS_LESS, PERCENT_LESS = Decimal("0.02"), Decimal("0.2")
# Units up to this grade have a model that was recognised.
BEST_GRADES = 12


def scale_table(leaves: int) -> Table:
    """Six groups of leaves, every fifth a share of a target, a bonus and a deduction."""
    groups = tuple(group(number, leaves) for number in range(min(GROUPS, leaves)))
    extra = (
        Node(BONUS, "Điểm thưởng", "bonus", Decimal(5), {"points": "1", "cap": "5"}, "mô hình"),
        Node(DEDUCTION, "Điểm trừ", "deduction", None, {"points": "-0.5"}, "lần"),
    )
    rules = TableRules(total_max=LEAF_MAX * leaves)
    return Table((*groups, *extra), rules, "Bảng chấm điểm thi đua (số liệu minh họa)")


def group(number: int, leaves: int) -> Node:
    """Each sixth line stands in the same group."""
    found = tuple(leaf(place) for place in range(leaves) if place % GROUPS == number)
    return Node(
        roman(number + 1),
        GROUP_WORDS.format(number + 1),
        max_points=LEAF_MAX * len(found),
        children=found,
    )


def leaf(place: int) -> Node:
    code, name = str(place // GROUPS + 1), WORDS.format(place + 1)
    if is_share(place):
        rule = {"formula": "proportional"}
        return Node(code, name, "quantitative", LEAF_MAX, rule, "%")
    return Node(code, name, "direct", LEAF_MAX)


def is_share(place: int) -> bool:
    return place % 5 == 0


def scale_answers(leaves: int, grade: int) -> dict[str, Entry]:
    """The entries of a whole sheet by path; a higher grade is a weaker year."""
    entries = {
        f"{roman(place % GROUPS + 1)}/{place // GROUPS + 1}": answer(place, grade)
        for place in range(leaves)
    }
    models = Decimal(1 if grade <= BEST_GRADES else 0)
    return entries | {BONUS: Entry(value=models), DEDUCTION: Entry(value=Decimal(0))}


def answer(place: int, grade: int) -> Entry:
    if is_share(place):
        return Entry(value=100 - PERCENT_LESS * grade, target=Decimal(100))
    return Entry(value=LEAF_MAX - POINTS_LESS * grade)
