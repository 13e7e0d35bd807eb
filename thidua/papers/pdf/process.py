"""What the warm process of the papers does: HTML in, PDF out.

WeasyPrint costs 44 MB and 0.7 s to import and keeps a core busy while it works, so it lives here
and never in a web worker (client: thidua/papers/pdf/client.py). No Django, no models, no settings.
"""

import functools
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

FONTS = tuple(f"PaperSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))


class StaticFetcher(URLFetcher):
    """Opens files of the project's static folder; any other address stops the rendering."""

    def __init__(self, static: Path):
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self._static = static.resolve()

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        inside = parts.scheme == "file" and not parts.netloc and path.is_relative_to(self._static)
        if not inside:
            raise ValueError(f"Not a file of the static folder: {url}")
        return super().fetch(path.as_uri(), headers)


class Renderer:
    """HTML in, PDF out, with the stylesheet and the fonts of the papers kept ready."""

    def __init__(self, static: Path):
        self._static = static
        self._fetcher = StaticFetcher(static)

    def pdf(self, html: str) -> bytes:
        """The PDF (A-2b, tagged); the same HTML gives the same bytes."""
        stylesheet = self._static / "css" / "paper.css"
        css, fonts = self._styles(stylesheet, stylesheet.stat().st_mtime_ns)
        base = f"{self._static.as_uri()}/"
        return HTML(string=html, base_url=base, url_fetcher=self._fetcher).write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-2b", pdf_tags=True
        )

    @functools.lru_cache(maxsize=1)  # noqa: B019 – one renderer lives as long as the process
    def _styles(self, stylesheet: Path, _changed: int) -> tuple[CSS, FontConfiguration]:
        # WeasyPrint takes another family in silence when a font file is missing: refuse instead.
        missing = [name for name in FONTS if not (self._static / "fonts/paper" / name).is_file()]
        if missing:
            raise FileNotFoundError(f"Paper fonts are missing: {', '.join(missing)}")
        fonts = FontConfiguration()
        return CSS(filename=stylesheet, font_config=fonts, url_fetcher=self._fetcher), fonts


def renderer(static: str) -> Callable[[bytes], bytes]:
    """The work of the process: a request is HTML in UTF-8, its reply the bytes of a PDF."""
    made = Renderer(Path(static))

    def render(request: bytes) -> bytes:
        try:
            return made.pdf(request.decode())
        except FatalURLFetchingError as error:
            # No Exception to WeasyPrint; here it is a paper that failed, and the process goes on.
            raise ValueError(str(error)) from error

    return render
