from django.conf import settings
from django.db import models
from django.db.models import F, Q

from blocs.states import UNIT_ROLES, RequestKind, RequestOutcome, SeatRole
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit
from thidua.common.vietnamese.dates import day_in_vietnam


class AccountRequestQuerySet(models.QuerySet):
    def waiting(self):
        """Those that nobody has decided yet."""
        return self.filter(outcome="")

    def seats_in_units(self, second):
        """Waiting seats in units that `second` may confirm as the other of two people."""
        asked = self.waiting().filter(kind=RequestKind.SEAT, role__in=UNIT_ROLES)
        return asked.exclude(asked_by=second).exclude(user=second)

    def for_list(self):
        """With everybody a line names."""
        return self.select_related("user", "unit", "asked_by", "decided_by").order_by(
            "-asked_at", "-pk"
        )


class AccountRequest(models.Model):
    """What the administrator asks for and a second person confirms: a seat or a new password.

    The hash of the new password is kept until the request is decided, and no longer.
    """

    kind = models.CharField("việc", max_length=20, choices=RequestKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="account_requests",
        verbose_name="người dùng",
    )
    role = models.CharField("vai trò", max_length=20, choices=SeatRole, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="đơn vị"
    )
    title = models.CharField("chức vụ", max_length=150, blank=True)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    sees_only = models.JSONField("chỉ xem các khối, cụm", default=list, blank=True)
    edits_only = models.JSONField("chỉ sửa các khối, cụm", default=list, blank=True)
    subject = models.CharField("mã nhận dạng", max_length=255, blank=True)
    password = models.CharField("mật khẩu đã băm", max_length=128, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đề nghị"
    )
    asked_at = models.DateTimeField("đề nghị lúc", auto_now_add=True)
    outcome = models.CharField("kết quả", max_length=20, choices=RequestOutcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="người quyết định",
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    note = models.TextField("lý do", blank=True)

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị về tài khoản"
        verbose_name_plural = "đề nghị về tài khoản"
        constraints = (
            models.CheckConstraint(
                name="account_request_is_decided_by_somebody",
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message="Đề nghị đã quyết định phải có người và thời điểm.",
            ),
            models.CheckConstraint(
                name="account_request_needs_two_people",
                condition=~Q(outcome=RequestOutcome.CONFIRMED)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user"))),
                violation_error_message="Người xác nhận phải là người thứ hai.",
            ),
            models.CheckConstraint(
                name="account_request_forgets_the_password",
                condition=Q(outcome="") | Q(password=""),
                violation_error_message="Đề nghị đã quyết định không giữ mật khẩu.",
            ),
        )

    def __str__(self):
        asked = f": {self.seat}" if self.kind == RequestKind.SEAT else ""
        return f"{self.get_kind_display()}{asked}"

    @property
    def seat(self):
        """The seat that is asked for, as it would be; it is not stored."""
        return Seat(
            user=self.user,
            role=self.role,
            unit=self.unit,
            title=self.title,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            sees_only=self.sees_only,
            edits_only=self.edits_only,
        )

    @property
    def is_back_dated(self):
        """Whether the seat would begin before the day it was asked for."""
        return self.starts_on is not None and self.starts_on < day_in_vietnam(self.asked_at)
