"""The file of a year holds what its person may open, and nothing else."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole
from tests.blocs.ranking.test_whole_ranking import ranked_year
from tests.factories.papers import signed_copy
from tests.factories.people import editor_of, official
from tests.jobs.toys import work_off
from thidua.common.log_book.openings import PAPER, SHEET
from thidua.common.models import ActivityEntry
from thidua.jobs.models import Job
from thidua.packets.year_papers import SUBJECTS
from thidua.papers.models import SignedCopy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.JOBS_DIR = tmp_path / "jobs"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def year():
    """Three sheets still with their appraisers; each unit has the scan of its own report."""
    found = ranked_year()
    writer = official(SeatRole.OFFICE)
    for report in Report.objects.filter(bloc_year=found):
        signed_copy("report", report, writer)
    return found


def packet(client, person, year):
    """What the person gets, by name."""
    client.force_login(person)
    answer = client.post(reverse("packets:year_packet", args=(year.pk,)))
    job = Job.objects.get(asked_by=person)
    assert answer.url == job.get_absolute_url()
    work_off()
    answer = client.get(reverse("jobs:job_file", args=(job.pk,)))
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as found:
        return {name: found.read(name) for name in found.namelist()}


def scans(found):
    return sorted(hashlib.sha256(found[name]).hexdigest() for name in found if ".pdf" in name)


def test_the_office_gets_every_paper_with_its_hash_in_the_list(client, year):
    office = official(SeatRole.OFFICE)
    found = packet(client, office, year)
    copies = SignedCopy.objects.all()
    assert scans(found) == sorted(copy.sha256 for copy in copies)
    assert len(scans(found)) == 3
    assert {"bang-diem.xlsx", "00-muc-luc.txt"} < set(found)
    contents = found["00-muc-luc.txt"].decode("utf-8-sig")
    for name in found.keys() - {"00-muc-luc.txt"}:
        assert f"{name}\t{hashlib.sha256(found[name]).hexdigest()}\t" in contents
    opened = ActivityEntry.objects.filter(actor=office, action__in=(PAPER, SHEET))
    # Three scans, the sheets together, and the file itself.
    assert opened.count() == 5


def test_a_unit_gets_its_own_while_the_others_are_being_appraised(client, year):
    Report.objects.filter(bloc_year=year).update(state=ReportState.SUBMITTED)
    own = year.members.order_by("order").last().unit
    found = packet(client, editor_of(own), year)
    copy = SignedCopy.objects.get(subject_id=Report.objects.get(unit=own).pk)
    assert scans(found) == [copy.sha256]


def test_a_lost_paper_is_named_and_the_others_come(client, year):
    copy = SignedCopy.objects.first()
    copy.file.delete(save=False)
    found = packet(client, official(SeatRole.OFFICE), year)
    assert len(scans(found)) == 2
    assert "THIẾU HOẶC KHÔNG CÒN ĐÚNG" in found["00-muc-luc.txt"].decode("utf-8-sig")


def test_a_person_without_the_year_is_offered_nothing(client, year):
    client.force_login(official(SeatRole.SYSADMIN))
    page = reverse("packets:year_packet", args=(year.pk,))
    asked = {client.get(page).status_code, client.post(page).status_code}
    assert (asked, Job.objects.count()) == ({404}, 0)


def test_a_long_workbook_becomes_a_job_and_says_the_same(client, year, monkeypatch):
    page = reverse("ranking:bloc_workbook", args=(year.pk,))
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    assert client.get(page)["Content-Type"].startswith("application/vnd")
    monkeypatch.setattr("thidua.jobs.domain.MOST_ROWS", 1)
    assert "Lập tệp" in client.get(page).content.decode()
    client.post(page)
    work_off()
    job = Job.objects.get(asked_by=office)
    assert (job.status, job.file_name[-5:]) == ("done", ".xlsx")


def test_every_subject_of_a_year_can_be_found_from_it():
    for model, path in SUBJECTS.items():
        assert list(model._default_manager.filter(**{path: 0})) == []
