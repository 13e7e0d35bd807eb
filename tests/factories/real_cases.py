"""A case of public record entered through the pages, as the province's office would."""

import re

from django.urls import reverse

from blocs.units.models import Bloc, Unit
from tests.page_forms import fields_of

KINDS = {"khối": "functional", "cụm": "territorial"}
# What no source says and the page asks for.
SINCE, DECISION = "01/01/2000", "Quyết định số 1/QĐ-UBND"


def names_of(facts):
    """The members as listed, then leaders that the list leaves out."""
    leaders = [
        name
        for part in (facts["leadership"], facts["next_leadership"])
        for name in (part["head"], *(part["deputies"] or ()))
        if name
    ]
    return list(dict.fromkeys([*facts["members"], *leaders]))


def found_bloc(office, name, *, code, kind="khối", organiser="UBND tỉnh", order=""):
    """The bloc, founded on its page."""
    data = {"name": name, "code": code, "kind": KINDS[kind], "tier": "provincial"}
    data |= {"organiser": organiser, "order": order, "is_active": "on"}
    office.post(reverse("units:bloc_new"), data)
    return Bloc.objects.get(name=name)


def paste_members(office, bloc, names, since=SINCE):
    """The units pasted one name a line, proposed and confirmed; the proposed lines."""
    url = reverse("units:member_paste", args=(bloc.pk,))
    typed = {"text": "\n".join(names), "starts_on": since, "decision": DECISION}
    typed["superior"] = bloc.organiser.upper()
    lines = office.post(url, typed).context["lines"]
    rows = {
        f"{line.prefix}-{part}": getattr(line, part)
        for line in lines
        if line.is_new
        for part in ("short_name", "code")
    }
    office.post(url, typed | {"confirm": "1"} | rows)
    return lines


def plan(office, bloc, year):
    """The bloc's year, planned on its page from the members of its first day."""
    office.post(reverse("years:year_new"), {"bloc": bloc.pk, "year": year})
    return bloc.years.get(year=year)


def seat_leaders(office, year, part, basis=""):
    """Head and deputies of the year, chosen on the page of the year."""
    url = reverse("years:year_edit", args=(year.pk,))
    posts = dict(zip(("deputy", "second_deputy"), part["deputies"] or (), strict=False))
    chosen = {
        post: Unit.objects.get(name=name).pk
        for post, name in ({"head": part["head"]} | posts).items()
        if name
    }
    return office.post(url, fields_of(office.get(url)) | chosen | {"head_basis": basis})


def enter(office, facts, code="KTT"):
    """Bloc, members, this year with its leaders; the year."""
    about = facts["bloc"]
    bloc = found_bloc(
        office, about["name"], code=code, kind=about["type"], organiser=about["organiser"]
    )
    paste_members(office, bloc, names_of(facts))
    year = plan(office, bloc, about["year"])
    if facts["leadership"]["head"]:
        seat_leaders(office, year, facts["leadership"], facts["leadership"].get("basis", ""))
    return type(year).objects.get(pk=year.pk)


def words_of(client, url):
    """What the page says between its heading and its foot."""
    page = client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
