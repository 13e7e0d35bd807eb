"""Makes the exhibits of this version from a database that holds the demo; see the package."""

import gzip
import json
import sys

import django

django.setup()

from blocs.ranking.models import RankingSeal  # noqa: E402 – Django comes first
from blocs.reports.models import Report  # noqa: E402
from blocs.reports.models.sheets import sheet_of  # noqa: E402
from blocs.sheet_files.documents import report_workbook  # noqa: E402
from blocs.year_files.documents.template import year_template  # noqa: E402
from tests.museum.exhibits import FORMS, HERE, cells_of, sha256  # noqa: E402
from tests.papers.papers import read_pdf  # noqa: E402
from thidua.papers.models import Paper  # noqa: E402
from thidua.papers.papers import rebuilt, render_paper  # noqa: E402
from thidua.papers.stored import read_paper  # noqa: E402


def write(folder, name, told):
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / name).write_text(text + "\n", encoding="utf-8")


def papers(folder):
    for number, paper in enumerate(Paper.objects.order_by("pk"), start=1):
        if paper.kind not in FORMS:
            continue
        content, name = read_paper(paper), f"paper-{number}-{paper.kind}"
        (folder / f"{name}.pdf").write_bytes(content)
        again = render_paper(rebuilt(FORMS[paper.kind], paper.data))
        told = {
            "kind": paper.kind,
            "title": paper.title,
            "version": paper.version,
            "sha256": paper.sha256,
            "html_sha256": sha256(again.encode()),
            "text": read_pdf(content).text,
            "data": paper.data,
        }
        write(folder, f"{name}.json", told)


def proofs(folder):
    for number, seal in enumerate(RankingSeal.objects.order_by("pk")[:4], start=1):
        text = json.dumps(seal.proof, ensure_ascii=False, indent=1)
        (folder / f"proof-{number}.json").write_text(text + "\n", encoding="utf-8")


def forms(folder):
    report = (
        Report.objects.filter(bloc_year__year=2026, scores__isnull=False).order_by("pk").first()
    )
    books = {
        "sheet-filled": report_workbook(sheet_of(report), shows_given=False),
        "sheet-blank": report_workbook(sheet_of(report), shows_given=False, is_blank=True),
        "year": year_template(),
    }
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
        cells = json.dumps(cells_of(content), ensure_ascii=False).encode()
        (folder / f"{name}.cells.json.gz").write_bytes(gzip.compress(cells, mtime=0))


if __name__ == "__main__":
    (version,) = sys.argv[1:]
    place = HERE / version
    place.mkdir()
    papers(place)
    proofs(place)
    forms(place)
