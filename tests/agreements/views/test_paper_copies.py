"""An agreement signed by hand is recorded with number, day, signers and scan: B03, paper first."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from blocs.states import SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import regulate, year_with_members
from tests.factories.people import editor_of, leader_of, official
from thidua.papers.models import Paper, SignedCopy
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june():
    with time_machine.travel("2026-06-15T02:00:00Z"):
        yield


@pytest.fixture
def year():
    """An open year of three units, in which nobody has drafted anything."""
    return year_with_members(3, state=YearState.OPEN)


def units_of(year):
    return [member.unit for member in year.members.order_by("order", "pk")]


def address(year):
    return reverse("agreements:agreement_copy", args=(year.pk,))


def typed(year, signing=(0, 1, 2), **more):
    scan = SimpleUploadedFile("Giao ước.pdf", files.pdf())
    sent = {"number": "3", "signed_on": "28/01/2026", "reason": "", "scan": scan}
    for place in signing:
        unit = units_of(year)[place]
        sent |= {f"name-{unit.pk}": f"Trần Văn {'ABC'[place]}", f"title-{unit.pk}": "Giám đốc"}
    return sent | more


@pytest.mark.parametrize("who", ("office", "head"))
def test_an_office_begins_in_the_middle_of_a_year_with_the_paper(client, year, who):
    people = {
        "office": lambda: official(SeatRole.OFFICE),
        "head": lambda: leader_of(year.head),
    }
    client.force_login(people[who]())
    detail = reverse("agreements:agreement_detail", args=(year.pk,))
    assert client.get(detail).context["copy_url"] == address(year)
    assert client.post(address(year), typed(year)).url == detail
    agreement, copy = Agreement.objects.get(), SignedCopy.objects.get()
    assert (agreement.state, agreement.number) == ("effective", f"03/GƯ-{year.bloc.code}")
    assert (agreement.signed_on, agreement.missing_reason) == (dt.date(2026, 1, 28), "")
    assert copy.signer_lines == tuple(
        f"Trần Văn {letter}, Giám đốc, {unit.name}"
        for letter, unit in zip("ABC", units_of(year), strict=True)
    )
    assert BlocYear.objects.get().state == YearState.AGREED
    shown = client.get(detail).context
    assert [row.signature.signed_words for row, _ in shown["rows"]] == [
        "28/01/2026, ký trên giấy"
    ] * 3
    assert [row["copy"] for row in shown["copies"]] == [copy]
    paper = reverse("agreements:agreement_paper", args=(year.pk,))
    assert client.get(paper).url == copy.get_absolute_url()
    assert client.get(copy.get_absolute_url()).content == files.pdf()
    assert Paper.objects.count() == 0
    assert [found.sentence for found in check(BlocYear.objects.get())[1]] == []


def test_signatures_given_in_the_system_stay_beside_those_of_the_paper(client):
    agreement = AgreementFactory(signing=True)
    year = agreement.bloc_year
    first = units_of(year)[0]
    facts = {"signer_name": "Lê Thị Bình", "signer_title": "Giám đốc", "revision": 0}
    at = dt.datetime(2026, 2, 1, 2, tzinfo=dt.UTC)
    person = leader_of(first)
    Signature.objects.create(
        agreement=agreement, unit=first, signed_by=person, signed_at=at, **facts
    )
    client.force_login(leader_of(year.head))
    assert client.post(address(year), typed(year)).status_code == 302
    rows = Signature.objects.order_by("signed_at", "pk").values_list("signer_name", "copy")
    copy = SignedCopy.objects.get().pk
    assert list(rows) == [("Trần Văn B", copy), ("Trần Văn C", copy), ("Lê Thị Bình", None)]
    agreement.refresh_from_db()
    assert agreement.effective_at == at


def test_a_unit_that_did_not_sign_is_asked_about(client, year):
    client.force_login(leader_of(year.head))
    answer = client.post(address(year), typed(year, signing=(0, 1)))
    name = units_of(year)[2].short_name
    assert answer.context["form"].non_field_errors() == [
        "Mới có 2/3 đơn vị ký; quy định của năm cần chữ ký của tất cả đơn vị thành viên, tức 3 đơn "
        f"vị. Chưa ký: {name}.",
        "Tỷ lệ chữ ký theo quy định của ngày có chữ ký đầu tiên. Đơn vị còn thiếu ký thêm thì giao "
        "ước có hiệu lực; đơn vị chắc chắn không ký thì cơ quan thường trực ghi “không tham gia ký "
        "giao ước” ở trang Thay đổi thành phần.",
    ]
    regulate(year, signature_numerator=2, signature_denominator=3)
    answer = client.post(address(year), typed(year, signing=(0, 1)))
    assert answer.context["form"].errors["reason"] == [
        f"Chưa ký: {name}. Vui lòng ghi lý do cho giao ước có hiệu lực khi còn đơn vị chưa ký."
    ]
    assert (Agreement.objects.count(), SignedCopy.objects.count()) == (0, 0)
    why = {"reason": "Đơn vị chờ sắp xếp tổ chức."}
    assert client.post(address(year), typed(year, signing=(0, 1), **why)).status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.missing_reason) == ("effective", why["reason"])


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    (
        (
            {"signed_on": "16/06/2026"},
            "signed_on",
            "Giao ước ghi ngày 16/06/2026, chưa đến ngày đó; hãy ghi ngày thực tế, không muộn hơn "
            "15/06/2026.",
        ),
        (
            {"signed_on": "30/06/2025"},
            "signed_on",
            "Giao ước ghi ngày 30/06/2025; ngày này phải từ 01/07/2025 đến 31/12/2028, vui lòng "
            "xem lại năm.",
        ),
        (
            {"scan": SimpleUploadedFile("Giao ước.docx", files.docx())},
            "scan",
            "Bản quét của bản giấy là tệp PDF hoặc ảnh JPG, PNG; “Giao ước.docx” là loại khác.",
        ),
        ({"scan": ""}, "scan", "Vui lòng chọn bản quét của bản giấy đã ký."),
    ),
)
def test_a_day_to_come_and_other_files_are_refused_and_nothing_typed_is_lost(
    client, year, more, field, sentence
):
    client.force_login(leader_of(year.head))
    answer = client.post(address(year), typed(year, **more))
    form = answer.context["form"]
    assert (answer.status_code, form.errors[field]) == (422, [sentence])
    assert form[f"name-{units_of(year)[0].pk}"].value() == "Trần Văn A"
    assert BlocYear.objects.get().state == YearState.OPEN


def test_a_paper_without_any_signer_and_a_planned_year_are_refused(client, year):
    client.force_login(leader_of(year.head))
    answer = client.post(address(year), typed(year, signing=()))
    assert answer.context["form"].non_field_errors() == [
        "Vui lòng ghi họ tên người ký của ít nhất một đơn vị."
    ]
    BlocYear.objects.update(state=YearState.PLANNED)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(address(year), typed(year))
    assert answer.context["form"].non_field_errors() == [
        "Năm thi đua chưa mở; cơ quan thường trực mở năm thì các đơn vị mới ký được."
    ]


def test_the_scan_of_an_agreement_in_effect_is_added_beside_its_paper(client):
    day = dt.datetime(2026, 1, 28, 3, tzinfo=dt.UTC)
    agreement = AgreementFactory(state=AgreementState.EFFECTIVE, effective_at=day)
    client.force_login(editor_of(agreement.bloc_year.head))
    sent = typed(agreement.bloc_year, signing=(), signers="Trần Văn A, Giám đốc")
    assert client.post(address(agreement.bloc_year), sent).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.effective_at, SignedCopy.objects.get().subject) == (day, agreement)


def test_other_members_do_not_record_it(client, year):
    client.force_login(leader_of(units_of(year)[2]))
    detail = reverse("agreements:agreement_detail", args=(year.pk,))
    assert client.get(detail).context["copy_url"] == ""
    assert client.post(address(year), typed(year)).status_code == 403


def test_the_secretary_alone_brings_no_paper_into_effect(client, year):
    """Who may not let an agreement take effect does not do it with a scan either."""
    client.force_login(editor_of(year.head))
    detail = reverse("agreements:agreement_detail", args=(year.pk,))
    assert client.get(detail).context["copy_url"] == ""
    assert client.get(address(year)).status_code == 403
    assert client.post(address(year), typed(year)).status_code == 403
    assert (Agreement.objects.count(), SignedCopy.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("sent", "errors"),
    (
        (
            {"number": "99", "signed_on": "01/01/2026"},
            {
                "number": "Giao ước đã có hiệu lực mang số {own}, bản giấy này ghi số “{other}”; "
                "bản quét phải là của chính văn bản đó.",
                "signed_on": "Giao ước đã có hiệu lực ghi ngày 28/01/2026, bản giấy này ghi ngày "
                "01/01/2026; bản quét phải là của chính văn bản đó.",
            },
        ),
        (
            {"number": "1", "signed_on": "29/01/2026"},
            {
                "signed_on": "Giao ước đã có hiệu lực ghi ngày 28/01/2026, bản giấy này ghi ngày "
                "29/01/2026; bản quét phải là của chính văn bản đó.",
            },
        ),
        ({"number": "1", "signed_on": "28/01/2026"}, {}),
    ),
)
def test_a_scan_beside_an_agreement_has_its_number_and_day(client, year, sent, errors):
    own, other = f"01/GƯ-{year.bloc.code}", f"99/GƯ-{year.bloc.code}"
    day = dt.datetime(2026, 1, 28, 3, tzinfo=dt.UTC)
    AgreementFactory(bloc_year=year, state="effective", effective_at=day, number=own)
    client.force_login(editor_of(year.head))
    facts = sent | {"signers": "Trần Văn A, Giám đốc"}
    answer = client.post(address(year), typed(year, signing=(), **facts))
    if errors:
        assert answer.context["form"].errors == {
            name: [words.format(own=own, other=other)] for name, words in errors.items()
        }
    assert SignedCopy.objects.count() == (0 if errors else 1)


@pytest.mark.parametrize(
    ("name", "content", "label"),
    (
        ("a.png", files.png(), "Xem bản quét đã ký (ảnh PNG)"),
        ("a.jpg", files.jpg(), "Xem bản quét đã ký (ảnh JPEG)"),
        ("a.pdf", files.pdf(), "Xem bản quét đã ký (tệp PDF)"),
    ),
)
def test_the_button_of_a_paper_agreement_names_what_it_opens(client, year, name, content, label):
    client.force_login(official(SeatRole.OFFICE))
    client.post(address(year), typed(year, scan=SimpleUploadedFile(name, content)))
    page = client.get(reverse("agreements:agreement_detail", args=(year.pk,)))
    assert page.context["scan_label"] == label
    paper = client.get(reverse("agreements:agreement_paper", args=(year.pk,)), follow=True)
    ending = paper["Content-Disposition"].rstrip('"').rpartition(".")[2]
    assert (f"a.{ending}", paper.getvalue()) == (name, content)
