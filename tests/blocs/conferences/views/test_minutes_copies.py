"""Minutes that were signed by hand are recorded with number, day, signers and scan."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.conferences.views.minutes import ADDED, ADDED_AGAIN
from blocs.states import BlocKind, ConferenceState, SeatRole
from tests.factories import files
from tests.factories.conferences import (
    add_agenda,
    conference_of,
    set_aside_the_rest,
    units_of,
)
from tests.factories.people import editor_of, leader_of, official
from thidua.papers.models import Paper, SignedCopy

pytestmark = pytest.mark.django_db
TYPED = {
    "number": "6",
    "signed_on": "29/01/2021",
    "signers": "Nguyễn Văn A, Khối trưởng\nTrần Thị B, thư ký",
    "ended_day": "28/01/2021",
    "ended_time": "16:45",
    "approvals": "8",
}


@pytest.fixture
def conference():
    found = conference_of(state=ConferenceState.COUNTED, next_head_basis="do tỉnh giao")
    add_agenda(found, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
    set_aside_the_rest(found.bloc_year)
    return found


def scan(content=None, name="Biên bản.pdf"):
    return {"scan": SimpleUploadedFile(name, content or files.pdf())}


def people(conference):
    year = conference.bloc_year
    return {
        "office": lambda: official(SeatRole.OFFICE),
        "secretary": lambda: editor_of(year.head),
        "head": lambda: leader_of(year.head),
        "deputy": lambda: leader_of(year.deputy),
    }


@pytest.mark.parametrize("who", ("office", "secretary", "head", "deputy"))
def test_minutes_signed_by_hand_seal_as_a_signature_here_does(client, conference, who):
    client.force_login(people(conference)[who]())
    detail = conference.get_absolute_url()
    url = client.get(detail).context["links"]["minutes_copy"]
    form = client.get(url).context["form"]
    assert form.initial["signers"] == (
        "Nguyễn Văn A, Giám đốc Sở Giao thông Vận tải, Khối trưởng\n"
        "Trần Thị B, Chánh Văn phòng Sở Giao thông Vận tải"
    )
    assert client.post(url, TYPED | scan()).url == detail
    conference.refresh_from_db()
    code = conference.bloc_year.bloc.code
    assert (conference.state, conference.minutes_number) == ("signed", f"06/BB-{code}")
    copy, paper = SignedCopy.objects.get(), Paper.objects.get()
    assert (copy.subject, copy.kind, copy.number) == (conference, "minutes", f"06/BB-{code}")
    assert copy.signed_on == dt.date(2021, 1, 29)
    assert paper.number == copy.number
    shown = client.get(detail).context
    assert [row["copy"] for row in shown["copies"]] == [copy]
    assert client.get(copy.get_absolute_url()).content == files.pdf()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    (
        (
            {"signed_on": "27/01/2021"},
            "signed_on",
            "Biên bản hội nghị ghi ngày 27/01/2021, trước hội nghị tổng kết ngày 28/01/2021 là căn "
            "cứ của nó; hãy sửa ngày.",
        ),
        (
            {"signed_on": "31/01/2021"},
            "signed_on",
            "Biên bản hội nghị ghi ngày 31/01/2021, chưa đến ngày đó; hãy ghi ngày thực tế, không "
            "muộn hơn 30/01/2021.",
        ),
        (scan(b"x", "Biên bản.txt"), "scan", None),
        ({"ended_time": "13:00"}, "ended_time", "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"signers": ""}, "signers", "Hãy nhập người ký."),
    ),
)
@time_machine.travel("2021-01-30T02:00:00Z")
def test_a_paper_that_cannot_be_so_is_refused_at_its_field(
    client, conference, changes, field, sentence
):
    client.force_login(leader_of(conference.bloc_year.head))
    url = conference.address("minutes_copy")
    form = client.post(url, TYPED | scan() | changes).context["form"]
    assert (list(form.errors), form["approvals"].value()) == ([field], "8")
    assert sentence in (None, form.errors[field][0])
    assert (SignedCopy.objects.count(), Paper.objects.count()) == (0, 0)
    assert Conference.objects.get().state == ConferenceState.COUNTED


def test_what_holds_a_signature_holds_the_paper_too(client, conference):
    conference.agenda.all().delete()
    client.force_login(editor_of(conference.bloc_year.head))
    url = conference.address("minutes_copy")
    assert client.get(url).context["closed"] == "Chưa ghi nội dung hội nghị."
    answer = client.post(url, TYPED | scan())
    assert answer.context["form"].non_field_errors() == ["Chưa ghi nội dung hội nghị."]


def test_a_scan_is_added_to_minutes_that_were_signed_here(client, conference):
    head = leader_of(conference.bloc_year.head)
    client.force_login(head)
    sign = {name: TYPED[name] for name in ("number", "ended_day", "ended_time", "approvals")}
    assert client.post(conference.address("minutes_sign"), sign).status_code == 302
    sha256 = Paper.objects.get().sha256
    url = conference.address("minutes_copy")
    assert client.post(url, TYPED | scan(files.jpg(), "trang 1.jpg")).status_code == 302
    assert (SignedCopy.objects.get().subject, Paper.objects.get().sha256) == (conference, sha256)


def test_a_scan_beside_minutes_has_their_number(client, conference):
    client.force_login(leader_of(conference.bloc_year.head))
    sign = {name: TYPED[name] for name in ("number", "ended_day", "ended_time", "approvals")}
    assert client.post(conference.address("minutes_sign"), sign).status_code == 302
    own = Conference.objects.get().minutes_number
    url = conference.address("minutes_copy")
    page = client.get(url)
    assert (page.context["form"]["number"].value(), page.context["lead"]) == (own, ADDED)
    assert client.post(url, TYPED | {"number": "99"} | scan()).status_code == 302
    assert SignedCopy.objects.get().number == own


def test_minutes_recorded_from_paper_are_not_said_to_be_signed_here(client, conference):
    """Their number is shown and asked no more; another scan of them may follow."""
    client.force_login(editor_of(conference.bloc_year.head))
    url = conference.address("minutes_copy")
    assert client.post(url, TYPED | scan()).status_code == 302
    page = client.get(url).context
    form = page["form"]
    assert (page["lead"], form.fields["number"].disabled) == (ADDED_AGAIN, True)
    assert form["number"].value() == Conference.objects.get().minutes_number
    more = {name: TYPED[name] for name in ("signed_on", "signers")}
    assert client.post(url, more | scan(files.jpg(), "trang 2.jpg")).status_code == 302
    assert len(set(SignedCopy.objects.values_list("number", flat=True))) == 1


def test_the_page_says_what_the_scan_holds_and_what_comes_next(client, conference):
    kinds = type(conference.bloc_year.bloc).objects
    kinds.filter(pk=conference.bloc_year.bloc_id).update(kind=BlocKind.TERRITORIAL)
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.get(conference.address("minutes_copy"))
    scan_help = answer.context["form"].fields["scan"].help_text
    assert scan_help == (
        "Đủ mọi trang của biên bản có số, ngày, chữ ký của chủ tọa và thư ký; có bỏ phiếu thì kèm "
        "biên bản kiểm phiếu đã ký. Nhiều trang thì quét thành một tệp PDF. Tệp PDF hoặc ảnh JPG, "
        "PNG; nhiều nhất 20 MB."
    )
    page = " ".join(answer.content.decode().split())
    assert "Sau đó cụm trưởng chốt xếp hạng của năm rồi lập đề nghị khen thưởng." in page
    assert ("Vui lòng đối chiếu bản giấy với dự thảo" in page, "trước khi ký." in page) == (
        True,
        False,
    )


@pytest.mark.parametrize("who", ("office", "secretary"))
def test_whoever_records_the_paper_reads_what_it_is_held_against(client, conference, who):
    """The draft before anything is signed, then the minutes as they were kept."""
    client.force_login(people(conference)[who]())
    url = conference.address("minutes_copy")
    draft = client.get(url).context["preview_url"]
    assert client.get(draft).content.startswith(b"%PDF")
    client.post(url, TYPED | scan())
    shown = client.get(client.get(url).context["preview_url"]).content
    assert hashlib.sha256(shown).hexdigest() == Paper.objects.get(kind="minutes").sha256


def test_a_conference_that_is_not_counted_has_no_minutes_to_record(client, conference):
    Conference.objects.update(state=ConferenceState.OPEN)
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.get(conference.address("minutes_copy"), follow=True)
    assert answer.redirect_chain == [(conference.get_absolute_url(), 302)]
    assert [str(one) for one in answer.context["messages"]] == [
        "Cần xác nhận kết quả kiểm phiếu trước khi ký biên bản."
    ]


def test_other_members_record_nothing(client, conference):
    client.force_login(leader_of(units_of(conference)[4]))
    detail = client.get(conference.get_absolute_url()).context
    assert detail["links"]["minutes_copy"] == ""
    url = reverse("conferences:minutes_copy", args=(conference.bloc_year_id,))
    assert client.post(url, TYPED | scan()).status_code == 403


def test_what_the_form_and_what_the_act_refuses_is_said_at_once(client, conference):
    """And that a chosen file is chosen again, because no browser keeps it."""
    client.force_login(leader_of(conference.bloc_year.head))
    url = conference.address("minutes_copy")
    wrong = {"signers": "", "signed_on": "01/01/2100", "approvals": "9", "ended_time": "13:00"}
    with time_machine.travel("2021-01-30T02:00:00Z"):
        answer = client.post(url, TYPED | scan() | wrong)
    assert sorted(answer.context["form"].errors) == [
        "approvals",
        "ended_time",
        "signed_on",
        "signers",
    ]
    assert [str(one) for one in answer.context["messages"]] == [
        "Tệp “Biên bản.pdf” chưa được nhận: sửa xong các mục bên dưới thì phải chọn lại tệp trước "
        "khi lưu."
    ]
    assert (SignedCopy.objects.count(), Conference.objects.get().state) == (0, "counted")
