"""Agreements that real blocs signed: their contents through the pages, signed by every member."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from agreements.enums import AgreementState
from agreements.models import Agreement
from blocs.states import SeatRole, YearState
from blocs.years.models import BlocYear
from tests.cases import case
from tests.factories.people import editor_of, leader_of, official
from tests.factories.real_cases import enter, plan
from tests.page_forms import fields_of, seen_on

pytestmark = pytest.mark.django_db
SIGNED = ("08", "13", "23", "24", "27", "31")
NO_TARGETS = {"chi-tieu-TOTAL_FORMS": "0", "chi-tieu-INITIAL_FORMS": "0"}


def agreed_year(office, facts):
    """The year whose agreement was signed, open, with its head or the first unit for it."""
    year = enter(office, facts)
    if year.year != facts["agreement"]["year"]:
        year = plan(office, year.bloc, facts["agreement"]["year"])
    heads = (facts["leadership"]["head"], facts["next_leadership"]["head"], facts["members"][0])
    named = heads[0] if facts["leadership"]["year"] == year.year else heads[1]
    head = year.members.get(unit__name=named or heads[2]).unit
    BlocYear.objects.filter(pk=year.pk).update(head=head, state=YearState.OPEN)
    return BlocYear.objects.get(pk=year.pk)


def write(year, contents, event):
    """Drafted by the secretary, sent round by the leader of the head unit."""
    # Where the source names neither day nor place, these stand for it.
    day = event["date"] or f"{year.year}-03-15"
    where = {"place": event["place"] or "Hội trường", "signed_on": "/".join(day.split("-")[::-1])}
    client = Client()
    client.force_login(editor_of(year.head))
    client.post(reverse("agreements:agreement_start", args=(year.pk,)))
    url = reverse("agreements:agreement_edit", args=(year.pk,))
    typed = where | {"contents": contents, "execution": "Các đơn vị thực hiện.", "copies": "7"}
    client.post(url, seen_on(client, url) | NO_TARGETS | typed)
    client.force_login(leader_of(year.head))
    client.post(reverse("agreements:agreement_move", args=(year.pk, "circulate")))


def sign_all(year):
    for member in year.members.order_by("order").select_related("unit"):
        client = Client()
        client.force_login(leader_of(member.unit))
        url = reverse("agreements:agreement_sign", args=(year.pk,))
        signer = {"signer_name": "Nguyễn Văn A", "signer_title": "Thủ trưởng", "capacity": ""}
        shown = fields_of(client.get(url))
        client.post(url, signer | {"revision": shown["revision"]})


@pytest.mark.parametrize("number", SIGNED)
def test_a_real_agreement_is_written_and_signed_by_all(client, number):
    client.force_login(official(SeatRole.OFFICE))
    facts = case(number)
    year = agreed_year(client, facts)
    items = facts["agreement"]["items"] or ["Hoàn thành nhiệm vụ được giao"]
    write(year, "\n".join(items), facts["event"])
    sign_all(year)
    agreement = Agreement.objects.get()
    members = list(year.members.values_list("unit__name", flat=True))
    assert (agreement.state, agreement.signatures.count()) == (
        AgreementState.EFFECTIVE,
        len(members),
    )
    paper = client.get(reverse("agreements:agreement_paper", args=(year.pk,)))
    pages = PdfReader(BytesIO(b"".join(paper))).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert [item for item in items if item.replace('"', "") not in unquoted(text)] == []
    assert [name for name in members if name.lower() not in text.lower()] == []


def unquoted(text):
    """A quotation mark may be printed as the typographic one."""
    return text.translate(dict.fromkeys(map(ord, '"“”')))
