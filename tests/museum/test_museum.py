"""What earlier versions gave away is opened, verified and printed the same by this one."""

import gzip
import json

import pytest

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from tests.museum.exhibits import FORMS, HERE, cells_of, sha256
from tests.papers.papers import read_pdf
from thidua.papers.papers import rebuilt, render_paper

VERSIONS = sorted(folder for folder in HERE.iterdir() if (folder / "year.xlsx").exists())
MOST_BYTES = 3 * 1024 * 1024


def exhibits(pattern):
    return [
        pytest.param(path, id=f"{version.name}/{path.stem}")
        for version in VERSIONS
        for path in sorted(version.glob(pattern))
    ]


def told_of(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_version_left_papers_proofs_and_forms():
    assert len(VERSIONS) > 0
    for version in VERSIONS:
        counts = [len(list(version.glob(f"{name}-*"))) for name in ("paper", "proof", "sheet")]
        assert min(counts) >= 3


def test_the_museum_stays_small():
    files = [path for path in HERE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


@pytest.mark.parametrize("path", exhibits("paper-*.json"))
def test_a_sealed_paper_is_opened_and_verified(path):
    told = told_of(path)
    content = path.with_suffix(".pdf").read_bytes()
    assert sha256(content) == told["sha256"]
    assert read_pdf(content).text == told["text"]


@pytest.mark.parametrize("path", exhibits("paper-*.json"))
def test_a_sealed_paper_prints_the_same_as_long_as_its_form_is_the_same(path):
    """A form that changes gets another version; what was sealed keeps its own bytes, above."""
    told = told_of(path)
    form = FORMS[told["kind"]]
    if form.version == told["version"]:
        paper = rebuilt(form, told["data"])
        assert json.loads(paper.to_json()) == told["data"]
        assert sha256(render_paper(paper).encode()) == told["html_sha256"]
    else:
        assert form.version > told["version"]


@pytest.mark.parametrize("path", exhibits("proof-*.json"))
def test_a_proof_of_a_ranking_is_recomputed_without_a_difference(path):
    found = check_proof(read_proof(path.read_text(encoding="utf-8")))
    assert (found.mismatches, len(found.rows)) == ((), len(told_of(path)["units"]))


@pytest.mark.parametrize("path", exhibits("*.xlsx"))
def test_an_excel_form_is_read_cell_by_cell(path):
    kept = path.with_name(f"{path.stem}.cells.json.gz").read_bytes()
    assert cells_of(path.read_bytes()) == json.loads(gzip.decompress(kept))
