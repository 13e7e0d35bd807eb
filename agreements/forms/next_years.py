from django import forms

from thidua.common.pages.forms import TidyForm


class NextYearsForm(TidyForm):
    """Carries the mark of what the page showed; its ticks are the lines of that table."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
