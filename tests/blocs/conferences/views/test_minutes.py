"""The draft, the signing and the stored papers."""

import datetime as dt

import pytest
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from tests.factories.blocs import year_with_members
from tests.factories.conferences import (
    add_agenda,
    conference_of,
    set_aside_the_rest,
    units_of,
)
from tests.factories.people import editor_of, leader_of, official
from tests.papers.papers import read_pdf
from tests.papers.words import words_of_html, words_of_word
from thidua.papers.addresses import word_address
from thidua.papers.models import Paper
from thidua.papers.papers import render_paper
from thidua.papers.stored import paper_again
from thidua.papers.word.writing import CONTENT_TYPE

pytestmark = pytest.mark.django_db
TYPED = {"number": "6", "ended_day": "28/01/2021", "ended_time": "16:45", "approvals": "8"}


def page(conference, name):
    return reverse(f"conferences:{name}", args=(conference.bloc_year_id,))


@pytest.fixture
def conference():
    conference = conference_of(
        state=ConferenceState.COUNTED, next_head_basis="bầu chọn tại hội nghị"
    )
    conference.next_head = units_of(conference)[5]
    conference.save()
    set_aside_the_rest(conference.bloc_year)
    add_agenda(conference, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
    return conference


def test_the_draft_is_a_paper_and_nothing_is_stored(client, conference):
    client.force_login(editor_of(conference.bloc_year.head))
    answer = client.get(page(conference, "minutes_preview"))
    assert answer["Content-Type"] == "application/pdf"
    pdf = read_pdf(answer.content)
    code = conference.bloc_year.bloc.code
    assert f"Số: …/BB-{code} (DỰ THẢO)" in pdf.text
    assert pdf.fonts == {
        "Paper-Serif",
        "Paper-Serif-Bold",
        "Paper-Serif-Bold-Italic",
    }
    assert Paper.objects.count() == 0


def test_signing_page_proposes_and_stores(client, conference):
    client.force_login(leader_of(conference.bloc_year.head))
    url = page(conference, "minutes_sign")
    assert client.get(url).context["form"].initial["approvals"] == 8
    assert client.post(url, TYPED).url == conference.get_absolute_url()
    conference.refresh_from_db()
    code = conference.bloc_year.bloc.code
    assert (conference.state, conference.minutes_number) == ("signed", f"06/BB-{code}")
    answer = client.get(conference.get_absolute_url())
    paper = Paper.objects.get()
    assert paper.sha256 in answer.content.decode()
    assert reverse("conferences:paper_file", args=(paper.pk,)) in answer.content.decode()


def test_missing_facts_are_told_before_and_at_the_signing(client, conference):
    conference.agenda.all().delete()
    client.force_login(leader_of(conference.bloc_year.head))
    url = page(conference, "minutes_sign")
    assert client.get(url).context["closed"] == "Chưa ghi nội dung hội nghị."
    answer = client.post(url, TYPED)
    assert answer.context["form"].non_field_errors() == ["Chưa ghi nội dung hội nghị."]
    assert answer.context["form"]["ended_time"].value() == "16:45"
    assert Paper.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    (
        ({"ended_time": "13:00"}, "ended_time", "Giờ kết thúc phải sau giờ bắt đầu."),
        (
            {"approvals": "9"},
            "approvals",
            "Số đại biểu thống nhất (9) nhiều hơn số đại biểu có mặt (8).",
        ),
    ),
)
def test_impossible_facts_come_back_at_their_field(client, conference, changes, field, sentence):
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.post(page(conference, "minutes_sign"), TYPED | changes)
    assert answer.context["form"].errors[field] == [sentence]


def test_without_a_printer_the_page_says_what_is_missing(client, conference, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.PROCESS_DIR, settings.PDF_CACHE_DIR = blocked / "run", tmp_path / "cache"
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.post(page(conference, "minutes_sign"), TYPED)
    sentence = (
        f"Chưa tạo được tệp PDF vì không dùng được thư mục “{blocked}/run”. "
        "Vui lòng báo người quản trị."
    )
    assert answer.context["form"].non_field_errors() == [sentence]
    assert answer.context["form"]["number"].value() == "6"
    conference.refresh_from_db()
    assert conference.state == ConferenceState.COUNTED


def test_minutes_wait_for_the_confirmed_count(client, conference):
    Conference.objects.update(state=ConferenceState.OPEN)
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.get(page(conference, "minutes_sign"), follow=True)
    assert answer.redirect_chain == [(conference.get_absolute_url(), 302)]
    sentence = "Cần xác nhận kết quả kiểm phiếu trước khi ký biên bản."
    assert sentence in answer.content.decode()


def test_only_the_leader_of_the_head_unit_signs(client, conference):
    year = conference.bloc_year
    for person in (editor_of(year.head), leader_of(year.deputy), official(SeatRole.OFFICE)):
        client.force_login(person)
        assert client.post(page(conference, "minutes_sign"), TYPED).status_code == 403
    assert Paper.objects.count() == 0


def test_a_stored_paper_is_read_by_those_who_see_the_conference(client, conference):
    client.force_login(leader_of(conference.bloc_year.head))
    client.post(page(conference, "minutes_sign"), TYPED)
    paper = Paper.objects.get()
    url = reverse("conferences:paper_file", args=(paper.pk,))
    for person in (leader_of(units_of(conference)[4]), official(SeatRole.COUNCIL)):
        client.force_login(person)
        answer = client.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert read_pdf(answer.content).title == paper.title
        conference.bloc_year.bloc.name = "Khối đã đổi tên"
        conference.bloc_year.bloc.save()
        word = client.get(word_address(url))
        assert (word.status_code, word["Content-Type"]) == (200, CONTENT_TYPE)
        assert words_of_word(word.content) == words_of_html(render_paper(paper_again(paper)))
        assert "đổi tên" not in " ".join(words_of_word(word.content))
    for stranger in (leader_of(year_with_members().head), official(SeatRole.SYSADMIN)):
        client.force_login(stranger)
        assert [client.get(file).status_code for file in (url, word_address(url))] == [404, 404]
    with open(paper.file.path, "ab") as file:
        file.write(b" ")
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.get(url, follow=True)
    assert answer.redirect_chain == [(conference.get_absolute_url(), 302)]
    assert "không còn đúng như lúc ký" in answer.content.decode()


def test_signing_is_offered_to_those_who_sign(client):
    conference = conference_of(state=ConferenceState.COUNTED)
    year = conference.bloc_year
    offered = []
    for person in (editor_of(year.head), leader_of(year.head), leader_of(year.deputy)):
        client.force_login(person)
        links = client.get(conference.get_absolute_url()).context["links"]
        offered.append(bool(links["minutes_sign"]))
    assert offered == [False, True, False]


@pytest.mark.parametrize("name", ("minutes_sign", "minutes_copy"))
def test_the_end_that_is_written_already_is_not_asked_again(client, name):
    year = year_with_members(2)
    conference = conference_of(year, state=ConferenceState.COUNTED)
    Conference.objects.update(ended_at=dt.datetime(2021, 1, 28, 9, 50, tzinfo=dt.UTC))
    client.force_login(leader_of(year.head))
    form = client.get(conference.address(name)).context["form"]
    written = (dt.date(2021, 1, 28), dt.time(16, 50))
    assert (form.initial["ended_day"], form.initial["ended_time"]) == written


def test_both_faults_of_the_end_are_said_beside_an_empty_number(client, conference):
    client.force_login(leader_of(conference.bloc_year.head))
    wrong = {"number": "", "ended_time": "13:00", "approvals": "9"}
    errors = client.post(page(conference, "minutes_sign"), TYPED | wrong).context["form"].errors
    assert sorted(errors) == ["approvals", "ended_time", "number"]
    errors = client.post(page(conference, "minutes_sign"), TYPED | wrong | {"number": "6"})
    assert sorted(errors.context["form"].errors) == ["approvals", "ended_time"]
