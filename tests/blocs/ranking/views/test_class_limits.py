"""A class has its largest share and a ground lowers it: entered, ranked, printed, proved."""

import json

import pytest
from django.urls import reverse

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.states import SeatRole
from blocs.years.models import Regulation
from tests.blocs.ranking.views.test_classes import FORM, ranking_page
from tests.factories.people import official
from tests.factories.placed import placed_year
from tests.page_forms import save
from tests.papers.papers import read_pdf

pytestmark = pytest.mark.django_db
LOWER = {"code": "cham", "name_vi": "Chậm giải ngân", "effect": "lower_class", "classes": 1}
EQUAL = (
    "Các đơn vị cùng hạng 1 chỉ còn 01 suất của mức Xuất sắc (tối đa 25% số đơn vị, làm tròn "
    "xuống, tức 01 đơn vị): hội nghị quyết định."
)


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def ruled(office, totals, share, rounding="down", grounds=()):
    """A bloc with these totals, and the largest share of its best class entered on the page."""
    year = placed_year(totals, tie_rules=["shared_rank"])
    type(year).objects.filter(pk=year.pk).update(state="closing")
    year.tables.update(settings={"disqualifiers": list(grounds)})
    typed = FORM | {"band_0_share": share, "class_rounding": rounding}
    answer = save(office, reverse("years:scoring_rules_edit", args=(year.pk,)), typed)
    assert answer.status_code == 302
    return year


def classes(office, year):
    rows = ranking_page(office, year).context["rows"]
    return {row.unit: row.class_label or "?" for row in rows}


@pytest.mark.parametrize(
    ("share", "rounding", "best"),
    [("25", "down", 1), ("30", "up", 2), ("37,5", "half_up", 2)],
)
def test_share_of_a_class_is_kept_and_told(office, share, rounding, best):
    totals = {"A": 98, "B": 97, "C": 96, "D": 80}
    year = ruled(office, totals, share, rounding)
    assert Regulation.objects.get(bloc_year=year).class_bands[0] == {
        "label": "Xuất sắc",
        "if": [["total", ">=", "90"]],
        "share": share.replace(",", "."),
        "rounding": rounding,
    }
    wanted = ["Xuất sắc"] * best + ["Tốt"] * (4 - best)
    assert list(classes(office, year).values()) == wanted
    page = " ".join(ranking_page(office, year).content.decode().split())
    assert f"Xuất sắc: tổng điểm từ 90 trở lên; không quá {share}% số đơn vị" in page
    assert page.count("Đủ điều kiện Xuất sắc nhưng vượt tỷ lệ") == 3 - best


def test_equals_over_the_share_are_a_question_to_the_conference(office):
    year = ruled(office, {"A": 98, "B": 98, "C": 80, "D": 75}, "25")
    assert classes(office, year) == {"A": "?", "B": "?", "C": "Tốt", "D": "Tốt"}
    assert ranking_page(office, year).context["questions"] == (("A", EQUAL), ("B", EQUAL))


def test_a_ground_lowers_the_class_on_page_paper_and_proof(office):
    year = ruled(office, {"A": 98, "B": 97, "C": 80, "D": 75}, "25", grounds=[LOWER])
    unit = year.members.get(unit__name="A").unit
    data = {"unit": unit.pk, "code": "cham", "basis": "Kết luận số 3", "found_on": "01/11/2026"}
    url = reverse("ranking:ground_new", args=(year.pk,))
    assert office.post(url, data).status_code == 302
    assert classes(office, year) == {"A": "Tốt", "B": "Xuất sắc", "C": "Tốt", "D": "Tốt"}
    note = "Hạ mức xếp loại từ Xuất sắc: Chậm giải ngân"
    assert note in ranking_page(office, year).content.decode()
    paper = read_pdf(office.get(reverse("ranking:ranking_paper", args=(year.pk,))).content)
    assert note in " ".join(paper.text.split())
    proof = office.get(reverse("ranking:ranking_proof", args=(year.pk,))).content.decode()
    again = check_proof(read_proof(proof))
    assert [one.sentence for one in again.mismatches] == []
    loose = json.loads(proof)
    next(one for one in loose["units"] if one["grounds"])["grounds"] = []
    found = {one.what for one in check_proof(read_proof(json.dumps(loose))).mismatches}
    assert found == {"dấu vân tay", "xếp loại"}


def test_the_last_class_has_no_share(office):
    year = placed_year({"A": 98, "B": 97})
    type(year).objects.filter(pk=year.pk).update(state="closing")
    url = reverse("years:scoring_rules_edit", args=(year.pk,))
    answer = save(office, url, FORM | {"band_1_share": "50"})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["Mức xếp loại “Tốt”: mức cuối cùng không giới hạn tỷ lệ được."],
    )
