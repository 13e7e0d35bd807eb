"""Conferences of real blocs, entered through the pages; the sources give no votes and no points."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from blocs.conferences.models import Conference
from tests.factories.conferences import named_year, set_aside_the_rest
from tests.factories.people import editor_of, leader_of
from tests.page_forms import seen_on
from tests.papers.papers import read_pdf
from thidua.papers.models import Paper
from thidua.papers.stored import read_paper

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parents[3] / "cases"
# What a source does not say and the minutes must: stands for «số liệu minh họa».
ILLUSTRATIVE = {
    "chair_name": "Nguyễn Văn A",
    "chair_title": "",
    "secretary_name": "Trần Thị B",
    "secretary_title": "",
    "counting_team": "",
    "conclusion": "",
    "guests": "",
}


def case(name):
    return json.loads((CASES / f"{name}.json").read_text())


def members_of(found):
    """A source without a list of members names at least the next head."""
    return found["members"] or [found["next_leadership"]["head"], "Đơn vị minh họa"]


def day_of(found):
    """The day of the conference; where the source names none, one of the January after stands."""
    day = found["event"]["date"] or f"{found['bloc']['year'] + 1}-01-15"
    return "/".join(reversed(day.split("-")))


def way_of(after):
    """How the next head comes; where the source is silent the province names it."""
    return after["method"] or "tỉnh giao (nguồn không nêu)"


def grid(answer, **changes):
    """What a browser sends back of a sheet, every unit present."""
    sent = {
        cell.name: cell.value
        for row in answer.context["rows"]
        for name, cell in row["cells"].items()
        if name != "is_present"
    }
    return sent | changes


def hold(client, year, found):
    """The bloc secretary's part: frame, attendance, agenda and the next head."""
    client.force_login(editor_of(year.head))

    def url(name):
        return reverse(f"conferences:{name}", args=(year.pk,))

    facts = ILLUSTRATIVE | {"day": day_of(found), "time": "14:00", "form": "in_person"}
    facts["place"] = found["event"]["place"] or "địa điểm minh họa"
    client.post(url("conference_new"), facts)
    sheet = client.get(url("attendance_edit"))
    ticks = {row["cells"]["is_present"].name: "on" for row in sheet.context["rows"]}
    client.post(url("attendance_edit"), grid(sheet, **ticks))
    agenda = {"n1-title": "Tổng kết năm", "n1-text": "Đã trình bày báo cáo.", "n1-seen": ""}
    client.post(url("agenda_edit"), agenda)
    after = found["next_leadership"]
    chosen = year.members.filter(unit__name=after["head"]).first()
    heads = {"next_head": chosen.unit_id if chosen else "", "next_head_basis": way_of(after)}
    client.post(url("next_heads_edit"), heads | seen_on(client, url("next_heads_edit")))


def lead(client, year, found):
    """The leader's part: open, confirm, sign."""
    client.force_login(leader_of(year.head))
    for move in ("open", "confirm"):
        client.post(reverse("conferences:conference_move", args=(year.pk, move)))
    signing = {"number": "1", "ended_day": day_of(found), "ended_time": "16:30"}
    client.post(
        reverse("conferences:minutes_sign", args=(year.pk,)),
        signing | {"approvals": len(members_of(found))},
    )


@pytest.mark.parametrize(
    ("name", "count", "head"),
    (
        ("01-dak-lak-khoi-5-2020", 8, "Ban Quản lý các Khu công nghiệp"),
        ("03-bac-ninh-khoi-noi-chinh-2022", 2, "Thanh tra tỉnh"),
        ("06-thanh-hoa-cum-3-2023", 11, "huyện Cẩm Thủy"),
        ("10-dak-lak-tinh-uy-cum-6-2015", 5, "Huyện ủy Krông Búk"),
        ("13-lmhtx-tay-nam-song-hau-2018", 4, "Liên minh HTX tỉnh Bạc Liêu"),
        ("18-nghe-an-khoi-noi-chinh-llvt-2025", 6, None),
        ("19-trung-uong-khoi-ct-xh-2013", 3, "Mặt trận Tổ quốc Việt Nam"),
        ("21-truong-chinh-tri-cum-8-2020", 7, None),
        ("23-dong-thap-phu-huu-cum-2-2020", 4, None),
        ("26-dak-lak-cum-3-2019", 5, None),
    ),
)
def test_a_real_conference_is_recorded_without_votes_and_scores(client, name, count, head):
    found = case(name)
    kind = "functional" if found["bloc"]["type"] == "khối" else "territorial"
    year = named_year(members_of(found), year=found["bloc"]["year"])
    year.bloc.name, year.bloc.kind = found["bloc"]["name"], kind
    year.bloc.save()
    set_aside_the_rest(year)
    hold(client, year, found)
    lead(client, year, found)
    conference = Conference.objects.get(bloc_year=year)
    assert (conference.state, conference.attendances.count()) == ("signed", count)
    text = read_pdf(read_paper(Paper.objects.get())).text
    after = found["next_leadership"]
    assert (conference.next_head and conference.next_head.name) == head
    post = {"functional": "Khối trưởng", "territorial": "Cụm trưởng"}[kind]
    said = f"{head} ({way_of(after)})" if head else way_of(after)
    assert f"{post} năm {after['year']}: {said}." in text
    assert f"{count:02d}/{count:02d} đơn vị thuộc" in text
