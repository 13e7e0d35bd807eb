"""The third sheet: groups and leaves by the paths that people write, «I», «I/1», «I/-».

A written path ends in the label as it was issued, which may repeat, be empty («I/») or end in a
stroke («I/1/»). The product gives each line a code of its own (`keyed`); the sheet of results finds
a line by its written path and, where several share it, by its text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from blocs.criteria.domain.table_cells import MOST_LEVELS
from blocs.reports.domain.cell_answers import choice_like
from blocs.scoring import GROUP, KINDS, Node, kind_words
from blocs.scoring.terms.parameters import LineParameter
from blocs.scoring.totals.labels import LONGEST_LABEL, keyed
from blocs.year_files.domain.year_pages import (
    DOUBLE,
    NO_SUCH,
    TABLE,
    YearReading,
)
from thidua.common.json_text import JsonTextError, read_json

NO_PARENT = "Không có nhóm “{path}” ở các dòng trên."
TOO_DEEP = (
    f"Mã này ở cấp {MOST_LEVELS + 1} hoặc sâu hơn; bảng điểm có nhiều nhất {MOST_LEVELS} cấp."
)
LONGEST_PATH = MOST_LEVELS * (LONGEST_LABEL + 1)
TOO_LONG = f"Mã dài quá {LONGEST_PATH} ký tự; mỗi ký hiệu dài nhất {LONGEST_LABEL} ký tự."
NOT_JSON = "Quy tắc phải là JSON, ví dụ {example}."
JSON_EXAMPLE = '{"formula": "proportional"}'


@dataclass
class Line:
    """One line of the sheet with those below it, before it has a code of the product."""

    path: str
    node: Node
    row: int
    level: int = 1
    below: list["Line"] = field(default_factory=list)


@dataclass(frozen=True)
class WrittenTable:
    """The lines with their own codes; `paths` are those of the product, by the written path.

    `rows` has the line of the sheet of each path of the product.
    """

    nodes: tuple[Node, ...]
    paths: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]


def read_table(reading: YearReading) -> WrittenTable:
    """All lines of the sheet; those whose group is unknown are noted and left out."""
    top: list[Line] = []
    # The last group of each written path: lines stand below their group.
    groups: dict[str, Line] = {}
    rows: dict[tuple[int, str, str], int] = {}
    for row, columns in reading.lines(TABLE):
        path = reading.code(TABLE, row, columns["path"], is_needed=True)
        if len(path) > LONGEST_PATH:
            reading.problem(TABLE, row, columns["path"], TOO_LONG)
        if not 0 < len(path) <= LONGEST_PATH:
            continue
        above, label = split_path(path, groups)
        if above and above not in groups:
            reading.problem(TABLE, row, columns["path"], NO_PARENT.format(path=above))
            continue
        level = groups[above].level + 1 if above else 1
        if level > MOST_LEVELS:
            reading.problem(TABLE, row, columns["path"], TOO_DEEP)
            continue
        among = groups[above].below if above else top
        line = Line(path, _node(reading, row, columns, label), row, level)
        # The same number and the same text: nothing tells such lines from each other.
        key = (id(among), path, line.node.name)
        if key in rows:
            reading.problem(TABLE, row, columns["path"], DOUBLE.format(value=path, row=rows[key]))
            continue
        rows[key] = row
        among.append(line)
        if line.node.is_group:
            groups[path] = line
    paths: dict[str, tuple[str, ...]] = {}
    rows_by_path: dict[str, int] = {}
    nodes = _grown(top, "", paths, rows_by_path)
    return WrittenTable(_pointed(nodes, paths), paths, rows_by_path)


def split_path(path: str, groups: Mapping[str, Any]) -> tuple[str, str]:
    """The written path of the group, "" for none, and the label of the line inside it."""
    ends = [place for place, letter in enumerate(path) if letter == "/"]
    for place in reversed(ends):
        if path[:place] in groups:
            return path[:place], path[place + 1 :]
    above = path.rstrip("/").rpartition("/")[0]
    return above, path[len(above) + 1 :] if above else path


def _grown(
    lines: list[Line], above: str, paths: dict[str, tuple[str, ...]], rows: dict[str, int]
) -> tuple[Node, ...]:
    """The tree of the lines, in the order of the sheet; notes the path and the row of each."""
    found = []
    for line, node in zip(lines, keyed([line.node for line in lines]), strict=True):
        path = f"{above}/{node.code}" if above else node.code
        paths[line.path] = (*paths.get(line.path, ()), path)
        rows[path] = line.row
        found.append(replace(node, children=_grown(line.below, path, paths, rows)))
    return tuple(found)


def _pointed(nodes: tuple[Node, ...], paths: Mapping[str, tuple[str, ...]]) -> tuple[Node, ...]:
    """The tree whose rules name other lines by the product's paths, where one line is meant."""
    found = []
    for node in nodes:
        kind = KINDS.get(node.kind)
        keys = (
            [one.key for one in kind.parameters if isinstance(one, LineParameter)] if kind else ()
        )
        meant = {key: paths.get(str(node.rule.get(key)), ()) for key in keys}
        rule = {**node.rule, **{key: one[0] for key, one in meant.items() if len(one) == 1}}
        found.append(replace(node, rule=rule, children=_pointed(node.children, paths)))
    return tuple(found)


def _node(reading: YearReading, row: int, columns: Mapping[str, int], label: str) -> Node:
    labels = {kind_words(kind): kind for kind in (GROUP, *KINDS)}
    typed = reading.text(TABLE, row, columns["kind"]) or kind_words(GROUP)
    word = typed if typed in KINDS else choice_like(typed, tuple(labels))
    if word is None:
        reason = NO_SUCH.format(value=typed, choices="; ".join(labels))
        reading.problem(TABLE, row, columns["kind"], reason)
    rule = _rule(reading, row, columns["rule"])
    if reading.text(TABLE, row, columns["evidence"]):
        rule["needs_evidence"] = True
    return Node(
        code=label,
        name=reading.text(TABLE, row, columns["name"], is_needed=True),
        kind=labels.get(word or "", word or GROUP),
        max_points=reading.number(TABLE, row, columns["max_points"]),
        rule=rule,
        measure=reading.text(TABLE, row, columns["measure"]),
    )


def _rule(reading: YearReading, row: int, column: int) -> dict[str, Any]:
    text = reading.text(TABLE, row, column)
    if not text:
        return {}
    try:
        # A rule keeps its numbers as texts, which hold exactly what was typed.
        found = read_json(text, whole=str, fraction=str)
    except JsonTextError:
        found = None
    if isinstance(found, dict):
        return found
    reading.problem(TABLE, row, column, NOT_JSON.format(example=JSON_EXAMPLE))
    return {}
