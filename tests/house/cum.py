"""A bloc of the cast made a cụm, and the sentences that still call it a khối."""

import re

from django.db.models import F, Value
from django.db.models.functions import Replace

from blocs.states import BlocKind
from blocs.units.models import Bloc
from blocs.years.models import RulesAmendment
from tests.house.visits import OF_ONE_BLOC, subject_model

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")
# What is said of all blocs at once, names, and the sort of bloc that the office chooses.
OF_ALL = re.compile(r"[Kk]hối, cụm|[Kk]hối lượng|[Kk]hối thi đua")
KHOI = re.compile(r"[^.\n]*\bkhối\b[^.\n]*", re.IGNORECASE)


def make_cum(bloc):
    """From now on the bloc is a cụm and named so."""
    renamed = Replace(F("name"), Value("Khối"), Value("Cụm"))
    Bloc.objects.filter(pk=bloc.pk).update(kind=BlocKind.TERRITORIAL, name=renamed)
    # Written while its bloc was a khối; the tests of amendments ask for the words of a cụm.
    RulesAmendment.objects.filter(bloc_year__bloc=bloc).update(changes=[])


def is_of_a_bloc(page):
    """The page is about one bloc or something of it."""
    return subject_model(page.route) in OF_ONE_BLOC | {Bloc}


def called_khoi(text):
    """The sentences of a page or paper that say «khối» of one bloc."""
    return [found.strip() for found in KHOI.findall(OF_ALL.sub("", TAGS.sub("\n", text)))]


def main_of(answer):
    """What a page says between its head and its foot; nothing of a file."""
    if "html" not in answer["Content-Type"]:
        return ""
    found = MAIN.search(answer.content.decode())
    return found[0] if found else ""
