"""Is a scoring table fit to be published, and how its lines are numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.kinds.kinds import KINDS, check_leaf, needed_by
from blocs.scoring.terms.group_rules import GroupRule, group_faults, group_rule
from blocs.scoring.terms.numbers import ZERO, is_multiple, show
from blocs.scoring.terms.values import Leaf
from blocs.scoring.totals.group_limits import is_mixed
from blocs.scoring.totals.labels import LONGEST_LABEL, place_words
from blocs.scoring.totals.table_json import Table, from_json, to_json
from blocs.scoring.totals.tree import GROUP, Node, walk
from blocs.scoring.totals.weights import level_faults

__all__ = [
    "GROUP",
    "Node",
    "Table",
    "TableFault",
    "check_table",
    "from_json",
    "outline",
    "printed_numbers",
    "roman",
    "section_names",
    "table_faults",
    "to_json",
    "walk",
]

UNLIMITED = GroupRule()
MIXED = (
    "nhóm có cả điểm thưởng và điểm trừ nên không rõ điểm tối đa giới hạn bên nào; hãy tách thành "
    "hai nhóm, hoặc để trống điểm tối đa và ghi mức nhiều nhất, ít nhất của nhóm."
)
ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


@dataclass(frozen=True)
class TableFault:
    """One reason why a table cannot be published; `path` names the line, "" the whole table.

    `about` is the field of the line that has to change: a name of `Node`, or "label" or "rule".
    """

    path: str
    sentence: str
    about: str = ""


def check_table(
    nodes: Sequence[Node],
    total_max: Decimal | None,
    *,
    step: Decimal | None = None,
    decimals: int | None = None,
) -> list[str]:
    """Sentences why the table cannot be published; empty when it can.

    Bonus and deduction lie outside the sums. `step` is the grid of the table's points and
    `decimals` their number of places.
    """
    found = table_faults(nodes, total_max, step=step, decimals=decimals)
    return [fault.sentence for fault in found]


def table_faults(
    nodes: Sequence[Node],
    total_max: Decimal | None,
    *,
    step: Decimal | None = None,
    decimals: int | None = None,
) -> list[TableFault]:
    """The same reasons with the line that each is about, for a check list with links."""
    if not nodes:
        return [TableFault("", "Bảng tiêu chí chưa có dòng nào.")]
    found = list(_double_codes(nodes, ""))
    for path, node in walk(nodes):
        about = _check_node(path, node, step, decimals)
        found.extend(TableFault(path, sentence, field) for field, sentence in about)
    found.extend(_unknown_conditions(nodes))
    found.extend(weight_faults(nodes))
    sums = _check_sum("Bảng tiêu chí", nodes, total_max)
    found.extend(TableFault("", sentence, "max_points") for sentence in sums)
    return found


def _check_node(
    path: str, node: Node, step: Decimal | None, decimals: int | None
) -> Iterator[tuple[str, str]]:
    """Pairs of the field that has to change and the sentence."""
    label = _label(path, node)
    if len(node.issued) > LONGEST_LABEL:
        yield "label", f"{label}: ký hiệu dài quá {LONGEST_LABEL} ký tự."
    if not node.name.strip():
        yield "name", f"{label}: chưa có tên."
    if not node.code.strip() or "/" in node.code:
        yield "label", f"{label}: mã phải có và không được chứa dấu “/”."
    for sentence in _check_points(label, node, step, decimals):
        yield "max_points", sentence
    if node.is_group:
        yield from _check_group(label, node)
    else:
        yield from _check_scored(label, path, node)


def _check_points(
    label: str, node: Node, step: Decimal | None, decimals: int | None
) -> Iterator[str]:
    points = node.max_points
    if points is None or (points == 0 and not (node.is_group or _goes_beyond(node))):
        # Such a leaf may consist of bonus alone; any other worth 0 points is an empty field.
        if not node.is_extra:
            yield f"{label}: chưa có điểm tối đa."
        return
    if points < 0:
        yield f"{label}: điểm tối đa {show(points)} là số âm."
    if step and not node.is_extra and not is_multiple(points, step):
        yield f"{label}: điểm tối đa {show(points)} không theo bước {show(step)}."
    if decimals is not None and not is_multiple(points, Decimal(1).scaleb(-decimals)):
        yield f"{label}: điểm tối đa {show(points)} có quá {decimals} chữ số thập phân."


def _goes_beyond(node: Node) -> bool:
    kind = KINDS.get(node.kind)
    return kind is not None and kind.goes_beyond


def _check_group(label: str, node: Node) -> Iterator[tuple[str, str]]:
    faults = group_faults(node.rule)
    for sentence in faults:
        yield "rule", f"{label}: {sentence[0].lower()}{sentence[1:]}"
    if not node.children:
        yield "label", f"{label}: nhóm chưa có tiêu chí nào."
    elif is_mixed(node) and node.max_points:
        yield "max_points", f"{label}: {MIXED}"
    elif not (node.is_extra or faults):
        limits = group_rule(node.rule)
        for sentence in _check_sum(label, node.children, node.max_points, limits):
            yield "max_points", sentence


def _check_scored(label: str, path: str, node: Node) -> Iterator[tuple[str, str]]:
    if node.children:
        yield "kind", f"{label}: tiêu chí được chấm điểm thì không có tiêu chí con."
    if not node.kind:
        yield "kind", f"{label}: chưa chọn cách chấm điểm."
        return
    for sentence in check_leaf(Leaf(path, node.kind, node.max_points, node.rule)):
        yield "rule", f"{label}: {sentence[0].lower()}{sentence[1:]}"


def _check_sum(
    label: str, nodes: Sequence[Node], expected: Decimal | None, limits: GroupRule = UNLIMITED
) -> Iterator[str]:
    found = sum_of_maxima(nodes, limits)
    if expected is not None and found != expected:
        times = f" nhân {limits.times_words}" if limits.times_words else ""
        yield (
            f"{label}: tổng điểm các mục con{times} là {show(found)}, khác điểm tối đa "
            f"{show(expected)}."
        )


def sum_of_maxima(nodes: Sequence[Node], limits: GroupRule = UNLIMITED) -> Decimal:
    """What the maxima of the counted lines come to with the coefficient of their group."""
    counted = (node.max_points or ZERO for node in nodes if not node.is_extra)
    return sum(counted, ZERO) * limits.coefficient


def _unknown_conditions(nodes: Sequence[Node]) -> Iterator[TableFault]:
    paths = {path for path, node in walk(nodes) if not node.is_extra}
    for path, node in walk(nodes):
        needed = needed_by(node.kind, node.rule)
        if needed and needed not in paths:
            words = f"mục “{needed}” của điều kiện thưởng không có trong bảng."
            yield TableFault(path, f"{_label(path, node)}: {words}", "rule")


def weight_faults(nodes: Sequence[Node], above: str = "") -> Iterator[TableFault]:
    """What is wrong with the weights of each level, at the group that holds it."""
    for sentence in level_faults(nodes):
        place = f"Mục {place_words(above.split('/'))}" if above else "Bảng tiêu chí"
        yield TableFault(above, f"{place.rstrip()}: {sentence}")
    for node in nodes:
        if node.is_group:
            yield from weight_faults(node.children, f"{above}/{node.code}" if above else node.code)


def _double_codes(nodes: Sequence[Node], above: str) -> Iterator[TableFault]:
    codes = [node.code for node in nodes]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        place = f"Mục {above}" if above else "Bảng tiêu chí"
        yield TableFault(above, f"{place}: mã “{code}” được dùng cho nhiều mục.")
    for node in nodes:
        yield from _double_codes(node.children, f"{above}/{node.code}" if above else node.code)


def _label(path: str, node: Node) -> str:
    words = [place_words(path.split("/")), f"“{node.name}”" if node.name else ""]
    return " ".join(("Mục", *filter(None, words))) if any(words) else "Một mục không có ký hiệu"


def outline(nodes: Sequence[Node]) -> dict[str, str]:
    """The place of each node, by its path: I, then 1, then 1.1, 1.1.1 below; no two are alike."""
    numbers: dict[str, str] = {}
    for place, node in enumerate(nodes, start=1):
        numbers[node.code] = roman(place)
        numbers.update(_numbered(node.children, node.code, ""))
    return numbers


def printed_numbers(nodes: Sequence[Node]) -> dict[str, str]:
    """What is printed before each node, by its path: the label as issued, else its place."""
    places = outline(nodes)
    return {path: places[path] if node.label is None else node.label for path, node in walk(nodes)}


def section_names(nodes: Sequence[Node]) -> dict[str, str]:
    """«mục III “Cải cách hành chính”» of each group and each top line, by its path.

    Numbered as printed; a line whose label says nothing has its name alone.
    """
    printed, places, found = printed_numbers(nodes), outline(nodes), {}
    for path, node in walk(nodes):
        top, _, below = path.partition("/")
        if not (node.is_group or not below):
            continue
        label = f"{printed[top]}.{places[path]}" if below else printed[path]
        words = f"mục {label}" if any(letter.isalnum() for letter in printed[top]) else "mục"
        found[path] = f"{words} “{node.name}”"
    return found


def _numbered(nodes: Sequence[Node], above: str, prefix: str) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for place, node in enumerate(nodes, start=1):
        path = f"{above}/{node.code}"
        numbers[path] = f"{prefix}{place}"
        numbers.update(_numbered(node.children, path, f"{prefix}{place}."))
    return numbers


def roman(number: int) -> str:
    """A whole number from 1 to 399 in Roman numerals."""
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
