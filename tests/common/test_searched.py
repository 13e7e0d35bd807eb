"""A row of a long table: typed, looked up, offered – and never one that the form does not offer."""

import json
from itertools import cycle

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.legal.models import LegalDocument
from blocs.states import SeatRole
from blocs.units.models import Unit
from blocs.years.domain.rule_bases import RULES
from blocs.years.forms.rule_bases import RuleBasesForm
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.reports import member_report
from tests.house.hostile import VALUES
from tests.page_forms import fields_of
from thidua.common.pages.forms import TidyForm
from thidua.common.pages.searched import widgets
from thidua.common.pages.searched.fields import SearchedField, SearchedManyField

pytestmark = pytest.mark.django_db
NAMES = ("Sở Xây dựng", "Sở Xây lắp", "Sở Y tế", "Chi cục Dân số thuộc Sở Y tế", "Đài Phát thanh")
NONE = "Không tìm thấy “{}”. Hãy gõ một phần tên hoặc mã, không cần dấu; bỏ trống nếu không chọn."
SEVERAL = "Có 2 lựa chọn khớp với “{}”. Hãy chọn một lựa chọn bên dưới hoặc gõ thêm chữ."


class OneForm(TidyForm):
    unit = SearchedField(Unit.objects.filter(dissolved_on=None).for_list(), required=False)


class ManyForm(TidyForm):
    units = SearchedManyField(Unit.objects.filter(dissolved_on=None).for_list(), required=False)


@pytest.fixture
def units():
    made = {name: UnitFactory(name=name, code=f"D{at}") for at, name in enumerate(NAMES)}
    made["Sở Ngoại vụ"] = UnitFactory(name="Sở Ngoại vụ", dissolved_on="2020-01-01")
    return made


@pytest.fixture
def short(monkeypatch):
    """Lists of more than three rows are long."""
    monkeypatch.setattr(widgets, "MOST_LISTED", 3)


def posted(**values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        many = value if isinstance(value, list) else [value]
        data.setlist(name.replace("tim_", "tim-").replace("_da_", "-da-"), many)
    return data


def taken(form, name):
    """What the form took, or the sentences of its refusal."""
    return form.cleaned_data[name] if form.is_valid() else form.errors[name]


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("dai phat", "Đài Phát thanh"),
        ("XAY LAP", "Sở Xây lắp"),
        ("d1", "Sở Xây lắp"),
        # Called so itself, though another holds its name.
        ("so y te", "Sở Y tế"),
        ("  Sở  Y tế ", "Sở Y tế"),
    ),
)
def test_typed_letters_mean_the_one_row_they_fit(units, text, found):
    assert taken(OneForm(posted(unit="", tim_unit=text)), "unit") == units[found]
    assert [*taken(ManyForm(posted(tim_units=text)), "units")] == [units[found]]


@pytest.mark.parametrize(
    ("text", "words"),
    (("sở xây", SEVERAL), ("Sở Ngoại vụ", NONE), ("không có", NONE), ("?!", NONE)),
)
def test_what_fits_none_or_several_is_told_what_to_do(units, text, words):
    assert taken(OneForm(posted(unit="", tim_unit=text)), "unit") == [words.format(text)]
    assert taken(ManyForm(posted(tim_units=text)), "units") == [words.format(text)]


def test_more_than_can_be_offered_asks_for_more_letters():
    Unit.objects.bulk_create(Unit(name=f"Xã {at}", code=f"X{at}") for at in range(31))
    form = OneForm(posted(unit="", tim_unit="xã"))
    assert "Có hơn 20 lựa chọn khớp với “xã”." in taken(form, "unit")[0]
    assert str(form["unit"]).count('type="radio"') == 20


def test_what_was_typed_goes_before_what_stood_there(units):
    own, other = units["Sở Xây dựng"], units["Sở Y tế"]
    kept = posted(unit=own.pk, tim_unit=own.name, tim_unit_da_tim=own.name)
    typed = posted(unit=own.pk, tim_unit="y te", tim_unit_da_tim=own.name)
    typed_in_full = posted(unit=own.pk, tim_unit=other.name, tim_unit_da_tim=own.name)
    emptied = posted(unit=own.pk, tim_unit="", tim_unit_da_tim=own.name)
    assert taken(OneForm(kept), "unit") == own
    assert taken(OneForm(typed), "unit") == [SEVERAL.format("y te")]
    assert taken(OneForm(typed_in_full), "unit") == other
    assert taken(OneForm(emptied), "unit") is None
    # A list has no line: what stands in it alone counts.
    assert taken(OneForm(posted(unit=own.pk)), "unit") == own


def test_one_of_the_offered_rows_answers_the_letters(units, short):
    """Without script: the page comes back with a short list, and its choice is taken."""
    refused = OneForm(posted(unit="", tim_unit="sở xây"))
    shown = str(refused["unit"])
    offered = [units["Sở Xây dựng"], units["Sở Xây lắp"]]
    for unit in offered:
        assert f'type="radio" name="unit" value="{unit.pk}"' in shown
    assert shown.count('type="radio"') == 2
    assert shown.count('value="sở xây"') == 2
    answer = posted(unit=offered[1].pk, tim_unit="sở xây", tim_unit_da_tim="sở xây")
    assert taken(OneForm(answer), "unit") == offered[1]
    # None of them chosen is no choice.
    again = posted(tim_unit="sở xây", tim_unit_da_tim="sở xây")
    assert taken(OneForm(again), "unit") == [SEVERAL.format("sở xây")]


def test_several_names_are_parted_by_semicolons(units, short):
    text = "Sở Y tế; dai phat;sở xây"
    refused = ManyForm(posted(units=[units["Sở Xây lắp"].pk], tim_units=text))
    assert taken(refused, "units") == [SEVERAL.format("sở xây")]
    shown = str(refused["units"])
    ticked = [units[name].pk for name in ("Sở Xây lắp", "Sở Y tế", "Đài Phát thanh")]
    assert shown.count(" checked") == 3
    assert shown.count('type="checkbox"') == 4
    answer = posted(units=ticked, tim_units="sở xây", tim_units_da_tim="sở xây")
    assert {unit.pk for unit in taken(ManyForm(answer), "units")} == set(ticked)
    # Letters whose rows were offered and left are no less asked about.
    left = posted(units=ticked[2:], tim_units="sở xây", tim_units_da_tim="sở xây")
    assert taken(ManyForm(left), "units") == [SEVERAL.format("sở xây")]


def test_few_rows_are_an_ordinary_list_for_the_query_it_always_cost(units):
    form = OneForm(initial={"unit": units["Sở Y tế"]})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = str(form["unit"])
    assert len(asked) == 1
    assert shown.count("<option") == 6
    assert f'<option value="{units["Sở Y tế"].pk}" selected>' in shown
    assert "searched" not in shown


def test_many_rows_cost_two_queries_whatever_their_number(units, short, monkeypatch):
    for count in (0, 200):
        Unit.objects.bulk_create(Unit(name=f"Xã {at}", code=f"X{at}") for at in range(count))
        form = OneForm(initial={"unit": units["Sở Y tế"]})
        with CaptureQueriesContext(connection) as asked:
            shown = str(form["unit"])
        assert len(asked) == 2
        assert "<option" not in shown
        assert len(shown) < 1500
        assert f'type="hidden" name="unit" value="{units["Sở Y tế"].pk}"' in shown
        assert shown.count('value="Sở Y tế"') == 2


def test_a_row_that_is_not_offered_is_neither_shown_nor_taken(units, short):
    old = units["Sở Ngoại vụ"]
    assert "Sở Ngoại vụ" not in str(OneForm(initial={"unit": old.pk})["unit"])
    forged = OneForm(posted(unit=old.pk, tim_unit="x", tim_unit_da_tim="x"))
    assert forged.is_valid() is False
    assert "Sở Ngoại vụ" not in str(forged["unit"])


def test_whatever_is_forged_is_refused_in_a_sentence_and_shown_again(units, short):
    places = cycle(("unit", "tim-unit", "tim-unit-da-tim"))
    for place, value in zip(places, (*VALUES, "\ud800", str(10**18), "<b>x</b>"), strict=False):
        data = posted(unit=units["Sở Y tế"].pk, tim_unit="so y", tim_unit_da_tim="so y")
        data[place] = value
        for form in (OneForm(data), ManyForm(posted(units=[value], tim_units=value))):
            form.is_valid()
            shown = str(next(iter(form)))
            assert "<b>x" not in shown
            assert "<script>alert" not in shown


def ask(client, url, name, text):
    answer = client.get(url, {"goi-y": name, f"tim-{name}": text})
    return answer.status_code, json.loads(answer.content) if answer.status_code == 200 else None


def test_the_page_of_the_form_offers_what_the_form_offers(client, units):
    page = reverse("units:person_new")
    client.force_login(official(SeatRole.SYSADMIN))
    status, found = ask(client, page, "unit", "so y te")
    names = [words for _, words in found["rows"]]
    assert (status, found["is_more"], names) == (200, False, [NAMES[2], NAMES[3]])
    # Ended units are offered to nobody here; fields without search, and none, answer nothing.
    assert ask(client, page, "unit", "ngoai vu")[1]["rows"] == []
    assert ask(client, page, "unit", "a\x00\U0010ffff" + "9" * 400)[0] == 200
    assert [ask(client, page, name, "so")[0] for name in ("role", "la", "")] == [404] * 3
    client.force_login(editor_of(units["Sở Y tế"]))
    assert ask(client, page, "unit", "so")[0] == 403
    client.logout()
    assert ask(client, page, "unit", "so")[0] == 302


def test_a_refused_form_keeps_all_that_was_typed(client, units, short):
    client.force_login(official(SeatRole.SYSADMIN))
    page = reverse("units:person_new")
    typed = fields_of(client.get(page)) | {"full_name": "Nguyễn Văn A", "tim-unit": "sở xây"}
    answer = client.post(page, typed)
    again = fields_of(answer)
    assert answer.status_code == 422
    assert (again["full_name"], again["tim-unit"]) == (["Nguyễn Văn A"], ["sở xây"])
    assert SEVERAL.format("sở xây") in answer.content.decode()


def test_a_filter_bar_searches_the_rows_of_its_own_list(client, short):
    """Units without a report of the person are not offered, and the bar takes typed letters."""
    report = member_report()
    UnitFactory.create_batch(4, name=report.unit.name)
    client.force_login(editor_of(report.unit))
    page = reverse("reports:report_list")
    found = ask(client, page, "unit", report.unit.name)[1]
    assert found["rows"] == [[str(report.unit_id), report.unit.name]]
    listed = client.get(page, {"unit": "", "tim-unit": report.unit.name}).context["object_list"]
    assert [*listed] == [report]
    nothing = client.get(page, {"tim-unit": "không có"})
    assert [*nothing.context["object_list"]] == []
    assert NONE.format("không có") in nothing.content.decode()


def test_people_are_found_by_their_unit_and_account_in_viewing_as(client, short):
    unit = UnitFactory(name="Sở Y tế", code="SYT")
    editors = [editor_of(unit), editor_of(UnitFactory(name="Sở Xây dựng"))]
    client.force_login(official(SeatRole.OFFICE))
    page = reverse("view_as:view_as_new")
    words = f"{editors[0]} – Sở Y tế ({editors[0].username})"
    for letters in ("y te", "SYT", editors[0].username):
        assert ask(client, page, "person", letters)[1]["rows"] == [[str(editors[0].pk), words]]


def test_a_legal_text_is_found_by_kind_and_number_together():
    decree = LegalDocument.objects.create(
        kind="Nghị định", number="152/2025/NĐ-CP", issuer="Chính phủ", subject="Quy định chi tiết"
    )
    LegalDocument.objects.create(kind="Thông tư", number="15/2025/TT-BNV")
    for letters in ("nghi dinh 152", "chinh phu chi tiet", "152/2025"):
        assert [*LegalDocument.objects.search(letters)] == [decree]


def test_fields_of_the_same_rows_read_them_together(django_assert_num_queries, short):
    numbers = [f"{at}/QĐ" for at in range(9)]
    rows = [LegalDocument.objects.create(kind="Quyết định", number=one) for one in numbers]
    cited = rows[7].pk
    with django_assert_num_queries(2):
        form = RuleBasesForm(initial={"table": cited, "votes": cited})
        html = [str(form[name]) for name in RULES]
    assert "<option" not in "".join(html)
    assert sum(f'value="{cited}"' in one for one in html) == 2
    bound = RuleBasesForm({"table": str(cited), "tim-votes": "3/qd", "ties": "10000000"})
    assert (bound.is_valid(), [*bound.errors]) == (False, ["ties"])
    assert (bound.cleaned_data["table"], bound.cleaned_data["votes"]) == (rows[7], rows[3])
