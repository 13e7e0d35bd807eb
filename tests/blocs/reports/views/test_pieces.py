"""Pieces of a grid are escaped once, and their shapes stand in the source."""

import ast

import pytest
from django.utils.safestring import SafeString

from blocs.reports.views.grid.parts import joined, written
from tests.house.source import ROOT

GRID = ROOT / "blocs/reports/views/grid"


def shapes(tree):
    """What is written as the shape of a piece."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call.args[0] for call in calls if getattr(call.func, "id", "") == "written"]


def is_of_the_source(shape):
    """A literal, a constant, a choice of two of them or an entry of a table of them."""
    if isinstance(shape, ast.IfExp):
        return is_of_the_source(shape.body) and is_of_the_source(shape.orelse)
    named = shape.value if isinstance(shape, ast.Subscript) else shape
    return isinstance(shape, ast.Constant) or getattr(named, "id", "").isupper()


def test_words_are_escaped_and_finished_pieces_are_not():
    inner = written("<b>{}</b>", "a < b & \"c\" 'd' {e}")
    assert inner == "<b>a &lt; b &amp; &quot;c&quot; &#x27;d&#x27; {e}</b>"
    outer = written("<i>{}{}</i>", inner, "<script>")
    assert outer == f"<i>{inner}&lt;script&gt;</i>"
    assert isinstance(inner, SafeString)
    assert isinstance(outer, SafeString)
    assert isinstance(joined([inner, outer]), SafeString)
    assert not isinstance(joined([inner, "<script>"]), SafeString)


@pytest.mark.parametrize("path", sorted(GRID.glob("*.py")), ids=lambda path: path.stem)
def test_the_shape_of_a_piece_is_no_typed_text(path):
    found = shapes(ast.parse(path.read_text(encoding="utf-8")))
    assert [ast.unparse(shape) for shape in found if not is_of_the_source(shape)] == []


def test_a_shape_out_of_typed_text_is_seen():
    (shape,) = shapes(ast.parse("written(score.note, points)"))
    assert not is_of_the_source(shape)
