"""Tokens: a program that shows one reads what the person who made it may read."""

import secrets
from datetime import date
from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from thidua.api.enums import Scope, TokenState
from thidua.common.fields import author

# By its beginning a token is known wherever it was left lying; the rest has 256 bits of chance.
MARK = "tdk_"
SECRET_BYTES = 32
SHOWN = 12


def new_secret() -> str:
    """A token that nobody guesses."""
    return f"{MARK}{secrets.token_urlsafe(SECRET_BYTES)}"


def digest_of(secret: str) -> str:
    """What is kept of a token. It is drawn and not chosen, so one quick hash is enough."""
    return sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet):
    def living(self, day: date):
        """Tokens that open something on `day`."""
        return self.filter(
            ended_at=None, expires_on__gte=day, session_round=F("person__session_round")
        )

    def of_secret(self, secret: str):
        """The token that this is, whatever became of it; None where it is none of ours."""
        found = self.select_related("person").filter(digest=digest_of(secret))
        return found.first()

    def for_list(self):
        return self.select_related("person", "ended_by").order_by("-made_at", "-pk")


class ApiToken(models.Model):
    """One token of a person. What it was is not kept, only its hash and how it begins."""

    person = author("người lập")
    name = models.CharField(
        "tên", max_length=100, help_text="Hệ thống nào dùng mã này, ví dụ: kho dữ liệu của tỉnh."
    )
    prefix = models.CharField("phần đầu của mã", max_length=SHOWN, editable=False)
    digest = models.CharField("mã băm", max_length=64, unique=True, editable=False)
    scopes = models.JSONField("được đọc", default=list)
    # Whatever ends all sessions of the person for good ends the tokens of that round, too.
    session_round = models.PositiveIntegerField("lượt phiên đăng nhập", editable=False)
    made_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)
    expires_on = models.DateField("dùng đến hết ngày")
    last_used_on = models.DateField("dùng lần cuối ngày", null=True, editable=False)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, editable=False)
    ended_by = author("người kết thúc", optional=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "mã truy cập"
        verbose_name_plural = "mã truy cập"
        constraints = (
            models.CheckConstraint(
                name="api_token_is_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="Mã đã kết thúc phải ghi lúc nào và ai kết thúc.",
            ),
        )

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"

    def get_absolute_url(self):
        return reverse("tokens:token_end", args=(self.pk,))

    def state_on(self, day: date) -> TokenState:
        """Where it stands on `day`; the person is asked for, too."""
        if self.ended_at or self.session_round != self.person.session_round:
            return TokenState.ENDED
        return TokenState.LIVING if day <= self.expires_on else TokenState.EXPIRED

    @property
    def scope_words(self) -> str:
        """«Đơn vị; Khối, cụm» in the order of the list."""
        return "; ".join(scope.label for scope in Scope if scope in self.scopes)
