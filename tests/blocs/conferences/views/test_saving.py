"""Agenda and attendance arrive while they are typed, by the same lines as the button."""

import pytest
from django.urls import reverse

from blocs.conferences.actions.conferences import AgendaEntry, agenda_stamp, save_agenda
from blocs.conferences.models import AgendaItem, Attendance, Conference
from blocs.states import ConferenceState
from tests.factories.conferences import END, add_agenda, conference_of
from tests.factories.people import editor_of
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return conference_of()


def opened(client, conference, name):
    """(where the page saves itself, the fields as they stand on it)."""
    person = editor_of(conference.bloc_year.head)
    client.force_login(person)
    url = reverse(f"conferences:{name}", args=(conference.bloc_year_id,))
    data = fields_of(client.get(url)) | {"person": [str(person.pk)]}
    return f"{url}?tu-luu", data


def agenda():
    return list(AgendaItem.objects.values_list("title", "text"))


def test_points_are_saved_while_typed_and_may_be_typed_on(client, conference):
    add_agenda(conference, ("Báo cáo", "", ""), ("Thảo luận", "05 ý kiến.", ""))
    row = conference.agenda.first()
    url, data = opened(client, conference, "agenda_edit")
    for text in ("Khối phó", "Khối phó trình bày."):
        said = client.post(url, data | {f"p{row.pk}-text": text}).json()
        assert (said["rows"], len(said["saved_at"])) == ({}, len("14:02:31"))
        data |= said["stamps"]
    assert agenda() == [("Báo cáo", "Khối phó trình bày."), ("Thảo luận", "05 ý kiến.")]


def test_new_point_is_one_point_however_often_it_is_sent(client, conference):
    add_agenda(conference, ("Báo cáo", "", ""))
    url, data = opened(client, conference, "agenda_edit")
    data |= {"n1-title": "Thảo luận", "n2-title": "Bế mạc"}
    client.post(url, data)
    # The answer was lost on its way: the same line comes again, and then with more in it.
    said = client.post(url, data).json()
    data |= said["stamps"]
    client.post(url, data | {"n1-text": "05 ý kiến."})
    assert agenda() == [("Báo cáo", ""), ("Thảo luận", "05 ý kiến."), ("Bế mạc", "")]


def test_proposed_points_are_stored_once_and_the_button_changes_nothing_more(client, conference):
    url, data = opened(client, conference, "agenda_edit")
    data |= client.post(url, data | {"n1-text": "Khối phó trình bày."}).json()["stamps"]
    data |= {"n1-text": ["Khối phó trình bày."]}
    stored = agenda()
    assert (len(stored), stored[0]) == (
        6,
        ("Báo cáo tổng kết phong trào thi đua năm 2020", "Khối phó trình bày."),
    )
    assert client.post(url.removesuffix("?tu-luu"), data).status_code == 302
    assert agenda() == stored


def test_emptied_point_is_taken_away_by_the_button_alone(client, conference):
    add_agenda(conference, ("Báo cáo", "Xong.", ""), ("Thảo luận", "", ""))
    row = conference.agenda.first()
    url, data = opened(client, conference, "agenda_edit")
    data |= {f"p{row.pk}-title": "", f"p{row.pk}-text": "", "n1-title": "Bế mạc"}
    data |= client.post(url, data).json()["stamps"]
    assert agenda() == [("Báo cáo", "Xong."), ("Thảo luận", ""), ("Bế mạc", "")]
    client.post(url.removesuffix("?tu-luu"), data)
    assert agenda() == [("Thảo luận", ""), ("Bế mạc", "")]


def test_line_without_title_is_named_and_nothing_is_written(client, conference):
    add_agenda(conference, ("Báo cáo", "", ""))
    row = conference.agenda.get()
    url, data = opened(client, conference, "agenda_edit")
    data |= {"n1-text": "Không tên", f"p{row.pk}-text": "Xong.", f"p{row.pk}-order": "0"}
    answer = client.post(url, data)
    assert (answer.status_code, answer.json()["general"]) == (
        422,
        [
            "Nội dung “Báo cáo”: thứ tự là số nguyên từ 1 đến 99.",
            "Dòng 2: vui lòng ghi tên nội dung.",
        ],
    )
    assert agenda() == [("Báo cáo", "")]


def test_second_writer_is_told_and_keeps_the_typed_text(client, conference):
    add_agenda(conference, ("Thảo luận", "", ""))
    row = conference.agenda.get()
    url, data = opened(client, conference, "agenda_edit")
    other = AgendaEntry(
        key=f"p{row.pk}",
        pk=row.pk,
        seen=agenda_stamp(row),
        title="Thảo luận",
        text="Của họ",
        order=1,
    )
    save_agenda(conference, entries=[other], actor=editor_of(conference.bloc_year.head))
    data |= {f"p{row.pk}-text": "Của tôi"}
    answer = client.post(url, data)
    assert (answer.status_code, answer.json()) == (
        409,
        {"general": ["Người khác đã lưu nội dung này; bấm lưu để xem hai nội dung cạnh nhau."]},
    )
    answer = client.post(url.removesuffix("?tu-luu"), data)
    line = answer.context["rows"][0]
    assert (answer.status_code, line["cells"]["text"].value, line["faults"]) == (
        409,
        "Của tôi",
        ["Người khác đã lưu: “Thảo luận: Của họ”."],
    )
    assert agenda() == [("Thảo luận", "Của họ")]


@pytest.mark.parametrize("name", ("agenda_edit", "attendance_edit"))
def test_another_person_at_the_same_browser_writes_nothing(client, conference, name):
    url, data = opened(client, conference, name)
    answer = client.post(url, data | {"person": "0", "n1-title": "Khác"})
    assert (answer.status_code, answer.json()) == (
        409,
        {"person": "Máy này đang đăng nhập bằng tài khoản khác."},
    )
    assert agenda() == []


@pytest.mark.parametrize("name", ("agenda_edit", "attendance_edit"))
def test_page_says_where_and_in_whose_name_it_saves(client, conference, name):
    url, data = opened(client, conference, name)
    body = client.get(url.removesuffix("?tu-luu")).content.decode()
    assert f'data-autosave="{url}" data-person="{data["person"][0]}"' in body
    assert body.count("js/texts.js") == 1


def test_signed_minutes_take_nothing_more(client, conference):
    add_agenda(conference, ("Thảo luận", "", ""))
    row = conference.agenda.get()
    url, data = opened(client, conference, "agenda_edit")
    Conference.objects.update(state=ConferenceState.SIGNED, ended_at=END)
    answer = client.post(url, data | {f"p{row.pk}-text": "Muộn"})
    assert (answer.status_code, answer.json()["general"]) == (
        422,
        ["Biên bản hội nghị đã ký, số liệu không sửa được nữa."],
    )
    assert agenda() == [("Thảo luận", "")]


def test_attendance_is_saved_while_typed(client, conference):
    unit = conference.bloc_year.deputy_id
    url, data = opened(client, conference, "attendance_edit")
    del data[f"u{unit}-is_present"]
    data |= {f"u{unit}-delegate_name": "", f"u{unit}-delegate_title": ""}
    data |= {f"u{unit}-absence_reason": "đi công tác"}
    data |= client.post(url, data).json()["stamps"]
    client.post(url, data | {f"u{unit}-absence_reason": "họp Hội đồng nhân dân"})
    row = Attendance.objects.get(unit=unit)
    assert (row.is_present, row.absence_reason) == (False, "họp Hội đồng nhân dân")
