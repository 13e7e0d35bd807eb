"""Legal texts as an office enters them."""

import datetime as dt

from factory.django import DjangoModelFactory

from blocs.legal.models import LegalDocument
from blocs.years.models import RuleBasis

LAST_DAY = dt.date(2026, 9, 30)


class LegalDocumentFactory(DjangoModelFactory):
    """A decree that was compared with its original and ended on 30/09/2026."""

    class Meta:
        model = LegalDocument
        django_get_or_create = ("number",)

    kind = "Nghị định"
    number = "152/2025/NĐ-CP"
    issued_on = dt.date(2025, 6, 14)
    issuer = "Chính phủ"
    subject = "quy định chi tiết thi hành Luật"
    in_force_from = dt.date(2025, 7, 1)
    in_force_to = LAST_DAY
    is_verified = True
    source = "Công báo"


def bloc_rules(**facts):
    """The regulation of a bloc, in force and not compared with anything."""
    facts = {"kind": "Quyết định", "number": "15/QĐ-UBND", "issuer": "UBND tỉnh"} | facts
    nothing = {"issued_on": None, "subject": "", "in_force_from": None, "in_force_to": None}
    return LegalDocumentFactory(**(nothing | {"is_verified": False, "source": ""} | facts))


def cited(year, rule, document, article="Điều 5, khoản 2"):
    """The rule of a year rests on that article."""
    return RuleBasis.objects.create(bloc_year=year, rule=rule, document=document, article=article)
