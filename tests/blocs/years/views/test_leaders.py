"""Head and deputies hold from a day to a day: elected in the middle, vacant, acting."""

import datetime as dt
import html
import io
import re

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from blocs.states import SeatRole, YearState
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import year_with_members
from tests.factories.changes import confirmed
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.page_forms import fields_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.datetime(2026, 5, 20, 3, tzinfo=dt.UTC), dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)
SAID = {"decision": "Biên bản bầu số 05/BB-KTĐ5", "reason": "khối trưởng chuyển công tác"}


@pytest.fixture(autouse=True)
def in_june():
    with time_machine.travel(JUNE, tick=False):
        yield


@pytest.fixture
def year():
    """Sở A leads, Sở B is deputy; Sở C and Sở D are members."""
    found = year_with_members(4, state=YearState.IN_PROGRESS)
    for member, letter in zip(found.members.select_related("unit"), "ABCD", strict=True):
        member.unit.name = f"Sở {letter}"
        member.unit.short_name = letter
        member.unit.save()
    return BlocYear.objects.get(pk=found.pk)


def unit(year, letter):
    return Unit.objects.get(years__bloc_year=year, name=f"Sở {letter}")


def page(year, name):
    return reverse(f"{'years' if name.startswith('year') else 'changes'}:{name}", args=(year.pk,))


def signed_in(client, person):
    client.force_login(person)
    return client


def change(client, year, **typed):
    """The office sends the form of the leaders as it stands there, but for what is typed."""
    signed_in(client, official(SeatRole.OFFICE))
    url = page(year, "leader_edit")
    return client.post(url, fields_of(client.get(url)) | {"on": "01/06/2026", **SAID} | typed)


def midyear(client, year, person):
    """Status of the answer to the head's move «Ghi kết quả sơ kết»."""
    signed_in(client, person)
    url = reverse("years:year_move", args=(year.pk, "midyear"))
    return client.post(url, {"note": "Sơ kết tốt."}).status_code


def rows_of(client, year):
    found = client.get(page(year, "leader_list")).context["rows"]
    return [(row.number, row.on, row.head_words, row.deputy_words) for row in found]


def test_who_was_head_in_may_does_not_act_in_june(client, year):
    first, then = leader_of(unit(year, "A")), leader_of(unit(year, "C"))
    assert change(client, year, head=unit(year, "C").pk).status_code == 302
    assert midyear(client, year, first) == 403
    assert midyear(client, year, then) == 302


def test_before_the_change_the_first_head_acts(client, year):
    first, then = leader_of(unit(year, "A")), leader_of(unit(year, "C"))
    with time_machine.travel(MAY, tick=False):
        assert midyear(client, year, then) == 403
        assert midyear(client, year, first) == 302


def test_the_change_is_numbered_and_the_log_tells_old_and_new(client, year):
    change(client, year, head=unit(year, "C").pk)
    change(client, year, second_deputy=unit(year, "D").pk)
    assert rows_of(client, year) == [
        (0, dt.date(2026, 1, 1), "Sở A", "Sở B"),
        (1, dt.date(2026, 6, 1), "Sở C", "Sở B"),
        (2, dt.date(2026, 6, 1), "Sở C", "Sở B; Sở D"),
    ]
    entries = ActivityEntry.objects.order_by("pk")
    assert [entry.label for entry in entries] == [
        "Thay đổi khối trưởng, khối phó số 01, từ 01/06/2026",
        "Thay đổi khối trưởng, khối phó số 02, từ 01/06/2026",
    ]
    assert entries[0].note == "Biên bản bầu số 05/BB-KTĐ5. khối trưởng chuyển công tác."
    assert entries[0].changes == [{"field": "khối trưởng", "before": "Sở A", "after": "Sở C"}]
    assert entries[1].changes == [{"field": "khối phó thứ hai", "before": "", "after": "Sở D"}]


def test_a_vacant_post_gives_nobody_its_rights(client, year):
    first, deputy = leader_of(unit(year, "A")), leader_of(unit(year, "B"))
    assert change(client, year, head="", on="15/05/2026").status_code == 302
    text = html.unescape(client.get(year.get_absolute_url()).content.decode())
    assert re.findall(r"<dt>Khối trưởng</dt>\s*<dd[^>]*>([^<]*)</dd>", text) == [
        "khuyết; cơ quan thường trực giao đơn vị khác, hoặc đơn vị phụ trách, ở trang «Khối "
        "trưởng, khối phó»"
    ]
    assert "Khối trưởng (đang khuyết)" in text
    assert [midyear(client, year, person) for person in (first, deputy)] == [403, 403]


def test_who_stands_in_acts_and_is_called_so(client, year):
    change(client, year, head="", on="15/05/2026")
    stands_in = leader_of(unit(year, "D"))
    change(client, year, head=unit(year, "D").pk, head_is_acting="on")
    text = html.unescape(client.get(year.get_absolute_url()).content.decode())
    assert re.findall(r"<dt>Khối trưởng</dt>\s*<dd[^>]*>([^<]*)</dd>", text) == ["Sở D (phụ trách)"]
    assert midyear(client, year, stands_in) == 302


def test_the_rights_of_a_deputy_follow_the_day_too(client, year):
    """Who serves the deputy reads the registrations of all; who served the one before does not."""
    before, after = editor_of(unit(year, "B")), editor_of(unit(year, "D"))
    change(client, year, deputy=unit(year, "D").pk)
    seen = [
        len(
            signed_in(client, person)
            .get(reverse("registrations:registration_list", args=(year.pk,)))
            .context["rows"]
        )
        for person in (before, after)
    ]
    assert seen == [1, 4]


@pytest.mark.parametrize(
    ("day", "post"),
    ((dt.date(2026, 5, 20), "GIÁM ĐỐC SỞ A"), (dt.date(2026, 6, 1), "GIÁM ĐỐC SỞ C")),
)
def test_a_paper_is_signed_by_the_head_of_its_day(client, year, day, post):
    change(client, year, head=unit(year, "C").pk)
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.RANKED)
    year.refresh_from_db()
    ProposalFactory(bloc_year=year, dated_on=day)
    signed_in(client, leader_of(unit(year, "C")))
    answer = client.get(reverse("proposals:proposal_paper", args=(year.pk,)))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert re.findall(r"GIÁM ĐỐC SỞ [A-D]", " ".join(text.split())) == [post]


def test_a_head_called_by_its_unit_says_the_shared_word_once(client, year):
    called = {"name": "Ban Quản lý dự án", "leader_title": "Trưởng ban"}
    Unit.objects.filter(pk=year.head_id).update(**called)
    signed_in(client, editor_of(Unit.objects.get(pk=year.head_id)))
    form = client.get(reverse("conferences:conference_new", args=(year.pk,))).context["form"]
    assert form["chair_title"].value() == "Trưởng Ban Quản lý dự án, Khối trưởng"
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.RANKED)
    ProposalFactory(bloc_year=BlocYear.objects.get(pk=year.pk), dated_on=JUNE.date())
    answer = client.get(reverse("proposals:proposal_paper", args=(year.pk,)))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    said = re.findall(r"KHỐI TRƯỞNG (.*?DỰ ÁN)", " ".join(text.split()))
    assert said == ["TRƯỞNG BAN QUẢN LÝ DỰ ÁN"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    (
        (
            {"on": "02/06/2026"},
            "on",
            "Thay đổi có hiệu lực từ 02/06/2026, chưa đến ngày đó; hãy ghi từ ngày ấy trở đi, vì "
            "quyền của đơn vị đứng đầu theo ngày.",
        ),
        ({"head": "A"}, "__all__", "Chưa thay đổi gì: đơn vị đứng đầu, cấp phó vẫn như đang ghi."),
        ({"head": "", "head_is_acting": "on"}, "head", "Phụ trách thì phải chọn đơn vị."),
        ({"head": "B"}, "deputy", "Khối phó phải là đơn vị khác với khối trưởng."),
        (
            {"head": "X"},
            "head",
            "Khối trưởng phải là đơn vị thành viên của năm thi đua này.",
        ),
        ({"decision": ""}, "decision", "Hãy nhập văn bản, căn cứ."),
    ),
)
def test_what_is_refused_stays_typed(client, year, typed, field, sentence):
    stranger = UnitFactory(name="Sở X")
    letters = {"head": unit(year, "C").pk} | typed
    if letters["head"] == "X":
        letters["head"] = stranger.pk
    elif letters["head"] in ("A", "B"):
        letters["head"] = unit(year, letters["head"]).pk
    answer = change(client, year, **letters)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert fields_of(answer)["reason"] == ["khối trưởng chuyển công tác"]
    assert year.leaderships.count() == 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    (
        (
            YearState.PLANNED,
            "Năm thi đua chưa mở: chọn đơn vị đứng đầu, cấp phó thẳng ở trang Thời hạn.",
        ),
        (
            YearState.DECIDED,
            "Năm thi đua đã có quyết định khen thưởng nên đơn vị đứng đầu không thay đổi nữa; ghi "
            "vào năm sau.",
        ),
        (
            YearState.ARCHIVED,
            "Năm thi đua đã bàn giao và lưu nên hồ sơ của năm giữ nguyên, không sửa nữa; việc mới "
            "thì ghi vào năm đang thực hiện.",
        ),
    ),
)
def test_the_head_of_a_decided_year_cannot_change(client, year, state, sentence):
    BlocYear.objects.filter(pk=year.pk).update(state=state)
    signed_in(client, official(SeatRole.OFFICE))
    answer = client.get(page(year, "leader_edit"), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [sentence]
    typed = {"head": unit(year, "C").pk, "deputy": year.deputy_id, "on": "01/06/2026", **SAID}
    refused = client.post(page(year, "leader_edit"), typed)
    assert refused.context["form"].non_field_errors() == [sentence]
    assert BlocYear.objects.get(pk=year.pk).head_id == year.head_id


def test_an_open_year_has_no_leaders_on_its_page_of_dates(client, year):
    signed_in(client, official(SeatRole.OFFICE))
    url = page(year, "year_edit")
    posts = ("head", "deputy", "second_deputy")
    assert [name for name in posts if name in fields_of(client.get(url))] == []
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.PLANNED)
    assert [name for name in posts if name in fields_of(client.get(url))] == [*posts]


def test_the_successor_of_a_head_takes_the_post_from_its_day(client, year):
    signed_in(client, official(SeatRole.OFFICE))
    old = unit(year, "A")
    url = reverse("units:unit_succession", args=(old.pk,))
    typed = {
        "successor": unit(year, "C").pk,
        "on": "20/05/2026",
        "decision": "Nghị quyết số 01/NQ-HĐND",
        "moves_memberships": "on",
    }
    assert confirmed(client, url, typed).status_code == 302
    assert rows_of(client, year) == [
        (0, dt.date(2026, 1, 1), "Sở A", "Sở B"),
        (1, dt.date(2026, 5, 20), "Sở C", "Sở B"),
    ]


def test_who_writes_second_is_told(client, year):
    signed_in(client, official(SeatRole.OFFICE))
    url = page(year, "leader_edit")
    opened = fields_of(client.get(url)) | {"on": "01/06/2026", **SAID}
    assert client.post(url, opened | {"head": unit(year, "C").pk}).status_code == 302
    answer = client.post(url, opened | {"head": unit(year, "D").pk})
    assert answer.status_code == 409
    assert "Anh/chị đã lưu ở cửa sổ khác: “Sở C”" in html.unescape(answer.content.decode())


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_costs_the_same(client, year, count, django_assert_num_queries):
    for letter in "CDC"[:count]:
        change(client, year, head=unit(year, letter).pk)
    signed_in(client, official(SeatRole.OFFICE))
    client.get(page(year, "leader_list"))
    with django_assert_num_queries(6):
        assert len(client.get(page(year, "leader_list")).context["rows"]) == count + 1
