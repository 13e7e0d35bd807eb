"""Two people of a unit upload at the same moment where one file more fits: one of them is refused.

Both have passed every check when the first row is written: the table is held shut meanwhile.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from blocs.reports.actions.evidence import attach_evidence
from blocs.reports.actions.locker import keep_file
from blocs.reports.models import Evidence
from tests.factories.files import pdf
from tests.factories.people import editor_of
from tests.factories.reports import DIRECT, member_report, row_of
from tests.journeys.test_made_at_once import shut
from thidua.common.files import MEGABYTE

pytestmark = pytest.mark.django_db(transaction=True)


def upload(text):
    return SimpleUploadedFile(f"{text}.pdf", pdf(text))


def kept(report, person, text):
    keep_file(report.unit, upload=upload(text), expires_on=None, actor=person)


def attached(report, person, text):
    leaf = row_of(report, DIRECT).criterion
    attach_evidence(report, criterion=leaf, upload=upload(text), actor=person)


def told(act, *given):
    """What the person reads; nothing where the file was taken."""
    try:
        act(*given)
    except ValidationError as error:
        return " ".join(error.messages)
    finally:
        connection.close()
    return ""


@pytest.mark.parametrize("acts", ((kept, kept), (kept, attached), (attached, attached)))
def test_the_share_of_a_unit_holds_against_two_at_once(acts, settings, tmp_path):
    settings.MEDIA_ROOT, settings.UNIT_QUOTA_MB = tmp_path, 1
    report = member_report()
    first, second = (editor_of(report.unit) for _ in acts)
    kept(report, first, "0")
    Evidence.objects.update(size=MEGABYTE - len(pdf("1")) - len(pdf("2")) + 1)
    with ThreadPoolExecutor(2) as pool, shut(Evidence._meta.db_table):
        both = [
            pool.submit(told, act, report, person, text)
            for act, person, text in zip(acts, (first, second), "12", strict=True)
        ]
    sentences = sorted(one.result() for one in both)
    assert (sentences[0], Evidence.objects.count()) == ("", 2)
    assert "đơn vị đã tải lên gần hết 1 MB được phép" in sentences[1]
