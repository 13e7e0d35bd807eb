"""Texts outside the sheets arrive while they are typed, by the same form and the same action."""

import pytest
from django.urls import reverse

from blocs.reports.actions.reports import save_narrative
from blocs.states import YearState
from blocs.years.models import Registration
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of
from tests.factories.reports import CLOSED, in_state, member_report, submitted_report
from tests.page_forms import fields_of
from thidua.common.stamps import OWN_OVERTAKEN, OWN_SEE_BOTH

pytestmark = pytest.mark.django_db


def report(client):
    made = member_report(results="Cũ")
    return reverse("reports:report_edit", args=(made.pk,)), editor_of(made.unit), made, "results"


def explanation(client):
    made = in_state(submitted_report(), "appraised")
    url = reverse("reports:explanation_edit", args=(made.pk,))
    return url, editor_of(made.unit), made, "explanation"


def registration(client):
    year = year_with_members(state=YearState.OPEN)
    made = Registration.objects.create(bloc_year=year, unit=year.deputy, content="Cũ")
    url = reverse("registrations:registration_edit", args=(made.pk,))
    return url, editor_of(year.deputy), made, "content"


def agreement(client):
    made = AgreementFactory()
    year = made.bloc_year
    url = reverse("agreements:agreement_edit", args=(year.pk,))
    return url, editor_of(year.head), made, "contents"


PAGES = pytest.mark.parametrize("page", (report, explanation, registration, agreement))


def opened(client, page):
    """(address of the page, fields as they stand on it, object, field to type into)."""
    url, person, made, field = page(client)
    client.force_login(person)
    data = fields_of(client.get(url)) | {"person": [str(person.pk)]}
    return url, data, made, field


@PAGES
def test_what_is_typed_is_saved_and_may_be_typed_on(client, page):
    url, data, made, field = opened(client, page)
    for text in ("Một", "Một hai"):
        answer = client.post(f"{url}?tu-luu", data | {field: text})
        said = answer.json()
        assert (answer.status_code, said["rows"]) == (200, {})
        assert len(said["saved_at"]) == len("14:02:31")
        data["seen"] = said["seen"]
    made.refresh_from_db()
    assert getattr(made, field) == "Một hai"


@PAGES
def test_page_says_where_and_in_whose_name_it_saves(client, page):
    url, data, _, _ = opened(client, page)
    body = client.get(url).content.decode()
    assert f'data-autosave="{url}?tu-luu" data-person="{data["person"][0]}"' in body
    assert body.count("js/texts.js") == 1


@PAGES
def test_another_person_at_the_same_browser_writes_nothing(client, page):
    url, data, made, field = opened(client, page)
    before = getattr(made, field)
    answer = client.post(f"{url}?tu-luu", data | {field: "Khác", "person": "0"})
    assert (answer.status_code, answer.json()) == (
        409,
        {"person": "Máy này đang đăng nhập bằng tài khoản khác."},
    )
    made.refresh_from_db()
    assert getattr(made, field) == before


def test_second_writer_is_told_and_nothing_is_lost(client):
    url, data, made, _ = opened(client, report)
    texts = {"results": "Người kia", "movements": "", "shortcomings": ""}
    save_narrative(made, texts=texts, actor=editor_of(made.unit))
    answer = client.post(f"{url}?tu-luu", data | {"results": "Của tôi"})
    assert (answer.status_code, answer.json()) == (
        409,
        {"general": ["Người khác đã lưu nội dung này; bấm lưu để xem hai nội dung cạnh nhau."]},
    )
    answer = client.post(url, data | {"results": "Của tôi"})
    assert (answer.status_code, answer.context["form"]["results"].value()) == (409, "Của tôi")


def test_the_same_person_in_two_windows_is_no_second_person(client):
    url, data, made, _ = opened(client, report)
    assert client.post(f"{url}?tu-luu", data | {"results": "Cửa sổ kia"}).status_code == 200
    answer = client.post(f"{url}?tu-luu", data | {"results": "Cửa sổ này"})
    assert (answer.status_code, answer.json()) == (409, {"general": [OWN_SEE_BOTH]})
    form = client.post(url, data | {"results": "Cửa sổ này"}).context["form"]
    (said,) = form.errors["results"]
    assert said.startswith("Anh/chị đã lưu ở cửa sổ khác: “Cửa sổ kia” (")
    assert (form.non_field_errors(), form["results"].value()) == ([OWN_OVERTAKEN], "Cửa sổ này")
    # The mark of what is stored now came with it: the next save is meant.
    again = {"results": "Cửa sổ này", "seen": form.data["seen"]}
    assert client.post(url, data | again).status_code == 302
    made.refresh_from_db()
    assert made.results == "Cửa sổ này"


def test_refusal_of_the_state_is_told(client):
    url, data, made, _ = opened(client, report)
    sent = {"state": "submitted", "submitted_at": "2026-12-10T00:00:00Z"}
    type(made).objects.filter(pk=made.pk).update(**sent)
    answer = client.post(f"{url}?tu-luu", data | {"results": "Mới"})
    assert (answer.status_code, answer.json()["general"]) == (
        422,
        [CLOSED["submitted"]],
    )


def test_text_that_voids_signatures_is_saved_by_the_button_alone(client):
    made = AgreementFactory(signing=True)
    year = made.bloc_year
    person = editor_of(year.head)
    client.force_login(person)
    url = reverse("agreements:agreement_edit", args=(year.pk,))
    answer = client.get(url)
    assert "data-autosave" not in answer.content.decode()
    data = fields_of(answer) | {"contents": "Khác", "person": [str(person.pk)]}
    answer = client.post(f"{url}?tu-luu", data)
    assert (answer.status_code, answer.json()) == (
        409,
        {"general": ["Nội dung này chỉ lưu khi bấm nút lưu."]},
    )
    before = made.contents
    made.refresh_from_db()
    assert made.contents == before
