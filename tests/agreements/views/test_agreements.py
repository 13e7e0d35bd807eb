"""The pages of an agreement."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements.enums import AgreementState
from agreements.models import Agreement
from blocs.states import SeatRole, YearState
from blocs.years.models import RulesAmendment
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import regulate, year_with_members
from tests.factories.groups import FIRMS, OFFICES, divided_year
from tests.factories.people import editor_of, leader_of, official
from tests.inference.worlds import as_html
from tests.page_forms import seen_on

pytestmark = pytest.mark.django_db


def page(agreement, name="agreement_detail"):
    return reverse(f"agreements:{name}", args=(agreement.bloc_year_id,))


@pytest.mark.parametrize("count", (1, 3))
def test_detail_costs_the_same_for_any_number_of_targets(client, count, django_assert_num_queries):
    agreement = AgreementFactory(signing=True)
    for order in range(count):
        agreement.targets.create(order=order, name=f"Chỉ tiêu {order}", planned=95)
    client.force_login(leader_of(agreement.bloc_year.head))
    client.get(page(agreement))  # kinds of objects are known to a running program since its start
    with django_assert_num_queries(12):
        answer = client.get(page(agreement))
    assert answer.status_code == 200
    assert f"Chỉ tiêu {count - 1}" in answer.content.decode()


def test_the_paper_asks_for_nothing_twice(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("thidua.papers.views.pdf_soon", as_html)
    agreement = AgreementFactory(signing=True)
    client.force_login(leader_of(agreement.bloc_year.head))
    client.get(page(agreement, "agreement_paper"))
    with django_assert_num_queries(10):
        answer = client.get(page(agreement, "agreement_paper"))
    assert str(agreement) in answer.content.decode()


def test_of_a_year_with_groups_and_amended_rules_the_page_tells_both(client):
    """The year of the page says with itself that it has such, and they are asked for."""
    year = divided_year(3, state=YearState.OPEN)
    regulate(year, signature_numerator=1, signature_denominator=1)
    agreement = AgreementFactory(signing=True, bloc_year=year)
    head = leader_of(year.head)
    RulesAmendment.objects.create(
        bloc_year=year,
        number=1,
        on=timezone.localdate() + timedelta(days=1),
        document="Quyết định số 5/QĐ-CT",
        reason="Đơn vị vắng nhiều",
        before={"signature_numerator": 2, "signature_denominator": 3},
        amended_by=head,
    )
    client.force_login(head)
    context = client.get(page(agreement)).context
    assert context["signed_words"] == "0/3 đơn vị đã ký, cần ít nhất 2"
    tables = [words for label, words in context["facts"] if label == "Bảng chấm điểm"]
    assert [name in line for name, line in zip((OFFICES, FIRMS), tables, strict=True)] == [True] * 2


def test_a_draft_is_hidden_from_members_until_it_is_sent_round(client):
    agreement = AgreementFactory(contents="Thi đua về đích sớm")
    member = agreement.bloc_year.members.last().unit
    client.force_login(leader_of(member))
    assert "Thi đua về đích sớm" not in client.get(page(agreement)).content.decode()
    Agreement.objects.update(state=AgreementState.SIGNING)
    assert "Thi đua về đích sớm" in client.get(page(agreement)).content.decode()


def test_leader_of_another_bloc_finds_nothing(client):
    agreement = AgreementFactory(signing=True)
    client.force_login(leader_of(year_with_members().head))
    for name in ("agreement_detail", "agreement_sign", "agreement_edit", "agreement_paper"):
        assert client.get(page(agreement, name)).status_code == 404


def test_member_may_see_but_not_edit(client):
    agreement = AgreementFactory(signing=True)
    client.force_login(leader_of(agreement.bloc_year.deputy))
    assert client.get(page(agreement)).status_code == 200
    assert client.get(page(agreement, "agreement_edit")).status_code == 403


def test_secretary_writes_text_and_targets(client):
    year = year_with_members(state=YearState.OPEN)
    client.force_login(editor_of(year.head))
    client.post(reverse("agreements:agreement_start", args=(year.pk,)))
    agreement = Agreement.objects.get()
    url = page(agreement, "agreement_edit")
    answer = client.post(
        url,
        seen_on(client, url)
        | {
            "number": "02/GƯ-KTĐ5",
            "place": "Hội trường",
            "signed_on": "05/02/2026",
            "contents": "Nội dung một",
            "copies": "10",
            "chi-tieu-TOTAL_FORMS": "2",
            "chi-tieu-INITIAL_FORMS": "0",
            "chi-tieu-0-name": "Hồ sơ giải quyết đúng hạn",
            "chi-tieu-0-measure": "%",
            "chi-tieu-0-planned": "99,5",
        },
    )
    assert answer.status_code == 302
    agreement.refresh_from_db()
    assert f"{agreement.signed_on:%Y-%m-%d}" == "2026-02-05"
    target = agreement.targets.get()
    assert (target.name, target.measure, str(target.planned)) == (
        "Hồ sơ giải quyết đúng hạn",
        "%",
        "99.5000",
    )
    assert 'value="99,5"' in client.get(page(agreement, "agreement_edit")).content.decode()


def test_bad_figure_keeps_everything_typed(client):
    agreement = AgreementFactory()
    client.force_login(editor_of(agreement.bloc_year.head))
    answer = client.post(
        page(agreement, "agreement_edit"),
        {
            "contents": "Câu đang viết dở",
            "copies": "10",
            "chi-tieu-TOTAL_FORMS": "1",
            "chi-tieu-INITIAL_FORMS": "0",
            "chi-tieu-0-name": "Sáng kiến",
            "chi-tieu-0-planned": "nhiều",
        },
    )
    text = answer.content.decode()
    assert "Câu đang viết dở" in text
    assert 'value="nhiều"' in text
    assert agreement.targets.count() == 0


def test_leader_signs_through_the_page(client):
    agreement = AgreementFactory(signing=True)
    unit = agreement.bloc_year.head
    client.force_login(leader_of(unit))
    answer = client.post(
        page(agreement, "agreement_sign"),
        {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": "0"},
    )
    assert answer.status_code == 302
    assert agreement.valid_signatures().get().unit == unit
    assert "1/3 đơn vị đã ký" in client.get(page(agreement)).content.decode()


def test_of_many_signers_those_that_wait_come_first_and_the_others_are_folded(client, monkeypatch):
    agreement = AgreementFactory(signing=True)
    unit = agreement.bloc_year.head
    client.force_login(leader_of(unit))
    typed = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": "0"}
    client.post(page(agreement, "agreement_sign"), typed)

    def units(name):
        return [row.unit for row, _ in client.get(page(agreement)).context[name]]

    everybody = units("rows")
    assert (len(everybody), units("folded")) == (3, [])
    monkeypatch.setattr("agreements.views.agreements.MANY_SIGNERS", 2)
    assert (unit in everybody, units("folded")) == (True, [unit])
    assert units("rows") == [one for one in everybody if one != unit]


def test_get_of_a_move_changes_nothing(client):
    agreement = AgreementFactory()
    client.force_login(leader_of(agreement.bloc_year.head))
    url = reverse("agreements:agreement_move", args=(agreement.bloc_year_id, "circulate"))
    assert client.get(url).status_code == 200
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.DRAFT
    assert client.post(url).status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNING


def test_paper_says_what_the_database_says(client):
    agreement = AgreementFactory(signing=True)
    agreement.targets.create(order=1, name="Tỷ lệ hồ sơ đúng hạn", measure="%", planned=99)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(agreement, "agreement_paper"))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    assert "Hoàn thành xuất sắc nhiệm vụ được giao" in text
    assert "ngày 28 tháng 01 năm 2026" in text
    assert "Tỷ lệ hồ sơ đúng hạn" in text
    for member in agreement.bloc_year.members.select_related("unit"):
        assert member.unit.letterhead in text


def test_each_leader_is_asked_for_the_own_unit(client):
    agreement = AgreementFactory(signing=True)
    year = agreement.bloc_year
    asked = []
    for person in (leader_of(year.deputy), editor_of(year.deputy), official(SeatRole.OFFICE)):
        client.force_login(person)
        asked.append(client.get(page(agreement)).context["units_to_sign"])
    assert asked == [[year.deputy], [], []]


def test_paper_is_a_draft_until_all_have_signed(client):
    agreement = AgreementFactory(signing=True)
    client.force_login(leader_of(agreement.bloc_year.deputy))
    answer = client.get(page(agreement, "agreement_paper"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
