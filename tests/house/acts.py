"""Which rights an action requires, read from its source, and which actions a page calls."""

import ast
import inspect
import sys
import textwrap

from tests.house.walk import NAMES
from thidua.common.workflow import Workflow


def tree_of(thing):
    return ast.parse(textwrap.dedent(inspect.getsource(thing)))


def called(thing, module):
    """Functions that the source of `thing` calls by name or as `module.name`."""
    for node in ast.walk(tree_of(thing)):
        if not isinstance(node, ast.Call):
            continue
        owner = module
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            owner = getattr(module, node.func.value.id, None)
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        found = getattr(owner, name, None)
        if inspect.isfunction(found):
            yield found, node


def actions_of(view) -> list:
    """The actions a view calls, also through its own base classes."""
    found = []
    for cls in view.__mro__:
        if cls.__module__.split(".")[0] in NAMES:
            functions = [one for one, _ in called(cls, sys.modules[cls.__module__])]
            found += [one for one in functions if ".actions" in one.__module__]
    return [one for one in found if "actor" in inspect.signature(one).parameters]


def required_by(action, seen=()) -> set[str]:
    """The rights an action requires, itself or in functions of its own file."""
    action = inspect.unwrap(action)
    module, rights = sys.modules[action.__module__], set()
    for function, node in called(action, module):
        if function.__name__ == "require":
            rights.add(value_of(node.args[1], module))
        elif function.__name__ == "perform":
            rights |= moved_by(node, module)
        elif function.__module__ == action.__module__ and function not in (action, *seen):
            rights |= required_by(function, (*seen, action, function))
    return rights


def value_of(node, module):
    return node.value if isinstance(node, ast.Constant) else getattr(module, node.id)


def moved_by(node, module) -> set[str]:
    """The rights of the move that a call of `perform` names; of all where it is an argument."""
    life: Workflow = getattr(module, node.args[0].id)
    if isinstance(node.args[1], ast.Constant):
        return {life[node.args[1].value].permission}
    return {move.permission for move in life.transitions}
