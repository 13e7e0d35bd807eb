"""Evidence: stored once, attached to leaves, never under a name somebody typed."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.reports.actions.evidence import attach_evidence, note_download, remove_evidence
from blocs.reports.actions.locker import use_evidence
from blocs.reports.models import Evidence
from tests.factories.files import pdf, png
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    CLOSED,
    COUNT,
    DIRECT,
    in_state,
    member_report,
    row_of,
    submitted_report,
)
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db


def attach(report, label, name="Báo cáo.pdf", content=None, actor=None):
    return attach_evidence(
        report,
        criterion=row_of(report, label).criterion,
        upload=SimpleUploadedFile(name, content or pdf()),
        actor=actor or editor_of(report.unit),
    )


def refused(report, label, **kwargs):
    with pytest.raises(ValidationError) as caught:
        attach(report, label, **kwargs)
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def names(report, label):
    return [file.name for file in row_of(report, label).files]


def test_file_is_stored_under_its_hash_and_shown_under_its_name(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # where no other test left a file of this content
    report = member_report()
    evidence = attach(report, DIRECT)
    digest = hashlib.sha256(pdf()).hexdigest()
    assert (evidence.name, evidence.sha256, evidence.size) == ("Báo cáo.pdf", digest, len(pdf()))
    assert evidence.file.name.rpartition("/")[2] == f"{digest}.pdf"
    with evidence.file.open("rb") as stored:
        assert stored.read() == pdf()
    assert names(report, DIRECT) == ["Báo cáo.pdf"]


def test_same_content_is_kept_once_and_serves_two_leaves():
    report = member_report()
    first = attach(report, DIRECT)
    assert attach(report, COUNT, name="Tên khác.pdf") == first
    assert (Evidence.objects.count(), names(report, COUNT)) == (1, ["Báo cáo.pdf"])


def test_same_file_twice_at_one_leaf_is_refused():
    report = member_report()
    attach(report, DIRECT)
    assert refused(report, DIRECT) == {"file": ["Tệp này đã có ở tiêu chí, với tên “Báo cáo.pdf”."]}


def test_wrong_file_is_refused_at_its_field():
    report = member_report()
    assert refused(report, DIRECT, name="ảnh.pdf", content=png()) == {
        "file": ["Tệp “ảnh.pdf” thật ra là ảnh PNG. Hãy đổi lại đuôi tệp hoặc chọn đúng tệp."]
    }
    assert Evidence.objects.count() == 0


def test_leaf_of_another_table_takes_no_file():
    report, other = member_report(), member_report()
    with pytest.raises(ValidationError) as caught:
        attach_evidence(
            report,
            criterion=row_of(other, DIRECT).criterion,
            upload=SimpleUploadedFile("a.pdf", pdf()),
            actor=editor_of(report.unit),
        )
    assert caught.value.messages == ["Tiêu chí không thuộc bảng chấm điểm của báo cáo."]


@pytest.mark.parametrize("person", (leader_of, lambda unit: editor_of(member_report().unit)))
def test_others_attach_nothing(person):
    report = member_report()
    with pytest.raises(PermissionDenied):
        attach(report, DIRECT, actor=person(report.unit))


def test_submitted_report_takes_and_gives_no_file():
    report = submitted_report()
    closed = CLOSED["submitted"]
    assert refused(report, DIRECT) == [closed]
    report = in_state(report, "returned")
    evidence = attach(report, DIRECT)
    report = in_state(report, "submitted")
    criterion = row_of(report, DIRECT).criterion
    with pytest.raises(ValidationError) as caught:
        remove_evidence(
            report, criterion=criterion, evidence=evidence, actor=editor_of(report.unit)
        )
    assert (caught.value.messages, names(report, DIRECT)) == ([closed], ["Báo cáo.pdf"])


def test_removed_file_leaves_the_leaf_and_stays_with_the_unit():
    report = member_report()
    evidence = attach(report, DIRECT)
    criterion, actor = row_of(report, DIRECT).criterion, editor_of(report.unit)
    remove_evidence(report, criterion=criterion, evidence=evidence, actor=actor)
    assert (names(report, DIRECT), Evidence.objects.count()) == ([], 1)
    labels = [entry.label for entry in ActivityEntry.objects.about(report)]
    assert labels == ["Gỡ minh chứng: “Báo cáo.pdf”", "Thêm minh chứng: “Báo cáo.pdf”"]
    with pytest.raises(ValidationError) as caught:
        remove_evidence(report, criterion=criterion, evidence=evidence, actor=actor)
    assert caught.value.messages == ["Tệp không còn ở tiêu chí này."]


def test_download_is_noted_for_readers_of_the_report_only():
    report = member_report()
    evidence = attach(report, DIRECT)
    note_download(evidence, report=report, actor=leader_of(report.unit))
    assert ActivityEntry.objects.about(evidence).get().label == "Mở minh chứng"
    with pytest.raises(PermissionDenied):
        note_download(evidence, report=report, actor=leader_of(report.bloc_year.head))


def test_each_unit_has_a_file_of_its_own_though_the_content_is_the_same():
    ours, theirs = member_report(), member_report()
    files = [attach(report, DIRECT) for report in (ours, theirs)]
    assert [file.unit for file in files] == [ours.unit, theirs.unit]


def test_file_of_another_unit_proves_nothing():
    ours, theirs = member_report(), member_report()
    file = attach(theirs, DIRECT)
    with pytest.raises(ValidationError) as caught:
        use_evidence(
            ours,
            criterion=row_of(ours, DIRECT).criterion,
            evidence=file,
            actor=editor_of(ours.unit),
        )
    assert caught.value.messages == ["Tệp không thuộc kho của đơn vị lập báo cáo."]
    assert names(ours, DIRECT) == []
