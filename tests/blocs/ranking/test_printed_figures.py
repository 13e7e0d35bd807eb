"""What is printed never contradicts place or class, and the table says how it was compared."""

import pytest
from django.urls import reverse

from blocs.ranking.documents.ranking_table import ranking_table_paper
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.models.rankings import ranking_of
from blocs.states import SeatRole
from blocs.years.models import BlocYear
from tests.blocs.ranking.views.test_classes import sheet, year_of
from tests.factories.people import official
from tests.factories.placed import placed_year
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
ROUNDED = (
    "Số liệu in đến 1 chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên; thứ hạng so sánh tổng "
    "điểm chưa làm tròn."
)
CLASSES = [
    {"label": "Xuất sắc", "if": [["total", ">=", "90"]]},
    {"label": "Tốt", "if": [["total", ">=", "70"]]},
]


def printed(year):
    ranking = ranking_of(BlocYear.objects.get(pk=year.pk))
    paper = ranking_table_paper(ranking)
    return [(row.unit, row.total, row.class_label) for row in paper.rows], paper.notes


@pytest.mark.parametrize(
    ("points", "shown"), [("89.996", "89,996"), ("89.9996", "89,9996"), ("89.99", "89,99")]
)
def test_a_total_below_a_class_is_not_printed_as_its_limit(points, shown):
    year = placed_year(
        {"A": "95", "B": points}, decimals=4, printed_decimals=2, class_bands=CLASSES
    )
    rows, _ = printed(year)
    assert rows[1] == ("B", shown, "Tốt")


def test_decimals_of_printing_are_a_setting_of_their_own(client):
    year = placed_year({"A": "95.1234", "B": "80.5"}, decimals=4, printed_decimals=1)
    rows, notes = printed(year)
    assert [total for _, total, _ in rows] == ["95,1", "80,5"]
    assert notes[0].endswith(ROUNDED)
    report = year.reports.get(unit__name="A")
    paper = score_sheet_paper(report, shows_appraisal=True)
    assert paper.lines[-1].points == "95,1"
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(reverse("ranking:ranking", args=(year.pk,))).content.decode()
    assert ROUNDED in " ".join(page.split())


def test_printing_is_set_on_the_page_of_the_rules(client):
    year = placed_year({"A": "95", "B": "80"}, decimals=3)
    BlocYear.objects.filter(pk=year.pk).update(state="closing")
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_rules", args=(year.pk,))
    data = fields_of(client.get(url)) | {"printed_decimals": ["2"]}
    assert client.post(url, data).status_code == 302
    page = client.get(year.get_absolute_url()).content.decode()
    assert "Điểm lấy 3 chữ số thập phân; khi in lấy 2 chữ số." in page


def test_tie_rules_name_the_sections_they_compare():
    year = year_of(sheet(80, 10, 4, bonus=1), sheet(80, 10, 5))
    ranking = ranking_of(year)
    assert ranking.tie_rule == (
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn (mục I, II, III) cao hơn; "
        "điểm thưởng (mục IV) cao hơn; điểm trừ (mục V) ít hơn; nếu vẫn bằng nhau thì các đơn vị "
        "cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên."
    )


def test_a_table_without_bonus_names_none():
    year = placed_year({"A": "95", "B": "80"}, tie_rules=["work_points", "bonus_points"])
    assert ranking_of(year).tie_rule == (
        "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn (mục I) cao hơn; điểm "
        "thưởng cao hơn; nếu vẫn bằng nhau thì hội nghị quyết định."
    )
