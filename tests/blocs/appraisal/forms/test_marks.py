"""Points decided where the regulation leaves a leaf open."""

from decimal import Decimal

import pytest

from blocs.appraisal.forms.marks import DecidedForm
from tests.factories.reports import DIRECT, member_report, row_of

pytestmark = pytest.mark.django_db


def form_of(points, reason):
    row = row_of(member_report(), DIRECT)
    prefix = f"s{row.criterion.pk}"
    typed = {f"{prefix}-points": points, f"{prefix}-reason": reason}
    return DecidedForm(row, decimals=2, data=typed)


@pytest.mark.parametrize(
    ("points", "reason", "errors"),
    [
        ("", "Theo biên bản", {"points": "Vui lòng nhập điểm, hoặc xóa lý do."}),
        (
            "chín",
            "Theo biên bản",
            {"points": "“chín” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."},
        ),
        ("", "  ", {}),
    ],
)
def test_reason_without_points_is_asked_about(points, reason, errors):
    assert form_of(points, reason).wrong == errors


def test_points_with_their_reason():
    form = form_of("9,25", "Theo biên bản.\r\n")
    assert (form.is_valid(), form.decided) == (True, (Decimal("9.25"), "Theo biên bản."))
