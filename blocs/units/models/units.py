import copy

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from blocs.units.models.names import Named
from thidua.common.fields import NameField
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.lookups import closest, matching
from thidua.common.vietnamese.text import filled_lines, squeeze

# Where the catalogue was given no paper.
NO_PAPER = "Theo danh mục đơn vị, khối"
NAMED, LISTED = ("name", "short_name", "code"), "known_as"
SEARCHED = (*NAMED, LISTED)


class UnitQuerySet(models.QuerySet):
    def standing(self, day=None):
        """Units that still work on `day`; without one, today."""
        asked = day or timezone.localdate()
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=asked))

    def search(self, query):
        """Units of which a name, now or before, an alias or the code has all the words.

        The closest come first.
        """
        if not query:
            return self
        found = self.filter(matching(query, *SEARCHED))
        return found.order_by(closest(query, *NAMED, lists=(LISTED,)), "name", "pk")

    def for_list(self):
        return self.order_by("name", "pk")


class Unit(Named):
    """An organisation that can be compared with others: a department, a board, a commune."""

    NAMES = ("name", "short_name", "superior", "letterhead", "leader_title")

    name = NameField("tên chính thức", max_length=255)
    short_name = models.CharField("tên rút gọn", max_length=100)
    code = models.CharField("mã đơn vị", max_length=30, unique=True)
    superior = models.CharField(
        "cơ quan chủ quản",
        max_length=255,
        default="UBND TỈNH",
        help_text="Dòng trên của đầu văn bản.",
    )
    letterhead = models.TextField(
        "tên trên đầu văn bản",
        help_text="Viết hoa; xuống dòng ở đâu thì văn bản in xuống dòng ở đó.",
    )
    aliases = models.TextField(
        "tên gọi khác",
        blank=True,
        max_length=1000,
        help_text="Mỗi dòng một tên, chữ viết tắt hay dùng; để tìm kiếm và dán danh sách.",
    )
    # Of a unit whose leader has no account; the dated seat goes before it, see `leader_on`.
    leader_name = models.CharField(
        "họ tên thủ trưởng",
        max_length=150,
        blank=True,
        help_text="Chỉ dùng khi lãnh đạo đơn vị chưa có tài khoản.",
    )
    leader_title = models.CharField("chức vụ thủ trưởng", max_length=150, default="Giám đốc")
    address = models.CharField("địa chỉ", max_length=255, blank=True)
    founded_on = models.DateField("thành lập ngày", null=True, blank=True)
    dissolved_on = models.DateField("thôi hoạt động ngày", null=True, blank=True)
    end_decision = models.CharField("văn bản thôi hoạt động", max_length=255, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        # The lists of all units and of those offered to choose from read their first lines by it.
        indexes = (models.Index(fields=("name", "id"), name="unit_by_name"),)
        constraints = (
            models.CheckConstraint(
                name="unit_ends_after_it_began",
                condition=Q(founded_on=None)
                | Q(dissolved_on=None)
                | Q(dissolved_on__gte=F("founded_on")),
                violation_error_message="Ngày thôi hoạt động phải sau ngày thành lập.",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def alias_lines(self):
        """The aliases as typed, a name each."""
        return [squeeze(line) for line in filled_lines(self.aliases)]

    @property
    def other_names(self):
        """Aliases count as well; they hold on no certain day."""
        return tuple(dict.fromkeys((*self.alias_lines, *super().other_names)))

    def get_absolute_url(self):
        return reverse("units:unit_detail", args=(self.pk,))

    def named(self, day):
        """As of any day; a unit that ended since is a copy, too, so that the end can be said."""
        then = super().named(day)
        now = then.of_now or then
        has_ended_since = day and now.__dict__.get("dissolved_on") and day < now.dissolved_on
        if then.of_now is None and has_ended_since:
            then = copy.copy(now)
            then.of_now = now
        return then

    @property
    def differs_by_day(self):
        """A unit that ended is told apart from one that worked, too."""
        return super().differs_by_day or bool(self.__dict__.get("dissolved_on"))

    @property
    def now_words(self):
        """«nay là Sở B, thôi hoạt động từ 20/02/2027» of a copy of then; else nothing."""
        if self.of_now is None or self.dissolved_on is None:
            return super().now_words
        ended = f"thôi hoạt động từ {short_date(self.dissolved_on)}"
        return ", ".join(filter(None, (super().now_words, ended)))

    def stands_on(self, day):
        """Whether the unit still works on that day."""
        return self.dissolved_on is None or day < self.dissolved_on

    @property
    def end_paper(self):
        """By which paper the years say that it ended."""
        return self.end_decision or NO_PAPER


class UnitSuccession(models.Model):
    """One unit went into another: merged, renamed or split."""

    predecessor = models.ForeignKey(
        Unit, models.PROTECT, related_name="successions", verbose_name="đơn vị trước"
    )
    successor = models.ForeignKey(
        Unit, models.PROTECT, related_name="origins", verbose_name="đơn vị kế thừa"
    )
    on = models.DateField("từ ngày")
    decision = models.CharField("văn bản", max_length=255, blank=True)

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="succession_once",
                violation_error_message="Việc kế thừa này đã được ghi.",
            ),
            models.CheckConstraint(
                name="succession_of_two_units",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="Đơn vị không thể kế thừa chính mình.",
            ),
        )

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"

    @property
    def paper(self):
        """By which paper the years say it."""
        return self.decision or NO_PAPER
