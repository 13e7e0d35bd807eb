"""What comes in through the forms of bloc years."""

from decimal import Decimal

import pytest

from blocs.years.forms.regulation import RulesForm
from blocs.years.forms.years import MemberRowForm, YearForm, YearPlanForm
from tests.factories.blocs import BlocFactory, year_with_members

pytestmark = pytest.mark.django_db
RULES = {
    "decimals": "2",
    "signature_numerator": "1",
    "signature_denominator": "1",
    "quorum_numerator": "2",
    "quorum_denominator": "3",
    "vote_base": "present",
    "vote_threshold": "66,67",
    "deputies": "1",
    "flags": "1",
    "certificate_share": "33,3",
    "certificate_base": "rest",
    "rounding": "half_up",
    "counted_submission": "last",
    "part_year": "full",
}


def test_percentages_are_read_with_a_comma():
    form = RulesForm(RULES)
    assert form.errors == {}
    assert form.cleaned_data["vote_threshold"] == Decimal("66.67")
    assert form.cleaned_data["certificate_share"] == Decimal("33.3")


def test_holes_between_tie_rules_close():
    form = RulesForm(RULES | {"tie_2": "ballot_votes", "tie_4": "work_points"})
    form.is_valid()
    assert form.cleaned_data["tie_rules"] == ["ballot_votes", "work_points"]


def test_the_rules_of_the_year_are_shown():
    year = year_with_members()
    year.regulation.tie_rules = ["bonus_points", "shared_rank"]
    year.regulation.certificate_share = Decimal("50.00")
    form = RulesForm(instance=year.regulation)
    shown = [form[name].value() for name in ("tie_1", "tie_last", "certificate_share")]
    assert shown == ["bonus_points", "shared_rank", "50"]


def test_only_members_are_offered_as_head():
    year, _ = year_with_members(2), year_with_members(2)
    form = YearForm(instance=year)
    assert set(form.fields["head"].queryset) == {year.head, year.deputy}


def test_a_bloc_that_has_ended_gets_no_new_year():
    bloc = BlocFactory(is_active=False)
    assert list(YearPlanForm({"bloc": bloc.pk, "year": "2026"}).errors) == ["bloc"]


@pytest.mark.parametrize(
    ("order", "errors"),
    (
        ("", {}),
        ("7", {}),
        ("0", {"order": ["Thứ tự bắt đầu từ 1."]}),
        ("một", {"order": ["Thứ tự phải là số."]}),
        ("1000", {"order": ["Thứ tự lớn nhất là 999."]}),
    ),
)
def test_the_place_in_the_list_is_a_small_number(order, errors):
    assert MemberRowForm({"order": order}).errors == errors


def test_class_first_is_a_box_of_its_own_and_stays_in_the_list():
    year = year_with_members()
    year.regulation.tie_rules = ["class_first", "work_points", "shared_rank"]
    form = RulesForm(instance=year.regulation)
    shown = [form[name].value() for name in ("class_first", "tie_1", "tie_2", "tie_last")]
    assert shown == [True, "work_points", None, "shared_rank"]
    typed = {"class_first": "on", "tie_1": "work_points", "tie_last": "shared_rank"}
    sent = RulesForm(RULES | typed)
    sent.is_valid()
    assert sent.cleaned_data["tie_rules"] == ["class_first", "work_points", "shared_rank"]


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ({}, []),
        ({"class_first": "on", "tie_1": "bonus_points"}, ["class_first", "bonus_points"]),
        (
            {"tie_4": "ballot_votes", "tie_2": "work_points", "tie_last": "shared_rank"},
            ["work_points", "ballot_votes", "shared_rank"],
        ),
    ],
)
def test_what_ranks_equals_stands_in_the_order_in_which_it_is_asked(typed, rules):
    form = RulesForm(RULES | typed)
    assert (form.errors, form.cleaned_data["tie_rules"]) == ({}, rules)
