"""Whoever tries the product finds every state and every capability once; what lacks is named."""

import pytest
from django.apps import apps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
APPS = ("thidua", "blocs", "agreements", "awards")
# Papers are printed by the command after the data: `tests/demo/test_demo_command.py`.
# Jobs of the night chain the log book and put old lines away.
OF_JOBS = {"common.ArchivedEntry", "common.LogLink", "common.LogSeal", "common.LogWords"}
AFTER_THE_DATA = {"papers.Paper", *OF_JOBS}
# Sorts that are offered only where the catalogue of the office is empty.
WITHOUT_CATALOGUE = {("conferences.BallotLine", "award", "other")}
# One person alone gives the seat of an editor; nobody asks a second one.
WITHOUT_A_SECOND_PERSON = {("units.AccountRequest", "role", "editor")}
# What waits or runs is work of the machine that asks for it, not data.
AT_WORK = {("jobs.Job", "status", "waiting"), ("jobs.Job", "status", "running")}


def models():
    return [m for m in apps.get_models() if m.__module__.partition(".")[0] in APPS]


def choices():
    """Every value that a field with choices may have, but no value of a number."""
    return {
        (model._meta.label, field.name, value)
        for model in models()
        for field in model._meta.fields
        if field.choices and field.get_internal_type() == "CharField"
        for value, _ in field.flatchoices
    }


def held():
    return {
        (model._meta.label, field.name, value)
        for model in models()
        for field in model._meta.fields
        if field.choices and field.get_internal_type() == "CharField"
        for value in model._default_manager.values_list(field.name, flat=True).distinct()
    }


def test_every_model_has_a_row():
    empty = {m._meta.label for m in models() if not m._default_manager.exists()}
    assert empty == AFTER_THE_DATA


def test_every_state_and_every_choice_stands_somewhere():
    assert choices() - held() == WITHOUT_CATALOGUE | WITHOUT_A_SECOND_PERSON | AT_WORK
