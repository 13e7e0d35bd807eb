"""The catalogue of legal texts, and what the rules of a year rest on."""

from blocs.legal.models import LegalDocument
from blocs.years.models import BlocYear, RuleBasis
from thidua.demo.data import read_data
from thidua.demo.keeping import keep_all

DATA = read_data("legal")


def make_legal_documents() -> None:
    """Compared and not compared, in force and ended."""
    keep_all(LegalDocument(**row) for row in DATA["texts"])


def cite(year: BlocYear) -> None:
    """Each rule of a scored year names article and text."""
    known = {row.number: row for row in LegalDocument.objects.all()}
    keep_all(
        RuleBasis(bloc_year=year, rule=rule, document=known[number], article=article)
        for rule, (number, article) in DATA["cited"].items()
    )
