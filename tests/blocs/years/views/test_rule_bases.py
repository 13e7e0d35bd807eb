"""Legal texts: kept by the office, cited by each rule of a year, told on page and paper by day."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agreements.documents.agreement import agreement_paper
from agreements.models import Agreement
from awards.decisions.documents.decision import decision_paper
from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from blocs.conferences.documents.minutes import minutes_of
from blocs.legal.models import LegalDocument
from blocs.states import SeatRole, YearState
from blocs.years.actions.years import plan_year
from blocs.years.models import BlocYear
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import AwardKindFactory, DecisionFactory, ProposalFactory
from tests.factories.blocs import regulate, year_with_members
from tests.factories.conferences import conference_of
from tests.factories.legal import LegalDocumentFactory, bloc_rules, cited
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
LINE = "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ"
ENDED = "Nghị định số 152/2025/NĐ-CP (hết hiệu lực từ 01/10/2026)"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-10-15T03:00:00Z", tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def words(answer):
    return " ".join(answer.content.decode().split())


def typed(client, url, **values):
    return client.post(url, fields_of(client.get(url)) | values)


def test_office_keeps_a_text_and_its_list_says_what_it_is_worth_today(office):
    url = reverse("legal:legal_document_new")
    answer = typed(
        office, url, kind="Thông tư", number="15/2025/TT-BNV", in_force_from="05/08/2025"
    )
    assert answer.url == reverse("legal:legal_document_list")
    LegalDocumentFactory()
    answer = office.get(answer.url)
    assert [(str(row["document"]), row["marks"]) for row in answer.context["rows"]] == [
        ("Thông tư số 15/2025/TT-BNV", "chưa đối chiếu"),
        ("Nghị định số 152/2025/NĐ-CP", "hết hiệu lực từ 01/10/2026"),
    ]


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({"number": " 152/2025/nđ-cp "}, {"number": ["Danh mục đã có văn bản số này."]}),
        (
            {"in_force_from": "02/01/2026", "in_force_to": "01/01/2026"},
            {"__all__": ["Ngày hết hiệu lực không được trước ngày có hiệu lực."]},
        ),
        (
            {"is_verified": "on"},
            {"__all__": ["Đã đối chiếu thì phải ghi nguồn của bản gốc."]},
        ),
    ],
)
def test_text_that_cannot_be_is_refused_and_stays_typed(office, values, refusals):
    LegalDocumentFactory()
    url = reverse("legal:legal_document_new")
    answer = typed(office, url, **({"kind": "Quyết định", "number": "15/QĐ-UBND"} | values))
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, refusals)
    assert (
        answer.context["form"]["number"].value().strip()
        == values.get("number", "15/QĐ-UBND").strip()
    )
    assert LegalDocument.objects.count() == 1


def test_second_writer_of_a_text_is_told(office):
    document = LegalDocumentFactory()
    url = reverse("legal:legal_document_edit", args=(document.pk,))
    fields = fields_of(office.get(url))
    LegalDocument.objects.update(in_force_to=dt.date(2026, 12, 31))
    answer = office.post(url, fields | {"in_force_to": "30/11/2026"})
    assert (answer.status_code, answer.context["form"].errors["in_force_to"]) == (
        409,
        ["Người khác đã lưu: “31/12/2026”."],
    )


def test_every_rule_names_article_and_text_and_says_when_that_ended(office):
    year = year_with_members(state=YearState.IN_PROGRESS)
    regulate(year)
    decree, rules = LegalDocumentFactory(), bloc_rules()
    url = reverse("years:rule_bases_edit", args=(year.pk,))
    values = {"votes": decree.pk, "votes_article": "Điều 45, khoản 8"}
    values |= {"classes": rules.pk, "classes_article": "Điều 9"}
    assert typed(office, url, **values).status_code == 302
    told = office.get(year.get_absolute_url()).context["rules"]
    assert [line.partition(".")[2].strip() for line in told if "phiếu" in line] == [
        f"Căn cứ: Điều 45, khoản 8 {ENDED}."
    ]
    assert sum(line.endswith(" Chưa dẫn căn cứ.") for line in told) == len(told) - 1
    bases = dict(office.get(reverse("years:scoring_rules", args=(year.pk,))).context["bases"])
    assert (len(bases), bases["Xếp loại"], bases["Tỷ lệ phiếu"], bases["Bảng chấm điểm"]) == (
        16,
        "Điều 9 Quyết định số 15/QĐ-UBND (chưa đối chiếu)",
        f"Điều 45, khoản 8 {ENDED}",
        "chưa dẫn căn cứ",
    )


def test_half_a_citation_is_refused_at_its_field(office):
    year, decree = year_with_members(), LegalDocumentFactory()
    url = reverse("years:rule_bases_edit", args=(year.pk,))
    answer = typed(office, url, flags=decree.pk, late_article="Điều 3")
    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422,
        {
            "flags_article": ["Vui lòng ghi điều, khoản của văn bản này."],
            "late": ["Vui lòng chọn văn bản có điều, khoản này."],
        },
    )
    assert year.rule_bases.count() == 0


def test_second_writer_of_the_citations_is_told(office):
    year, decree = year_with_members(), LegalDocumentFactory()
    url = reverse("years:rule_bases_edit", args=(year.pk,))
    fields = fields_of(office.get(url))
    cited(year, "flags", decree)
    answer = office.post(url, fields | {"flags": decree.pk, "flags_article": "Điều 6"})
    assert (answer.status_code, answer.context["form"].errors["flags"]) == (
        409,
        ["Người khác đã lưu: “Điều 5, khoản 2 Nghị định số 152/2025/NĐ-CP”."],
    )


def test_archived_year_cites_as_it_did(office):
    year, decree = year_with_members(state=YearState.ARCHIVED), LegalDocumentFactory()
    url = reverse("years:rule_bases_edit", args=(year.pk,))
    answer = typed(office, url, flags=decree.pk, flags_article="Điều 6")
    assert (answer.status_code, year.rule_bases.count()) == (422, 0)


def test_one_page_lists_every_rule_of_a_decree(office, django_assert_num_queries):
    decree = LegalDocumentFactory()
    years = [year_with_members(year=number) for number in (2025, 2026)]
    for year in years:
        cited(year, "votes", decree)
        cited(year, "flags", decree, "Điều 12")
    url = reverse("legal:legal_document_detail", args=(decree.pk,))
    found = office.get(url).context["citations"]
    assert [(row.bloc_year, row.get_rule_display(), row.article) for row in found] == [
        (year, rule, article)
        for year in reversed(years)
        for rule, article in (("tỷ lệ phiếu", "Điều 5, khoản 2"), ("số Cờ thi đua", "Điều 12"))
    ]
    with django_assert_num_queries(1):
        list(found.paginator.object_list.all())


def test_the_rules_of_a_decree_come_in_pages(office, monkeypatch):
    monkeypatch.setattr("blocs.legal.views.CITATIONS_ON_PAGE", 2)
    decree = LegalDocumentFactory()
    rows = [cited(year_with_members(year=2024 + n), "votes", decree) for n in range(3)]
    url = reverse("legal:legal_document_detail", args=(decree.pk,))
    pages = [office.get(f"{url}?page={number}").context["citations"] for number in (1, 2)]
    assert [list(page) for page in pages] == [[rows[2], rows[1]], [rows[0]]]


def test_a_new_year_rests_on_what_the_last_one_rested_on():
    last = year_with_members(year=2026)
    cited(last, "votes", LegalDocumentFactory())
    planned = plan_year(
        last.bloc, actor=official(SeatRole.OFFICE), year=2027, members_on=dt.date(2027, 1, 1)
    )
    assert [str(row) for row in planned.rule_bases.all()] == [
        "Điều 5, khoản 2 Nghị định số 152/2025/NĐ-CP"
    ]


@pytest.mark.parametrize(
    ("day", "mark"),
    [
        (dt.date(2026, 9, 30), ""),
        (dt.date(2026, 10, 1), " (hết hiệu lực từ 01/10/2026)"),
        (dt.date(2025, 6, 30), " (có hiệu lực từ 01/07/2025)"),
    ],
)
def test_papers_of_a_day_say_what_their_bases_were_worth_on_it(day, mark):
    LegalDocumentFactory()
    agreement = AgreementFactory(signed_on=day, legal_bases=LINE)
    proposal = ProposalFactory(dated_on=day, legal_bases=LINE)
    decision = DecisionFactory(signed_on=day, legal_bases=LINE)
    printed = (
        agreement_paper(agreement).bases,
        submission_paper(proposal).bases,
        decision_paper(decision, is_draft=False).bases,
    )
    assert printed == ((f"{LINE}{mark}.",), (f"{LINE}{mark}.",), (f"{LINE}{mark};",))


def test_minutes_say_on_what_the_rules_of_the_conference_rest():
    decree = LegalDocumentFactory(in_force_to=dt.date(2021, 1, 27), in_force_from=None)
    conference = conference_of()
    cited(conference.bloc_year, "votes", decree)
    cited(conference.bloc_year, "flags", decree)
    assert minutes_of(conference).rule_bases == (
        "- Bảng chấm điểm; thứ tự ưu tiên khi bằng điểm; xếp loại; túc số; số Bằng khen: "
        "chưa dẫn căn cứ;",
        "- Tỷ lệ phiếu; số Cờ thi đua: Điều 5, khoản 2 Nghị định số 152/2025/NĐ-CP (hết hiệu lực "
        "từ 28/01/2021).",
    )


def test_page_of_the_year_marks_its_bases(office):
    LegalDocumentFactory()
    year = year_with_members(year=2026, legal_bases=f"{LINE};\nCăn cứ Quy chế số 9/QC-KTĐ5;")
    assert office.get(year.get_absolute_url()).context["bases"] == (
        f"{LINE} (hết hiệu lực từ 01/10/2026);",
        "Căn cứ Quy chế số 9/QC-KTĐ5 (chưa đối chiếu);",
    )


UNKNOWN = "Quyết định số 15/QĐ-UBND của UBND tỉnh (chưa ghi ngày có hiệu lực, chưa đối chiếu)"


def offered(answer):
    field = answer.context["form"].fields.get("offered")
    return [str(label) for _, label in field.choices] if field else None


def agreement_form(client):
    made = AgreementFactory(signed_on=dt.date(2026, 9, 30))
    client.force_login(editor_of(made.bloc_year.head))
    return reverse("agreements:agreement_edit", args=(made.bloc_year_id,)), Agreement


def proposal_form(client):
    made = ProposalFactory(dated_on=dt.date(2026, 9, 30))
    client.force_login(leader_of(made.bloc_year.head))
    return reverse("proposals:proposal_edit", args=(made.bloc_year_id,)), Proposal


@pytest.mark.parametrize("form", (agreement_form, proposal_form))
def test_what_is_in_force_on_the_day_of_a_paper_is_offered_and_written_once(client, form):
    decree = LegalDocumentFactory()
    LegalDocumentFactory(
        number="98/2023/NĐ-CP", in_force_from=None, in_force_to=dt.date(2025, 6, 30)
    )
    url, model = form(client)
    BlocYear.objects.update(legal_bases="Căn cứ Luật Thi đua, khen thưởng;")
    answer = client.get(url)
    assert offered(answer) == [
        "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định chi tiết thi "
        "hành Luật"
    ]
    fields = fields_of(answer) | {"offered": [decree.pk]}
    assert client.post(url, fields).status_code == 302
    stored = model.objects.get().legal_bases
    assert stored == (
        "Căn cứ Luật Thi đua, khen thưởng;\n" + f"{LINE} quy định chi tiết thi hành Luật;"
    )
    answer = client.get(url)
    assert offered(answer) is None
    # A page that saves itself still holds the tick: the line does not stand twice.
    client.post(url, fields_of(answer) | {"offered": [decree.pk]})
    assert model.objects.get().legal_bases == stored


def test_a_text_that_ended_is_offered_no_more(office):
    LegalDocumentFactory()
    rules = bloc_rules()
    year = year_with_members()
    url = reverse("years:year_edit", args=(year.pk,))
    answer = office.get(url)
    assert offered(answer) == [UNKNOWN]
    office.post(url, fields_of(answer) | {"offered": [rules.pk]})
    year.refresh_from_db()
    assert year.legal_bases == "Căn cứ Quyết định số 15/QĐ-UBND của UBND tỉnh;"


def test_draft_of_a_decision_offers_what_is_in_force_today(office):
    bloc_rules()
    LegalDocumentFactory()
    decision = DecisionFactory(legal_bases="")
    url = reverse("decisions:decision_edit", args=(decision.pk,))
    assert offered(office.get(url)) == [UNKNOWN]


def test_catalogue_of_awards_says_what_its_bases_are_worth(office):
    LegalDocumentFactory()
    for code, basis in (("a", "Nghị định số 152/2025/NĐ-CP, Điều 33"), ("b", "")):
        AwardKindFactory(code=code, legal_basis=basis)
    rows = office.get(reverse("proposals:kind_list")).context["rows"]
    assert [basis for _, basis in rows] == [
        "Nghị định số 152/2025/NĐ-CP, Điều 33 (hết hiệu lực từ 01/10/2026)",
        "",
    ]


def test_a_text_without_its_first_day_is_offered_last_and_says_so(office):
    """Compared with its original or not: nobody may take it for one in force unseen."""
    facts = {"issued_on": dt.date(2016, 7, 25), "in_force_to": None}
    for number, more in (
        ("1479/HD-BTĐKT", {"in_force_from": None}),
        ("15/HD-BNV", {"in_force_from": None, "is_verified": False}),
        ("9/QĐ-TTg", {"is_verified": False}),
        ("98/TT-BNV", {}),
    ):
        LegalDocumentFactory(number=number, **facts | more)
    form = office.get(reverse("years:year_edit", args=(year_with_members().pk,))).context["form"]
    field = form.fields["offered"]
    said = [field.label_from_instance(row) for row in field.queryset]
    numbers = [words.partition("số ")[2].split()[0] for words in said]
    assert numbers == ["9/QĐ-TTg", "98/TT-BNV", "1479/HD-BTĐKT", "15/HD-BNV"]
    endings = [
        "(chưa đối chiếu)",
        "",
        "(chưa ghi ngày có hiệu lực)",
        "(chưa ghi ngày có hiệu lực, chưa đối chiếu)",
    ]
    assert [words[words.rindex("(") :] if words.endswith(")") else "" for words in said] == endings
    assert not form.initial.get("offered")
