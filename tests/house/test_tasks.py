"""Somebody has a task in every state of every object, or its page says that nothing is left to do.

The states come from the tables of the workflows: a new one is missing here until it is told whose
task it is.
"""

import datetime as dt

import pytest
from django.urls import resolve

from agreements.models import Agreement
from awards.proposals.models import Proposal
from blocs.years.models import BlocYear
from tests.house.matrix import lent_cast
from tests.house.objects import FIRST_YEAR, NOON
from tests.house.test_dead_ends import LIVES, model_of
from tests.house.visits import client_of
from thidua.common.workflow import THE_END
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(FIRST_YEAR, 12, 1)
# For each state: the state of its year, whose task it is, and how the task begins.
WAITS = {
    "YEAR": {
        "planned": ("planned", "office", "Mở năm"),
        "open": ("open", "bloc_secretary", "Soạn giao ước thi đua"),
        "agreed": ("agreed", "bloc_head", "Bắt đầu thực hiện"),
        "in_progress": ("in_progress", "bloc_head", "Mở đợt tổng kết"),
        "midyear_done": ("midyear_done", "bloc_head", "Mở đợt tổng kết"),
        "closing": ("closing", "bloc_head", "Chốt xếp hạng sau hội nghị"),
        "ranked": ("ranked", "bloc_secretary", "Lập và gửi đề nghị khen thưởng"),
        "proposed": ("proposed", "office", "Tiếp nhận đề nghị khen thưởng"),
        "decided": ("decided", "bloc_head", "Bàn giao cho khối trưởng mới"),
    },
    "TABLE": {
        "draft": ("open", "office", "Xem và ban hành bảng chấm điểm"),
        # It is in force: whoever wants it otherwise drafts an amendment.
        "published": ("open", "unit_secretary", "Bảng chấm điểm đã sửa đổi lần 1"),
    },
    "REGISTRATION": {
        "draft": ("open", "unit_leader", "Ký bản đăng ký thi đua"),
        "signed": ("open", "bloc_secretary", "Tiếp nhận"),
        "returned": ("open", "unit_leader", "Sửa bản đăng ký thi đua bị trả lại"),
    },
    "AGREEMENT": {
        "draft": ("open", "bloc_secretary", "Soạn giao ước thi đua"),
        "signing": ("open", "unit_leader", "Ký giao ước thi đua"),
        "effective": ("decided", "bloc_head", "Kết thúc giao ước"),
    },
    "REPORT": {
        "draft": ("closing", "unit_secretary", "Hoàn thành và nộp báo cáo"),
        "submitted": ("closing", "bloc_head", "Thẩm định báo cáo"),
        "returned": ("closing", "unit_secretary", "Sửa báo cáo bị trả lại"),
        "appraised": ("closing", "bloc_head", "Ghi diễn biến và kết quả hội nghị"),
        "explained": ("closing", "bloc_head", "Trả lời giải trình"),
        "agreed": ("ranked", "office", "Xác nhận và khóa điểm"),
    },
    "APPEAL": {
        "draft": ("closing", "unit_leader", "Gửi kiến nghị"),
        "open": ("closing", "bloc_head", "Trả lời kiến nghị"),
    },
    "CONFERENCE": {
        "prepared": ("closing", "bloc_secretary", "Ghi diễn biến và kết quả hội nghị"),
        "open": ("closing", "bloc_secretary", "Ghi diễn biến và kết quả hội nghị"),
        "counted": ("closing", "bloc_head", "Ký biên bản hội nghị"),
    },
    "PROPOSAL": {
        "draft": ("ranked", "bloc_head", "Lập và gửi đề nghị khen thưởng"),
        "submitted": ("proposed", "office", "Tiếp nhận đề nghị khen thưởng"),
        "returned": ("ranked", "bloc_secretary", "Sửa đề nghị khen thưởng bị trả lại"),
        "received": ("proposed", "office", "Thẩm định đề nghị khen thưởng"),
        "before_council": ("proposed", "council", "Cho ý kiến về đề nghị khen thưởng"),
        "considered": ("proposed", "office", "Soạn quyết định khen thưởng"),
    },
    "ITEM": {
        "proposed": ("proposed", "office", "Thẩm định đề nghị khen thưởng"),
        "eligible": ("proposed", "office", "Soạn quyết định khen thưởng"),
        "suspended": ("proposed", "office", "Xét lại các dòng chưa xét"),
    },
    "DECISION": {
        "draft": (None, "chair", "Ký quyết định"),
        "signed": (None, "office", "Công bố quyết định"),
    },
}
EACH = [(name, state, *told) for name, states in WAITS.items() for state, told in states.items()]


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as found:
        yield found


def open_states(life) -> set[str]:
    """States whose page does not say that nothing is left to do."""
    told = life.ways or dict.fromkeys({one for move in life.transitions for one in move.sources})
    return {state for state, words in told.items() if THE_END not in (words or "")}


def test_every_open_state_of_every_life_is_somebodys_task():
    assert {name: set(states) for name, states in WAITS.items()} == {
        name: found for name, life in LIVES.items() if (found := open_states(life))
    }


def test_a_state_without_a_task_would_be_seen():
    assert open_states(LIVES["REPORT"]) == set(WAITS["REPORT"])
    assert open_states(LIVES["REPORT"]) - {"agreed"} != set(WAITS["REPORT"])


def free_lines(proposal):
    """Its lines that no paper has settled."""
    return proposal.items.filter(decision=None, forwarded_on=None)


def year_of(obj):
    """The year of an object; None of a decision."""
    holder = getattr(obj, "report", None) or getattr(obj, "proposal", None) or obj
    return holder if isinstance(holder, BlocYear) else getattr(holder, "bloc_year", None)


def picked(cast, name, state):
    """The object in that state, of the plain member where each unit has one."""
    model = model_of(LIVES[name])
    is_units = name in ("REPORT", "REGISTRATION")
    return cast.own.one(model, state, **({"unit": cast.own.unit} if is_units else {}))


def set_the_scene(obj, name, state, of_year):
    """What lies around the object as it is when it comes to that state."""
    year = year_of(obj)
    if year is None:
        return
    BlocYear.objects.filter(pk=year.pk).update(state=of_year)
    if name == "YEAR":
        Agreement.objects.filter(bloc_year=year).update(state="draft", effective_at=None)
        year.sittings.filter(number=1).update(state="signed", ended_at=NOON + dt.timedelta(hours=3))
        sent = {"state": "submitted", "submitted_at": NOON} if state == "proposed" else {}
        Proposal.objects.filter(bloc_year=year).update(**(sent or {"state": "draft"}))
    if name == "REPORT":
        year.sittings.filter(number=1).update(state="prepared")
    if name == "ITEM":
        Proposal.objects.filter(pk=obj.proposal_id).update(state="received", submitted_at=NOON)
        free_lines(obj.proposal).exclude(pk=obj.pk).update(state="refused", reason="Đã xét.")
    if name == "PROPOSAL":
        ready = {"received": "proposed", "considered": "eligible"}.get(state, "proposed")
        free_lines(obj).update(state=ready)


def is_about(task, obj) -> bool:
    """Whether a task leads to the object or its year; what names none is about all of them."""
    keys = set(resolve(task.url.partition("#")[0].partition("?")[0]).kwargs.values())
    around = (obj, year_of(obj), getattr(obj, "report", None), getattr(obj, "proposal", None))
    return not keys or bool(keys & {one.pk for one in around if one is not None})


@pytest.mark.parametrize(("name", "state", "of_year", "kind", "label"), EACH)
def test_it_waits_for_somebody(cast, name, state, of_year, kind, label):
    """And the page that the task leads to opens."""
    obj = picked(cast, name, state)
    set_the_scene(obj, name, state, of_year)
    found = tasks_of(cast.person(kind), TODAY)
    mine = [one for one in found if one.label.startswith(label) and is_about(one, obj)]
    assert mine, [one.label for one in found if is_about(one, obj)]
    assert client_of(cast.person(kind)).get(mine[0].url.partition("#")[0]).status_code == 200


def test_a_year_that_is_over_waits_for_nobody_but_the_next(cast):
    year = picked(cast, "YEAR", "archived")
    people = ("unit_leader", "bloc_secretary", "bloc_head", "office", "chair")
    found = [one for kind in people for one in tasks_of(cast.person(kind), TODAY)]
    assert [one.label for one in found if one.where == str(year)] == []
