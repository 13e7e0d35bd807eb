"""What a unit types into its registration."""

from blocs.registrations.forms import RegistrationForm


def test_text_keeps_its_lines_and_loses_no_accent():
    form = RegistrationForm({"titles": "Cờ thi đua\nBằng khen", "content": "Hồ sơ đúng hạn"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "titles": "Cờ thi đua\nBằng khen",
        "content": "Hồ sơ đúng hạn",
    }


def test_unfinished_registration_may_be_saved():
    assert RegistrationForm({"titles": "", "content": ""}).is_valid()
