"""`check_year` over the annex of late signatures: both papers agree, one false digit is named."""

import pytest

from blocs.states import SeatRole
from blocs.years.models import BlocYear
from tests.agreements.views.test_not_all_sign import circulated, sign, without
from tests.factories.people import leader_of, official
from tests.year_check.test_check_year import ONE_MORE, false_template
from thidua.year_check.opening import check

__all__ = ("false_template",)
pytestmark = pytest.mark.django_db
ANNEX, PAPER, PAGE = "phụ lục chữ ký bổ sung (PDF)", "giao ước (PDF)", "trang giao ước"


def signed_late(client):
    """Four of six sign, the agreement takes effect without the others, and these sign later."""
    agreement, units = circulated(share=(2, 3))
    official(SeatRole.OFFICE)
    for unit in units[:4]:
        sign(client, agreement, unit)
    without(client, agreement, leader_of(agreement.bloc_year.head))
    for unit in units[4:]:
        sign(client, agreement, unit)
    return BlocYear.objects.get(pk=agreement.bloc_year_id)


def checked(year):
    artefacts, found = check(year, about=lambda name: name in (ANNEX, PAPER, PAGE))
    rows = {artefact.name: len(artefact.rows) for artefact in artefacts}
    return rows, {(one.artefact, one.fact) for one in found}


def test_who_signed_late_is_told_on_the_page_and_in_the_annex_alone(client):
    assert checked(signed_late(client)) == ({PAGE: 6, PAPER: 4, ANNEX: 2}, set())


@pytest.mark.parametrize(
    ("value", "fact"),
    (("row.signed_at", "thời điểm ký"), ("row.signer", "người ký")),
)
def test_one_false_digit_in_both_papers_is_named(client, false_template, value, fact):
    false_template("documents/_confirmation_table.html", f"{{{{ {value} }}}}", ONE_MORE % value)
    assert checked(signed_late(client))[1] == {(PAPER, fact), (ANNEX, fact)}
