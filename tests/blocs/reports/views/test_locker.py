"""The locker: kept once, shown in the page, used by many leaves, deleted when nothing uses it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.reports.actions.evidence import attach_evidence
from blocs.reports.models import Evidence
from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.factories.files import pdf, png
from tests.factories.people import SeatFactory, UnitFactory, editor_of, leader_of, official
from tests.factories.reports import COUNT, DIRECT, in_state, member_report, row_of, submitted_report
from tests.page_forms import save
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
LIST = reverse("reports:locker_list")
UPLOAD = reverse("reports:locker_upload")


def page(name, *pks):
    return reverse(f"reports:{name}", args=pks)


def keep(client, unit, name="Báo cáo.pdf", content=None, **more):
    upload = SimpleUploadedFile(name, content or pdf())
    return client.post(UPLOAD, {"unit": unit.pk, "file": upload, **more})


def attached(report, label=DIRECT):
    return attach_evidence(
        report,
        criterion=row_of(report, label).criterion,
        upload=SimpleUploadedFile("Báo cáo.pdf", pdf()),
        actor=editor_of(report.unit),
    )


@pytest.fixture
def report():
    return member_report()


@pytest.fixture
def editor(client, report):
    client.force_login(editor_of(report.unit))
    return client


def test_file_is_kept_with_its_last_day(editor, report):
    answer = keep(editor, report.unit, expires_on="31/12/2026")
    evidence = Evidence.objects.get()
    assert answer["Location"] == evidence.get_absolute_url()
    assert (evidence.unit, evidence.expires_on) == (report.unit, dt.date(2026, 12, 31))


def test_secretary_of_a_unit_that_ended_reads_its_locker_and_fills_that_of_another(client, report):
    """The unit without a day of its end comes second: a page must not ask the first one alone."""
    editor, ended = editor_of(report.unit), UnitFactory(dissolved_on=dt.date(2026, 6, 30))
    Unit.objects.filter(pk=report.unit_id).update(dissolved_on=dt.date(2026, 6, 30))
    client.force_login(editor)
    assert client.get(LIST).context["may_keep"] is False
    assert client.get(UPLOAD).status_code == 403

    SeatFactory(user=editor, unit=ended, role=SeatRole.EDITOR)
    standing = SeatFactory(user=editor, unit=UnitFactory(), role=SeatRole.EDITOR).unit
    assert client.get(LIST).context["may_keep"] is True
    choices = client.get(UPLOAD).context["form"].fields["unit"].queryset
    assert list(choices) == [standing]
    assert keep(client, standing).status_code == 302
    assert Evidence.objects.get().unit == standing


def test_same_content_is_told_and_stored_once(editor, report):
    keep(editor, report.unit)
    answer = keep(editor, report.unit, name="Bản sao.pdf")
    (sentence,) = answer.context["form"].errors["file"]
    assert sentence.startswith("Kho đã có tệp này với tên “Báo cáo.pdf”, tải lên ngày ")
    assert Evidence.objects.count() == 1


def test_one_stored_object_two_links(editor, report):
    evidence = attached(report)
    criterion = row_of(report, COUNT).criterion
    answer = editor.post(page("locker_use", report.pk, criterion.pk), {"evidence": evidence.pk})
    assert answer["Location"] == page("evidence_upload", report.pk, criterion.pk)
    assert [file.pk for file in row_of(report, COUNT).files] == [evidence.pk]
    shown = editor.get(page("locker_detail", evidence.pk)).context["uses"]
    assert {use.criterion for use in shown} == {criterion, row_of(report, DIRECT).criterion}
    assert editor.get(LIST).context["rows"][0]["file"].use_count == 2


def test_used_file_is_not_deleted_and_says_where_it_is_used(editor, report):
    evidence = attached(report)
    answer = editor.post(page("locker_delete", evidence.pk), follow=True)
    (message,) = answer.context["messages"]
    assert str(message).startswith("Tệp đang là minh chứng ở 01 tiêu chí, không xóa được.")
    assert Evidence.objects.get() == evidence


def test_free_file_is_deleted_with_its_bytes(editor, report, django_capture_on_commit_callbacks):
    keep(editor, report.unit)
    evidence = Evidence.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(page("locker_delete", evidence.pk))
    assert Evidence.objects.count() == 0
    assert not evidence.file.storage.exists(evidence.file.name)
    entry = ActivityEntry.objects.filter(action="reports.delete_evidence").get()
    assert entry.changes[0]["before"] == evidence.sha256


@pytest.mark.parametrize(
    ("name", "content", "tag"),
    (("a.pdf", pdf(), "<iframe"), ("a.png", png(), "<img class")),
)
def test_preview_is_in_the_page_and_only_ours_may_frame_it(editor, report, name, content, tag):
    keep(editor, report.unit, name=name, content=content)
    evidence = Evidence.objects.get()
    answer = editor.get(page("locker_detail", evidence.pk))
    assert tag in answer.content.decode()
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    file = editor.get(page("evidence_file", evidence.pk))
    assert b"".join(file.streaming_content) == content
    assert file["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in file["Content-Security-Policy"]
    assert editor.get(LIST)["X-Frame-Options"] == "DENY"


def test_locker_belongs_to_its_unit(client, report):
    evidence = attached(report)
    strangers = (
        editor_of(report.bloc_year.head),
        leader_of(member_report().unit),
        official(SeatRole.SYSADMIN),
        official(SeatRole.OFFICE),
    )
    for person in strangers:
        client.force_login(person)
        for name in ("locker_detail", "evidence_file"):
            assert client.get(page(name, evidence.pk)).status_code == 404
        assert client.post(page("locker_delete", evidence.pk)).status_code == 404
    client.force_login(leader_of(report.unit))
    assert client.get(page("locker_detail", evidence.pk)).status_code == 200
    assert client.post(page("locker_delete", evidence.pk)).status_code == 403


def test_reader_of_a_report_sees_the_file_but_not_the_other_uses(client):
    report = submitted_report()
    evidence = attached(in_state(report, "returned"))
    in_state(report, "submitted")
    elsewhere = member_report()
    elsewhere.unit = report.unit
    elsewhere.save()
    score = elsewhere.scores.create(criterion=row_of(elsewhere, DIRECT).criterion)
    score.evidence.add(evidence)
    client.force_login(editor_of(report.bloc_year.head))
    answer = client.get(page("locker_detail", evidence.pk))
    assert [use.report_id for use in answer.context["uses"]] == [report.pk]
    assert answer.context["may_keep"] is False
    posted = client.post(page("locker_expiry", evidence.pk), {"expires_on": "31/12/2026"})
    assert posted.status_code == 403


def test_last_day_is_changed_and_told(editor, report):
    evidence = attached(report)
    save(editor, page("locker_expiry", evidence.pk), {"expires_on": "31/12/2026"})
    evidence.refresh_from_db()
    assert evidence.expires_on == dt.date(2026, 12, 31)
    entry = ActivityEntry.objects.filter(action="reports.set_expiry").get()
    assert (entry.changes[0]["before"], entry.changes[0]["after"]) == ("", "31/12/2026")


def test_leader_reads_the_locker_but_does_not_fill_it(client, report):
    client.force_login(leader_of(report.unit))
    assert (client.get(LIST).status_code, client.get(UPLOAD).status_code) == (200, 403)


def test_file_of_another_unit_cannot_be_used(editor, report):
    foreign = attached(member_report())
    url = page("locker_use", report.pk, row_of(report, DIRECT).criterion.pk)
    answer = editor.post(url, {"evidence": foreign.pk})
    assert answer.context["form"].errors["evidence"] == ["Vui lòng chọn một tệp trong kho."]


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(editor, report, count, django_assert_num_queries):
    for number in range(count):
        keep(editor, report.unit, name=f"{number}.pdf", content=pdf(str(number)))
    editor.get(LIST)
    with django_assert_num_queries(6):
        answer = editor.get(LIST)
    assert len(answer.context["rows"]) == count


def test_filters_find_by_name_without_accents_and_by_state(editor, report):
    keep(editor, report.unit, name="Quyết định khen.pdf", expires_on="01/01/2020")
    attached_file = SimpleUploadedFile("khác.pdf", pdf("2"))
    editor.post(UPLOAD, {"unit": report.unit.pk, "file": attached_file})
    for query, count in (("q=quyet dinh", 1), ("state=expired", 1), ("state=used", 0)):
        assert len(editor.get(f"{LIST}?{query}").context["rows"]) == count, query


def test_menu_shows_the_locker_to_units_only(client, report):
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(LIST).status_code == 403
    assert LIST not in client.get("/").content.decode()


def test_file_goes_into_the_locker_of_an_own_unit(editor, report):
    answer = keep(editor, member_report().unit)
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == ["unit"]
