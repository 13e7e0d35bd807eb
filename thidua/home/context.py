"""What every page shows around its content: province, year, menu, seats in words."""

from django.conf import settings
from django.utils import timezone

from thidua.home.menu import menu_for
from thidua.home.seats import seat_words


def site(request):
    """The one context processor of the house."""
    province = {"province": settings.SITE_PROVINCE, "support": settings.SITE_SUPPORT}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"site": province, "breadcrumbs": ()}
    year = chosen_year(request)
    return {
        "site": province,
        "site_year": year,
        "site_years": range(timezone.localdate().year + 1, 2019, -1),
        "menu": menu_for(request, year),
        "seat_words": seat_words(user, year),
        "breadcrumbs": (),
    }


def chosen_year(request) -> int:
    """The year of the year chooser: the remembered one, else this year."""
    return request.session.get("year", timezone.localdate().year)
