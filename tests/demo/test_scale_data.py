"""`manage.py scale_data`: whole provinces of valid rows, the same for a seed, nowhere else."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from awards.decisions.models import Decision
from blocs.ranking.models import RankingSeal
from blocs.reports.models import Report, Score
from blocs.states import YearState
from blocs.units.models import Seat, Unit
from blocs.years.models import BlocYear
from tests.factories.people import UnitFactory
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.demo.scale.shape import LAST_YEAR, Shape, drawn, shape_of
from thidua.demo.scale.write import write_scale

pytestmark = pytest.mark.django_db
OF_A_KEPT_YEAR = (
    "ranking:ranking",
    "conferences:conference_detail",
    "agreements:agreement_detail",
    "proposals:proposal_detail",
)
# A bloc in each state of the last year and one large one, two years, six lines to a table.
TINY = {"years": 2, "leaves": 6, "large": (4,), "blocs": 10, "sizes": (3,)}


@contextmanager
def written(seed):
    """A tiny province beside the demo, taken back afterwards."""
    with transaction.atomic():
        last = BlocYear.objects.order_by("-pk").first().pk
        write_scale(Shape(seed=seed, **TINY))
        yield BlocYear.objects.filter(pk__gt=last).order_by("pk")
        transaction.set_rollback(True)


def told(years):
    """What was written, without the keys."""
    reports = Report.objects.filter(bloc_year__in=years).order_by("pk")
    people = Seat.objects.filter(unit__code__endswith="T1").order_by("pk")
    return [
        *years.values_list("bloc__name", "year", "state", "head__name"),
        *reports.values_list("unit__name", "state", "self_total", "appraised_total", "results"),
        *people.values_list("unit__name", "role", "user__full_name"),
    ]


def addresses(years):
    """Pages that read what was written: of each state of a year, and of one that is kept."""
    for year in {year.state: year for year in years}.values():
        yield reverse("years:year_detail", args=(year.pk,))
    yield from (
        reverse("reports:report_detail", args=(report.pk,))
        for report in Report.objects.filter(bloc_year__in=years, state__in=("explained", "locked"))[
            :2
        ]
    )
    for decision in Decision.objects.filter(title__contains="tỉnh 1"):
        yield decision.get_absolute_url()
    seal = RankingSeal.objects.filter(bloc_year__in=years).first()
    for name in OF_A_KEPT_YEAR:
        yield reverse(name, args=(seal.bloc_year_id,))
    yield from (reverse("log_pages:log_book"), reverse("home:tasks"))


def test_what_is_written_opens_and_is_the_same_for_the_same_seed(demo):
    office = User.objects.get(username="tinh.tdkt")
    with written(seed=7) as years:
        first, client = told(years), Client(raise_request_exception=False)
        client.force_login(office)
        opened = {url: client.get(url).status_code for url in addresses(years)}
        assert {url: status for url, status in opened.items() if status != 200} == {}
        assert set(years.values_list("state", flat=True)) == set(YearState)
        assert Score.objects.filter(report__bloc_year__in=years).count() > 400
        assert not Unit.objects.filter(code__startswith="99").exists()
        assert ActivityEntry.objects.filter(subject_name__endswith=f"tỉnh 1 năm {LAST_YEAR - 1}")
        # Each year another unit leads: whom the conference of the year before has chosen.
        heads = years.filter(bloc=years.first().bloc).values_list("head", flat=True)
        assert len(set(heads)) == 2
        connection.check_constraints()
        UnitFactory()  # numbers go on where the copies end
    with written(seed=7) as years:
        assert told(years) == first


def test_another_seed_gives_other_rows(demo):
    assert drawn(7, "sxd", "leader") == drawn(7, "sxd", "leader") != drawn(8, "sxd", "leader")
    with written(seed=7) as years:
        first = told(years)
    with written(seed=8) as years:
        assert told(years) != first


def test_provinces_have_the_shape_of_the_sources():
    """35 blocs of some 300 units; with its communes 413 blocs of some 3,000."""
    shapes = [shape_of(with_communes=more).of_province for more in (False, True)]
    assert [(len(rows), sum(one.size for one in rows)) for rows in shapes] == [
        (35, 295),
        (413, 3048),
    ]
    assert all({one.state for one in rows} == set(YearState) for rows in shapes)


@pytest.mark.parametrize(
    ("options", "module", "said"),
    [
        ({}, "thidua.settings.test", "Cơ sở dữ liệu đã có dữ liệu."),
        ({}, "thidua.settings.base", "không chạy ở cơ quan"),
        ({"years": 0}, "thidua.settings.dev", "phải từ 1 trở lên"),
    ],
)
def test_it_is_refused_where_it_has_no_business(options, module, said):
    UnitFactory()
    before = Unit.objects.count()
    with override_settings(SETTINGS_MODULE=module), pytest.raises(CommandError, match=said):
        call_command("scale_data", **options)
    assert Unit.objects.count() == before
