"""What a reader may rely on in every file, and proof that each rule sees its own breach."""

import ast
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.house.source import NOT_SOURCE, ROOT
from tests.house.walk import NAMES, packages

PYTHON = sorted(
    path for name in (*NAMES, "tests", "tools") for path in ROOT.joinpath(name).rglob("*.py")
)
OURS = [path for path in PYTHON if path.parts[len(ROOT.parts)] in NAMES]
WRITTEN = [path for path in OURS if "migrations" not in path.parts]
TEMPLATES = sorted(ROOT.joinpath("templates").rglob("*.html"))
LETTERS = {".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".yaml", ".svg", ".json", ".mjs"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEST = 40, 400, 500
LONGEST_TEMPLATE, LONGEST_SCRIPT = 120, 300
CLOCKS = {"today", "now", "utcnow", "localdate"}
# The state is written by the one function, and by data that is born in a state.
MOVER, DEMO = ROOT / "thidua/common/workflow.py", ROOT / "thidua/demo"
WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_update", "bulk_create"}
DECOMPOSED = {ROOT / "tests/cases/names-and-text.json"}  # on purpose: it is the case of one
ROUNDED = re.compile(r"\|\s*(floatformat|stringformat:[\"'][^\"']*\.)")
UNSAFE = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off", re.IGNORECASE)
TAGS = re.compile(r"<script(?![^>]*\ssrc=)|<style\b", re.IGNORECASE)
INLINE = re.compile(r"<[^>{]*\s(style|on[a-z]+)\s*=", re.I)
# Where HTML is written in Python: the score grids, and one filter of the printed papers.
GRID, PAPER_TAGS = ROOT / "blocs/reports/views/grid", ROOT / "thidua/papers/templatetags/papers.py"
WITHOUT_PIECES = [path for path in WRITTEN if path != GRID / "parts.py"]  # test_pieces.py
HTML_MODULES = ("django.utils.html", "django.utils.safestring", "html")
HTML_TAG = re.compile(
    r"(?<!\(\?P)</?(a|b|br|button|details|div|em|form|h\d|i|img|input|label|li|ol|option|p|pre|script"
    r"|section|select|small|span|strong|style|su[bp]|svg|t[dhr]|table|tbody|textarea|ul|use)\b[^-:]",
    re.IGNORECASE,
)
# The one way of rounding: for points in the library, which stands alone, and for what is printed.
ROUNDERS = {ROOT / "blocs/scoring/terms/numbers.py", ROOT / "thidua/common/vietnamese/numbers.py"}
DECIMALS_BY_HAND = re.compile(
    r"^[-+ ,<>=^\d]*\.\d+[feEn%]$|\{[^{}]*:[^{}]*\.(\d+|\{\w*\})[feEn%]?\}"
    r"|%[-+ 0#]*\d*\.(\d+|\*)[feE]"
)
# The one way of writing a day; the library knows days and no moments.
DAY = "%d/%m/%Y"
DAY_WRITERS = {
    *ROOT.joinpath("blocs/scoring").rglob("*.py"),
    *ROOT.joinpath("thidua/demo").rglob("*.py"),
    ROOT / "thidua/common/vietnamese/dates.py",
    # What a person types, not what a page says.
    ROOT / "thidua/common/pages/forms.py",
    ROOT / "thidua/workbooks/reading.py",
    ROOT / "thidua/formats/vi/formats.py",
}
# The one way of telling the day of a moment; the cells of a workbook have no zone.
DAY_TAKERS = {
    ROOT / "thidua/common/vietnamese/dates.py",
    *ROOT.joinpath("thidua/workbooks").glob("*.py"),
}
# The one way of reading a thing a line; the library stands alone.
LINE_READERS = {
    ROOT / "thidua/common/vietnamese/text.py",
    ROOT / "blocs/scoring/terms/rule_texts.py",
}
# Where files belong to no row: the cache of PDFs, the sockets and folders of warm processes,
# backups and what is restored before there are rows, what jobs make for a few days.
ROWLESS_FILES = {
    *ROOT.joinpath("thidua/upkeep/backups").rglob("*.py"),
    ROOT / "thidua/papers/pdf/cache.py",
    ROOT / "thidua/common/warm/client.py",
    ROOT / "thidua/common/warm/server.py",
    ROOT / "thidua/jobs/files.py",
    # `remove_kept`, the one way to remove the file of a row that is gone.
    ROOT / "thidua/common/files/kept.py",
}
OUTSIDE = re.compile(r"""(?:src|href|action|hx-\w+|url\()\s*=?\s*["']?(?:https?:)?//""", re.I)


def where(path, node=None):
    line = f":{node.lineno}" if node is not None else ""
    return f"{path.relative_to(ROOT)}{line}"


def rooms(*names):
    found = [path for name in names for folder in packages(name) for path in files_of(folder)]
    return [path for path in found if not path.is_relative_to(DEMO)]


def files_of(room):
    return sorted(room.rglob("*.py")) if room.is_dir() else [room.with_suffix(".py")]


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


# --- the rules: each gives the nodes of a tree that break it --------------------------------------


def clock_reads(tree):
    """Calls that ask what day it is."""
    return [
        node
        for node in calls(tree)
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in CLOCKS
    ]


def django_imports(tree):
    """Imports of Django, of models, or of rooms above the domain."""
    above = {"django", "models", "permissions", "workflows", "actions", "forms", "views"}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [node] if any(above & set(name.split(".")) for name in names) else []
    return found


def superuser_questions(tree):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "is_superuser"
    ]


def state_writes(tree):
    """A state set by hand: by assignment, by setattr, or by a keyword of update and create."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [one for one in targets if getattr(one, "attr", "") == "state"]
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = {keyword.arg for keyword in node.keywords}
            texts = {getattr(one, "value", None) for one in ast.walk(node)}
            by_name = name in ("setattr", "bulk_update") and "state" in texts
            if (name in WRITERS and "state" in words) or by_name:
                found.append(node)
    return found


def unsafe_strings(tree):
    """Text declared safe that is not written out in the source."""
    found = []
    for node in calls(tree):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        is_literal = all(isinstance(one, ast.Constant) for one in node.args)
        if name == "mark_safe" or (name in ("SafeString", "SafeText") and not is_literal):
            found.append(node)
    return found


def html_by_hand(tree):
    """HTML put together outside the rooms whose escaping is tested."""
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            found += [node] if HTML_TAG.search(node.value) else []
        elif isinstance(node, ast.ImportFrom | ast.Import):
            module = getattr(node, "module", "")
            names = {f"{module}.{alias.name}".strip(".") for alias in node.names} | {module}
            found += [node] if names & set(HTML_MODULES) else []
    return found


def roundings(tree):
    """Numbers rounded, or cut to decimals for printing, by hand: halves go to the even figure."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += [node] if name in ("round", "quantize") else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [node] if DECIMALS_BY_HAND.search(node.value) else []
        elif isinstance(node, ast.FormattedValue) and has_counted_decimals(node.format_spec):
            found.append(node)
    return found


def has_counted_decimals(spec):
    """A format whose number of decimals is a name, «.{places}f»."""
    parts = spec.values if spec else ()
    return len(parts) > 1 and "." in str(getattr(parts[0], "value", ""))


def days_of_moments(tree):
    """`moment.date()`: of what is stored in UTC that is the day before, from midnight to 7."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "date" and not node.args
    ]


def days_by_hand(tree):
    """Days written by hand: of a moment that is the day in London, seven hours behind."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DAY in node.value
    ]


def removals(tree):
    """Files taken off the disk elsewhere than behind `on_commit`: their row may come back."""
    waiting = [node for node in calls(tree) if getattr(node.func, "attr", "") == "on_commit"]
    behind = {id(inner) for node in waiting for inner in ast.walk(node)}
    return [node for node in calls(tree) if removes_file(node.func) and id(node) not in behind]


def removes_file(function):
    owner = getattr(function, "value", None)
    holder = getattr(owner, "attr", getattr(owner, "id", ""))
    name = getattr(function, "attr", "")
    return name in ("unlink", "rmtree") or (name == "delete" and holder in ("storage", "file"))


def lines_by_hand(tree):
    """Lines of a text parted by hand: one function reads what is written a thing a line."""
    return [node for node in calls(tree) if getattr(node.func, "attr", "") == "splitlines"]


def long_functions(tree):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]


def public_functions(tree):
    return [
        node for node in tree.body if isinstance(node, FUNCTIONS) and not node.name.startswith("_")
    ]


def undocumented(tree):
    return [node for node in public_functions(tree) if not ast.get_docstring(node)]


def untyped(tree):
    """Functions whose result, or one of whose arguments, says nothing of its type."""
    free = {"actor", "user", "obj", "subject", "value", "request"}
    return [
        node
        for node in public_functions(tree)
        if node.returns is None
        or any(
            one.annotation is None and one.arg not in free
            for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        )
    ]


# Rooms whose functions say what they do and what they take.
TOLD = ("domain", "scoring", "actions", "common", "papers", "workbooks", "upkeep")
RULES = {
    "clock": (
        clock_reads,
        rooms("domain", "scoring", "forms", "documents"),
        "x = date.today()",
    ),
    "pure domain": (
        django_imports,
        rooms("domain", "scoring"),
        "from django.utils import timezone",
    ),
    "superuser": (superuser_questions, WRITTEN, "x = user.is_superuser"),
    "state": (
        state_writes,
        [path for path in WRITTEN if path != MOVER and not path.is_relative_to(DEMO)],
        "report.state = 'agreed'",
    ),
    "rounding": (
        roundings,
        [path for path in WRITTEN if path not in ROUNDERS],
        "x = f'{points:.2f}'",
    ),
    "days": (
        days_by_hand,
        [path for path in WRITTEN if path not in DAY_WRITERS],
        "words = f'gửi {sent:%d/%m/%Y}'",
    ),
    "moments": (
        days_of_moments,
        [path for path in WRITTEN if path not in DAY_TAKERS],
        "day = report.sent_at.date()",
    ),
    "lines": (
        lines_by_hand,
        [path for path in WRITTEN if path not in LINE_READERS],
        "names = [name.strip() for name in text.splitlines()]",
    ),
    "files": (
        removals,
        [path for path in WRITTEN if path not in ROWLESS_FILES],
        "transaction.on_commit(lambda: file.storage.delete(a))\nfile.storage.delete(b)",
    ),
    "html": (
        html_by_hand,
        [path for path in WRITTEN if not path.is_relative_to(GRID) and path != PAPER_TAGS],
        "cell = f'<td class=\"num\">{points}'",
    ),
    "safe": (unsafe_strings, WITHOUT_PIECES, "from x import y\nz = mark_safe('<b>')"),
    "size": (long_functions, PYTHON, "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
    "sentence": (undocumented, rooms(*TOLD), "def f():\n    x = 1"),
    "types": (untyped, rooms(*TOLD), "def f(year):\n    '''It.'''"),
}


@pytest.mark.parametrize("name", RULES)
def test_rule_is_kept(name):
    rule, paths, _ = RULES[name]
    assert len(paths) > 0
    found = [where(path, node) for path in paths for node in rule(ast.parse(path.read_text()))]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("name", RULES)
def test_rule_sees_its_breach(name):
    rule, _, breach = RULES[name]
    assert len(rule(ast.parse(breach))) == 1


@pytest.mark.parametrize(
    "breach",
    (
        "Report.objects.update(state='agreed')",
        "Report.objects.create(unit=unit, state='agreed')",
        "setattr(report, 'state', 'agreed')",
        "Report.objects.bulk_update(rows, ['state'])",
    ),
)
def test_no_way_around_perform_is_overlooked(breach):
    assert len(state_writes(ast.parse(breach))) == 1


@pytest.mark.parametrize(
    "breach",
    (
        "from django.utils.html import format_html",
        "from django.utils import safestring",
        "import html",
        "x = '<strong>' + name",
        "x = '<input name=\"{}\">'.format(name)",
        "x = f'{name}</td>'",
        "x = '<br/>'.join(names)",
    ),
)
def test_no_html_by_hand_is_overlooked(breach):
    assert len(html_by_hand(ast.parse(breach))) == 1


def test_words_between_angle_brackets_are_no_html():
    told = (
        "def f():\n    'Inputs `<b>` of a row.'\n    return '(?P<b>x)', '<int:pk>/', '<field>-rows'"
    )
    assert html_by_hand(ast.parse(told)) == []


@pytest.mark.parametrize(
    "breach",
    (
        "x = round(points, 2)",
        "x = points.quantize(CENT)",
        "x = '%.2f' % points",
        "x = '{:.1f}'.format(points)",
        "x = format(points, '.2f')",
        "x = f'{points:+,.2f}'",
        "x = f'{share:.0%}'",
        "x = f'{points:.{places}f}'",
        "x = '{:.{}f}'.format(points, places)",
        "x = '%.*f' % (places, points)",
    ),
)
def test_no_rounding_by_hand_is_overlooked(breach):
    assert len(roundings(ast.parse(breach))) == 1


@pytest.mark.parametrize(
    "breach",
    (
        "import django.db",
        "from blocs.years.models import BlocYear",
        "from blocs.reports.actions.reports import start_report",
        "from agreements.models.agreed import targets_in_force",
        "from blocs.years import views",
    ),
)
def test_no_room_above_the_domain_is_overlooked(breach):
    assert len(django_imports(ast.parse(breach))) == 1


@pytest.mark.parametrize(
    "breach", ("row.file.delete()", "Path(name).unlink()", "shutil.rmtree(folder)")
)
def test_no_removal_of_a_file_is_overlooked(breach):
    assert len(removals(ast.parse(breach))) == 1


def test_floors_are_kept():
    """Who imports whom: the contracts of pyproject.toml."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [sys.executable, program, "--no-logo"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, "") == (0, done.stdout[-3000:] if done.returncode else "")


# --- texts ---------------------------------------------------------------------------------------


def texts():
    """Every text of ours, committed or not yet."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if (
            path.suffix in LETTERS
            and path.is_file()
            and not (NOT_SOURCE | {"vendor"}) & set(inside)
        ):
            yield path


def test_every_text_is_composed_unicode():
    found = [where(path) for path in texts() if not is_composed(path.read_text())]
    found = [name for name in found if ROOT / name not in DECOMPOSED]
    assert "\n".join(found) == ""


def is_composed(text) -> bool:
    return unicodedata.is_normalized("NFC", text)


def test_decomposed_text_would_be_seen():
    assert (is_composed("Khối"), is_composed(unicodedata.normalize("NFD", "Khối"))) == (True, False)


def breaches(text) -> list[str]:
    """What a template must not hold."""
    rules = (UNSAFE, TAGS, INLINE, OUTSIDE, ROUNDED)
    return [found[0] for rule in rules for found in rule.finditer(text)]


def test_templates_hold_no_script_style_address_or_rounding():
    found = {
        where(path): breaches(path.read_text())
        for path in TEMPLATES
        if "documents" not in path.parts and breaches(path.read_text())
    }
    assert found == {}


@pytest.mark.parametrize(
    "breach",
    (
        "{{ text|safe }}",
        "{% autoescape off %}",
        "<script>x()</script>",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<button onclick="x()">',
        '<img src="https://example.org/a.png">',
        '<a href="//example.org">',
        "{{ points|floatformat:2 }}",
        '{{ points|stringformat:".1f" }}',
    ),
)
def test_breach_of_a_template_is_seen(breach):
    assert len(breaches(breach)) == 1


def lengths():
    """Files with their number of lines and the most they may have."""
    for path in PYTHON:
        if "migrations" not in path.parts:
            most = LONGEST_TEST if path.is_relative_to(ROOT / "tests") else LONGEST_MODULE
            yield path, len(path.read_text().splitlines()), most
    for path in TEMPLATES:
        yield path, len(path.read_text().splitlines()), LONGEST_TEMPLATE
    for path in ROOT.joinpath("static/js").glob("*.js"):
        yield path, len(path.read_text().splitlines()), LONGEST_SCRIPT


def test_files_fit_a_readers_head():
    found = [f"{where(path)}: {count} > {most}" for path, count, most in lengths() if count > most]
    assert "\n".join(found) == ""
