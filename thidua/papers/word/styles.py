"""What the stylesheet of papers says about an element: the one source of both PDF and Word."""

import functools
import re
from dataclasses import dataclass

import cssselect2
import tinycss2

from thidua.papers.pdf.client import STATIC
from thidua.papers.word.measures import mm

# What every browser knows before it reads a stylesheet; the rest is inline.
OF_BROWSERS = """
html, body, main, div, section, p, h1, h2 { display: block }
head { display: none }
table { display: table } thead, tbody { display: table-row-group } tr { display: table-row }
th, td { display: table-cell } colgroup { display: none }
h1, h2, th, b, strong { font-weight: bold } em, i { font-style: italic } th { text-align: center }
"""
INHERITED = [
    "font-size",
    "font-weight",
    "font-style",
    "line-height",
    "text-align",
    "text-indent",
    "white-space",
]
START = {"font-size": "14pt", "line-height": "1.2", "text-align": "left", "display": "inline"}
SIDES = ("top", "right", "bottom", "left")
FONT = re.compile(r"(?P<size>[\d.]+pt)(?:/(?P<line>[\d.]+))?")
PAPERS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}

Style = dict[str, str]


@dataclass(frozen=True)
class SheetSize:
    """A sheet in millimetres: width, height, and margins top, right, bottom, left."""

    width: float
    height: float
    margins: tuple[float, float, float, float]

    @property
    def text_width(self) -> float:
        return self.width - self.margins[1] - self.margins[3]


class Stylesheet:
    """The rules of one stylesheet, asked element by element."""

    def __init__(self, css: str):
        self.matcher, self.pages = cssselect2.Matcher(), {}
        for rule in tinycss2.parse_stylesheet(OF_BROWSERS + css, True, True):
            if rule.type == "qualified-rule":
                style = declared(rule)
                for selector in cssselect2.compile_selector_list(rule.prelude):
                    self.matcher.add_selector(selector, style)
            elif rule.type == "at-rule" and rule.at_keyword == "page":
                self.pages[tinycss2.serialize(rule.prelude).strip()] = declared(rule)

    def style_of(self, element: cssselect2.ElementWrapper, parent: Style) -> tuple[Style, Style]:
        """(style of the element, of what is drawn after it); inherited ones come from `parent`."""
        style = {name: parent[name] for name in INHERITED if name in parent}
        style["display"] = START["display"]
        after: Style = {}
        for _, _, pseudo, said in self.matcher.match(element):
            if pseudo is None:
                style.update(said)
            elif pseudo == "after":
                after.update(said)
        return style, after

    def size_of(self, page: str) -> SheetSize:
        """The sheet of a named page; what it does not say is as on every page."""
        said = self.pages[""] | self.pages.get(page, {})
        name, _, turned = said["size"].partition(" ")
        sides = PAPERS[name][::-1] if turned == "landscape" else PAPERS[name]
        top, right, bottom, left = (mm(said[f"margin-{side}"]) for side in SIDES)
        return SheetSize(*sides, (top, right, bottom, left))


def declared(rule: tinycss2.ast.QualifiedRule | tinycss2.ast.AtRule) -> Style:
    """The declarations of a rule, with shorthands of sides and font taken apart."""
    style: Style = {}
    for entry in tinycss2.parse_blocks_contents(rule.content, True, True):
        if entry.type != "declaration":
            continue
        value = tinycss2.serialize(entry.value).strip()
        if entry.lower_name in {"margin", "padding"}:
            style |= of_sides(entry.lower_name, value.split())
        elif entry.lower_name == "font" and (found := FONT.search(value)):
            style["font-size"] = found["size"]
            style |= {"line-height": found["line"]} if found["line"] else {}
        else:
            style[entry.lower_name] = value
    return style


def of_sides(name: str, values: list[str]) -> Style:
    """One to four values said of the four sides."""
    top, right, bottom, left = (
        values * 4 if len(values) == 1 else values * 2 if len(values) == 2 else [*values, values[1]]
    )[:4]
    return {f"{name}-{side}": v for side, v in zip(SIDES, (top, right, bottom, left), strict=True)}


@functools.cache
def paper_sheet() -> Stylesheet:
    """The stylesheet that WeasyPrint prints papers with."""
    path = STATIC / "css/paper.css"
    return Stylesheet(path.read_text(encoding="utf-8"))
