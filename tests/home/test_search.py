"""The search over all that one may see: each kind for whom it is, in a few statements."""

import pytest
from django.urls import reverse

from awards.proposals.enums import ProposalState
from blocs.legal.models import LegalDocument
from blocs.reports.models import Evidence
from blocs.states import SeatRole
from tests.factories.awards import ProposalFactory
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import submitted_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """A report that was sent in, of a unit with a name of its own."""
    report = submitted_report()
    unit = report.unit
    unit.name, unit.short_name = "Sở Du lịch", "Sở DL"
    unit.save()
    return report


def found(client, user, query):
    client.force_login(user)
    return dict(client.get(reverse("home:search"), {"q": query}).context["groups"])


def urls(groups, label):
    return [url for _, url in groups.get(label, ())]


REPORTS, LEAVES, FILES = "Báo cáo, bảng tự chấm", "Tiêu chí", "Minh chứng"


@pytest.mark.parametrize("query", ("du lich", "Sở Du lịch 2026", "sở dl"))
def test_a_report_is_found_by_its_unit_and_year(client, report, query):
    for person in (editor_of(report.unit), leader_of(report.bloc_year.head), official("office")):
        groups = found(client, person, query)
        assert urls(groups, REPORTS) == [report.get_absolute_url()]
        ((words, _),) = groups[REPORTS]
        assert words == f"Sở Du lịch, {report.bloc_year}: đã nộp"


def test_the_year_beside_the_name_leaves_other_years_out(client, report):
    assert urls(found(client, official(SeatRole.OFFICE), "Sở Du lịch 2025"), REPORTS) == []
    # A year alone names no unit.
    assert urls(found(client, official(SeatRole.OFFICE), "2026"), REPORTS) == []


def test_nobody_finds_reports_leaves_or_files_of_blocs_they_do_not_see(client, report):
    leaf = report.table.criteria.filter(children=None).first()
    stranger = editor_of(submitted_report().bloc_year.head)
    Evidence.objects.create(
        unit=report.unit, file="a.pdf", name="Giải thưởng du lịch.pdf", size=1, uploaded_by=stranger
    )
    for person in (stranger, official(SeatRole.SYSADMIN)):
        for query in ("du lịch", leaf.name):
            groups = found(client, person, query)
            assert urls(groups, REPORTS) == []
            assert urls(groups, FILES) == []
            assert report.table.get_absolute_url() not in "".join(urls(groups, LEAVES))


def test_a_leaf_is_found_in_an_issued_table_with_the_way_to_its_line(client, report):
    leaf = report.table.criteria.filter(children=None).first()
    leaf_url = f"{report.table.get_absolute_url()}#tieu-chi-{leaf.pk}"
    person = editor_of(report.unit)
    assert leaf_url in urls(found(client, person, leaf.name), LEAVES)
    page = client.get(report.table.get_absolute_url()).content.decode()
    assert f'id="tieu-chi-{leaf.pk}"' in page


def test_files_are_found_by_the_people_of_their_unit_alone(client, report):
    person = editor_of(report.unit)
    file = Evidence.objects.create(
        unit=report.unit, file="a.pdf", name="Quyết định 12.pdf", size=1, uploaded_by=person
    )
    url = reverse("reports:locker_detail", args=(file.pk,))
    assert urls(found(client, person, "quyet dinh 12"), FILES) == [url]
    assert urls(found(client, official(SeatRole.OFFICE), "quyet dinh 12"), FILES) == []


def test_proposals_are_found_by_their_bloc_texts_and_people_by_who_keeps_them(client, report):
    year = report.bloc_year
    ProposalFactory(bloc_year=year, state=ProposalState.RETURNED)
    text = LegalDocument.objects.create(kind="Nghị định", number="152/2025/NĐ-CP")
    office, administrator = official(SeatRole.OFFICE), official(SeatRole.SYSADMIN)
    head = leader_of(year.head)
    proposals = "Đề nghị khen thưởng"
    url = reverse("proposals:proposal_detail", args=(year.pk,))
    assert urls(found(client, head, year.bloc.name), proposals) == [url]
    # What was sent back is the bloc's own until it is sent again.
    assert urls(found(client, office, year.bloc.name), proposals) == []
    assert urls(found(client, office, "152/2025"), "Văn bản pháp lý") == [
        reverse("legal:legal_document_detail", args=(text.pk,))
    ]
    assert "Văn bản pháp lý" not in found(client, head, "152/2025")
    person = reverse("units:person_detail", args=(head.pk,))
    assert person in urls(found(client, administrator, head.username), "Người dùng")
    assert "Người dùng" not in found(client, office, head.username)


@pytest.mark.parametrize("count", (1, 3))
def test_a_search_costs_the_same(client, report, count, django_assert_num_queries):
    for _ in range(count):
        submitted_report()
    office = official(SeatRole.OFFICE)
    found(client, office, "sở")
    with django_assert_num_queries(11):
        client.get(reverse("home:search"), {"q": "sở du lịch"})


@pytest.mark.parametrize("query", ("%", "’", "\\", "a" * 3000, "20261", "2026 2025 sở"))
def test_odd_words_find_nothing_and_break_nothing(client, report, query):
    assert urls(found(client, official(SeatRole.OFFICE), query), REPORTS) == []
