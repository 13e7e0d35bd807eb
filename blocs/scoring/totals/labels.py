"""The number of a line as its table was issued, and the code by which the product knows the line.

A label is text: «-», «1/», nothing at all, the same for every line of a group. The code is the
product's own: never empty, without “/”, once among neighbours; paths are made of codes. Where the
label is fit to be the code it is the code, and the line has no label of its own.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from blocs.scoring.totals.tree import Node

LONGEST_CODE, LONGEST_LABEL = 30, 60
# What begins a code that the product made up itself.
OWN = "~"


def keyed(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The lines of one group, each with a code of its own; a stated one is kept where it is fit."""
    labels = Counter(node.issued for node in nodes)
    used: set[str] = set()
    stated = []
    for node in nodes:
        is_kept = node.label is not None and is_code(node.code) and node.code not in used
        stated.append(is_kept)
        used |= {node.code} if is_kept else set()
    found = []
    for node, is_kept in zip(nodes, stated, strict=True):
        if not is_kept:
            is_single = labels[node.issued] == 1
            code, label = code_for(node.issued, node.name, used, is_single=is_single)
            used.add(code)
            node = replace(node, code=code, label=label)
        found.append(node)
    return tuple(found)


def code_for(
    issued: str, name: str, used: Collection[str], *, is_single: bool = True
) -> tuple[str, str | None]:
    """Code and label of a line among neighbours that have the `used` codes already.

    The label is None where it is the code; `is_single`: no neighbour has the same label.
    """
    if is_single and issued not in used and is_code(issued) and not issued.startswith(OWN):
        return issued, None
    return own_code(issued, name, used), issued


def own_code(issued: str, name: str, used: Collection[str]) -> str:
    """A code made from label and text of a line, so that the same file gives the same codes."""
    made = OWN + hashlib.sha256(f"{issued}\n{name}".encode()).hexdigest()[:8]
    code, number = made, 1
    while code in used:
        number += 1
        code = f"{made}-{number}"
    return code


def is_code(text: str) -> bool:
    """Whether a text can name a line in a path; a bullet says nothing about its line."""
    if not 0 < len(text) <= LONGEST_CODE or "/" in text or text != text.strip():
        return False
    return any(letter.isalnum() for letter in text)


def place_words(codes: Iterable[str]) -> str:
    """The codes of a path for people; empty where one of them is the product's own."""
    parts = list(codes)
    return "" if any(part.startswith(OWN) for part in parts) else "/".join(parts)
