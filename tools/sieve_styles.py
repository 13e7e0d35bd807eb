"""What the pages use of Bootstrap's style sheet: `python -m tools.sieve_styles` writes it anew.

A rule stays where each class and state it asks for is a word that stands anywhere in our templates,
scripts or Python, or in the templates of crispy forms; rules without a class stay. A test of the
house fails where the kept file is older than the words: then run this.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import crispy_bootstrap5

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ROOT / "static/vendor/bootstrap-5.3.9/bootstrap.min.css"
KEPT = ROOT / "static/css/bootstrap.css"
OURS = ("agreements", "awards", "blocs", "thidua")
CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
WORD = re.compile(r"[\w-]+")
HEAD = "/* Made by tools/sieve_styles.py of Bootstrap’s file: what the pages use of it. */\n"


def words() -> frozenset[str]:
    """Every word in which a class of a page may be named."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").glob("*.js")]
    files += [file for folder in OURS for file in (ROOT / folder).rglob("*.py")]
    files += Path(crispy_bootstrap5.__file__).parent.rglob("*.html")
    return frozenset(word for file in files for word in WORD.findall(file.read_text("utf-8")))


def rules(text: str) -> Iterator[tuple[str, str]]:
    """Pairs (what stands before the brace, what is inside) of a style sheet without comments."""
    start = depth = opened = 0
    for at, sign in enumerate(text):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield text[start:opened], text[opened + 1 : at]
                start = at + 1


def sieved(text: str, known: frozenset[str]) -> str:
    """The rules of which somebody may ask, in their order."""
    return "".join(kept(head, body, known) for head, body in rules(text))


def kept(head: str, body: str, known: frozenset[str]) -> str:
    """One rule, with the selectors that stay; nothing where none does."""
    if head.startswith(("@media", "@supports")):
        inside = sieved(body, known)
        return f"{head}{{{inside}}}" if inside else ""
    if head.startswith("@"):
        return f"{head}{{{body}}}"
    asked = [one for one in selectors(head) if set(map(plain, CLASS.findall(one))) <= known]
    return f"{','.join(asked)}{{{body}}}" if asked else ""


def selectors(head: str) -> list[str]:
    """The selectors of a rule; commas inside brackets part nothing."""
    return re.split(r",(?![^()]*\))", head)


def plain(name: str) -> str:
    return name.replace("\\", "")


def made() -> str:
    """The file as it should stand."""
    text = WHOLE.read_text("utf-8")
    licence = re.match(r"(?:@charset [^;]+;)?/\*!.*?\*/", text, re.DOTALL)[0]
    rest = re.sub(r"/\*.*?\*/|@charset [^;]+;", "", text, flags=re.DOTALL)
    return f"{licence}\n{HEAD}{sieved(rest, words())}\n"


if __name__ == "__main__":
    KEPT.write_text(made(), "utf-8")
