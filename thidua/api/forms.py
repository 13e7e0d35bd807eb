from crispy_forms.layout import Layout
from django import forms

from thidua.api.enums import Scope
from thidua.api.models import ApiToken
from thidua.common.pages.forms import TidyForm


class TokenForm(TidyForm):
    """What a token is called, what it opens and for how long."""

    name = forms.CharField(
        label="Tên", max_length=100, help_text=ApiToken._meta.get_field("name").help_text
    )
    scopes = forms.MultipleChoiceField(
        label="Được đọc", choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label="Dùng đến hết ngày", help_text="Nhiều nhất 365 ngày kể từ hôm nay."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("name", "scopes", "expires_on")


class TokenEndForm(TidyForm):
    """Nothing to type: the page says what ends and asks for one press."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout()
