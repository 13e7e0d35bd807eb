"""Places and classes that are known from minutes alone: no points were given, or none are left."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear
from thidua.common.fields import author

COUNTED = "Số đơn vị theo mức xếp loại"


class StatedPlace(models.Model):
    """Place and class of a unit as minutes say it, with the document; there are no points."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="stated_places", verbose_name="năm thi đua"
    )
    unit = named_reference(Unit, "đơn vị")
    place = models.PositiveSmallIntegerField("hạng", null=True, blank=True)
    class_label = models.CharField("xếp loại", max_length=100, blank=True)
    source = models.CharField("theo văn bản", max_length=255)
    recorded_by = author("người ghi")

    class Meta:
        verbose_name = "kết quả theo biên bản"
        verbose_name_plural = "kết quả theo biên bản"
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "unit"),
                name="stated_place_once",
                violation_error_message="Đơn vị đã có kết quả theo biên bản trong năm này.",
            ),
            models.CheckConstraint(
                name="stated_place_says_something",
                condition=Q(place__isnull=False, place__gte=1)
                | (Q(place=None) & ~Q(class_label="")),
                violation_error_message="Kết quả theo biên bản phải có hạng (từ 1) hoặc xếp loại.",
            ),
            models.CheckConstraint(
                name="stated_place_has_source",
                condition=~Q(source=""),
                violation_error_message="Kết quả theo biên bản phải nêu văn bản.",
            ),
        )

    def __str__(self):
        return f"{self.unit}: {self.words}"

    @property
    def words(self):
        """«hạng 2, xếp loại Tốt»."""
        parts = (
            f"hạng {self.place}" if self.place else "",
            f"xếp loại {self.class_label}" if self.class_label else "",
        )
        return ", ".join(filter(None, parts))


class StatedCount(models.Model):
    """How many units of a year reached a class, where their names are not known any more."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="stated_counts", verbose_name="năm thi đua"
    )
    class_label = models.CharField("xếp loại", max_length=100)
    number = models.PositiveSmallIntegerField("số đơn vị")
    source = models.CharField("theo văn bản", max_length=255)

    class Meta:
        verbose_name = "số đơn vị theo biên bản"
        verbose_name_plural = "số đơn vị theo biên bản"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "class_label"),
                name="stated_count_once",
                violation_error_message="Mức xếp loại này đã có số đơn vị.",
            ),
            models.CheckConstraint(
                name="stated_count_has_source",
                condition=~Q(source=""),
                violation_error_message="Số đơn vị theo biên bản phải nêu văn bản.",
            ),
        )

    def __str__(self):
        return f"{self.class_label}: {self.number:02d}"


def stated_places(bloc_year: BlocYear) -> list[StatedPlace]:
    """What minutes say of the units, best place first, then those with a class alone."""
    rows = bloc_year.stated_places.select_related("unit")
    return list(rows.order_by(models.F("place").asc(nulls_last=True), "pk"))


def is_stated(bloc_year: BlocYear) -> bool:
    """Minutes state results of the year, by unit or as counts."""
    return bloc_year.stated_places.exists() or bloc_year.stated_counts.exists()


def stated_sentences(bloc_year: BlocYear, places: Sequence[StatedPlace]) -> tuple[str, ...]:
    """By which document the results are stated, and the counts where only these are known."""
    counts = list(bloc_year.stated_counts.order_by("pk"))
    if not places and not counts:
        return ()
    source = (places or counts)[0].source.rstrip(".")
    found = [f"Kết quả ghi theo {source}; không có điểm từng tiêu chí."]
    if counts:
        found.append(f"{COUNTED}: {'; '.join(map(str, counts))}.")
    return tuple(found)
