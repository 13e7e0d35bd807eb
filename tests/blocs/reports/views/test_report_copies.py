"""A report signed by hand is sent in on the day of the paper, with number, signers and scan."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.urls import reverse

from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.reports.models import Report
from blocs.reports.models.sendings import content_stamp
from blocs.states import ReportState
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import fill
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import COUNT, member_report, row_of
from thidua.common.models import ActivityEntry
from thidua.papers.models import SignedCopy
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_december():
    with time_machine.travel("2026-12-20T02:00:00Z"):
        yield


@pytest.fixture
def report():
    with time_machine.travel("2026-02-26T02:00:00Z"):
        made = fill(member_report())
    type(made.bloc_year).objects.update(report_due=dt.date(2026, 12, 15))
    return made


def address(report):
    return reverse("reports:report_copy", args=(report.pk,))


def typed(day="14/12/2026", **more):
    scan = SimpleUploadedFile("Báo cáo.pdf", files.pdf())
    signers = "Trần Văn An, Giám đốc"
    facts = {"number": "09/BC-SXD", "signed_on": day, "signers": signers, "scan": scan}
    return facts | {"received_on": "18/12/2026"} | more


@pytest.mark.parametrize("person", (editor_of, leader_of))
def test_the_paper_sends_the_report_in_on_its_day(client, report, person):
    leader_of(report.bloc_year.head)
    client.force_login(person(report.unit))
    page = client.get(report.get_absolute_url())
    assert page.context["copy_url"] == address(report)
    assert client.post(address(report), typed()).url == report.get_absolute_url()
    sent = Report.objects.for_page().get()
    day = dt.datetime(2026, 12, 13, 17, tzinfo=dt.UTC)
    assert (sent.state, sent.submitted_at, sent.is_late) == (ReportState.SUBMITTED, day, False)
    assert sent.versions.get().kind == "submitted"
    page = client.get(report.get_absolute_url()).context
    words = (
        "bản giấy số 09/BC-SXD ký ngày 14/12/2026, nhận ngày 18/12/2026; đúng hạn hay chậm hạn "
        "tính theo ngày ký"
    )
    assert dict(page["facts"])["Nộp theo"] == words
    assert [row["copy"] for row in page["copies"]] == [SignedCopy.objects.get()]
    notes = score_sheet_paper(sent, shows_appraisal=False).notes
    assert notes[0] == f"Báo cáo nộp theo {words}."
    assert [found.sentence for found in check(sent.bloc_year)[1]] == []


def test_a_paper_of_after_the_deadline_is_late(client, report):
    client.force_login(leader_of(report.unit))
    client.post(address(report), typed(day="16/12/2026"))
    assert Report.objects.get().is_late is True


@pytest.mark.parametrize(
    ("signed", "received", "sentence"),
    (
        (
            "14/12/2026",
            "13/12/2026",
            "Báo cáo nhận được ghi ngày 13/12/2026, trước việc ký bản giấy ngày 14/12/2026 là căn "
            "cứ của nó; hãy sửa ngày.",
        ),
        (
            "14/12/2026",
            "21/12/2026",
            "Báo cáo nhận được ghi ngày 21/12/2026, chưa đến ngày đó; hãy ghi ngày thực tế, không "
            "muộn hơn 20/12/2026.",
        ),
        ("14/12/2026", "", "Hãy nhập ngày khối nhận bản giấy."),
    ),
)
def test_a_paper_is_received_between_its_day_and_today(client, report, signed, received, sentence):
    client.force_login(leader_of(report.unit))
    answer = client.post(address(report), typed(day=signed, received_on=received))
    assert answer.context["form"].errors == {"received_on": [sentence]}
    assert (Report.objects.get().state, SignedCopy.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    ("day", "received", "mark"),
    (
        # Signed in time and handed in after the last day; signed on it; signed after it.
        ("14/12/2026", "18/12/2026", ""),
        ("15/12/2026", "15/12/2026", ""),
        ("16/12/2026", "16/12/2026", ", chậm hạn"),
    ),
)
def test_pages_name_the_day_of_the_paper_and_no_hour(client, report, day, received, mark):
    leader = leader_of(report.unit)
    client.force_login(leader)
    client.post(address(report), typed(day=day, received_on=received))
    facts = dict(client.get(report.get_absolute_url()).context["facts"])
    assert facts["Nộp lần đầu"] == f"{day}, ký trên giấy{mark}"
    url = reverse("reports:year_reports", args=(report.bloc_year_id,))
    rows = client.get(url).context["rows"]
    assert [(row["sent"], row["is_late"]) for row in rows if row["url"]] == [
        (f"{day}, ký trên giấy", bool(mark))
    ]
    (row,) = client.get(reverse("reports:report_list")).context["rows"]
    assert row["sent"] == f"{day}, ký trên giấy"


def test_what_a_report_must_hold_is_asked_of_a_paper_too(client, report):
    Report.objects.update(results="")
    client.force_login(leader_of(report.unit))
    answer = client.post(address(report), typed())
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Báo cáo chưa có phần kết quả thực hiện nhiệm vụ."
    ]
    assert (Report.objects.get().state, SignedCopy.objects.count()) == ("draft", 0)


def test_of_a_report_that_was_sent_in_only_the_scan_is_kept(client, report):
    at = dt.datetime(2026, 12, 10, 2, tzinfo=dt.UTC)
    Report.objects.update(state="submitted", submitted_at=at, first_submitted_at=at)
    client.force_login(leader_of(report.unit))
    assert client.post(address(report), typed()).status_code == 302
    kept = Report.objects.get()
    assert (kept.submitted_at, kept.copy, SignedCopy.objects.count()) == (at, None, 1)


def test_withdrawn_it_is_sent_by_no_paper(client, report):
    client.force_login(leader_of(report.unit))
    client.post(address(report), typed())
    url = reverse("reports:report_move", args=(report.pk, "withdraw"))
    assert client.post(url, {"note": "Nhầm bản."}).status_code == 302
    kept = Report.objects.get()
    assert (kept.state, kept.copy, kept.submitted_at) == ("draft", None, None)


def test_a_paper_that_answers_a_return_is_not_older_than_it(client, report):
    at = dt.datetime(2026, 12, 18, 2, tzinfo=dt.UTC)
    Report.objects.update(
        state="returned", submitted_at=at, first_submitted_at=at, returned_at=at, returned_as="x"
    )
    client.force_login(leader_of(report.unit))
    answer = client.post(address(report), typed())
    assert answer.context["form"].errors["signed_on"] == [
        "Báo cáo ghi ngày 14/12/2026, trước việc trả lại ngày 18/12/2026 là căn cứ của nó; hãy sửa "
        "ngày."
    ]


def test_no_other_unit_records_it(client, report):
    client.force_login(leader_of(report.bloc_year.head))
    assert client.post(address(report), typed()).status_code == 404
    Report.objects.update(state="submitted", submitted_at="2026-12-10T00:00:00Z")
    assert client.post(address(report), typed()).status_code == 403
    assert SignedCopy.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "basis"),
    (
        ("25/02/2026", "việc ban hành bảng chấm điểm phiên bản 1 ngày 26/02/2026"),
        ("01/07/2025", "việc ban hành bảng chấm điểm phiên bản 1 ngày 26/02/2026"),
    ),
)
def test_a_paper_is_not_older_than_the_table_of_its_sheet(client, report, day, basis):
    client.force_login(editor_of(report.unit))
    answer = client.post(address(report), typed(day=day))
    assert answer.context["form"].errors == {
        "signed_on": [f"Báo cáo ghi ngày {day}, trước {basis} là căn cứ của nó; hãy sửa ngày."]
    }
    assert (Report.objects.get().state, SignedCopy.objects.count()) == ("draft", 0)
    assert client.post(address(report), typed(day="26/02/2026")).status_code == 302


@pytest.mark.parametrize(
    ("state", "day", "status"),
    (
        ("effective", "11/03/2026", 422),
        ("effective", "12/03/2026", 302),
        ("closed", "11/03/2026", 422),
        # What was not agreed yet is no basis.
        ("signing", "11/03/2026", 302),
    ),
)
def test_a_paper_is_not_older_than_the_agreement(client, report, state, day, status):
    at = None if state == "signing" else dt.datetime(2026, 3, 15, 2, tzinfo=dt.UTC)
    AgreementFactory(
        bloc_year=report.bloc_year, state=state, effective_at=at, signed_on=dt.date(2026, 3, 12)
    )
    client.force_login(editor_of(report.unit))
    answer = client.post(address(report), typed(day=day))
    assert answer.status_code == status
    if status == 422:
        assert answer.context["form"].errors["signed_on"] == [
            f"Báo cáo ghi ngày {day}, trước giao ước thi đua ngày 12/03/2026 là căn cứ của nó; hãy "
            "sửa ngày."
        ]


def with_loss(report):
    """Its second group gains 30 and loses 31 by a line of its own; the sentence that asks."""
    group = report.table.criteria.get(code="II")
    line = report.table.criteria.create(
        parent=group, code="2", name="Vi phạm", kind="deduction", max_points=0, order=9
    )
    leaf = row_of(report, COUNT).criterion
    report.scores.filter(criterion=leaf).update(value=3, self_points=30)
    report.scores.create(criterion=line, value=31, self_points=-31)
    return (
        "“Phong trào thi đua”: trừ 31 lớn hơn 30 điểm đạt được của mục; quy định không nêu có trừ "
        "quá điểm của mục hay không, đang tính −1."
    )


def test_what_sending_asks_is_asked_of_a_paper_too(client, report):
    sentence = with_loss(report)
    client.force_login(leader_of(report.unit))
    page = client.get(address(report))
    assert page.context["questions"] == [sentence]
    answer = client.post(address(report), typed())
    assert answer.context["form"].errors == {
        "confirmed": [
            "Vui lòng xem lại những điều nêu trên đầu trang rồi đánh dấu ô này để tiếp tục."
        ]
    }
    assert (Report.objects.get().state, SignedCopy.objects.count()) == ("draft", 0)
    assert client.post(address(report), typed(confirmed="on")).status_code == 302
    move = ActivityEntry.objects.get(action="reports.report.submit_on_paper")
    assert move.note == f"Đã xác nhận: {sentence}"


def test_a_returned_report_sent_unchanged_by_paper_asks(client, report):
    at = dt.datetime(2026, 12, 12, 2, tzinfo=dt.UTC)
    Report.objects.update(
        state="returned",
        submitted_at=at,
        first_submitted_at=at,
        returned_at=at,
        returned_as=content_stamp(report),
    )
    client.force_login(editor_of(report.unit))
    (question,) = client.get(address(report)).context["questions"]
    assert question.endswith(" Vẫn nộp lại?")
    assert client.post(address(report), typed()).status_code == 422
    assert Report.objects.get().state == "returned"
    assert client.post(address(report), typed(confirmed="on")).status_code == 302


def test_who_appraises_confirms_the_paper(client, report):
    editor = editor_of(report.unit)
    client.force_login(editor)
    client.post(address(report), typed())
    facts = dict(client.get(report.get_absolute_url()).context["facts"])
    assert facts["Xác nhận bản giấy"] == (
        "chưa; nơi thẩm định xem bản quét, xác nhận khi hoàn thành thẩm định hoặc trả lại"
    )
    report.scores.update(appraised_points=F("self_points"))
    client.force_login(leader_of(report.bloc_year.head))
    url = reverse("reports:report_move", args=(report.pk, "appraise"))
    question = (
        "Báo cáo nộp theo bản giấy số 09/BC-SXD ký ngày 14/12/2026, nhận ngày 18/12/2026, do "
        f"{editor} ghi nhận. Đã xem bản quét: đúng người ký, đúng ngày ký và đúng ngày nhận? Không "
        "đúng thì trả lại báo cáo."
    )
    assert client.get(url).context["questions"] == [question]
    assert client.post(url).status_code == 422
    assert Report.objects.get().state == "submitted"
    assert client.post(url, {"confirmed": "on"}).status_code == 302
    move = ActivityEntry.objects.get(action="reports.report.appraise")
    assert move.note == f"Đã xác nhận: {question}"
    facts = dict(client.get(report.get_absolute_url()).context["facts"])
    assert facts.get("Xác nhận bản giấy") is None


def test_a_sheet_that_could_not_be_sent_takes_no_paper_either(client, report):
    """What is left to write is said before number, signers and scan are typed."""
    Report.objects.update(results="")
    client.force_login(leader_of(report.unit))
    page = client.get(address(report)).context
    assert (page["closed"], page["submit_label"], page["questions"]) == (
        "Báo cáo chưa có phần kết quả thực hiện nhiệm vụ.",
        "",
        [],
    )
    answer = client.post(address(report), typed())
    assert answer.context["form"].non_field_errors() == [page["closed"]]
    assert (answer.context["form"]["number"].value(), SignedCopy.objects.count()) == (
        "09/BC-SXD",
        0,
    )
