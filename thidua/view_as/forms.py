from crispy_forms.layout import Layout
from django import forms
from django.db.models import F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Collate

from blocs.units.models import Seat
from blocs.units.models.seats import people_called
from thidua.accounts.models import User
from thidua.common.pages.forms import TidyForm
from thidua.common.pages.searched.fields import SearchedField
from thidua.common.vietnamese.collation import COLLATION
from thidua.view_as.permissions import people_of_units


def by_units(people, day):
    """The people with their `places` of the day, those of one unit together, of none at the end."""
    seats = Seat.objects.on(day).filter(unit__isnull=False)
    places = seats.select_related("unit").order_by(in_order("unit__name"), "pk")
    first = places.filter(user=OuterRef("pk")).values("unit__name")[:1]
    return (
        people.annotate(first_unit=Subquery(first))
        .order_by(in_order("first_unit"), in_order("full_name"), "pk")
        .prefetch_related(Prefetch("seats", places, to_attr="places"))
    )


def in_order(name):
    return Collate(F(name), COLLATION).asc(nulls_last=True)


def offered_words(person):
    """«Hoàng Văn A – Sở Y tế (syt.canbo)»."""
    units = ", ".join(dict.fromkeys(str(seat.unit) for seat in person.places))
    return f"{person}{units and f' – {units}'} ({person.username})"


class ViewAsForm(TidyForm):
    person = SearchedField(
        queryset=User.objects.none(),
        label="Xem như",
        empty_label="Chọn người dùng",
        search=people_called,
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        help_text="Người được xem như đọc lý do này trên trang chủ.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = by_units(people_of_units(), today)
        self.fields["person"].label_from_instance = offered_words
        self.helper.layout = Layout("person", "reason")
