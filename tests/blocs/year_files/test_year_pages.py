"""The pages of a year file: what it would make is shown first, and that alone is written."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.units.models import Bloc, Membership, Unit
from blocs.year_files import actions
from blocs.year_files.documents import checked
from blocs.year_files.forms import STALE
from blocs.years.models import BlocYear
from tests.accounts.test_kept_text import official_with_password, sign_in
from tests.factories.blocs import BlocFactory, BlocYearFactory
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.year_files import year_book, year_upload
from tests.jobs.toys import work_off
from thidua.common.models import ActivityEntry
from thidua.jobs import work
from thidua.jobs.files import remove_files
from thidua.jobs.models import Job

pytestmark = pytest.mark.django_db
NEW, APPLY = (reverse(f"year_files:year_file_{name}") for name in ("new", "apply"))


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def shown(client, **parts):
    """The preview of a file: its parts by title, and what its button posts."""
    answer = client.post(NEW, {"file": year_upload(year_book(**parts))})
    plan = answer.context["plan"]
    return {part.title: part.lines for part in plan.parts}, {"payload": answer.context["payload"]}


def standing_bloc():
    """The bloc of the file with one unit of the file and one that is not in it."""
    bloc = BlocFactory(code="KTĐ9", name="Khối thi đua số 9")
    inside = UnitFactory(code="SA", name="Sở Thử nghiệm A", leader_name="Trần Thị B")
    for unit in (inside, UnitFactory(code="SC", name="Sở Thử nghiệm C")):
        Membership.objects.create(bloc=bloc, unit=unit, starts_on="2020-01-01")
    return bloc


def test_the_preview_tells_what_is_new_what_stands_and_what_is_left_out(office):
    standing_bloc()
    parts, _ = shown(office)
    assert parts == {
        "Khối, cụm": ("Đã có trong phần mềm: Khối thi đua số 9 (ký hiệu KTĐ9).",),
        "Đơn vị đã có trong phần mềm": ("SA – Sở Thử nghiệm A",),
        "Đơn vị chưa có trong phần mềm, được lập mới": ("SB – Sở Thử nghiệm B",),
        "Tệp ghi khác phần mềm; giữ như phần mềm, sửa ở trang của đơn vị": (
            "SA, họ tên thủ trưởng: tệp ghi “Nguyễn Văn A”, phần mềm ghi “Trần Thị B”.",
        ),
        "Đơn vị vào khối, cụm từ 01/01/2026": ("SB – Sở Thử nghiệm B",),
        "Đơn vị của khối, cụm không có trong tệp nên không thuộc năm này": (
            "SC – Sở Thử nghiệm C",
        ),
        "Trưởng và phó": ("Trưởng: SA – Sở Thử nghiệm A", "Phó: SB – Sở Thử nghiệm B"),
        "Bảng chấm điểm được ban hành": (
            "Bảng chấm điểm năm 2026: 5 dòng, 3 tiêu chí được chấm, tổng 100 điểm.",
        ),
        "Kết quả": (
            "SA – Sở Thử nghiệm A: 03 kết quả, lập một báo cáo nháp.",
            "SB – Sở Thử nghiệm B: 03 kết quả, lập một báo cáo nháp.",
        ),
    }


def test_nothing_is_written_before_it_is_confirmed_and_then_all_of_it(office):
    models = (Bloc, Unit, Membership, BlocYear, ActivityEntry)
    before = [model.objects.count() for model in models]
    parts, button = shown(office, facts={"year": "2026–2027"})
    assert [model.objects.count() for model in models] == before
    assert parts["Đơn vị vào khối, cụm từ 01/09/2026"] == (
        "SA – Sở Thử nghiệm A",
        "SB – Sở Thử nghiệm B",
    )
    answer = office.post(APPLY, button, follow=True)
    year = BlocYear.objects.get()
    assert (answer.redirect_chain[0][0], year.words, year.state) == (
        year.get_absolute_url(),
        "năm học 2026–2027",
        YearState.OPEN,
    )
    assert [str(one) for one in answer.context["messages"]] == [
        "Đã mở Khối thi đua số 9 năm học 2026–2027 từ tệp “nam-2026.xlsx”."
    ]


def large_preview(client, **parts):
    """As `shown`, of a file that is read by a job; the address its button posts to."""
    answer = client.post(NEW, {"file": year_upload(year_book(**parts))})
    job = Job.objects.get(kind=actions.PREVIEW_JOB)
    assert (answer.status_code, answer.url) == (302, job.get_absolute_url())
    page = reverse("year_files:year_file_preview", args=(job.pk,))
    assert client.get(page).url == job.get_absolute_url()
    work_off()
    job.refresh_from_db()
    assert (job.status, job.result_url) == ("done", page)
    answer = client.get(page)
    plan = answer.context["plan"]
    return {part["title"]: tuple(part["lines"]) for part in plan["parts"]} if plan else answer, page


@pytest.fixture
def large(settings, tmp_path, monkeypatch):
    """Every file is one that a page should not wait for."""
    settings.JOBS_DIR = tmp_path
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 10)


def test_the_preview_of_a_large_file_says_the_same_and_writes_nothing(office, large, monkeypatch):
    standing_bloc()
    models = (Bloc, Unit, Membership, BlocYear)
    before = [model.objects.count() for model in models]
    parts, _ = large_preview(office)
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 10**6)
    assert (parts, [model.objects.count() for model in models]) == (shown(office)[0], before)


def test_a_large_preview_can_be_stopped(office, large, monkeypatch):
    office.post(NEW, {"file": year_upload()})
    monkeypatch.setattr(work, "TELL", 0)
    monkeypatch.setattr(checked, "_check_lines", lambda desk: Job.objects.update(wants_stop=True))
    work_off()
    assert Job.objects.get().status == "stopped"


REFUSED = {
    "bloc_code": ("K" * 21, "B3"),
    "bloc_name": ("Khối đã có", "B4"),
    "table_title": ("b" * 256, "B7"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_the_actions_refuse_stands_in_the_list_of_a_page_and_of_a_job(
    office, large, monkeypatch, code
):
    BlocFactory(code="CŨ", name="Khối đã có")
    value, cell = REFUSED[code]
    answer, _ = large_preview(office, facts={code: value})
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 10**6)
    page = office.post(NEW, {"file": year_upload(year_book({code: value}))})
    assert [one["cell"] for one in answer.context["faults"]] == [cell]
    assert (page.status_code, [one.cell for one in page.context["faults"]]) == (422, [cell])


def test_wrong_cells_of_a_large_file_stand_in_a_list_and_cannot_be_confirmed(office, large):
    answer, page = large_preview(office, facts={"year": "hai nghìn"})
    assert [(one["cell"], one["reason"]) for one in answer.context["faults"]] == [
        ("B6", "Ghi năm như “2026”, hoặc năm học như “2026–2027”.")
    ]
    assert "tệp có 01 ô cần sửa" in answer.content.decode()
    assert "Xác nhận và mở năm" not in answer.content.decode()
    assert (office.post(page).status_code, Job.objects.count()) == (200, 1)


def test_a_large_preview_is_its_persons_alone_and_ends_with_its_files(office, client, large):
    _, page = large_preview(office)
    (job,) = Job.objects.all()
    remove_files(job.pk)
    for method in (office.get, office.post):
        answer = method(page, follow=True)
        assert answer.redirect_chain == [(NEW, 302)]
        assert [str(one) for one in answer.context["messages"]] == [STALE]
    client.force_login(official(SeatRole.OFFICE))
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
    Job.objects.update(kind=actions.IMPORT_JOB, asked_by=client.session["_auth_user_id"])
    assert client.get(page).status_code == 404


def test_a_large_file_is_written_by_a_job_once_and_all_of_it(office, large):
    _, button = large_preview(office)
    answers = [office.post(button, {}) for _ in range(2)]
    job = Job.objects.get(kind=actions.IMPORT_JOB)
    assert [one.url for one in answers] == [job.get_absolute_url()] * 2
    assert BlocYear.objects.count() == 0
    work_off()
    job.refresh_from_db()
    assert (job.status, job.result_url) == ("done", BlocYear.objects.get().get_absolute_url())
    assert BlocYear.objects.count() == 1


def test_what_changed_since_a_large_preview_is_told_by_the_job(office, large):
    _, button = large_preview(office)
    office.post(button)
    UnitFactory(code="SB", name="Sở Thử nghiệm B")
    work_off()
    again = Job.objects.latest("pk")
    assert (again.status, again.fault) == ("failed", actions.CHANGED)
    assert BlocYear.objects.count() == 0


@pytest.mark.parametrize("what", ["unit", "bloc", "member"])
def test_what_changed_since_the_preview_is_not_written_unseen(office, what):
    bloc = standing_bloc()
    _, button = shown(office)
    if what == "unit":
        UnitFactory(code="SB", name="Sở Thử nghiệm B")
    elif what == "bloc":
        Bloc.objects.filter(pk=bloc.pk).update(name="Khối thi đua số chín")
    else:
        Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on="2020-01-01")
    answer = office.post(APPLY, button, follow=True)
    assert (answer.redirect_chain, BlocYear.objects.count()) == ([(NEW, 302)], 0)
    assert [str(one) for one in answer.context["messages"]] == [
        "Đơn vị hoặc khối đã thay đổi từ khi xem trước, nên chưa ghi gì. Hãy tải tệp lên lại để "
        "xem."
    ]


def test_wrong_cells_stand_in_a_list_and_nothing_is_written(office):
    answer = office.post(NEW, {"file": year_upload(year_book({"year": "hai nghìn"}))})
    assert answer.status_code == 422
    assert [(one.sheet, one.cell, one.reason) for one in answer.context["faults"]] == [
        ("Thông tin", "B6", "Ghi năm như “2026”, hoặc năm học như “2026–2027”.")
    ]
    assert answer.context["form"].errors["file"] == [
        "Chưa ghi gì: tệp có 01 ô cần sửa, nêu ở danh sách trên trang này."
    ]
    assert Unit.objects.filter(code="SA").count() == 0


def test_a_payload_of_somebody_else_or_of_nobody_is_refused(office, client):
    _, button = shown(office)
    client.force_login(official(SeatRole.OFFICE))
    for payload in (button, {"payload": "x"}, {}):
        answer = client.post(APPLY, payload, follow=True)
        assert [str(one) for one in answer.context["messages"]] == [
            "Bản xem trước này không dùng được nữa. Vui lòng tải tệp lên lại."
        ]
    assert BlocYear.objects.count() == 0


def test_after_signing_in_again_the_preview_comes_back(client):
    person = official_with_password()
    sign_in(client, person)
    parts, button = shown(client)
    client.session.flush()
    answer = client.post(APPLY, button)
    assert sign_in(client, person, next=APPLY).url == APPLY
    plan = client.get(APPLY).context["plan"]
    assert (answer.status_code, {part.title: part.lines for part in plan.parts}) == (302, parts)
    assert BlocYear.objects.count() == 0


def test_without_a_preview_the_second_step_leads_to_the_first(office):
    assert office.get(APPLY).url == NEW


def in_another_bloc():
    """The first unit of the file is compared in another bloc that year."""
    unit = UnitFactory(code="SA", name="Sở Thử nghiệm A")
    year = BlocYearFactory(bloc__name="Khối Khác", bloc__code="KX", year=2026, state=YearState.OPEN)
    year.members.create(unit=unit, order=1)


ASKS = (
    "Sở Thử nghiệm A đang là thành viên của Khối Khác năm 2026. Mỗi đơn vị chỉ thi đua ở một khối, "
    "cụm trong năm; được tham gia cả hai thì ghi lý do."
)


def opening():
    """The note with which the year of the file was opened."""
    year = BlocYear.objects.get(bloc__code="KTĐ9")
    return ActivityEntry.objects.about(year).get(action="years.blocyear.open").note


def test_units_of_another_bloc_are_named_and_the_reason_is_asked_for_and_kept(office):
    in_another_bloc()
    answer = office.post(NEW, {"file": year_upload()})
    assert ASKS in answer.content.decode()
    button = {"payload": answer.context["payload"]}
    empty = office.post(APPLY, button | {"reason": " "})
    assert (empty.status_code, empty.context["reason_form"].errors) == (
        422,
        {"reason": ["Vui lòng nêu lý do."]},
    )
    assert BlocYear.objects.filter(bloc__code="KTĐ9").count() == 0
    office.post(APPLY, button | {"reason": "Theo quyết định riêng"})
    assert opening() == "Theo quyết định riêng"


def test_the_reason_is_kept_while_signing_in_again(client):
    in_another_bloc()
    person = official_with_password()
    sign_in(client, person)
    _, button = shown(client)
    client.session.flush()
    client.post(APPLY, button | {"reason": "Theo quyết định riêng"})
    sign_in(client, person, next=APPLY)
    assert client.get(APPLY).context["reason_form"]["reason"].value() == "Theo quyết định riêng"


def test_a_large_file_asks_for_the_reason_before_its_job(office, large):
    in_another_bloc()
    _, page = large_preview(office)
    assert ASKS in office.get(page).content.decode()
    assert office.post(page, {"reason": ""}).status_code == 422
    assert Job.objects.count() == 1
    office.post(page, {"reason": "Theo quyết định riêng"})
    work_off()
    assert opening() == "Theo quyết định riêng"


def test_without_units_of_other_blocs_no_reason_is_asked_for(office):
    answer = office.post(NEW, {"file": year_upload()})
    assert list(answer.context["reason_form"].fields) == []


def test_a_preview_of_a_year_that_was_opened_meanwhile_leads_to_it(office, large):
    _, page = large_preview(office)
    office.post(page)
    work_off()
    year = BlocYear.objects.get()
    text = office.get(page).content.decode()
    assert "Khối thi đua số 9 đã có năm 2026; tệp này không nhập được nữa." in text
    assert f'href="{year.get_absolute_url()}"' in text
    assert "Xác nhận và mở năm" not in text
    count = Job.objects.count()
    assert (office.post(page).status_code, Job.objects.count()) == (200, count)


def test_a_preview_that_failed_leads_to_another_file(office, large):
    _, page = large_preview(office)
    office.post(page)
    work_off()
    answer = office.post(NEW, {"file": year_upload()})
    work_off()
    job = office.get(answer.url)
    assert job.context["job"].fault == (
        "Khối thi đua số 9 đã có năm 2026; tệp này không nhập được nữa."
    )
    assert f'href="{NEW}"' in job.content.decode().split('id="job"')[1]


def test_the_template_is_for_the_office_alone(office, client):
    url = reverse("year_files:year_file_template")
    assert office.get(url).content[:2] == b"PK"
    client.force_login(editor_of(UnitFactory()))
    assert [client.get(one).status_code for one in (url, NEW)] == [403, 403]


def test_a_second_file_of_the_year_is_refused_at_the_preview(office):
    _, button = shown(office)
    office.post(APPLY, button)
    answer = office.post(NEW, {"file": year_upload()})
    assert answer.context["form"].errors["file"] == [
        "Khối thi đua số 9 đã có năm 2026; tệp này không nhập được nữa."
    ]
