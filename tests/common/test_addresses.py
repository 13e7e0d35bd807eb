"""A page is called as its class."""

import pytest
from django.views import View

from thidua.common.pages.addresses import page


class ReportEdit(View):
    pass


class DecisionPaperPage(View):
    pass


class Tasks(View):
    is_blank = False


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (page("a/", ReportEdit), "report_edit"),
        (page("a/", DecisionPaperPage), "decision_paper"),
        (page("a/", Tasks), "tasks"),
        (page("a/", Tasks, "blank_tasks"), "blank_tasks"),
    ],
)
def test_name_follows_the_class_unless_it_is_said(pattern, name):
    assert (pattern.name, str(pattern.pattern)) == (name, "a/")


def test_options_reach_the_page():
    assert page("a/", Tasks, is_blank=True).callback.view_initkwargs == {"is_blank": True}
