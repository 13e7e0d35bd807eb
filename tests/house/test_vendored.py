"""What the browser gets comes from this tree alone, unchanged, and can be read by everyone."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
LICENCES = {"LICENSE", "OFL.txt", "VENDORED.md"}
ROW = re.compile(r"^\| (?:[^|]+\| ){3}(?P<path>[^| ]+) \| (?P<sum>[0-9a-f]{64}) \|", re.MULTILINE)
TOKEN = re.compile(r"--(?P<name>[a-z-]+): (?P<value>#[0-9a-f]{6});")

TONES = (
    "draft",
    "submitted",
    "working",
    "returned",
    "done",
    "refused",
    "published",
    "locked",
    "brand",
)
TEXT_PAIRS = (
    *((f"{tone}-ink", f"{tone}-ground") for tone in TONES),
    *((ink, ground) for ink in ("text", "quiet", "action") for ground in ("ground", "surface")),
    *((ink, "surface") for ink in ("danger", "action-deep", "done-ink", "refused-ink")),
    ("action-deep", "action-soft"),
    ("quiet", "draft-ground"),
    ("surface", "action"),
    ("text", "refused-ground"),
)
MARK_PAIRS = (
    ("line-strong", "surface"),
    ("line-strong", "ground"),
    ("focus", "focus-ink"),
    ("focus", "brand-ground"),
)


def recorded() -> dict[str, str]:
    table = (STATIC / "vendor/VENDORED.md").read_text()
    return {row["path"]: row["sum"] for row in ROW.finditer(table)}


def kept() -> dict[str, str]:
    folders = (STATIC / "vendor", STATIC / "fonts")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files = [path for path in files if path.name not in LICENCES] + [STATIC / "img/icons.svg"]
    return {
        str(path.relative_to(STATIC)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def pages() -> list[Path]:
    """Templates of the screen; papers are not sent to a browser."""
    return [path for path in TEMPLATES.rglob("*.html") if "documents" not in path.parts]


def found(pattern: str, paths: list[Path]) -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(ROOT)), match.group())
        for path in paths
        for match in re.finditer(pattern, path.read_text())
    ]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2 of a colour such as #1c2430."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    tokens = dict(TOKEN.findall((STATIC / "css/tokens.css").read_text()))
    dark, light = sorted((luminance(tokens[ink]), luminance(tokens[ground])))
    return (light + 0.05) / (dark + 0.05)


def test_files_of_others_are_the_recorded_ones():
    assert kept() == recorded()


def test_each_vendored_folder_carries_its_licence():
    folders = [*(STATIC / "vendor").glob("*/"), *(STATIC / "fonts").glob("*/")]
    without = [
        str(folder) for folder in folders if not LICENCES & {p.name for p in folder.iterdir()}
    ]
    assert without == []


def test_no_page_asks_another_host():
    styles = list((STATIC / "css").rglob("*.css"))
    scripts = list((STATIC / "js").rglob("*.js"))
    assert found(r'(?:src|href|action|hx-\w+)="(?:https?:)?//[^"]*', pages()) == []
    assert found(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^)]*""", styles) == []
    assert found(r"https?://\S+", scripts) == []


def test_locks_name_no_address():
    files = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    assert found(r"\S*://\S*", files) == []


def test_nothing_is_written_inline():
    assert found(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", pages()) == []


def test_every_icon_named_in_a_template_is_in_the_sprite():
    names = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "img/icons.svg").read_text()))
    literal = r"(?<=icons\.svg' %}#)[a-z-]+(?=\")|(?<=components/icon\.html\" with name=\")[a-z-]+"
    assert [use for use in found(literal, pages()) if use[1] not in names] == []


def test_isolated_forms_are_handed_their_token():
    includes = r'{% include "components/(?:moves|form)\.html"[^%]*%}'
    uses = found(includes, pages())
    assert [use for use in uses if "csrf_token=csrf_token" not in use[1]] == []


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), MARK_PAIRS)
def test_marks_can_be_seen(ink, ground):
    assert contrast(ink, ground) >= 3
