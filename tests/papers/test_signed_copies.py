"""A paper signed by hand is recorded with number, day, signers and scan, and what it may not be."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.conferences.models import Conference
from blocs.states import ConferenceState
from tests.factories import files
from tests.factories.blocs import year_with_members
from tests.factories.people import UnitFactory, editor_of
from thidua.common.files import LARGEST
from thidua.papers.forms import SignedCopyForm
from thidua.papers.models import SignedCopy
from thidua.papers.signed_copies import CopyEntry, PaperBasis, copies_of, keep_copy

pytestmark = pytest.mark.django_db
HELD = dt.date(2026, 12, 10)
ABOUT = PaperBasis("Biên bản", "hội nghị tổng kết", HELD)


@pytest.fixture(autouse=True)
def mid_december():
    with time_machine.travel("2026-12-20T02:00:00Z"):
        yield


@pytest.fixture
def conference():
    return Conference.objects.create(
        bloc_year=year_with_members(), starts_at=dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
    )


def scan(name="Biên bản.pdf", content=None):
    return SimpleUploadedFile(name, files.pdf() if content is None else content)


def entry(upload=None, **values):
    typed = {
        "number": "06/BB-KTĐ5",
        "signed_on": dt.date(2026, 12, 11),
        "signers": "Trần Văn An, Giám đốc\nLê Thị Bình, thư ký",
        "scan": upload or scan(),
    }
    return CopyEntry(**typed | values)


def keep(conference, **values):
    actor = editor_of(conference.bloc_year.head)
    return keep_copy(entry(**values), subject=conference, kind="minutes", about=ABOUT, actor=actor)


def test_a_copy_keeps_what_the_paper_says_and_the_scan(conference):
    copy = keep(conference)
    assert copy.words == "bản giấy số 06/BB-KTĐ5 ký ngày 11/12/2026"
    assert copy.signer_lines == ("Trần Văn An, Giám đốc", "Lê Thị Bình, thư ký")
    assert (copy.name, copy.content_type) == ("Biên bản.pdf", "application/pdf")
    assert list(copies_of(conference, "minutes")) == [copy]
    assert list(copies_of(conference, "agreement")) == []


def test_a_later_copy_counts_and_the_earlier_one_stays(conference):
    first = keep(conference)
    better = keep(conference, scan=scan("Bản rõ hơn.png", files.png()))
    assert list(copies_of(conference, "minutes")) == [better, first]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    (
        (
            {"signed_on": dt.date(2026, 12, 21)},
            "signed_on",
            "Biên bản ghi ngày 21/12/2026, chưa đến ngày đó; hãy ghi ngày thực tế, không muộn hơn "
            "20/12/2026.",
        ),
        (
            {"signed_on": dt.date(2026, 12, 9)},
            "signed_on",
            "Biên bản ghi ngày 09/12/2026, trước hội nghị tổng kết ngày 10/12/2026 là căn cứ của "
            "nó; hãy sửa ngày.",
        ),
        (
            {"signers": " \n "},
            "signers",
            "Vui lòng ghi người ký trên bản giấy, mỗi dòng một người.",
        ),
        (
            {"scan": scan("bien-ban.docx", files.docx())},
            "scan",
            "Bản quét của bản giấy là tệp PDF hoặc ảnh JPG, PNG; “bien-ban.docx” là loại khác.",
        ),
        *(
            (
                {"scan": scan(name, content)},
                "scan",
                f"Bản quét của bản giấy là tệp PDF hoặc ảnh JPG, PNG; “{name}” là loại khác.",
            )
            for name, content in (
                ("ghi chép.txt", "Biên bản".encode()),
                ("biên bản.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
            )
        ),
        (
            {"scan": scan("bien-ban.pdf", files.png())},
            "scan",
            "Tệp “bien-ban.pdf” thật ra là ảnh PNG. Hãy đổi lại đuôi tệp hoặc chọn đúng tệp.",
        ),
        (
            {"scan": scan("trống.pdf", b"")},
            "scan",
            "Tệp “trống.pdf” không có nội dung. Hãy chọn tệp khác.",
        ),
        (
            {"scan": scan("lớn.pdf", files.pdf() + bytes(LARGEST))},
            "scan",
            "Tệp “lớn.pdf” nặng 21 MB; chỉ nhận đến 20 MB. Hãy chia nhỏ hoặc giảm dung lượng.",
        ),
    ),
)
def test_what_no_signed_paper_can_be_is_refused_at_its_field(conference, values, field, sentence):
    with pytest.raises(ValidationError) as refused:
        keep(conference, **values)
    assert refused.value.message_dict == {field: [sentence]}
    assert SignedCopy.objects.count() == 0


def test_the_day_of_the_basis_and_today_are_taken(conference):
    keep(conference, signed_on=HELD)
    keep(conference, signed_on=dt.date(2026, 12, 20), scan=scan("b.jpg", files.jpg()))
    assert SignedCopy.objects.count() == 2


def test_the_same_scan_is_recorded_once(conference):
    keep(conference)
    with pytest.raises(ValidationError) as refused:
        keep(conference, scan=scan("cùng tệp.pdf"))
    sentence = (
        "Bản quét này đã được ghi nhận lúc 09:00 20/12/2026; nếu ghi lại thì chọn bản quét khác."
    )
    assert refused.value.message_dict == {"scan": [sentence]}


def test_who_may_read_the_subject_opens_the_scan(client, conference):
    copy = keep(conference)
    client.force_login(editor_of(conference.bloc_year.head))
    answer = client.get(copy.get_absolute_url())
    assert (answer.status_code, answer.content) == (200, files.pdf())
    assert answer["Content-Type"] == "application/pdf"
    client.force_login(editor_of(UnitFactory()))
    assert client.get(copy.get_absolute_url()).status_code == 404


def test_a_scan_that_was_changed_on_the_disk_is_not_shown(client, conference):
    copy = keep(conference)
    with open(copy.file.path, "wb") as file:
        file.write(files.pdf("khác"))
    client.force_login(editor_of(conference.bloc_year.head))
    answer = client.get(copy.get_absolute_url(), follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Tệp văn bản trên máy chủ không còn đúng như lúc ký. Vui lòng báo người quản trị."
    ]


@pytest.mark.parametrize(
    ("sign", "typed", "number"),
    (("BB-KTĐ5", "6", "06/BB-KTĐ5"), ("BB-KTĐ5", "7/BB", "7/BB"), ("", " 12 ", "12"), ("", "", "")),
)
def test_the_form_composes_the_number(sign, typed, number):
    data = {"number": typed, "signed_on": "11/12/2026", "signers": "Trần Văn An"}
    form = SignedCopyForm(data, {"scan": scan()}, sign=sign)
    assert form.errors == {}
    assert form.copy_facts()["number"] == number


def test_the_page_of_the_signed_conference_shows_each_copy_and_which_counts(client, conference):
    keep(conference)
    keep(conference, scan=scan("rõ hơn.pdf", files.pdf("2")), number="06a/BB-KTĐ5")
    Conference.objects.update(
        state=ConferenceState.SIGNED, ended_at=conference.starts_at + dt.timedelta(hours=3)
    )
    client.force_login(editor_of(conference.bloc_year.head))
    shown = client.get(conference.get_absolute_url()).context["copies"]
    assert [(row["copy"].number, row["is_newest"]) for row in shown] == [
        ("06a/BB-KTĐ5", True),
        ("06/BB-KTĐ5", False),
    ]
    assert shown[0]["signers"] == "Trần Văn An, Giám đốc; Lê Thị Bình, thư ký"


def test_a_scan_that_acts_when_it_is_opened_is_downloaded(conference, client):
    script = files.pdf().replace(b"trailer", b"9 0 obj <</S /Launch>> endobj\ntrailer")
    copies = [keep(conference), keep(conference, scan=scan(content=script))]
    client.force_login(editor_of(conference.bloc_year.head))
    answers = [client.get(copy.get_absolute_url()) for copy in copies]
    assert [answer["Content-Disposition"].split(";")[0] for answer in answers] == [
        "inline",
        "attachment",
    ]
