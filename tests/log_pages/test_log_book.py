"""The office reads and takes along the whole log book, without what others keep to themselves."""

import csv
import datetime as dt
from io import BytesIO, StringIO
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError
from django.urls import reverse
from django_filters import FilterSet
from openpyxl import load_workbook

from blocs.reports.models import Evidence
from blocs.states import SeatRole
from blocs.units.actions.people import edit_person, stop_person
from tests.factories.appraisals import assigned, marked_year, report_of, units_of
from tests.factories.papers import signed_copy
from tests.factories.people import (
    SeatFactory,
    UnitFactory,
    UserFactory,
    editor_of,
    leader_of,
    official,
)
from tests.factories.reports import in_state, member_report, submitted_report
from tests.jobs.toys import work_off
from thidua.common.activity import record
from thidua.common.log_book.archiving import archive_lines
from thidua.common.log_book.sealing import chain_new_lines
from thidua.common.models import ActivityEntry, LogSeal
from thidua.common.pages.filters import ListFilter
from thidua.jobs import domain
from thidua.jobs.models import Job
from thidua.jobs.queue import ask_for_job
from thidua.log_pages import jobs
from thidua.log_pages.actions import LOG_JOB

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("log_pages:log_book"), reverse("log_pages:log_workbook")
TABLE = reverse("log_pages:log_table")
HEADS = reverse("log_pages:log_heads")
CHANGES = [{"field": "điểm", "before": "7,5", "after": "9,25"}]
NOON = dt.datetime(2026, 11, 30, 5, tzinfo=dt.UTC)


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def tell(obj, action="units.edit_unit", label="Sửa đơn vị", at=NOON, **values):
    return record(UserFactory(full_name="Người cũ"), action, obj, label=label, at=at, **values)


def lines(answer):
    """(who, what, about, change) of each line of the page."""
    return [
        (line["actor_name"], line["label"], line["subject"], changed(line), line["note"])
        for line in answer.context["lines"]
    ]


def changed(line):
    return [(one["name"], one["before"], one["after"]) for one in line["changes"]]


def rows(answer):
    return cells(answer.content)


def cells(content):
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(2, values_only=True)]


def test_values_before_and_after_are_shown_and_taken_along(office):
    unit = UnitFactory(name="Sở Một")
    tell(unit, changes=[*CHANGES, {"field": "tên", "before": "", "after": "=A1"}], note="Vì lỗi.")
    found = [("điểm", "7,5", "9,25"), ("tên", "để trống", "=A1")]
    assert lines(office.get(PAGE)) == [("Người cũ", "Sửa đơn vị", "Sở Một", found, "Vì lỗi.")]
    about = ("12:00:00 30-11-2026", "Người cũ", "Sửa đơn vị", "đơn vị", "Sở Một")
    assert rows(office.get(FILE))[1:] == [
        (*about, "7,5", "9,25", "điểm", "Vì lỗi."),
        (*about, "để trống", "=A1", "tên", "Vì lỗi."),
    ]


def test_of_a_draft_the_office_reads_that_something_happened_and_no_value(office):
    report = member_report()
    evidence = Evidence.objects.create(
        unit=report.unit, name="Mật.pdf", size=1, sha256="0" * 64, uploaded_by=UserFactory()
    )
    for obj in (report, evidence):
        tell(obj, "reports.edit", "Sửa: “Mật”", changes=CHANGES, note="Mật")
    expected = [("Người cũ", "Sửa", "", [], ""), ("Người cũ", "Sửa", str(report), [], "")]
    assert lines(office.get(PAGE)) == expected
    assert [row[2:] for row in rows(office.get(FILE))[1:]] == [
        ("Sửa", "minh chứng", "", "", "", "", ""),
        ("Sửa", "báo cáo năm", str(report), "", "", "", ""),
    ]


def test_what_the_unit_scored_itself_in_its_draft_stays_hidden_when_it_is_sent(office):
    report = submitted_report()
    tell(report, "reports.save_scores", "Lưu điểm tự chấm: I.1", changes=CHANGES)
    tell(report, "reports.return_report", "Trả lại", changes=CHANGES)
    found = [(what, change) for _, what, _, change, _ in lines(office.get(PAGE))[:2]]
    assert found == [("Trả lại", [("điểm", "7,5", "9,25")]), ("Lưu điểm tự chấm", [])]


def test_marks_are_read_once_the_sheet_is_appraised(office):
    year = marked_year()
    report = report_of(year, units_of(year)[0])
    (assignment,) = assigned(report, units_of(year)[2])
    tell(assignment, "appraisal.save_marks", "Lưu điểm chấm: I.1", changes=CHANGES)
    for state, expected in (("submitted", []), ("appraised", [("điểm", "7,5", "9,25")])):
        in_state(report, state)
        assert [line[3] for line in lines(office.get(PAGE))] == [expected]


def test_of_a_kind_without_a_list_no_value_is_shown(office):
    seat = SeatFactory()
    tell(seat, "units.end_seat", "Kết thúc: “Mật”", changes=CHANGES, note="Mật")
    assert lines(office.get(PAGE)) == [("Người cũ", "Kết thúc", str(seat), [], "")]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"q": "nguoi cu so hai"}, []),
        ({"q": "so hai"}, ["Mở", "Hai"]),
        ({"sort": "work"}, ["Hai", "Một"]),
        ({"sort": "opened"}, ["Mở"]),
        ({"sort": "signed_in"}, ["Vào"]),
        ({"kind": "reports.report"}, []),
        ({"kind": "units.unit", "until": "29/11/2026"}, ["Một"]),
        ({"since": "30/11/2026"}, ["Vào", "Mở", "Hai"]),
        ({"store": "archive"}, ["Xưa"]),
    ],
)
def test_filters(office, wanted, expected):
    first, second = UnitFactory(name="Sở Một"), UnitFactory(name="Sở Hai")
    tell(first, label="Xưa", at=NOON - dt.timedelta(days=3000))
    chain_new_lines(now=NOON)
    archive_lines(before=NOON - dt.timedelta(days=2000))
    tell(first, label="Một", at=NOON - dt.timedelta(days=1))
    tell(second, label="Hai")
    tell(second, "papers.open_paper", "Mở")
    tell(UserFactory(), "accounts.sign_in", "Vào")
    assert [line[1] for line in lines(office.get(PAGE, wanted))] == expected
    assert [row[2] for row in rows(office.get(FILE, wanted))[1:]] == expected


@pytest.mark.parametrize(
    "wanted", [{"since": "abc"}, {"kind": "zzz"}, {"q": "a\x00b"}, {"store": "x"}, {"sort": "x"}]
)
def test_what_is_no_filter_gives_no_line_and_says_why(office, client, wanted):
    tell(UnitFactory())
    answers = [office.get(PAGE, wanted), office.get(FILE, wanted), office.get(TABLE, wanted)]
    answers.append(office.post(f"{TABLE}?{urlencode(wanted)}"))
    client.force_login(official(SeatRole.SYSADMIN))
    if set(wanted) & {"since", "q"}:
        answers.append(client.get(reverse("units:log_list"), wanted))
    assert [one.status_code for one in answers] == [200, 422, 422, 422, 200][: len(answers)]
    for answer in answers:
        assert list(answer.context["page_obj"]) == []
        assert 'class="invalid-feedback d-block"' in answer.content.decode()
        assert not any(word in answer.content.decode() for word in ("Null", "Enter", "Select"))
    assert not Job.objects.exists()


def test_a_job_of_what_is_no_filter_makes_no_file(office, settings, tmp_path):
    settings.JOBS_DIR = tmp_path
    asked = {"form": "csv", "wanted": {"since": "abc"}}
    ask_for_job(LOG_JOB, title="x", arguments=asked, actor=official(SeatRole.OFFICE))
    work_off()
    job = Job.objects.get()
    assert (job.status, "dd" in job.fault, "Ngày phải" in job.fault) == ("failed", False, True)


def test_every_bar_of_a_list_refuses_what_is_no_filter():
    bars = [one for one in all_classes(FilterSet) if not one.__module__.startswith("django_")]
    assert len(bars) > 8
    assert [one for one in bars if not issubclass(one, ListFilter)] == []


def all_classes(base):
    return [one for child in base.__subclasses__() for one in (child, *all_classes(child))]


def test_a_person_who_left_keeps_the_name_in_old_lines(office):
    person, admin = UserFactory(full_name="Trần Thị Cũ"), official(SeatRole.SYSADMIN)
    record(person, "units.edit_unit", UnitFactory(), label="Sửa", at=NOON)
    data = {"full_name": "Trần Thị Mới", "username": person.username, "phone": ""}
    edit_person(person, actor=admin, data=data, seen=None)
    stop_person(person, actor=admin)
    assert [line[0] for line in lines(office.get(PAGE)) if line[1] == "Sửa"] == ["Trần Thị Cũ"]


def test_the_end_of_the_chain_is_shown_and_taken_along(office):
    assert "Đầu chuỗi" not in office.get(PAGE).content.decode()
    tell(UnitFactory())
    seal = chain_new_lines(now=NOON)
    assert f"vị trí 1, mã <code>{seal.head}</code>" in office.get(PAGE).content.decode()
    answer = office.get(HEADS)
    assert answer.content.decode() == f"1:{seal.head} 2026-11-30T05:00:00+00:00\n"
    assert LogSeal.objects.count() == 1


def fetched(client, url, **wanted):
    """The file of a job, asked for at `url`."""
    answer = client.get(url, wanted)
    assert "Lập tệp" in answer.content.decode()
    client.post(f"{url}?{urlencode(wanted)}")
    work_off()
    job = Job.objects.latest("pk")
    assert (job.status, job.fault) == ("done", "")
    return b"".join(client.get(reverse("jobs:job_file", args=(job.pk,))).streaming_content)


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_a_file_of_many_lines_is_a_job_and_says_the_same(office, settings, tmp_path, batch):
    settings.JOBS_DIR = tmp_path
    for number in range(3):
        # Two of them at one moment.
        at = NOON + dt.timedelta(hours=number // 2)
        tell(UnitFactory(), label=f"Sửa {number}", at=at, changes=CHANGES)
    wanted = {"sort": "work", "q": "Sửa"}
    now = rows(office.get(FILE, wanted))
    text = office.get(TABLE, wanted).content
    with patch.object(domain, "MOST_ROWS", 1), patch.object(jobs, "AT_ONCE", batch):
        assert cells(fetched(office, FILE, **wanted)) == now
        assert fetched(office, TABLE, **wanted) == text
    assert len(now) == 4


def test_the_text_opens_in_a_spreadsheet_and_nothing_in_it_is_a_formula(office):
    tell(UnitFactory(name="=1+1, “Sở”"), note="@x\nhai dòng", changes=CHANGES)
    answer = office.get(TABLE, {"sort": "work"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    content = answer.content.decode()
    head, line = csv.reader(StringIO(content.removeprefix("\ufeff"), newline=""))
    assert content.startswith("\ufeff")
    assert (head[4], line[4:7], line[8]) == (
        "Đối tượng",
        ["'=1+1, “Sở”", "7,5", "9,25"],
        "'@x\nhai dòng",
    )


def test_an_excel_file_has_an_end(office, settings, tmp_path):
    settings.JOBS_DIR = tmp_path
    tell(UnitFactory())
    tell(UnitFactory())
    with patch.object(domain, "MOST_ROWS", 0), patch.object(jobs, "MOST_IN_EXCEL", 1):
        office.post(FILE)
        work_off()
    job = Job.objects.get()
    assert (job.status, job.fault) == ("failed", jobs.TOO_MANY)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(office, count, django_assert_num_queries):
    ContentType.objects.clear_cache()
    for _ in range(count):
        tell(UnitFactory())
        tell(submitted_report())
    office.get(PAGE)
    with django_assert_num_queries(8):
        assert office.get(PAGE).status_code == 200


@pytest.mark.parametrize("role", [SeatRole.COUNCIL, SeatRole.CHAIR, SeatRole.SYSADMIN])
@pytest.mark.parametrize("url", [PAGE, FILE, TABLE, HEADS])
def test_others_do_not_read_it(client, role, url):
    client.force_login(official(role))
    assert client.get(url).status_code == 403


def openings(of):
    return [
        (one.actor, one.label) for one in ActivityEntry.objects.about(of) if "open_" in one.action
    ]


def test_who_opened_a_sheet_is_told_once_a_day_to_its_unit_and_the_office(office, client):
    report = submitted_report()
    url = report.get_absolute_url()
    reader = leader_of(report.bloc_year.head)
    for day in (0, 0, 1):
        with time_machine.travel(NOON + dt.timedelta(days=day), tick=False):
            client.force_login(reader)
            assert client.get(url).context["openings"] == []
    assert openings(report) == [(reader, "Mở bảng điểm")] * 2
    client.force_login(editor_of(report.unit))
    answer = client.get(url)
    assert [one.actor for one in answer.context["openings"]] == [reader, reader]
    assert "Mở bảng điểm" not in [entry["label"] for entry in answer.context["entries"]]
    assert f"12:00 01/12/2026 – {reader}: Mở bảng điểm" in answer.content.decode()
    assert len(openings(report)) == 2


def test_reading_goes_on_where_nothing_can_be_written(client, monkeypatch, caplog):
    report = submitted_report()
    client.force_login(leader_of(report.bloc_year.head))

    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(ActivityEntry.objects, "create", full)
    assert client.get(report.get_absolute_url()).status_code == 200
    told = f"The opening of reports.Report {report.pk} was not written down."
    assert [one.getMessage() for one in caplog.records] == [told]


@pytest.mark.parametrize("name", ["sheet_files:sheet_workbook", "reports:report_detail"])
def test_each_way_to_read_a_sheet_is_told_of(client, name):
    report = submitted_report()
    reader = leader_of(report.bloc_year.head)
    client.force_login(reader)
    assert client.get(reverse(name, args=(report.pk,))).status_code == 200
    assert openings(report) == [(reader, "Mở bảng điểm")]


def test_who_opened_a_paper_signed_by_hand_is_told(client):
    copy, reader = (
        signed_copy("report", submitted_report(), UserFactory()),
        official(SeatRole.OFFICE),
    )
    client.force_login(reader)
    answer = client.get(reverse("papers:signed_copy_file", args=(copy.pk,)))
    assert answer.status_code == 200
    assert openings(copy.subject) == [(reader, f"Mở văn bản “{copy.words}”")]
