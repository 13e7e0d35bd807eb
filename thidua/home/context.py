"""What every page shows around its content: province, year, menu, seats in words."""

from django.conf import settings
from django.utils import timezone

from thidua.common.pages.years import chosen_year
from thidua.home.menu import menu_for
from thidua.home.seats import seat_words

FIRST_YEAR = 2020


def site(request):
    """The one context processor of the house."""
    shown = {
        "site": {"province": settings.SITE_PROVINCE, "support": settings.SITE_SUPPORT},
        "breadcrumbs": (),
        "viewing": getattr(request, "viewing", None),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.must_change_password:
        return shown | {"site_year": 0, "site_years": (), "menu": [], "seat_words": []}
    year = chosen_year(request)
    return shown | {
        "site_year": year,
        "site_years": range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1),
        "menu": menu_for(request),
        "seat_words": seat_words(user, year),
    }
