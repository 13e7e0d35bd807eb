"""From one page of a year to the others: tabs under the title, states in the table of members."""

import re

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.blocs import ReportFactory, ScoringTableFactory, year_with_members
from tests.factories.people import leader_of, official

pytestmark = pytest.mark.django_db


def test_a_state_in_the_table_of_members_leads_to_whom_it_is_of_where_one_may_open_it(client):
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, published=True)
    head, *others = (member.unit for member in year.members.order_by("order"))
    for unit in others:
        ReportFactory(bloc_year=year, unit=unit, table=table)
    sent = ReportFactory(bloc_year=year, unit=head, table=table, submitted=True)
    own = year.reports.get(unit=others[1])
    seen = {leader_of(others[1]): ["", "", own.get_absolute_url()]}
    seen[leader_of(head)] = [sent.get_absolute_url(), "", ""]
    for person, expected in seen.items():
        client.force_login(person)
        answer = client.get(year.get_absolute_url())
        rows = {row["unit"]: row for row in answer.context["rows"]}
        assert [rows[unit]["report"]["url"] for unit in (head, *others)] == expected
        (url,) = filter(None, expected)
        assert f'<a href="{url}"><span class="state' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    (
        ("years:year_detail", "Tổng quan", "page"),
        ("years:year_rules", "Tổng quan", "true"),
        ("reports:year_reports", "Báo cáo", "page"),
        ("changes:leader_list", "Tổng quan", "true"),
        ("ranking:ground_list", "Xếp hạng", "true"),
        ("appraisal:assignments", "Thẩm định", "page"),
    ),
)
def test_the_tab_of_the_page_is_marked_among_all_pages_of_the_year(client, name, label, kind):
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse(name, args=(year_with_members().pk,)))
    assert [tab["label"] for tab in answer.context["tabs"]] == [
        "Tổng quan",
        "Đăng ký",
        "Bảng điểm",
        "Giao ước",
        "Báo cáo",
        "Thẩm định",
        "Xếp hạng",
        "Hội nghị",
        "Đề nghị",
    ]
    tabs = answer.content.decode().partition('<nav class="tabs"')[2].partition("</nav>")[0]
    (marked,) = (line for line in tabs.splitlines() if "aria-current" in line)
    assert marked.strip().endswith(f'aria-current="{kind}">{label}</a></li>')


@pytest.mark.parametrize("year", (2018, 2024))
def test_the_strip_shows_the_year_of_the_page_and_leads_to_the_list_of_another(client, year):
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": "2025"})
    page, listed = year_with_members(year=year).get_absolute_url(), reverse("years:year_list")
    for url, shown in ((page, (listed, year)), (listed, (listed, 2025)), ("/", ("/", 2025))):
        strip = client.get(url).content.decode().partition('class="strip-year"')[2]
        (following,) = re.findall(r'name="next" value="([^"]*)"', strip)
        (chosen,) = re.findall(r'<option value="(\d+)" selected>', strip.partition("</form>")[0])
        assert (following, int(chosen)) == shown
