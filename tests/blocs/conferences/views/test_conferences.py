"""Pages of the closing conference."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from tests.factories.blocs import year_with_members
from tests.factories.conferences import END, add_agenda, conference_of, count, named_year, units_of
from tests.factories.people import editor_of, leader_of, official
from tests.inference.worlds import as_html
from tests.page_forms import seen_on
from thidua.common.stamps import ROWS_OVERTAKEN

pytestmark = pytest.mark.django_db
C = ConferenceState
WRITING = ("conference_edit", "attendance_edit", "agenda_edit", "next_heads_edit")


def page(conference, name="conference_detail", *more):
    return reverse(f"conferences:{name}", args=(conference.bloc_year_id, *more))


def text(answer):
    return answer.content.decode()


def fields(answer):
    """Names and values of the inputs that a browser would send back unchanged."""
    context = answer.context
    sent = {}
    for row in context["rows"]:
        for name, cell in row["cells"].items():
            if name == "is_present":
                sent |= {cell.name: "on"} if cell.is_on else {}
            else:
                sent[cell.name] = cell.value
    return sent


@pytest.mark.parametrize("rows", (1, 3))
def test_detail_costs_the_same_for_any_number_of_rows(
    client, rows, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("thidua.papers.views.pdf_soon", as_html)
    conference = conference_of(named_year(["Sở A", "Sở B", *(f"Sở {n}" for n in range(rows))]))
    add_agenda(conference, *((f"Nội dung {n}", "Diễn biến", "") for n in range(rows)))
    present = 2 + rows
    papers = {"issued": present, "returned": present, "valid": present}
    votes = [(place, present, 0, "certificate") for place in range(rows)]
    count(conference, "award", votes, **papers)
    client.force_login(editor_of(conference.bloc_year.head))
    with django_assert_num_queries(21):
        answer = client.get(page(conference))
    assert f"Nội dung {rows - 1}" in text(answer)
    preview = reverse("conferences:minutes_preview", args=(conference.bloc_year_id,))
    with django_assert_num_queries(18):
        assert f"Nội dung {rows - 1}" in client.get(preview).content.decode()
    Conference.objects.update(state=C.SIGNED, ended_at=END)
    with django_assert_num_queries(14):
        client.get(page(conference))


def test_a_year_without_conference_says_so_and_leads_on(client):
    year = year_with_members()
    url = reverse("conferences:conference_detail", args=(year.pk,))
    new = reverse("conferences:conference_new", args=(year.pk,))
    client.force_login(editor_of(year.head))
    assert f'href="{new}"' in text(client.get(url))
    client.force_login(leader_of(year.members.last().unit))
    answer = client.get(url)
    assert "Chưa lập hội nghị tổng kết" in text(answer)
    assert new not in text(answer)
    assert client.get(new).status_code == 403


def test_another_bloc_finds_nothing(client):
    conference = conference_of()
    count(conference, "head", [(5, 8)])
    stranger = year_with_members()
    client.force_login(editor_of(stranger.head))
    unit = units_of(conference)[2]
    for url in (
        page(conference),
        *(page(conference, name) for name in WRITING),
        page(conference, "delegate_edit", unit.pk),
        page(conference, "ballot_edit", "head"),
        page(conference, "minutes_preview"),
        page(conference, "counting_preview", "head"),
        page(conference, "minutes_sign"),
        page(conference, "conference_move", "confirm"),
    ):
        assert client.get(url).status_code == 404
    assert client.get(reverse("conferences:conference_new", args=(stranger.pk,))).status_code == 200


@pytest.mark.parametrize("name", (*WRITING, "minutes_preview", "minutes_sign"))
def test_a_member_reads_but_does_not_write(client, name):
    conference = conference_of()
    client.force_login(leader_of(units_of(conference)[3]))
    assert client.get(page(conference)).status_code == 200
    assert client.get(page(conference, name)).status_code == 403
    assert client.post(page(conference, name), {}).status_code in (403, 405)


def test_the_office_reads_and_the_sysadmin_does_not(client):
    conference = conference_of()
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(page(conference)).status_code == 200
    client.force_login(official(SeatRole.SYSADMIN))
    assert client.get(page(conference)).status_code == 404


def test_members_see_a_count_when_it_is_confirmed(client):
    conference = conference_of()
    count(conference, "head", [(5, 7)])
    client.force_login(leader_of(units_of(conference)[3]))
    assert "07/08" not in text(client.get(page(conference)))
    Conference.objects.update(state=C.COUNTED)
    answer = client.get(page(conference))
    assert "07/08" in text(answer)
    # The award and the deputy were not voted on: nothing is said of them.
    assert [row["title"] for row in answer.context["ballots"]] == ["Bầu khối trưởng"]


def facts(**changes):
    return {
        "day": "28/01/2021",
        "time": "14:00",
        "place": "Sở Giao thông Vận tải",
        "form": "in_person",
        "guests": "Đại diện Ban Thi đua – Khen thưởng tỉnh",
        "chair_name": "",
        "chair_title": "",
        "secretary_name": "",
        "secretary_title": "",
        "counting_team": "",
        "conclusion": "",
    } | changes


def test_a_conference_is_begun_without_knowing_everybody(client):
    year = year_with_members(year=2020)
    client.force_login(editor_of(year.head))
    answer = client.post(reverse("conferences:conference_new", args=(year.pk,)), facts())
    conference = Conference.objects.get(bloc_year=year)
    assert answer.url == conference.get_absolute_url()
    assert f"{conference.starts_at:%d/%m/%Y %H:%M %Z}" == "28/01/2021 07:00 UTC"


def test_wrong_facts_come_back_with_everything_typed(client):
    year = year_with_members()
    client.force_login(editor_of(year.head))
    typed = facts(day="31/02/2021", conclusion="Kết luận dài")
    answer = client.post(reverse("conferences:conference_new", args=(year.pk,)), typed)
    assert list(answer.context["form"].errors) == ["day"]
    assert "Kết luận dài" in text(answer)
    assert Conference.objects.count() == 0


def test_two_writers_of_the_facts(client):
    conference = conference_of()
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "conference_edit")
    seen = seen_on(client, url)
    other = Client()
    other.force_login(leader_of(conference.bloc_year.head))
    other.post(url, facts(place="Hội trường A") | seen)
    answer = client.post(url, facts(place="Hội trường B") | seen)
    (sentence,) = answer.context["form"].errors["place"]
    assert sentence.startswith("Người khác đã lưu: “Hội trường A” (")
    fresh = answer.context["form"]["seen"].value()
    assert client.post(url, facts(place="Hội trường B", seen=fresh)).status_code == 302
    conference.refresh_from_db()
    assert conference.place == "Hội trường B"


def test_attendance_writes_what_changed(client):
    conference = conference_of(present=7)
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "attendance_edit")
    sent = fields(client.get(url))
    unit = units_of(conference)[7]
    sent |= {f"u{unit.pk}-is_present": "on", f"u{unit.pk}-absence_reason": ""}
    assert client.post(url, sent).url == page(conference)
    row = conference.attendances.get(unit=unit)
    assert (row.is_present, row.absence_reason) == (True, "")


def test_attendance_refuses_at_the_line_and_keeps_the_text(client):
    conference = conference_of(present=7)
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "attendance_edit")
    unit = units_of(conference)[7]
    sent = fields(client.get(url)) | {f"u{unit.pk}-is_present": "on"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    errors = answer.context["rows"][7]["cells"]["absence_reason"].errors
    assert errors == ("Đơn vị có mặt thì không ghi lý do vắng.",)
    assert answer.context["rows"][7]["cells"]["is_present"].is_on is True
    assert conference.attendances.get(unit=unit).is_present is False


def test_attendance_tells_a_second_writer_and_saves_on_the_next_try(client):
    conference = conference_of(present=7)
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "attendance_edit")
    unit = units_of(conference)[0]
    sent = fields(client.get(url))
    conference.attendances.filter(unit=unit).update(delegate_name="Phạm Thị C")
    sent[f"u{unit.pk}-delegate_name"] = "Vũ Thị D"
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert ROWS_OVERTAKEN.format(count="01") in text(answer)
    assert answer.context["rows"][0]["faults"] == [
        "Người khác đã lưu: có mặt (Phạm Thị C, Phó Giám đốc)."
    ]
    assert answer.context["rows"][0]["cells"]["delegate_name"].value == "Vũ Thị D"
    assert client.post(url, fields(answer)).status_code == 302
    assert conference.attendances.get(unit=unit).delegate_name == "Vũ Thị D"


def test_a_leader_names_the_own_delegate(client):
    conference = conference_of()
    own, other = units_of(conference)[6], units_of(conference)[5]
    client.force_login(leader_of(own))
    detail = text(client.get(page(conference)))
    assert page(conference, "delegate_edit", own.pk) in detail
    assert page(conference, "delegate_edit", other.pk) not in detail
    assert client.get(page(conference, "delegate_edit", other.pk)).status_code == 403
    url = page(conference, "delegate_edit", own.pk)
    typed = {"delegate_name": "Vũ Thị D", "delegate_title": "Phó Giám đốc"}
    client.post(url, typed | seen_on(client, url))
    assert conference.attendances.get(unit=own).delegate_name == "Vũ Thị D"


def test_agenda_proposes_the_usual_points_and_stores_nothing_by_looking(client):
    conference = conference_of()
    client.force_login(editor_of(conference.bloc_year.head))
    answer = client.get(page(conference, "agenda_edit"))
    assert [row["cells"]["title"].value for row in answer.context["rows"]] == [
        "Báo cáo tổng kết phong trào thi đua năm 2020",
        "Kết quả chấm điểm, xếp hạng",
        "Thảo luận",
        "Bình xét, suy tôn, đề nghị khen thưởng",
        "Chọn khối trưởng, khối phó năm 2021",
        "Ký kết giao ước thi đua năm 2021",
        "",
        "",
    ]
    assert conference.agenda.count() == 0
    client.post(page(conference, "agenda_edit"), fields(answer))
    assert list(conference.agenda.values_list("order", "topic")) == [
        (1, ""),
        (2, "scores"),
        (3, ""),
        (4, "award"),
        (5, "election"),
        (6, ""),
    ]


def test_agenda_takes_more_lines_and_loses_emptied_ones(client):
    conference = conference_of()
    add_agenda(conference, ("Báo cáo", "Xong.", ""), ("Thảo luận", "", ""))
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "agenda_edit")
    sent = fields(client.get(url))
    second = conference.agenda.last()
    sent |= {f"p{second.pk}-title": "", "n1-title": "Kết thúc", "n2-text": "Không tên", "more": "1"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert answer.context["rows"][3]["cells"]["title"].errors == ("Vui lòng ghi tên nội dung.",)
    sent["n2-title"] = "Có tên"
    assert client.post(url, sent).url == url
    titles = list(conference.agenda.values_list("title", flat=True))
    assert titles == ["Báo cáo", "Kết thúc", "Có tên"]


def test_agenda_keeps_what_was_typed_into_a_point_taken_away_meanwhile(client):
    conference = conference_of()
    add_agenda(conference, ("Báo cáo", "Xong.", ""), ("Thảo luận", "", ""))
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "agenda_edit")
    first, second = conference.agenda.all()
    sent = fields(client.get(url)) | {f"p{second.pk}-text": "Có 05 ý kiến."}
    conference.agenda.all().delete()
    answer = client.post(url, sent)
    gone = next(row for row in answer.context["rows"] if row["key"] == f"p{second.pk}")
    assert (answer.status_code, gone["faults"]) == (409, ["Người khác đã lưu: đã xóa."])
    assert f"p{first.pk}" not in [row["key"] for row in answer.context["rows"]]
    assert conference.agenda.count() == 0
    assert client.post(url, fields(answer)).status_code == 302
    found = list(conference.agenda.filter(text="Có 05 ý kiến.").values_list("title", flat=True))
    assert found == ["Thảo luận"]


def test_next_head_is_chosen_among_the_members(client):
    conference = conference_of()
    client.force_login(editor_of(conference.bloc_year.head))
    url = page(conference, "next_heads_edit")
    stranger = year_with_members().head
    answer = client.post(url, {"next_head": stranger.pk, "next_head_basis": "luân phiên"})
    assert list(answer.context["form"].errors) == ["next_head"]
    unit = units_of(conference)[5]
    typed = {"next_head": unit.pk, "next_head_basis": "bầu chọn tại hội nghị"}
    client.post(url, typed | seen_on(client, url))
    sentence = "Khối trưởng năm 2021: Ban Quản lý các Khu công nghiệp (bầu chọn tại hội nghị)."
    assert sentence in text(client.get(page(conference)))


def test_locked_facts_lead_back_with_the_reason(client):
    conference = conference_of(state=C.COUNTED)
    client.force_login(editor_of(conference.bloc_year.head))
    answer = client.get(page(conference, "attendance_edit"), follow=True)
    assert answer.redirect_chain == [(page(conference), 302)]
    assert "Kết quả kiểm phiếu đã được xác nhận; muốn sửa phải mở lại." in text(answer)
    assert client.get(page(conference, "agenda_edit")).status_code == 200


def test_moves_are_made_by_those_who_may(client):
    conference = conference_of(state=C.PREPARED)
    url = page(conference, "conference_move", "open")
    client.force_login(leader_of(units_of(conference)[3]))
    assert client.post(url).status_code == 403
    client.force_login(leader_of(conference.bloc_year.head))
    assert client.post(url).url == page(conference)
    conference.refresh_from_db()
    assert conference.state == C.OPEN
    assert client.post(page(conference, "conference_move", "sign")).status_code == 404


def test_typed_attendance_survives_the_end_of_the_session(client):
    conference = conference_of(present=7)
    secretary = editor_of(conference.bloc_year.head)
    secretary.set_password("Mat-khau-thu-2026")
    secretary.save()
    credentials = {"username": secretary.username, "password": "Mat-khau-thu-2026"}
    client.post(reverse("accounts:login"), credentials)
    url = page(conference, "attendance_edit")
    unit = units_of(conference)[7]
    sent = fields(client.get(url)) | {f"u{unit.pk}-delegate_name": "Vũ Thị D"}
    del client.cookies["sessionid"]
    client.post(url, sent)
    client.post(reverse("accounts:login"), credentials)
    assert client.get(url).context["rows"][7]["cells"]["delegate_name"].value == "Vũ Thị D"
