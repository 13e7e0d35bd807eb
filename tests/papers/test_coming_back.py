"""A unit that left and came back is compared by the months inside, in every paper and file."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse

from blocs.conferences.documents.minutes import attendance_of
from blocs.conferences.models import Conference
from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.states import MemberChangeKind as K
from blocs.states import SeatRole
from blocs.years.models import BlocYear
from tests.factories.changes import SEPTEMBER_1, change_members
from tests.factories.conferences import conference_of
from tests.factories.people import official
from tests.factories.placed import placed_year
from tests.papers.papers import read_pdf
from tests.recomputing import recompute
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)
APRIL_1 = dt.date(2026, 4, 1)
AWAY = "thôi tham gia từ 01/04/2026, tham gia lại từ 01/09/2026"


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def year_of(way, left=APRIL_1, back=SEPTEMBER_1):
    """A unit with the best sheet is away for some months."""
    year = placed_year({"Sở A": 60, "Sở B": 50, "Sở F": 96}, part_year=way)
    gone = year.members.get(unit__name="Sở F").unit
    change_members(year, gone, K.LEFT, left, reason="Biệt phái")
    change_members(year, gone, K.RETURNED, back, reason="Hết biệt phái")
    return BlocYear.objects.get(pk=year.pk)


def shown(office, year):
    answer = office.get(reverse("ranking:ranking", args=(year.pk,)))
    rows = {row.unit: (row.place, row.compared) for row in answer.context["rows"]}
    return rows, {left.unit.name: left.reason for left in answer.context["out"]}


def printed(office, year):
    answer = office.get(reverse("ranking:ranking_paper", args=(year.pk,)))
    return " ".join(read_pdf(answer.content).text.split())


def test_its_months_are_those_inside_on_page_and_paper(office):
    """96 × 7/12 = 56: January to March and September to December."""
    year = year_of("by_months")
    rows, out = shown(office, year)
    assert rows == {"Sở A": ("1", "60,00"), "Sở F": ("2", "56,00"), "Sở B": ("3", "50,00")}
    assert out == {}
    paper = printed(office, year)
    words = f"{AWAY}, so sánh theo 07/12 tháng: 96,00 × 07/12 = 56,00 điểm"
    assert f"Đơn vị tham gia không trọn năm: Sở F {words}." in paper
    changed = (
        "Sở F thôi tham gia từ 01/04/2026 (Biệt phái), tham gia lại từ 01/09/2026 (Hết biệt phái)"
    )
    assert changed in paper
    conference_of(year, starts_at=NOVEMBER)
    roll = attendance_of(Conference.objects.for_page().get())
    assert roll[-2:] == ("- Thay đổi thành phần trong năm:", f"+ {changed}.")
    assert [one.sentence for one in check(year)[1]] == []


@pytest.mark.parametrize(
    ("left", "back", "way", "place", "out"),
    [
        # Two weeks away take no month: there are fifteen days left in it.
        (dt.date(2026, 5, 3), dt.date(2026, 5, 17), "not_ranked", "1", {}),
        (APRIL_1, SEPTEMBER_1, "full", "1", {}),
        (
            APRIL_1,
            SEPTEMBER_1,
            "not_ranked",
            None,
            {
                "Sở F": f"T{AWAY[1:]} (07/12 tháng); đơn vị tham gia không trọn năm không xếp hạng "
                "theo quy định của năm."
            },
        ),
    ],
)
def test_each_way_of_the_rule(office, left, back, way, place, out):
    year = year_of(way, left, back)
    rows, found = shown(office, year)
    assert (rows.get("Sở F", (None,))[0], found) == (place, out)


def test_the_proof_keeps_the_absence_and_is_recomputed_from_outside(office, tmp_path):
    year = year_of("by_months", dt.date(2026, 2, 10), dt.date(2026, 10, 16))
    data = json.loads(office.get(reverse("ranking:ranking_proof", args=(year.pk,))).content)
    unit = next(one for one in data["units"] if one["name"] == "Sở F")
    assert unit["away"] == [["2026-02-10", "2026-10-16"]]
    path = tmp_path / "kiem-chung.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = recompute(path)
    assert (done.returncode, done.stderr) == (0, "")
    # 10 to 16 October: January, 16 days of October, November, December.
    assert unit["result"]["months"] == 4
    unit["away"] = [["2026-02-10", "2026-03-10"]]
    path.write_text(json.dumps(data | {FINGERPRINT: fingerprint_of(data)}), encoding="utf-8")
    done = recompute(path)
    assert done.returncode == 1
    assert "Sở F: số tháng tham gia trong tệp là 4, tính lại là 11." in done.stderr
