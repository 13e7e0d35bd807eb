"""The receipt of a sending, what is repeated before it, and a form that had nothing to store."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from blocs.reports.actions.evidence import attach_evidence
from blocs.reports.actions.scores import save_scores
from blocs.reports.documents import receipt_code, receipt_of
from blocs.reports.models import Report
from blocs.reports.workflows import REPORT
from blocs.states import ReportState
from tests.factories.blocs import year_with_members
from tests.factories.files import pdf
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import BONUS, COUNT, DIRECT, RATIO, member_report, row_of, typed
from tests.papers.papers import read_pdf
from thidua.common.workflow import perform
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    """A report with all that is asked, one file at two leaves, and who leads its unit."""
    report = member_report(results="Hoàn thành nhiệm vụ.")
    editor = editor_of(report.unit)
    rows = [
        typed(report, DIRECT, value="9"),
        typed(report, RATIO, target="100", value="90"),
        typed(report, COUNT, value="2"),
        typed(report, BONUS, value="1"),
    ]
    save_scores(report, rows=rows, actor=editor)
    for label in (DIRECT, COUNT):
        attach_evidence(
            report,
            criterion=row_of(report, label).criterion,
            upload=SimpleUploadedFile("Minh chứng quý IV.pdf", pdf()),
            actor=editor,
        )
    return Report.objects.get(pk=report.pk), leader_of(report.unit)


def sent(report, leader, **more):
    return perform(REPORT, "submit", report, actor=leader, is_confirmed=True, **more)


def receipts(report):
    found = Report.objects.for_page().get(pk=report.pk)
    return [receipt_of(version, found) for version in found.versions.order_by("number")]


def test_the_receipt_says_who_when_what_and_what_comes_next(filled):
    report, leader = filled
    sent(report, leader)
    (receipt,) = receipts(report)
    facts = dict(receipt.facts)
    version = report.versions.get()
    assert facts["Đơn vị nộp"] == report.unit.name
    assert facts["Người nộp"] == str(leader)
    assert (facts["Phiên bản"], facts["Tệp minh chứng"]) == ("1", "01")
    assert (facts["Mã băm bảng điểm"], facts["Mã xác nhận"]) == (
        version.fingerprint,
        receipt_code(version),
    )
    file = row_of(report, DIRECT).files[0]
    (told,) = receipt.files
    assert (told.name, told.size, told.sha256) == ("Minh chứng quý IV.pdf", "1 KB", file.sha256)
    assert told.leaves == f"{DIRECT}, {COUNT}"
    assert receipt.next_step.startswith("Khối trưởng, khối phó thẩm định")
    assert "Hạn thẩm định: " in receipt.next_step
    assert receipt.notes == ()


def test_each_sending_has_a_receipt_of_its_own_and_an_old_one_says_so(filled):
    """Also where nothing was changed in between: the figures are the same, the sending is not."""
    report, leader = filled
    report = sent(report, leader)
    report = perform(REPORT, "withdraw", report, actor=leader, note="Nộp nhầm.")
    (old,) = receipts(report)
    assert old.notes == (
        "Báo cáo đã được thu hồi hoặc trả lại sau khi nộp bản này, hiện chưa nộp lại.",
    )
    sent(report, leader)
    first, second = receipts(report)
    codes, hashes = (
        [dict(one.facts)[name] for one in (first, second)]
        for name in ("Mã xác nhận", "Mã băm bảng điểm")
    )
    assert (len(set(codes)), len(set(hashes))) == (2, 1)
    assert (len(first.notes), second.notes) == (1, ())
    assert first.notes[0].startswith("Sau bản này đơn vị đã nộp lại: phiên bản 2, lúc ")


def test_the_pdf_is_fetched_from_the_report_and_from_the_version(client, filled):
    report, leader = filled
    client.force_login(leader)
    page, paper = report.get_absolute_url(), reverse("reports:report_receipt", args=(report.pk,))
    assert client.get(paper).status_code == 404
    assert paper not in client.get(page).content.decode()
    sent(report, leader)
    assert paper in client.get(page).content.decode()
    of_version = reverse("reports:version_receipt", args=(report.pk, 1))
    assert of_version in client.get(report.versions.get().get_absolute_url()).content.decode()
    answer = client.get(paper)
    text = " ".join(read_pdf(answer.content).text.split())
    assert "GIẤY XÁC NHẬN ĐÃ NỘP" in text
    assert "Minh chứng quý IV.pdf" in text
    assert row_of(report, DIRECT).files[0].sha256 in text.replace(" ", "")
    client.force_login(editor_of(year_with_members(3).head))
    assert client.get(of_version).status_code == 404


def test_total_leaves_files_and_what_is_missing_are_repeated_before_the_last_click(client, filled):
    report, leader = filled
    client.force_login(leader)
    page = reverse("reports:report_move", args=(report.pk, "submit"))
    told = dict(client.get(page).context["sending"])
    assert told["Tiêu chí đã chấm"] == "5/5"
    assert (told["Tệp minh chứng"], told["Còn thiếu"]) == ("01 tệp, 1 KB", "không thiếu gì")
    assert told["Tổng điểm tự chấm"] == "57,00 / 100"
    report.scores.filter(criterion=row_of(report, RATIO).criterion).delete()
    told = dict(client.get(page).context["sending"])
    assert (told["Tiêu chí đã chấm"], told["Còn thiếu"]) == ("4/5", "01 tiêu chí chưa tự chấm")
    Report.objects.update(state=ReportState.SUBMITTED, submitted_at=timezone.now())
    withdrawing = reverse("reports:report_move", args=(report.pk, "withdraw"))
    assert client.get(withdrawing).context["sending"] == ()


def test_a_form_that_changed_nothing_says_that_it_stored_nothing(client, filled):
    report, _ = filled
    client.force_login(editor_of(report.unit))
    page = reverse("reports:report_edit", args=(report.pk,))
    texts = {"results": report.results, "movements": "", "shortcomings": ""}
    seen = client.get(page).context["form"].fields["seen"].initial
    answer = client.post(page, texts | {"seen": seen}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Không có gì thay đổi so với bản đang lưu nên không lưu gì."
    ]
    answer = client.post(page, texts | {"movements": "Ba phong trào.", "seen": seen}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["Đã lưu."]


def labels_of(person):
    return [one.label for one in tasks_of(person, timezone.localdate())]


def test_the_editor_puts_the_report_before_the_leader_who_sends_it_in_or_gives_it_back(filled):
    report, leader = filled
    report.corrections.all().delete()
    editor = editor_of(report.unit)
    to_write = "Hoàn thành và nộp báo cáo, bảng tự chấm năm 2026"
    assert (labels_of(editor), labels_of(leader)) == ([to_write], [to_write])
    with pytest.raises(PermissionDenied):
        perform(REPORT, "put_up", report, actor=leader)
    report = perform(REPORT, "put_up", report, actor=editor)
    assert labels_of(editor) == []
    (label,) = labels_of(leader)
    assert label.startswith("Xem và nộp báo cáo năm 2026 mà cán bộ trình lúc ")
    with pytest.raises(ValidationError, match="Đã trình lãnh đạo lúc"):
        perform(REPORT, "put_up", report, actor=editor)
    report = perform(REPORT, "take_down", report, actor=leader, note="Bổ sung số liệu quý IV.")
    assert (report.state, labels_of(editor)) == (ReportState.DRAFT, [to_write])
    report = perform(REPORT, "put_up", report, actor=editor)
    report = sent(report, leader)
    assert (report.state, report.put_up_at) == (ReportState.SUBMITTED, None)


def test_the_page_offers_to_put_up_or_to_take_down(client, filled):
    report, leader = filled
    editor = editor_of(report.unit)
    client.force_login(editor)
    page = report.get_absolute_url()
    offered = [move["label"] for move in client.get(page).context["moves"]]
    assert offered == ["Trình lãnh đạo"]
    client.post(reverse("reports:report_move", args=(report.pk, "put_up")))
    context = client.get(page).context
    assert [move["label"] for move in context["moves"]] == ["Rút lại, chưa trình lãnh đạo"]
    assert dict(context["facts"])["Trình lãnh đạo"].endswith(f", {editor}")
    client.force_login(leader)
    offered = [move["label"] for move in client.get(page).context["moves"]]
    assert offered == ["Nộp báo cáo", "Rút lại, chưa trình lãnh đạo"]
