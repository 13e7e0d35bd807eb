"""Every move of every object is made by one function: what it refuses, what it writes down."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.workflows import YEAR
from tests.factories.blocs import year_with_members
from tests.factories.conferences import conference_of
from tests.factories.people import leader_of, official
from thidua.common.models import ActivityEntry
from thidua.common.workflow import Transition, Workflow, perform

pytestmark = pytest.mark.django_db
UNGUARDED = Workflow(
    states=ConferenceState,
    initial=ConferenceState.PREPARED,
    transitions=(
        Transition(
            name="sign",
            label="Ký",
            sources={ConferenceState.OPEN},
            target=ConferenceState.SIGNED,
            permission="conferences.write_conference",
        ),
    ),
)


@pytest.mark.parametrize("note", ["", " ", "\n\t "])
def test_a_reason_is_more_than_white_space(note):
    year = year_with_members(state=YearState.IN_PROGRESS)
    with pytest.raises(ValidationError) as refusal:
        perform(YEAR, "midyear", year, actor=leader_of(year.head), note=note)
    assert refusal.value.messages == ["Vui lòng nêu lý do."]


def test_a_reason_has_a_limit_counted_in_letters_and_what_was_typed_stays(client):
    """20 000 letters are taken however they are encoded; one more is refused beside the text."""
    year = year_with_members(state=YearState.IN_PROGRESS)
    client.force_login(leader_of(year.head))
    url, taken = reverse("years:year_move", args=(year.pk, "midyear")), "e\u0302" * 20_000
    answer = client.post(url, {"note": "ê" * 20_001})
    assert answer.status_code == 422
    assert [str(one) for one in answer.context["messages"]] == [
        "Nội dung dài 20.001 ký tự, nhiều hơn 20.000 ký tự được lưu. Hãy rút gọn, hoặc chuyển phần "
        "chi tiết sang tệp kèm theo."
    ]
    assert answer.context["note"] == "ê" * 20_001
    assert client.post(url, {"note": taken}).status_code == 302


def test_a_move_against_a_rule_of_the_database_is_refused_in_its_words():
    conference = conference_of()
    with pytest.raises(ValidationError) as refusal:
        perform(UNGUARDED, "sign", conference, actor=leader_of(conference.bloc_year.head))
    assert refusal.value.messages == ["Biên bản đã ký phải có giờ kết thúc hội nghị."]


def test_the_log_book_tells_from_where_to_where_and_why():
    year = year_with_members(state=YearState.IN_PROGRESS)
    head = leader_of(year.head)
    perform(YEAR, "midyear", year, actor=head, note="Đạt 52% kế hoạch.")
    (line,) = ActivityEntry.objects.about(year)
    assert (line.action, line.label, line.actor) == (
        "years.blocyear.midyear",
        "Ghi kết quả sơ kết 6 tháng",
        head,
    )
    assert (line.from_state, line.to_state) == ("in_progress", "midyear_done")
    assert line.note == "Đạt 52% kế hoạch."


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_move_without_a_button_has_no_address(client: Client, ask):
    year = year_with_members(state=YearState.PROPOSED)
    client.force_login(official(SeatRole.OFFICE))
    answer = getattr(client, ask)(reverse("years:year_move", args=(year.pk, "take_back")))
    year.refresh_from_db()
    assert (answer.status_code, year.state) == (404, YearState.PROPOSED)
