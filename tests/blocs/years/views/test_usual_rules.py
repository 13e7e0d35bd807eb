"""Every default of a year's rules names its value and its source under its field."""

import pytest
from django.urls import reverse

from blocs.legal.domain.usual_rules import OURS, SOURCES
from blocs.states import SeatRole
from blocs.years.models import Regulation
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import official

pytestmark = pytest.mark.django_db
FORMS = ("years:year_rules", "years:scoring_rules_edit")
# Empty means that the bloc has no such rule: nothing is presumed.
WITHOUT_DEFAULT = {"class_bands", "round_shares", "tie_rules"}
MAJORITY = "Nghị định 98/2023/NĐ-CP, Điều 47, 48 (hội đồng làm việc theo đa số)"
FLAGS = "cách làm đã công bố: Quyết định 1174/QĐ-UBND ngày 19/4/2017 của UBND tỉnh Quảng Ninh"


@pytest.fixture
def fields(client):
    """The fields of both forms of a year as the office sees them, by name."""
    client.force_login(official(SeatRole.OFFICE))
    year = year_with_members(3)
    found = {}
    for name in FORMS:
        found |= client.get(reverse(name, args=(year.pk,))).context["form"].fields
    return found


def test_every_field_with_a_default_names_its_source(fields):
    defaults = {
        column.name
        for column in Regulation._meta.fields
        if column.has_default() and column.name not in WITHOUT_DEFAULT
    }
    assert SOURCES.keys() - {"tie_last"} == defaults
    silent = [name for name in SOURCES if "Mặc định: " not in fields[name].help_text]
    assert silent == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("vote_threshold", f"Mặc định: 50. Nguồn: {MAJORITY}."),
        (
            "vote_is_strict",
            f"Chọn thì “trên 1/2”, không chọn thì “ít nhất 1/2”. Mặc định: có. Nguồn: {MAJORITY}.",
        ),
        ("flags", f"Mặc định: 1. Nguồn: {FLAGS}."),
        ("certificate_base", f"Mặc định: số đơn vị còn lại. Nguồn: {FLAGS}."),
        (
            "appeal_days",
            f"Để trống hoặc ghi 0 nếu quy chế không cho kiến nghị. Mặc định: 5. Nguồn: {OURS}.",
        ),
        ("rounding", f"Mặc định: xuống. Nguồn: {OURS}."),
    ],
)
def test_the_sentence_tells_value_and_source(fields, name, sentence):
    assert fields[name].help_text == sentence


def test_what_is_told_is_what_a_first_year_begins_with(client):
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("years:year_new"), {"bloc": BlocFactory().pk, "year": "2026"})
    rules = Regulation.objects.get()
    form = client.get(reverse(FORMS[0], args=(rules.bloc_year_id,))).context["form"]
    told = form.fields["vote_is_strict"].help_text
    assert (rules.vote_is_strict, "Mặc định: có." in told) == (True, True)
