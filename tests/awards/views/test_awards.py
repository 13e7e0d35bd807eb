"""Pages of proposals, decisions and the public list."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal
from blocs.states import SeatRole, YearState
from blocs.units.models import Unit
from blocs.years.models import AwardKind, BlocYear
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
)
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.inference.worlds import as_html
from tests.page_forms import fields_of, seen_on
from thidua.common.pages.searched import widgets

pytestmark = pytest.mark.django_db


def page(proposal, name="proposals:proposal_detail"):
    return reverse(name, args=(proposal.bloc_year_id,))


def choose(client, year):
    session = client.session
    session["year"] = year
    session.save()


@pytest.mark.parametrize("count", (1, 3))
def test_proposal_list_costs_the_same(client, count, django_assert_num_queries):
    for _ in range(count):
        ProposalFactory(received=True)
    client.force_login(official(SeatRole.OFFICE))
    choose(client, 2026)
    with django_assert_num_queries(8):
        answer = client.get(reverse("proposals:proposal_list"))
    assert answer.content.decode().count("07/TTr") == 0
    assert answer.context["page_obj"].paginator.count == count


@pytest.mark.parametrize("count", (1, 3))
def test_proposal_page_costs_the_same(client, count, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("thidua.papers.views.pdf_soon", as_html)
    proposal = ProposalFactory(received=True)
    for member in list(proposal.bloc_year.members.all())[:count]:
        ProposalItemFactory(proposal=proposal, award=certificate(), unit=member.unit)
    client.force_login(official(SeatRole.OFFICE))
    ContentType.objects.clear_cache()
    with django_assert_num_queries(25):
        answer = client.get(page(proposal))
    assert len(answer.context["rows"]) == count
    paper = reverse("proposals:proposal_paper", args=(proposal.bloc_year_id,))
    with django_assert_num_queries(22):
        assert proposal.bloc_year.bloc.name in client.get(paper).content.decode()


@pytest.mark.parametrize("count", (1, 3))
def test_decision_list_costs_the_same(client, count, django_assert_num_queries):
    for number in range(count):
        DecisionFactory(title=f"Quyết định {number}")
    client.force_login(official(SeatRole.OFFICE))
    choose(client, 2026)
    with django_assert_num_queries(6):
        answer = client.get(reverse("decisions:decision_list"))
    assert len(answer.context["rows"]) == count


@pytest.mark.parametrize("count", (1, 3))
def test_public_list_costs_the_same(client, count, django_assert_num_queries):
    for number in range(count):
        DecisionFactory(
            state=DecisionState.PUBLISHED,
            number=f"{number}/QĐ-UBND",
            signed_on=dt.date(2026, 2, 1),
            published_at=timezone.now(),
        )
    with django_assert_num_queries(2):
        answer = client.get(reverse("decisions:public_list"))
    assert len(answer.context["page_obj"]) == count


def test_a_draft_is_hidden_from_the_province(client):
    proposal = ProposalItemFactory(proposal__summary="Bản đang soạn").proposal
    client.force_login(official(SeatRole.OFFICE))
    assert "Bản đang soạn" not in client.get(page(proposal)).content.decode()
    Proposal.objects.update(state=ProposalState.SUBMITTED, submitted_at=timezone.now())
    assert "Bản đang soạn" in client.get(page(proposal)).content.decode()


@pytest.mark.parametrize("state", [ProposalState.DRAFT, ProposalState.RETURNED])
def test_the_province_is_told_that_the_bloc_is_still_writing(client, state):
    proposal = ProposalFactory(state=state)
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("proposals:proposal_detail", args=(proposal.bloc_year_id,))
    text = client.get(url).content.decode()
    assert "Đề nghị khen thưởng đang được soạn, sửa" in text
    assert "Chưa có đề nghị khen thưởng" not in text


def test_leader_of_another_bloc_finds_nothing(client):
    item = ProposalItemFactory(proposal__received=True)
    client.force_login(leader_of(year_with_members().head))
    for name in (
        "proposals:proposal_detail",
        "proposals:proposal_edit",
        "proposals:proposal_paper",
    ):
        assert client.get(page(item.proposal, name)).status_code == 404
    assert client.get(item.get_absolute_url()).status_code == 404


def test_member_sees_but_does_not_edit(client):
    proposal = ProposalItemFactory().proposal
    client.force_login(leader_of(proposal.bloc_year.deputy))
    assert client.get(page(proposal)).status_code == 200
    assert client.get(page(proposal, "proposals:proposal_edit")).status_code == 403


def test_secretary_starts_and_writes_the_proposal(client):
    flag_kind = flag()
    certificate()
    year = year_with_members(3, state=YearState.RANKED)
    client.force_login(editor_of(year.head))
    client.post(reverse("proposals:proposal_start", args=(year.pk,)))
    proposal = Proposal.objects.get()
    url = page(proposal, "proposals:proposal_edit")
    answer = client.post(
        url,
        seen_on(client, url)
        | {
            "number": "07/TTr-KTĐ5",
            "dated_on": "08/12/2026",
            "dong-TOTAL_FORMS": "2",
            "dong-INITIAL_FORMS": "0",
            "dong-0-award": flag_kind.pk,
            "dong-0-unit": year.deputy_id,
            "dong-0-merit": "Dẫn đầu phong trào",
        },
    )
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert proposal.dated_on == dt.date(2026, 12, 8)
    item = proposal.items.get()
    assert (item.award, item.unit, item.merit) == (flag_kind, year.deputy, "Dẫn đầu phong trào")


def test_a_line_without_an_award_keeps_everything_typed(client):
    proposal = ProposalFactory()
    client.force_login(editor_of(proposal.bloc_year.head))
    answer = client.post(
        page(proposal, "proposals:proposal_edit"),
        {
            "summary": "Nhận xét đang viết",
            "dong-TOTAL_FORMS": "1",
            "dong-INITIAL_FORMS": "0",
            "dong-0-merit": "Thành tích đang viết",
        },
    )
    text = answer.content.decode()
    assert "Dòng này chưa chọn hình thức khen thưởng." in text
    assert "Nhận xét đang viết" in text
    assert "Thành tích đang viết" in text


@pytest.mark.parametrize("count", (6, 9))
def test_units_of_the_lines_are_searched_where_a_bloc_has_many(
    client, count, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(widgets, "MOST_LISTED", 2)
    year = year_with_members(count, state=YearState.RANKED)
    proposal = ProposalFactory(bloc_year=year)
    last = Unit.objects.filter(years__bloc_year=year).order_by("name", "pk")[count - 2 :]
    for unit in last:
        ProposalItemFactory(proposal=proposal, unit=unit)
    client.force_login(editor_of(year.head))
    url = page(proposal, "proposals:proposal_edit")
    client.get(url)
    # As many as with a list, and one for the units that the lines name.
    with django_assert_num_queries(13):
        shown = fields_of(client.get(url))
    named = {*shown["dong-0-unit"], *shown["dong-1-unit"]}
    assert named == {str(unit.pk) for unit in last}
    assert shown["dong-2-unit"] == [""]
    name = year.deputy.name
    found = client.get(url, {"goi-y": "dong-2-unit", "tim-dong-2-unit": name}).json()
    assert found["rows"] == [[str(year.deputy_id), name]]
    assert client.get(url, {"goi-y": "dong-9-unit"}).status_code == 404


def test_office_refuses_with_a_reason_and_the_bloc_reads_it(client):
    item = ProposalItemFactory(proposal__received=True)
    ProposalItemFactory(
        proposal=item.proposal, award=certificate(), unit=item.proposal.bloc_year.deputy
    )
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("board:item_move", args=(item.pk, "refuse"))
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "Nộp chậm."}).status_code == 302
    client.force_login(leader_of(item.unit))
    assert "Nộp chậm." in client.get(item.get_absolute_url()).content.decode()


def test_office_drafts_chair_signs_office_publishes(client):
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    item.proposal.bloc_year.state = YearState.PROPOSED
    item.proposal.bloc_year.save()
    office, chair = official(SeatRole.OFFICE), official(SeatRole.CHAIR)
    client.force_login(office)
    client.post(
        reverse("decisions:decision_new"),
        {"year": "2026", "title": "Tặng Cờ thi đua năm 2026", "items": [item.pk]},
    )
    decision = Decision.objects.get()
    sign = reverse("decisions:decision_sign", args=(decision.pk,))
    assert client.get(sign).status_code == 403
    client.force_login(chair)
    client.post(
        sign,
        {
            "number": "55/QĐ-UBND",
            "signed_on": "01/02/2027",
            "signer_name": "Nguyễn Văn A",
            "signer_title": "Chủ tịch",
        },
    )
    public = reverse("decisions:public_detail", args=(decision.pk,))
    client.logout()
    assert client.get(public).status_code == 404
    client.force_login(office)
    client.post(reverse("decisions:decision_move", args=(decision.pk, "publish")))
    client.logout()
    assert item.unit.name in client.get(public).content.decode()


def test_drafts_are_hidden_from_units(client):
    decision = DecisionFactory()
    client.force_login(leader_of(year_with_members().head))
    assert client.get(decision.get_absolute_url()).status_code == 404
    client.force_login(official(SeatRole.CHAIR))
    assert client.get(decision.get_absolute_url()).status_code == 200


def test_council_member_gives_an_opinion_through_the_page(client):
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    Proposal.objects.update(state=ProposalState.BEFORE_COUNCIL)
    client.force_login(official(SeatRole.COUNCIL))
    client.post(reverse("board:opinion_give", args=(item.pk,)), {"agrees": "0", "note": "Xem lại"})
    assert list(item.opinions.values_list("agrees", "note")) == [(False, "Xem lại")]


def test_submission_paper_says_what_the_database_says(client):
    item = ProposalItemFactory(proposal__received=True)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(page(item.proposal, "proposals:proposal_paper"))
    pages = PdfReader(BytesIO(answer.content)).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    assert "Số: 07/TTr-KTĐ5" in text
    assert "ngày 08 tháng 12 năm 2026" in text
    assert f"1 {item.unit.name}" in text
    assert "(Danh sách gồm 01 tập thể)./." in text


def test_decision_paper_of_a_draft_says_so(client):
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    decision = DecisionFactory()
    decision.items.add(item)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse("decisions:decision_paper", args=(decision.pk,)))
    pages = PdfReader(BytesIO(answer.content)).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    assert "DỰ THẢO QUYẾT ĐỊNH" in text
    assert item.unit.name in text


def test_office_keeps_the_list_of_awards(client):
    client.force_login(official(SeatRole.OFFICE))
    client.post(
        reverse("proposals:kind_new"),
        {"name": "Giấy khen", "code": "giay-khen", "order": "3", "is_active": "on"},
    )
    assert AwardKind.objects.get(code="giay-khen").name == "Giấy khen"
    client.force_login(leader_of(year_with_members().head))
    assert client.get(reverse("proposals:kind_list")).status_code == 403


def test_money_of_an_award_is_typed_and_shown_with_a_comma(client):
    client.force_login(official(SeatRole.OFFICE))
    kind = flag()
    page = reverse("proposals:kind_edit", args=(kind.pk,))
    fields = {"name": kind.name, "code": kind.code, "order": "1", "is_active": "on"}
    client.post(page, fields | seen_on(client, page) | {"bonus_multiple": "12,5"})
    assert AwardKind.objects.get(pk=kind.pk).bonus_multiple == Decimal("12.5")
    form = client.get(page).context["form"]
    assert form["bonus_multiple"].value() == "12,5"
    errors = client.post(page, fields | {"bonus_multiple": "-1"}).context["form"].errors
    assert errors == {"bonus_multiple": ["Mức tiền thưởng không thể là số âm."]}


@pytest.mark.parametrize(
    ("name", "list_name", "crumb"),
    [
        ("proposals:kind_new", "proposals:kind_list", "Thêm hình thức"),
        ("decisions:decision_new", "decisions:decision_list", "Soạn dự thảo"),
    ],
)
def test_way_back_from_a_new_object_leads_to_its_list(client, name, list_name, crumb):
    client.force_login(official(SeatRole.OFFICE))
    crumbs = client.get(reverse(name)).context["breadcrumbs"]
    assert [url for _, url in crumbs] == ["/", reverse(list_name), None]
    assert crumbs[-1][0] == crumb


@pytest.mark.parametrize("odd", ("²", "9" * 19, "x", "-1"))
def test_line_that_is_no_number_is_no_choice(client, odd):
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    fields = {"year": "2026", "title": "Về việc tặng thưởng", "items": [odd]}
    form = client.post(reverse("decisions:decision_new"), fields).context["form"]
    assert list(form.errors) == ["items"]
    assert Decision.objects.count() == 0


def test_a_new_decision_takes_over_no_basis_of_a_bloc(client):
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    BlocYear.objects.update(legal_bases="Căn cứ Luật Thi đua, khen thưởng;")
    client.force_login(official(SeatRole.OFFICE))
    choose(client, 2026)
    form = client.get(reverse("decisions:decision_new")).context["form"]
    found = (form["legal_bases"].value() or "", form["items"].value())
    assert found == ("", [item.pk])
    choose(client, 2025)
    form = client.get(reverse("decisions:decision_new")).context["form"]
    assert (form["legal_bases"].value() or "", form["items"].value()) == ("", [])


@pytest.mark.parametrize(
    ("state", "is_offered"),
    [
        (ProposalState.SUBMITTED, False),
        (ProposalState.RETURNED, False),
        (ProposalState.RECEIVED, True),
        (ProposalState.BEFORE_COUNCIL, False),
        (ProposalState.CONSIDERED, True),
    ],
)
def test_a_decision_is_offered_lines_that_the_council_is_done_with(client, state, is_offered):
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    Proposal.objects.update(state=state)
    client.force_login(official(SeatRole.OFFICE))
    form = client.get(reverse("decisions:decision_new")).context["form"]
    assert list(form.fields["items"].queryset) == [item] * is_offered


def test_form_of_award_that_is_no_longer_given_is_not_offered(client):
    proposal = ProposalFactory()
    given, retired = flag(), certificate()
    AwardKind.objects.filter(pk=retired.pk).update(is_active=False)
    client.force_login(editor_of(proposal.bloc_year.head))
    page = reverse("proposals:proposal_edit", args=(proposal.bloc_year_id,))
    row = client.get(page).context["items"].forms[0]
    assert list(row.fields["award"].queryset) == [given]


def test_proposal_that_was_sent_is_not_offered_to_be_written(client):
    proposal = ProposalFactory()
    client.force_login(editor_of(proposal.bloc_year.head))
    before = client.get(page(proposal)).context["may_edit"]
    Proposal.objects.update(state=ProposalState.SUBMITTED, submitted_at=timezone.now())
    assert (before, client.get(page(proposal)).context["may_edit"]) == (True, False)


def test_draft_is_offered_its_own_lines_and_no_others(client):
    own, free, other = (
        ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE) for _ in range(3)
    )
    mine, theirs = DecisionFactory(), DecisionFactory()
    mine.items.add(own)
    theirs.items.add(other)
    client.force_login(official(SeatRole.OFFICE))
    form = client.get(reverse("decisions:decision_edit", args=(mine.pk,))).context["form"]
    assert sorted(item.pk for item in form.fields["items"].queryset) == [own.pk, free.pk]


def test_public_reads_what_is_published_and_nothing_else(client):
    decision = DecisionFactory(
        state=DecisionState.SIGNED, number="9/QĐ-UBND", signed_on=dt.date(2026, 12, 28)
    )
    url = reverse("decisions:public_detail", args=(decision.pk,))
    assert client.get(url).status_code == 404
    Decision.objects.update(state=DecisionState.PUBLISHED, published_at=timezone.now())
    assert client.get(url).status_code == 200


def test_decision_signed_before_papers_were_kept_is_no_draft(client):
    item = ProposalItemFactory(proposal__received=True, state=ItemState.ELIGIBLE)
    decision = DecisionFactory(
        state=DecisionState.SIGNED, number="9/QĐ-UBND", signed_on=dt.date(2026, 12, 28)
    )
    decision.items.add(item)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse("decisions:decision_paper", args=(decision.pk,)))
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)
    assert [text.count(words) for words in ("DỰ THẢO", "Số: 9/QĐ-UBND")] == [0, 1]
