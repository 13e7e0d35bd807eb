"""Every field of every form at its limit and one step beyond, as `field-limits.txt` says them."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.utils.functional import Promise

from tests.house.forms import all_forms, classes, lines_of
from thidua.common.pages.forms import TidyForm, tidy_field

pytestmark = pytest.mark.django_db
FAR = ("01/01/0001", "30/11/0026", "31/12/1899", "01/01/2101", "31/12/9999")
FILE = Path(__file__).with_name("field-limits.txt")
LINES = FILE.read_text(encoding="utf-8").splitlines()
# Django limits the name at signing in only in the browser: a longer one belongs to nobody.
UNREFUSED = {"SignInForm.username takes xxxxxxxxx"}
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
SENTENCE = re.compile(r"[A-ZĐ“].*[.)]", re.DOTALL)


def refusal(field, value):
    """The sentences with which a value is refused; none where it is taken."""
    try:
        field.clean(value)
    except ValidationError as error:
        return error.messages
    return []


def tried(limit):
    """Values at the limits that a line tells, and values one step beyond."""
    good, bad = [], []
    if found := re.search(r"text ≤ (\d+)", limit):
        good, bad = ["x" * int(found[1])], ["x" * (int(found[1]) + 1)]
    elif found := re.search(r"whole (\d+|None)…(\d+|None)", limit):
        least, most = (None if one == "None" else int(one) for one in found.groups())
        good = [str(one) for one in (least, most) if one is not None]
        bad = ["x", "1.5"]
        bad += [] if least is None else [str(least - 1)]
        bad += [] if most is None else [str(most + 1)]
    elif found := re.search(r"(?:number|figure), (\d) decimals", limit):
        places = int(found[1])
        good = ["0," + "2" * places if places else "3", "3"]
        bad = ["0," + "2" * (places + 1), "ba"]
    elif "date" in limit:
        good, bad = ["29/02/2028", "31/12/2026"], ["29/02/2027", "32/12/2026", "mai", *FAR]
    elif "time" in limit:
        good, bad = ["00:00", "23:59"], ["24:00", "23:60"]
    elif "one of a list" in limit or "row of" in limit:
        bad = ["khong-co"]
    return good, [*bad, *([""] if "required" in limit else ())]


@pytest.fixture(scope="module")
def limits():
    """The limits of each field by form and field, as the file says them."""
    return dict(line.split(": ", 1) for line in LINES)


def test_no_form_is_forgotten():
    made = {name.partition(" ")[0] for name in all_forms()}
    assert made == classes()


def test_every_field_has_the_limits_of_the_file():
    found = [line for name, form in sorted(all_forms().items()) for line in lines_of(name, form)]
    assert found == LINES


def test_a_field_takes_its_limit_and_refuses_one_step_more_in_a_sentence(limits):
    wrong = []
    for name, form in all_forms().items():
        told = (line.split(": ", 1)[0] for line in lines_of(name, form))
        for key, field in zip(told, form.fields.values(), strict=True):
            good, bad = tried(limits[key])
            wrong += [f"{key} refuses {value[:9]}" for value in good if refusal(field, value)]
            wrong += [f"{key} takes {value[:9]}" for value in bad if not refusal(field, value)]
            said = [one for value in bad for one in refusal(field, value)]
            wrong += [f"{key}: {one}" for one in said if not is_sentence(one)]
    assert set(wrong) == UNREFUSED


def of_the_framework(field):
    """Sentences that the field would still say in Django's translation: ours are plain texts."""
    said = {code for code, words in field.error_messages.items() if isinstance(words, Promise)}
    checked = {one.code for one in field.validators if isinstance(one, BaseValidator)}
    return said | (checked - set(field.error_messages))


def test_no_field_speaks_the_frameworks_words():
    wrong = []
    for name, form in all_forms().items():
        form.full_clean()
        found = ((key, of_the_framework(field)) for key, field in form.fields.items())
        wrong += [f"{name}.{key}: {', '.join(codes)}" for key, codes in found if codes]
    assert wrong == []


def test_an_untouched_field_is_seen_to_speak_them():
    assert of_the_framework(forms.CharField(max_length=3)) == {"required", "max_length"}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (forms.CharField(label="Tên chính thức"), "Hãy nhập tên chính thức."),
        (forms.CharField(label="GRDP (tỉ đồng)"), "Hãy nhập GRDP (tỉ đồng)."),
        (forms.DateField(label="Ngày ký"), "Hãy nhập ngày ký."),
        (forms.ChoiceField(label="Khối, cụm"), "Hãy chọn khối, cụm."),
        (forms.FileField(label="Tệp quét"), "Hãy chọn tệp quét."),
        (forms.BooleanField(label="Tôi đã kiểm tra"), "Hãy đánh dấu “Tôi đã kiểm tra”."),
        (forms.CharField(label="Sai ở đâu"), "Hãy nhập ở ô “Sai ở đâu”."),
        (forms.CharField(), "Hãy điền ô này."),
        (
            forms.CharField(error_messages={"required": "Vui lòng nêu lý do."}),
            "Vui lòng nêu lý do.",
        ),
    ],
)
def test_an_empty_field_says_what_to_enter(field, words):
    tidy_field(field)
    assert refusal(field, "") == [words]


def test_a_field_named_later_asks_by_its_new_name():
    class Form(TidyForm):
        head = forms.CharField(label="Khối trưởng")

    form = Form({})
    form.fields["head"].label = "Cụm trưởng"
    assert form.errors == {"head": ["Hãy nhập cụm trưởng."]}


def is_sentence(text):
    return bool(SENTENCE.fullmatch(text) and VIETNAMESE.search(text.lower()))


def test_what_may_be_left_out_is_left_out(limits):
    """An empty field is refused where the file says «required», and only there."""
    wrong = [
        key
        for name, form in all_forms().items()
        for key, field in zip(
            (line.split(": ", 1)[0] for line in lines_of(name, form)),
            form.fields.values(),
            strict=True,
        )
        if bool(refusal(field, "")) != ("required" in limits[key]) and "file" not in limits[key]
    ]
    assert wrong == []
