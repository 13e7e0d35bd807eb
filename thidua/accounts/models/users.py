import rules
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Collate, Lower

from thidua.common.vietnamese.collation import COLLATION


class UserManager(DjangoUserManager):
    def get_by_natural_key(self, username):
        """The person of that name, however it is capitalised: this is how one signs in."""
        return super().get_by_natural_key(self.model.normalize_username(username))


class User(AbstractUser):
    """A person who signs in. What the person may do follows from seats, never from this row."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=150)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)

    # What the home page tells until it was seen, one line each: what others did with this account.
    reset_note = models.TextField("thông báo đặt lại mật khẩu", blank=True)
    # Sessions of an earlier round are over for good.
    session_round = models.PositiveIntegerField("lượt phiên đăng nhập", default=0)

    # Read once for the person of a request, by `standing_of` and `marked_reports`.
    standing = None
    whole_sheets = None
    # Said of the person of a request by `SecondFactor`; commands and tests act without a proof.
    proof_is_old = False
    # Who in truth sits there, while the office looks as this person.
    seen_by = None

    REQUIRED_FIELDS = ("full_name",)

    objects = UserManager()

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ("username",)
        indexes = (models.Index(Collate("full_name", COLLATION), "id", name="user_by_full_name"),)
        constraints = (
            models.CheckConstraint(
                name="user_name_in_small_letters",
                condition=models.Q(username=Lower("username")),
                violation_error_message="Tên đăng nhập được ghi bằng chữ thường.",
            ),
        )

    def __str__(self):
        return self.full_name or self.username

    @classmethod
    def normalize_username(cls, username):
        """Names do not distinguish capitals: one name is kept in one way."""
        return super().normalize_username(username).lower()

    def tell_at_home(self, words):
        """Put `words` below what the home page tells already and nobody has seen; not saved."""
        self.reset_note = "\n".join(filter(None, (self.reset_note, words)))

    def _get_session_auth_hash(self, secret=None):
        """Django compares this with each session: a new round ends them as a new password does."""
        return f"{super()._get_session_auth_hash(secret)}{self.session_round or ''}"

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    def has_perm(self, perm, obj=None):
        """Our own rights have no back door: superusers pass only where the table says."""
        if rules.perm_exists(perm):
            return self.is_active and rules.has_perm(perm, self, obj)
        return super().has_perm(perm, obj)
