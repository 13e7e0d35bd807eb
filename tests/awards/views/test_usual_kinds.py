"""The forms of award that a new office loads with one button, and what it wrote itself."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.proposals.actions.kinds import CHANGED, NOTHING, load_usual_kinds, plan_usual_kinds
from awards.proposals.data import usual_kinds
from blocs.states import SeatRole
from blocs.years.models import AwardKind
from tests.factories.awards import AwardKindFactory
from tests.factories.people import UnitFactory, leader_of, official

pytestmark = pytest.mark.django_db
PAGE, LIST = reverse("proposals:kind_load"), reverse("proposals:kind_list")
SHIPPED = [fields["name"] for fields, _ in usual_kinds()]


def load(client):
    shown = client.get(PAGE).context["form"]["shown"].value()
    return client.post(PAGE, {"shown": shown})


def test_every_shipped_form_says_where_it_was_read_and_may_be_kept_as_it_is():
    for fields, source in usual_kinds():
        AwardKind(**fields).full_clean()
        assert source
    compared = [fields["name"] for fields, _ in usual_kinds() if fields["is_compared"]]
    assert compared == ["Cờ thi đua của Chính phủ"]


def test_the_list_is_shown_and_then_loaded_and_a_second_time_nothing_is_missing(client):
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(PAGE)
    assert [one.kind.name for one in page.context["plan"].missing] == SHIPPED
    assert not AwardKind.objects.exists()
    assert load(client).url == LIST
    assert list(AwardKind.objects.values_list("name", flat=True)) == SHIPPED
    flag = AwardKind.objects.get(code="co-chinh-phu")
    assert (flag.valid_from, flag.bonus_multiple) == (dt.date(2024, 1, 1), Decimal(12))
    again = client.get(PAGE)
    assert again.context["plan"].missing == ()
    refused = client.post(PAGE, {"shown": again.context["plan"].mark})
    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors() == [NOTHING]
    assert AwardKind.objects.count() == len(SHIPPED)


def test_what_the_office_wrote_is_known_by_code_or_name_and_never_touched(client):
    by_name = AwardKindFactory(code="gk", name="Giấy Khen", legal_basis="Quy định của tỉnh")
    by_code = AwardKindFactory(code="co-tinh", name="Cờ của tỉnh", bonus_multiple=9)
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(PAGE).context["plan"].kept == ("Cờ thi đua của UBND tỉnh", "Giấy khen")
    load(client)
    assert AwardKind.objects.count() == len(SHIPPED)
    stored = {
        row.pk: (row.name, row.legal_basis, row.bonus_multiple)
        for row in AwardKind.objects.filter(pk__in=(by_name.pk, by_code.pk))
    }
    assert stored == {
        by_name.pk: ("Giấy Khen", "Quy định của tỉnh", None),
        by_code.pk: ("Cờ của tỉnh", "", Decimal(9)),
    }


def test_a_catalogue_that_changed_since_is_shown_again(client):
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    shown = plan_usual_kinds().mark
    AwardKindFactory(code="co-tinh")
    page = client.post(PAGE, {"shown": shown})
    assert page.context["form"].non_field_errors() == [CHANGED]
    assert AwardKind.objects.count() == 1
    assert client.post(PAGE, {"shown": page.context["form"]["shown"].value()}).status_code == 302
    with pytest.raises(ValidationError):
        load_usual_kinds(actor=office, shown=shown)


def test_what_nobody_compared_says_so_in_the_list_and_on_its_page(client):
    client.force_login(official(SeatRole.OFFICE))
    load(client)
    page = client.get(LIST)
    unread = len(SHIPPED) - 1
    assert page.context["unread"] == unread
    assert page.content.decode().count('<div class="quiet-text">chưa đối chiếu') == unread
    words = {
        row.code: client.get(reverse("proposals:kind_edit", args=(row.pk,))).content.decode()
        for row in AwardKind.objects.filter(code__in=("co-tinh", "co-chinh-phu"))
    }
    assert {code: "Hình thức này chưa đối chiếu" in text for code, text in words.items()} == {
        "co-tinh": True,
        "co-chinh-phu": False,
    }


def test_units_are_offered_what_is_valid_on_the_day():
    AwardKindFactory(code="a", valid_from=dt.date(2026, 3, 1), valid_to=dt.date(2026, 3, 31))
    AwardKindFactory(code="b", valid_to=dt.date(2026, 2, 28))
    days = (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1))
    offered = [
        list(AwardKind.objects.for_units(day).values_list("code", flat=True)) for day in days
    ]
    assert offered == [["b"], ["a"], ["a"], []]


def test_nobody_but_the_office_loads_it(client):
    client.force_login(leader_of(UnitFactory()))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"shown": plan_usual_kinds().mark}).status_code == 403
    assert not AwardKind.objects.exists()
