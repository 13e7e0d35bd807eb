"""Files through the browser: added, refused, opened by readers of the report only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.reports.actions.evidence import attach_evidence
from blocs.reports.models import Evidence
from blocs.states import SeatRole
from tests.factories.files import docx, pdf, png
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import DIRECT, in_state, member_report, row_of, submitted_report
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


def leaf_page(report, name="evidence_upload", *more):
    return reverse(f"reports:{name}", args=(report.pk, row_of(report, DIRECT).criterion.pk, *more))


def attached(report, name="Báo cáo.pdf", content=None):
    return attach_evidence(
        report,
        criterion=row_of(report, DIRECT).criterion,
        upload=SimpleUploadedFile(name, content or pdf()),
        actor=editor_of(report.unit),
    )


def open_file(client, person, evidence):
    """The answer and the bytes of a file, empty where it is not found."""
    client.force_login(person)
    answer = client.get(reverse("reports:evidence_file", args=(evidence.pk,)))
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


def test_file_is_uploaded_and_listed(client):
    report = member_report()
    client.force_login(editor_of(report.unit))
    upload = SimpleUploadedFile("Báo cáo.pdf", pdf())
    answer = client.post(leaf_page(report), {"file": upload}, follow=True)
    assert [(file["name"], file["size"]) for file in answer.context["files"]] == [
        ("Báo cáo.pdf", "1 KB")
    ]
    assert [file.name for file in row_of(report, DIRECT).files] == ["Báo cáo.pdf"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    (
        ({}, "Vui lòng chọn tệp rồi tải lên."),
        (
            {"file": SimpleUploadedFile("ảnh.pdf", png())},
            "Tệp “ảnh.pdf” thật ra là ảnh PNG. Hãy đổi lại đuôi tệp hoặc chọn đúng tệp.",
        ),
        (
            {"file": SimpleUploadedFile("trống.pdf", b"")},
            "Tệp “trống.pdf” không có nội dung. Hãy chọn tệp khác.",
        ),
    ),
)
def test_wrong_file_is_refused_at_its_field(client, data, sentence):
    report = member_report()
    client.force_login(editor_of(report.unit))
    answer = client.post(leaf_page(report), data)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [sentence]})
    assert Evidence.objects.count() == 0


def test_file_is_taken_off_by_post_only(client):
    report = member_report()
    evidence = attached(report)
    client.force_login(editor_of(report.unit))
    url = leaf_page(report, "evidence_remove", evidence.pk)
    assert client.get(url).status_code == 405
    answer = client.post(url, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Đã gỡ “Báo cáo.pdf” khỏi tiêu chí I.1."
    ]
    assert list(row_of(report, DIRECT).files) == []


@pytest.mark.parametrize(
    ("person", "status"),
    (
        (lambda report: leader_of(report.unit), 403),
        (lambda report: editor_of(report.bloc_year.head), 404),
        (lambda report: editor_of(member_report().unit), 404),
    ),
)
def test_others_neither_add_nor_remove(client, person, status):
    report = member_report()
    evidence = attached(report)
    client.force_login(person(report))
    upload = SimpleUploadedFile("a.pdf", pdf("2"))
    assert client.post(leaf_page(report), {"file": upload}).status_code == status
    remove = leaf_page(report, "evidence_remove", evidence.pk)
    assert client.post(remove).status_code == status
    assert [file.name for file in row_of(report, DIRECT).files] == ["Báo cáo.pdf"]


def test_leaf_of_another_table_is_not_found(client):
    report, other = member_report(), member_report()
    client.force_login(editor_of(report.unit))
    pk = row_of(other, DIRECT).criterion.pk
    url = reverse("reports:evidence_upload", args=(report.pk, pk))
    assert client.get(url).status_code == 404


def test_upload_page_is_closed_after_submission(client):
    report = submitted_report()
    client.force_login(editor_of(report.unit))
    assert client.get(leaf_page(report)).status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "content_type", "disposition"),
    (
        ("bao-cao.pdf", pdf(), "application/pdf", 'inline; filename="bao-cao.pdf"'),
        ("anh.png", png(), "image/png", 'inline; filename="anh.png"'),
        (
            "so.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            'attachment; filename="so.docx"',
        ),
        (
            "Số 1.pdf",
            pdf(),
            "application/pdf",
            "inline; filename*=utf-8''S%E1%BB%91%201.pdf",
        ),
    ),
)
def test_file_is_served_as_what_it_is(client, name, content, content_type, disposition):
    report = member_report()
    evidence = attached(report, name, content)
    answer, found = open_file(client, editor_of(report.unit), evidence)
    assert found == content
    headers = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    assert [answer[name] for name in headers] == [
        content_type,
        disposition,
        "nosniff",
        "private, no-store",
    ]


def test_every_opening_is_in_the_log_book(client):
    report = member_report()
    evidence = attached(report)
    person = editor_of(report.unit)
    open_file(client, person, evidence)
    entry = ActivityEntry.objects.about(evidence).get()
    assert (entry.label, entry.actor, entry.note) == ("Mở minh chứng", person, str(report))


@pytest.mark.parametrize(
    ("state", "expected"),
    (
        ("draft", (200, 404, 404, 404, 404)),
        ("submitted", (200, 200, 200, 404, 404)),
        ("appraised", (200, 200, 200, 200, 404)),
        ("agreed", (200, 200, 200, 200, 404)),
    ),
)
def test_file_follows_the_right_over_its_report(client, state, expected):
    report = submitted_report(appraised_total=9)
    evidence = attached(in_state(report, "returned"))
    in_state(report, state)
    people = (
        leader_of(report.unit),
        leader_of(report.bloc_year.head),
        official(SeatRole.OFFICE),
        official(SeatRole.COUNCIL),
        editor_of(submitted_report().unit),
    )
    found = [open_file(client, person, evidence)[0].status_code for person in people]
    assert tuple(found) == expected


def test_file_no_report_uses_is_for_its_own_unit_alone(client):
    report = submitted_report()
    evidence = attached(in_state(report, "returned"))
    row_of(report, DIRECT).score.evidence.clear()
    in_state(report, "submitted")
    people = (editor_of(report.unit), editor_of(report.bloc_year.head))
    found = [open_file(client, person, evidence)[0].status_code for person in people]
    assert found == [200, 404]


def test_file_needs_a_sign_in(client):
    evidence = attached(member_report())
    url = reverse("reports:evidence_file", args=(evidence.pk,))
    answer = client.get(url)
    assert (answer.status_code, answer.url) == (302, f"{reverse('accounts:login')}?next={url}")


def test_file_of_another_unit_is_not_found(client):
    report, other = member_report(), member_report()
    theirs = attached(other)
    client.force_login(editor_of(report.unit))
    pks = (report.pk, row_of(report, DIRECT).criterion.pk, theirs.pk)
    assert client.post(reverse("reports:evidence_remove", args=pks)).status_code == 404
