"""What is asked to be corrected: only leaves that were posted count."""

import pytest

from blocs.appraisal.forms.corrections import CorrectionsForm
from blocs.reports.models.sheets import read_sheet
from tests.factories.reports import COUNT, DIRECT, member_report, row_of

pytestmark = pytest.mark.django_db


def test_leaf_that_was_not_posted_is_not_taken_back():
    report = member_report()
    direct, count = (row_of(report, label).criterion.pk for label in (DIRECT, COUNT))
    typed = {f"reason-{direct}": "Thiếu số liệu.", f"reason-{count}": ""}
    form = CorrectionsForm(read_sheet(report).rows, typed)
    assert form.is_valid() is True
    assert form.reasons() == {direct: "Thiếu số liệu.", count: ""}


@pytest.mark.parametrize(
    ("length", "errors"), [(2000, []), (2001, ["Yêu cầu sửa dài nhất 2000 ký tự."])]
)
def test_reason_is_not_longer_than_its_column(length, errors):
    report = member_report()
    name = f"reason-{row_of(report, DIRECT).criterion.pk}"
    form = CorrectionsForm(read_sheet(report).rows, {name: "a" * length})
    assert form.errors.get(name, []) == errors
