import unicodedata

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Value

from tests.cases import case
from thidua.common.vietnamese.lookups import Folded, matching
from thidua.common.vietnamese.text import fold

pytestmark = pytest.mark.django_db

SEARCHES = case("names-and-text")["search"]
NAMES = [
    *case("01")["members"],
    "Đắk Lắk",
    "Hòa Bình",
    "Hoà Bình",
    "khen thưởng năm",
    "Sở Y tế",
    "Văn phòng 100%_A\\B",
]


@pytest.fixture
def names():
    """Rows of a table that both databases have anyway, with our names in them."""
    ContentType.objects.bulk_create(ContentType(app_label="names", model=name) for name in NAMES)
    return ContentType.objects.filter(app_label="names").order_by("pk")


def found(names, query):
    return list(names.filter(matching(query, "model")).values_list("model", flat=True))


def listed(value):
    return [value] if isinstance(value, str) else value


@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search["query"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_matching_finds_without_accents(names, search, form):
    query = unicodedata.normalize(form, search["query"])
    wanted = listed(search["must_find"])
    assert [name for name in found(names, query) if name in wanted] == wanted


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("so giao thong", ["Sở Giao thông Vận tải"]),
        ("ban quan ly khu cong nghiep", ["Ban Quản lý các Khu công nghiệp"]),
        ("TẾ sở", ["Sở Y tế"]),
        ("100%", ["Văn phòng 100%_A\\B"]),
        ("không có", []),
        ("  ", NAMES),
        ("%", []),
        ("\0", []),
    ],
)
def test_matching_finds_rows_with_every_word(names, query, hits):
    assert found(names, query) == hits


@pytest.mark.parametrize(
    ("lookup", "value", "hits"),
    [
        ("contains", "SO GIAO THONG", ["Sở Giao thông Vận tải"]),
        ("contains", "\u00d0ắk", ["Đắk Lắk"]),
        ("contains", "0%_a\\b", ["Văn phòng 100%_A\\B"]),
        ("contains", "0_%", []),
        ("startswith", "hoa", ["Hòa Bình", "Hoà Bình"]),
        ("endswith", "BINH", ["Hòa Bình", "Hoà Bình"]),
        ("exact", "đăk lăk", ["Đắk Lắk"]),
        ("in", ["SO Y TE", "dak lak"], ["Đắk Lắk", "Sở Y tế"]),
    ],
)
def test_folded_works_with_every_text_lookup(names, lookup, value, hits):
    rows = names.filter(**{f"model__folded__{lookup}": value})
    assert list(rows.values_list("model", flat=True)) == hits


def test_the_database_folds_as_python_does(names):
    letters = "".join(chr(code) for code in range(0x21, 0x250) if chr(code).isprintable())
    vietnamese = "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
    for text in (letters, vietnamese, unicodedata.normalize("NFD", vietnamese)):
        row = names.annotate(folded=Folded(Value(text)), own=Folded(F("model"))).first()
        assert row.folded == fold(text)
        assert row.own == fold(row.model)


def test_nothing_stays_nothing(names):
    nothing = Value(None, output_field=CharField())
    assert names.annotate(folded=Folded(nothing)).first().folded is None
