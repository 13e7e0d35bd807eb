"""Names and texts of public record through the pages: search, order, long names, files, accents."""

import random
import unicodedata
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.reports.models import Evidence
from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.cases import case
from tests.factories.files import pdf
from tests.factories.people import editor_of, official
from tests.factories.real_cases import found_bloc, paste_members, words_of
from tests.factories.reports import DIRECT, member_report, row_of
from thidua.accounts.models import User

pytestmark = pytest.mark.django_db
TEXTS = case("names-and-text")
# Two spellings of one name are one unit, so each of the two stands in a name of its own; words
# that begin small would continue the line above them.
BESIDE = {
    "Hòa Bình": "Xã Hòa Bình",
    "Hoà Bình": "Phường Hoà Bình",
    "khen thưởng năm": "Ban khen thưởng năm",
}


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def listed(value):
    return [value] if isinstance(value, str) else value


WANTED = {name for row in TEXTS["search"] for name in listed(row["must_find"])}


@pytest.mark.parametrize("form", ("NFC", "NFD"))
def test_every_search_of_the_case_finds_its_units_on_the_page(office, form):
    bloc = found_bloc(office, "Khối thử", code="KT")
    paste_members(office, bloc, [BESIDE.get(name, name) for name in sorted(WANTED)])
    missed = []
    for row in TEXTS["search"]:
        query = unicodedata.normalize(form, row["query"])
        groups = dict(office.get(reverse("home:search"), {"q": query}).context["groups"])
        found = [words for words, _ in groups.get("Đơn vị", [])]
        names = [BESIDE.get(name, name) for name in listed(row["must_find"])]
        missed += [(row["query"], name) for name in names if name not in found]
    assert missed == []


def test_provinces_stand_in_vietnamese_order_on_the_pages_of_units(office):
    names = TEXTS["sort"]["provinces_in_order"]
    mixed = random.Random(3).sample(names, len(names))
    paste_members(office, found_bloc(office, "Cụm các tỉnh", code="CT", kind="cụm"), mixed)
    url, shown = reverse("units:unit_list"), []
    for page in (1, 2):
        shown += [unit.name for unit in office.get(url, {"page": page}).context["page_obj"]]
    assert shown == names
    assert sorted(names) == TEXTS["sort"]["by_code_point_instead"] != shown


def test_numbered_blocs_stand_in_natural_order(office):
    """By their number first, «Cụm 9» before «Khối 10»; within a kind as the case says."""
    numbers = TEXTS["sort"]["numbers"]
    for place, name in enumerate(numbers["input"]):
        found_bloc(office, name, code=f"B{place}", kind=name.split()[0].lower())
    listed_now = [bloc.name for bloc in office.get(reverse("units:bloc_list")).context["page_obj"]]
    for word in ("Cụm", "Khối"):
        assert [name for name in listed_now if name.startswith(word)] == [
            name for name in numbers["natural"] if name.startswith(word)
        ]


@pytest.mark.parametrize("row", TEXTS["long_names"], ids=lambda row: str(row["characters"]))
def test_the_longest_names_are_kept_whole(office, row):
    name = row["name"]
    assert len(name) == row["characters"]
    if name.startswith("Khối"):
        bloc = found_bloc(office, name, code="KD")
        page = words_of(office, bloc.get_absolute_url())
    else:
        bloc = found_bloc(office, "Khối thử", code="KT")
        (line,) = paste_members(office, bloc, [name])
        page = words_of(office, Unit.objects.get(name=name).get_absolute_url())
        assert len(line.short_name) < len(name)
    assert name in page


@pytest.mark.parametrize("row", TEXTS["nfd_names"], ids=lambda row: row["nfc"])
def test_a_name_typed_in_parts_is_stored_whole(client, row):
    client.force_login(official(SeatRole.SYSADMIN))
    typed = row["nfd_escaped"].encode("ascii").decode("unicode_escape")
    person = {"full_name": typed, "username": "nguoi-thu", "password": "mua-xuan-nho-nho"}
    person |= {"role": "office", "unit": "", "starts_on": "01/01/2020"}
    assert client.post(reverse("units:person_new"), person).status_code == 302
    stored = User.objects.get(username="nguoi-thu").full_name
    assert (stored, len(stored), len(typed)) == (row["nfc"], row["length_nfc"], row["length_nfd"])


UNIT_WORDS = {
    "UBND": "xã Ea Súp",
    "HĐND": "tỉnh Đắk Lắk",
    "BQL": "rừng phòng hộ",
    "KCN": "Hòa Phú",
    "KCX": "Tân Thuận",
    "KKT": "Nam Phú Yên",
    "TN&MT": "",
    "NN&PTNT": "",
    "GTVT": "",
    "MTTQ": "Việt Nam",
    "LĐLĐ": "tỉnh Đắk Lắk",
    "BCH": "Đảng bộ tỉnh",
}
# Of titles and papers, not of units: no unit is called so.
NO_UNITS = {"TĐKT", "CSTĐ", "LĐTT", "TTLĐXS", "CCHC", "QĐ"}


def test_short_names_are_proposed_and_found_by_the_usual_abbreviations(office):
    """Also where the short name alone is typed, the unit is found under its whole name."""
    usual = TEXTS["abbreviations"]
    assert usual.keys() == UNIT_WORDS.keys() | NO_UNITS
    names = {short: f"Cơ quan {usual[short]} {rest}".strip() for short, rest in UNIT_WORDS.items()}
    lines = paste_members(office, found_bloc(office, "Khối thử", code="KT"), names.values())
    assert [line.short_name for line in lines] == [
        f"Cơ quan {short} {rest}".strip() for short, rest in UNIT_WORDS.items()
    ]
    for short, name in names.items():
        groups = dict(office.get(reverse("home:search"), {"q": short}).context["groups"])
        assert name in [words for words, _ in groups["Đơn vị"]]


@pytest.mark.parametrize("name", TEXTS["file_names"], ids=lambda name: name[:20])
def test_file_names_of_public_folders_are_kept_readable(client, name):
    """Brackets and accents stay, two spaces become one; only the kinds of evidence are taken."""
    report = member_report()
    client.force_login(editor_of(report.unit))
    criterion = row_of(report, DIRECT).criterion.pk
    url = reverse("reports:evidence_upload", args=(report.pk, criterion))
    # Behind the first name the case says what is odd about it; the ending is that of a paper.
    stem = name.removesuffix(" (two spaces, brackets)").rpartition(".")[0]
    answer = client.post(url, {"file": SimpleUploadedFile(f"{stem}.pdf", pdf()), "caption": ""})
    assert answer.status_code == 302
    kept = Evidence.objects.get()
    assert kept.name == f"{' '.join(stem.split())}.pdf"
    opened = client.get(reverse("reports:evidence_file", args=(kept.pk,)))
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    assert unquote(opened["Content-Disposition"]) == f"inline; filename*=utf-8''{kept.name}"
