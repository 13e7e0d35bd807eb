"""Every page and every move names a right, and every right is declared once and used."""

import ast
import re
from collections import Counter

import pytest
import rules
from django.contrib.auth.mixins import PermissionRequiredMixin

from tests.agreements.test_permissions import MATRIX as AGREEMENTS
from tests.awards.test_permissions import MATRIX as AWARDS
from tests.blocs.test_permissions import MATRIX as BLOCS
from tests.house.acts import actions_of, required_by
from tests.house.source import ROOT
from tests.house.walk import NAMES, addresses, declared_rights, workflows
from thidua.api.views.data import TokenPage
from thidua.common.pages.views import PagePermission

# What anybody may open.
PUBLIC = {
    "accounts:login",
    "accounts:provider_begin",
    "accounts:provider_return",
    "accounts:provider_leave",
    "decisions:public_list",
    "decisions:public_blocs",
    "decisions:public_detail",
    "decisions:public_commended",
    "decisions:public_bloc",
    # The same as files.
    "open_data:decisions_csv",
    "open_data:decisions_json",
    "open_data:lines_csv",
    "open_data:lines_json",
    "open_data:blocs_csv",
    "open_data:blocs_json",
    # How programs read, which tells of nobody.
    "api:api_about",
    "api:api_description",
    "upkeep:alive",
}
# What everybody with an account does with it.
OWN_ACCOUNT = {
    "accounts:logout",
    "accounts:password_change",
    "accounts:reset_seen",
    "accounts:factor_ask",
    "accounts:factor_new",
    "accounts:factor_detail",
    "accounts:codes_new",
    "accounts:codes_shown",
    "accounts:prove",
    "accounts:session_list",
    "accounts:sessions_end",
    "accounts:session_end",
    # The own long work: another's is not found.
    "jobs:job_list",
    "jobs:job_detail",
    "jobs:job_file",
    "jobs:job_stop",
    "jobs:job_retry",
    # The own tokens: to see what one has left behind needs no right.
    "tokens:token_list",
    "tokens:token_shown",
    # The button that ends looking as another: of no right, one's own session.
    "view_as:view_as_end",
}
USED_IN_TEMPLATES = re.compile(r"\bperms\.(\w+\.\w+)")


@pytest.mark.parametrize("page", addresses(), ids=str)
def test_page_names_a_declared_right(page):
    assert unnamed(page) == ""


def unnamed(page) -> str:
    """What is wrong with the rights of a page."""
    if page.name in PUBLIC | OWN_ACCOUNT:
        return "" if not issubclass(page.view, PermissionRequiredMixin) else "is not public"
    if not issubclass(page.view, PagePermission | TokenPage):
        return "does not ask rights"
    if not page.rights:
        return "names no right"
    return ", ".join(right for right in page.rights if not rules.perm_exists(right))


@pytest.mark.parametrize("page", addresses(), ids=str)
def test_page_asks_what_its_action_requires(page):
    """Else a person fills in a form that is refused in the end, or is refused a form too early."""
    if page.name not in PUBLIC | OWN_ACCOUNT and not page.is_by_token:
        wrong = [act.__name__ for act in actions_of(page.view) if not asks_for(page, act)]
        assert wrong == []


def asks_for(page, action):
    return bool(page.rights & required_by(action))


def test_actions_are_found():
    """The reading of sources does not pass by finding nothing."""
    found = {act.__name__ for page in addresses() for act in actions_of(page.view)}
    assert {"edit_unit", "stop_person", "sign_agreement", "give_opinion"} - found == set()
    assert len(found) > 40


@pytest.mark.parametrize("page", addresses(), ids=str)
def test_page_needs_an_account_unless_it_is_public(page):
    view = page.view.as_view()
    is_open = page.name in PUBLIC or page.is_by_token
    assert getattr(view, "login_required", True) is not is_open


def test_short_lists_name_pages_that_exist():
    assert (PUBLIC | OWN_ACCOUNT) - {page.name for page in addresses()} == set()


@pytest.mark.parametrize("name", workflows())
def test_every_move_names_a_declared_right(name):
    moves = workflows()[name].transitions
    assert [move.name for move in moves if not rules.perm_exists(move.permission)] == []


def test_every_right_is_declared_once():
    counts = Counter(declared_rights())
    assert {right: count for right, count in counts.items() if count > 1} == {}
    assert set(counts) == set(rules.permissions.permissions)


def test_every_right_is_used():
    assert sorted(set(declared_rights()) - used_rights()) == []


def used_rights() -> set[str]:
    """Rights named in code outside the permission files, and in templates."""
    found = set()
    for name in NAMES:
        for path in (ROOT / name).rglob("*.py"):
            if path.name != "permissions.py":
                found |= constants(ast.parse(path.read_text()))
    for path in (ROOT / "templates").rglob("*.html"):
        found |= set(USED_IN_TEMPLATES.findall(path.read_text()))
    return found


def constants(tree) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_right_stands_in_the_matrix():
    asked = {line.right for line in (*BLOCS, *AGREEMENTS, *AWARDS)}
    assert sorted(set(declared_rights()) - asked) == []
    assert sorted(asked - set(declared_rights())) == []
