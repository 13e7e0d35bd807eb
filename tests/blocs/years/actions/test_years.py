"""Planning a year, its leaders, rules and members: refusals and what is copied."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.conferences.models import Conference
from blocs.scoring.ranking.ranking import DEFAULT_TIE_RULES, stated_tie_sentence, tie_rule_sentence
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.units.models import Membership
from blocs.years.actions.editing import edit_year
from blocs.years.actions.regulation import set_rules
from blocs.years.actions.years import plan_year, set_members
from blocs.years.models import Regulation
from blocs.years.workflows import YEAR
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import UnitFactory, leader_of, official
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def test_only_the_office_keeps_years():
    year = year_with_members(state=YearState.PLANNED)
    for actor in (leader_of(year.head), official(SeatRole.SYSADMIN)):
        for act in (
            lambda actor=actor: plan_year(year.bloc, actor=actor, year=2027, members_on=DAY),
            lambda actor=actor: edit_year(year, actor=actor, data={"head_basis": "QĐ 1"}),
            lambda actor=actor: set_rules(year, actor=actor, data={"flags": 2}),
            lambda actor=actor: set_members(year, actor=actor, units=[]),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_last_years_rules_and_bases_are_taken_over(office):
    last = year_with_members(year=2025, legal_bases="Luật Thi đua, khen thưởng")
    last.regulation.flags, last.regulation.tie_rules = 2, ["ballot_votes"]
    last.regulation.last_on = dt.date(2025, 12, 31)
    last.regulation.save()
    planned = plan_year(last.bloc, actor=office, year=2026, members_on=DAY)
    assert (planned.legal_bases, planned.head) == ("Luật Thi đua, khen thưởng", None)
    assert (planned.regulation.flags, planned.regulation.tie_rules) == (2, ["ballot_votes"])
    assert planned.regulation.last_on is None
    last.regulation.refresh_from_db()
    assert last.regulation.pk != planned.regulation.pk


def test_a_first_year_gets_the_usual_rules(office):
    bloc = BlocFactory()
    Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on=DAY)
    planned = plan_year(bloc, actor=office, year=2026, members_on=DAY)
    assert planned.regulation.tie_rules == [*DEFAULT_TIE_RULES]
    assert (planned.registration_due, planned.conference_due, planned.members.count()) == (
        dt.date(2026, 3, 15),
        dt.date(2027, 1, 20),
        1,
    )


def test_leaders_are_different_members(office):
    year = year_with_members(state=YearState.PLANNED)
    with pytest.raises(ValidationError) as refusal:
        edit_year(
            year,
            actor=office,
            data={"head": UnitFactory(), "second_deputy": year.deputy},
        )
    assert refusal.value.message_dict == {
        "head": ["Khối trưởng phải là đơn vị thành viên của năm thi đua này."],
        "second_deputy": ["Khối phó thứ hai phải là đơn vị khác với khối phó."],
    }


@pytest.mark.parametrize("name", ("head", "deputy"))
def test_leaders_of_an_open_year_are_not_edited_like_a_date(office, name):
    year = year_with_members(state=YearState.OPEN)
    with pytest.raises(ValidationError) as refusal:
        edit_year(year, actor=office, data={name: None})
    assert refusal.value.messages == [
        "Năm thi đua đã mở: khối trưởng, khối phó thay đổi theo ngày, có số và căn cứ, ở trang "
        "“Khối trưởng, khối phó”."
    ]


def test_an_archived_year_is_only_read(office):
    year = year_with_members(state=YearState.ARCHIVED)
    with pytest.raises(ValidationError) as refusal:
        edit_year(year, actor=office, data={"head_basis": "QĐ 1"})
    assert refusal.value.messages == ["Năm thi đua đã lưu, không sửa nữa."]


def test_rules_rest_once_places_are_settled(office):
    year = year_with_members(state=YearState.RANKED)
    with pytest.raises(ValidationError) as refusal:
        set_rules(year, actor=office, data={"flags": 2})
    assert refusal.value.messages == ["Xếp hạng của năm đã chốt, quy định không sửa nữa."]


@pytest.mark.parametrize("field", ["vote_threshold", "certificate_share"])
def test_shares_go_from_nothing_to_all(office, field):
    year = year_with_members()
    for share in (0, 100):
        set_rules(year, actor=office, data={field: Decimal(share)})
    for share in ("-0.01", "100.01"):
        with pytest.raises(ValidationError) as refusal:
            set_rules(year, actor=office, data={field: Decimal(share)})
        assert refusal.value.message_dict == {field: ["Tỷ lệ phải từ 0 đến 100%."]}
    year.regulation.refresh_from_db()
    assert getattr(year.regulation, field) == 100


def test_changed_rules_are_logged(office):
    year = year_with_members()
    set_rules(year, actor=office, data={"flags": 2, "tie_rules": ["work_points"]})
    assert ActivityEntry.objects.about(year).get().changes == [
        {"field": "số Cờ thi đua của khối", "before": "1", "after": "2"},
        {
            "field": "thứ tự ưu tiên khi bằng điểm",
            "before": stated_tie_sentence([]),
            "after": tie_rule_sentence(["work_points"]),
        },
    ]


def test_members_are_fixed_when_the_year_opens(office):
    year = year_with_members(state=YearState.PLANNED)
    first, *others = [member.unit for member in year.members.all()]
    with pytest.raises(ValidationError) as refusal:
        set_members(year, actor=office, units=others)
    assert refusal.value.messages == [
        f"{first} đang là khối trưởng của năm; hãy chọn đơn vị khác làm khối trưởng "
        "trước khi bỏ đơn vị này."
    ]
    set_members(year, actor=office, units=[*others, first])
    assert [member.unit for member in year.members.all()] == [*others, first]
    perform(YEAR, "open", year, actor=office)
    with pytest.raises(ValidationError) as late:
        set_members(year, actor=office, units=[first, *others])
    assert late.value.messages == [
        "Thành phần của năm đã chốt khi mở năm thi đua; từ đó thành viên vào, ra bằng từng thay "
        "đổi có số, ngày và căn cứ ở trang “Thay đổi thành phần”."
    ]


def test_midyear_results_are_kept_with_the_year(office):
    year = year_with_members(state=YearState.IN_PROGRESS)
    head = leader_of(year.head)
    with pytest.raises(ValidationError):
        perform(YEAR, "midyear", year, actor=head)
    moved = perform(YEAR, "midyear", year, actor=head, note="Đạt 52% kế hoạch.")
    assert (moved.state, moved.midyear_note) == (YearState.MIDYEAR_DONE, "Đạt 52% kế hoạch.")


@pytest.mark.parametrize(
    ("head", "deputy", "seated"), [(1, 2, (1, None)), (2, 0, (None, 0)), (0, None, (0, None))]
)
def test_the_next_year_begins_with_those_whom_the_conference_chose(head, deputy, seated):
    year = year_with_members(3, state=YearState.RANKED)
    units = [member.unit for member in year.members.order_by("order")]
    for unit in units[:2]:
        Membership.objects.create(bloc=year.bloc, unit=unit, starts_on=dt.date(2020, 1, 1))
    Conference.objects.create(
        bloc_year=year,
        state=ConferenceState.SIGNED,
        starts_at=dt.datetime(2027, 1, 28, 7, tzinfo=dt.UTC),
        ended_at=dt.datetime(2027, 1, 28, 9, tzinfo=dt.UTC),
        place="Hội trường",
        next_head=units[head],
        next_deputy=None if deputy is None else units[deputy],
    )
    planned = plan_year(
        year.bloc, actor=official(SeatRole.OFFICE), year=2027, members_on=dt.date(2027, 1, 1)
    )
    # The third unit has left the bloc since.
    members = {None: None, 0: units[0], 1: units[1]}
    assert (planned.head, planned.deputy) == tuple(members[place] for place in seated)
    basis = "Hội nghị tổng kết năm 2026, ngày 28/01/2027"
    assert planned.head_basis == (basis if planned.head else "")


def test_new_bloc_asks_for_more_than_half_and_a_later_year_for_what_was_said(office):
    bloc = BlocFactory()
    for unit in UnitFactory.create_batch(2):
        Membership.objects.create(bloc=bloc, unit=unit, starts_on=DAY)
    first = plan_year(bloc, actor=office, year=2026, members_on=DAY)
    assert first.regulation.threshold.words == "trên 1/2"
    marked = {"vote_is_strict": False, "appraised_from": "2026-12-01T00:00:00Z"}
    Regulation.objects.filter(bloc_year=first).update(**marked)
    planned = plan_year(bloc, actor=office, year=2027, members_on=DAY)
    following = Regulation.objects.get(bloc_year=planned)
    assert (following.vote_is_strict, following.appraised_from) == (False, None)
