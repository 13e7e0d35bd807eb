"""No value is hung on an object whose class does not say that it has it.

Read from the sources: of `x.name = …` only the name is known, not the class of `x`. So the name
must be declared by some class of ours, or by a foreign one whose objects we fill in. A name that
another class happens to declare is let through.
"""

import ast

import pytest
from crispy_forms.helper import FormHelper
from django import forms
from django.apps import apps
from django.http import HttpResponse
from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from tests.house.source import ROOT, source_files
from tests.house.walk import NAMES

OWN = [
    path
    for path in source_files()
    if path.suffix == ".py"
    and path.relative_to(ROOT).parts[0] in NAMES
    and "migrations" not in path.parts
]
SELVES = {"self", "cls"}


def foreign() -> set[str]:
    """What objects of libraries have that we set."""
    book = Workbook()
    sheet = book.active
    fields = (
        forms.ModelChoiceField(None),
        forms.CharField(),
        forms.ChoiceField(),
        forms.IntegerField(),
    )
    sheets = (sheet, sheet["A1"], sheet.column_dimensions["A"], sheet.row_dimensions[1])
    parts = (sheet.page_setup, sheet.protection, sheet.sheet_properties.pageSetUpPr)
    filled = (forms.Form(), FormHelper(), DataValidation(), HttpResponse())
    written = Document()
    told = (written.core_properties, written.sections[0], written.styles["Normal"].paragraph_format)
    found = (*fields, *filled, *sheets, *parts, *told)
    return {name for obj in found for name in dir(obj)}


def columns() -> set[str]:
    """What Django gives every row, and the columns of ours."""
    rows = [field for model in apps.get_models() for field in model._meta.get_fields()]
    names = {name for field in rows for name in (field.name, getattr(field, "attname", ""))}
    return names | {"pk", "adding"}


def declared(tree) -> set[str]:
    """Names that classes give their objects, in their body or through `self`."""
    found = set()
    for cls in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in cls.body:
            if isinstance(node, ast.Assign):
                found |= {one.id for one in node.targets if isinstance(one, ast.Name)}
            elif isinstance(node, ast.AnnAssign):
                found.add(node.target.id)
            elif isinstance(node, ast.FunctionDef):
                found.add(node.name)
        found |= {name for owner, name, _ in assigned(cls) if owner in SELVES}
    return found


def assigned(tree):
    """(owner, attribute, line) of every attribute that is set, also by a tuple or by setattr."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield ast.unparse(node.value), node.attr, node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr":
            owner, name = node.args[:2]
            if isinstance(name, ast.Constant):
                yield ast.unparse(owner), name.value, node.lineno


def modules(tree) -> set[str]:
    return {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }


def hung(tree, known: set[str]) -> list[str]:
    """Lines that set on another object what no class declares."""
    others = [one for one in assigned(tree) if one[0] not in SELVES | modules(tree)]
    return [f"{line}: {owner}.{name}" for owner, name, line in others if name not in known]


def test_nothing_is_hung_on_an_object_that_does_not_declare_it():
    trees = {path: ast.parse(path.read_text()) for path in OWN}
    known = foreign() | columns() | {name for tree in trees.values() for name in declared(tree)}
    faults = {str(path.relative_to(ROOT)): hung(tree, known) for path, tree in trees.items()}
    assert {path: found for path, found in faults.items() if found} == {}
    assert len(OWN) > 100


@pytest.mark.parametrize(
    ("line", "found"),
    (
        ("report._sheet = read(report)", ["1: report._sheet"]),
        ("row.told, row.state = [], ''", ["1: row.told"]),
        ("setattr(user, '_standing', None)", ["1: user._standing"]),
        ("self.anything = 1", []),
        ("report.state = 'sent'", []),
    ),
)
def test_what_is_hung_on_an_object_is_seen(line, found):
    assert hung(ast.parse(line), {"state"}) == found
