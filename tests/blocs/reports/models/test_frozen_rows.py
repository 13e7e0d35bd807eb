"""What counts as the same sheet: every figure and word of a leaf, and nothing of its saving."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.reports.domain.sheet_versions import fingerprint
from blocs.reports.models import Evidence, Score
from blocs.reports.models.sheets import read_sheet
from blocs.reports.models.versions import frozen_rows
from tests.factories.files import pdf
from tests.factories.people import UserFactory
from tests.factories.reports import DIRECT, member_report, row_of

pytestmark = pytest.mark.django_db
IN_THE_FINGERPRINT = {
    "not_applicable": True,
    "target": Decimal(7),
    "value": Decimal(8),
    "choice": "tot",
    "facts": {"overdue": 1},
    "note": "Theo báo cáo số 3.",
    "self_points": Decimal(8),
    "appraised_points": Decimal(8),
    "appraisal_reason": "Thiếu số liệu.",
}
SAVING = {
    "appraised_by": UserFactory,
    "revision": lambda: 5,
    "saved_by": UserFactory,
    "saved_at": lambda: dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
}


@pytest.fixture
def report():
    """One leaf with a result; the reason stands there so that points may differ."""
    made = member_report()
    Score.objects.create(
        report=made,
        criterion=row_of(made, DIRECT).criterion,
        value=Decimal(9),
        self_points=Decimal(9),
        appraised_points=Decimal("9.5"),
        appraisal_reason="Thừa.",
    )
    return made


def taken(report):
    return fingerprint(frozen_rows(read_sheet(report)))


@pytest.mark.parametrize("field", IN_THE_FINGERPRINT)
def test_another_value_of_a_leaf_is_another_sheet(report, field):
    before = taken(report)
    Score.objects.update(**{field: IN_THE_FINGERPRINT[field]})
    assert taken(report) != before


@pytest.mark.parametrize("field", SAVING)
def test_who_saved_a_leaf_and_when_leaves_the_sheet_the_same(report, field):
    before = taken(report)
    Score.objects.update(**{field: SAVING[field]()})
    assert taken(report) == before


def test_another_file_is_another_sheet_and_a_date_of_expiry_is_none(report):
    seen = [taken(report)]
    for name in ("Báo cáo.pdf", "Quyết định.pdf"):
        upload = SimpleUploadedFile(name, pdf(name))
        file = Evidence.objects.create(
            unit=report.unit, name=name, file=upload, size=9, sha256=name, uploaded_by=UserFactory()
        )
        report.scores.get().evidence.add(file)
        seen.append(taken(report))
    Evidence.objects.filter(name="Báo cáo.pdf").update(sha256="0" * 64)
    seen.append(taken(report))
    assert len(set(seen)) == 4
    Evidence.objects.update(expires_on=dt.date(2027, 1, 1))
    assert taken(report) == seen[-1]


def test_no_field_is_forgotten():
    told = {"id", "report", "criterion"} | IN_THE_FINGERPRINT.keys() | SAVING.keys()
    assert {field.name for field in Score._meta.fields} == told
