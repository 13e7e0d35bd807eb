"""Agreements of a bloc year."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from agreements.enums import AgreementState
from agreements.models import Agreement
from blocs.states import YearState
from tests.factories.blocs import year_with_members


class AgreementFactory(DjangoModelFactory):
    """A written draft of an open year with three members."""

    class Meta:
        model = Agreement

    bloc_year = factory.LazyFunction(lambda: year_with_members(3, state=YearState.OPEN))
    place = "Hội trường Sở Xây dựng"
    signed_on = dt.date(2026, 1, 28)
    contents = "Hoàn thành xuất sắc nhiệm vụ được giao\nĐẩy mạnh cải cách hành chính"

    class Params:
        signing = factory.Trait(state=AgreementState.SIGNING)
