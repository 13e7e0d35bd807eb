"""What the house is made of, found by walking it: pages, lives, lists and their rights."""

import ast
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages

from django.apps import apps
from django.urls import URLPattern, get_resolver

import agreements
import awards
import blocs
import thidua
from tests.house.source import ROOT
from thidua.api.views.data import TokenPage
from thidua.common.pages.views import TransitionPage
from thidua.common.workflow import Workflow
from thidua.papers.registry import paper_kinds, paper_permission

APPS = (blocs, agreements, awards, thidua)
# Pages whose rights depend on the object, each with all rights it may ask.
OPENS_PAPERS = {paper_permission(kind) for kind in paper_kinds()}
ASKS_BY_OBJECT = {
    "conferences:paper_file": OPENS_PAPERS,
    "conferences:paper_file_word": OPENS_PAPERS,
    "papers:signed_copy_file": OPENS_PAPERS,
    "agreements:agreement_copy": {"agreements.effect_agreement", "agreements.record_copy"},
}


@dataclass(frozen=True)
class Page:
    """One address: its name, its route as written, its view."""

    name: str
    route: str
    view: type

    def __str__(self):
        return self.name

    @property
    def is_by_token(self) -> bool:
        """Whether programs open it, and no session does."""
        return issubclass(self.view, TokenPage)

    @property
    def rights(self) -> set[str]:
        """The rights this page may ask."""
        if self.name in ASKS_BY_OBJECT:
            return ASKS_BY_OBJECT[self.name]
        if issubclass(self.view, TransitionPage):
            return {move.permission for move in self.view.workflow.transitions}
        named = getattr(self.view, "permission_required", None) or ()
        return {named} if isinstance(named, str) else set(named)


def pages() -> list[Page]:
    """Every address that people open; what programs open `test_lists` walks with tokens."""
    return [page for page in addresses() if not page.is_by_token]


def addresses(resolver=None, route="", space="") -> list[Page]:
    """Every address of the product."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append(Page(f"{space}:{entry.name}", path, entry.callback.view_class))
        else:
            found += addresses(entry, path, entry.namespace or space)
    return found


def workflows() -> dict[str, Workflow]:
    """Every life of an object, by the name of its constant."""
    modules = [
        import_module(found.name)
        for app in APPS
        for found in walk_packages(app.__path__, f"{app.__name__}.")
        if ".workflows" in found.name
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Workflow)
    }


def own_models():
    """The models of our own apps."""
    labels = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in NAMES}
    return [model for model in apps.get_models() if model._meta.app_label in labels]


NAMES = {app.__name__ for app in APPS}


def models_with_lists():
    """Models that can say which of their objects a person may see."""
    return [model for model in own_models() if hasattr(model._default_manager, "visible_to")]


def declared_rights() -> list[str]:
    """Rights as the permission files write them, in order, twice where written twice."""
    return [
        node.args[0].value
        for path in sorted(path for name in NAMES for path in (ROOT / name).rglob("permissions.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "rules.add_perm"
    ]


def packages(room: str):
    """Rooms of our apps with that name, such as `domain`, a folder or a single file each."""
    return [
        ROOT.joinpath(*found.name.split("."))
        for app in APPS
        for found in walk_packages(app.__path__, f"{app.__name__}.")
        if found.name.rpartition(".")[2] == room
    ]
