from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from thidua.accounts.models import Authenticator, Identity, SpareCodes, User
from thidua.accounts.second_factor import CODES, has_factor
from thidua.accounts.sessions import OpenSession
from thidua.common.activity import record
from thidua.common.models import ActivityEntry
from thidua.common.permissions import ProofNeededError
from thidua.common.vietnamese.dates import moment_words

FAILURES = {
    False: "Đăng nhập không thành công",
    True: "Tạm dừng đăng nhập do sai mật khẩu nhiều lần",
}

DROPPED_BY_COMMAND = (
    "Bước xác thực thứ hai của bạn đã được bỏ lúc {at} bằng lệnh của người vận hành máy. Nếu bạn "
    "không nhờ việc này, hãy báo ngay cơ quan thường trực."
)


def note_provider_sign_in(user) -> ActivityEntry:
    """Tell the log book that `user` has signed in through the province."""
    return record(user, "accounts.sign_in", user, label="Đăng nhập bằng tài khoản của tỉnh")


def keep_identity(user: User, subject: str) -> Identity:
    """The person is this subject at the province, in place of an earlier one."""
    facts = {"issuer": settings.OIDC_ISSUER, "subject": subject}
    identity, _ = Identity.objects.update_or_create(user=user, defaults=facts)
    return identity


def drop_identity(user: User) -> bool:
    """Forget who the person is at the province; False where nobody had said."""
    identity = Identity.objects.select_for_update(of=("self",)).filter(user=user).first()
    if identity is not None:
        identity.delete()
    return identity is not None


def note_sign_in(user) -> ActivityEntry:
    """Tell the log book that `user` has signed in."""
    return record(user, "accounts.sign_in", user, label="Đăng nhập")


@transaction.atomic
def note_failed_sign_in(username: str, *, is_locked: bool) -> ActivityEntry | None:
    """Tell the log book that somebody failed to sign in under this name.

    Only names of accounts are written down: what was typed may be a password in the wrong field.
    A lock is told once, however often it is run against.
    """
    person = User.objects.filter(username=User.normalize_username(username)).first()
    if person is None:
        return None
    action = "accounts.lock_out" if is_locked else "accounts.fail_sign_in"
    last = ActivityEntry.objects.about(person).first()
    if is_locked and last and last.action == action:
        return last
    return record(None, action, person, label=FAILURES[is_locked])


@transaction.atomic
def change_password(user, *, actor) -> User:
    """Note that `user` now has a password of the own choice.

    A new round ends what the old password opened: tokens as well as sessions; the page keeps its.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.must_change_password = False
    user.session_round += 1
    user.save(update_fields=("must_change_password", "session_round"))
    record(actor, "accounts.change_password", user, label="Đổi mật khẩu")
    return user


@transaction.atomic
def note_reset_seen(user, *, actor) -> User:
    """The person has read that others reset the password; the home page tells it no more."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.reset_note = ""
    user.save(update_fields=("reset_note",))
    record(actor, "accounts.see_reset", user, label="Đã xem thông báo đặt lại mật khẩu")
    return user


@transaction.atomic
def end_sessions(user, *, actor) -> User:
    """End every session of the person; the page keeps the one it is asked from."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.session_round += 1
    user.save(update_fields=("session_round",))
    record(actor, "accounts.end_sessions", user, label="Đăng xuất mọi nơi khác")
    return user


@transaction.atomic
def end_session(user, *, actor, session: OpenSession) -> None:
    """End one session of the person for good; what it was goes into the log book."""
    for row in Session.objects.select_for_update().filter(pk=session.key):
        row.delete()
    label = f"Đăng xuất một nơi: {session.browser}, {session.address}"
    record(actor, "accounts.end_session", user, label=label)


@transaction.atomic
def set_up_factor(user, *, actor, device: Authenticator) -> list[str]:
    """Keep the authenticator in place of an earlier one; gives the codes for need, shown once.

    All other sessions end: what they proved, they proved without it. ProofNeededError where one is
    to be replaced that this session did not prove, be it set up elsewhere a moment ago.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.session_round != actor.session_round or (actor.proof_is_old and has_factor(user)):
        raise ProofNeededError
    user.session_round += 1
    user.save(update_fields=("session_round",))
    Authenticator.objects.filter(user=user).delete()
    device.user = user
    device.save()
    codes = renew_codes(user)
    record(actor, "accounts.set_up_factor", user, label="Đặt bước xác thực thứ hai")
    return codes


@transaction.atomic
def give_new_codes(user, *, actor) -> list[str]:
    """Ten new codes for need; the earlier ones are worth nothing from now on."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    codes = renew_codes(user)
    record(actor, "accounts.renew_codes", user, label="Lập mã dự phòng mới")
    return codes


def renew_codes(user: User) -> list[str]:
    """Ten codes for need in place of all earlier ones."""
    SpareCodes.objects.filter(user=user).delete()
    device = SpareCodes.objects.create(user=user, name="Mã dự phòng")
    codes = [StaticToken.random_token() for _ in range(CODES)]
    device.keep(codes)
    return codes


def drop_factor(user: User) -> None:
    """Forget authenticator and codes; who must have them sets them up at the next sign-in."""
    Authenticator.objects.filter(user=user).delete()
    SpareCodes.objects.filter(user=user).delete()


@transaction.atomic
def drop_factor_by_command(user) -> User:
    """The operator of the machine forgets the factor; all sessions end, the person is told."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.tell_at_home(DROPPED_BY_COMMAND.format(at=moment_words(timezone.now())))
    user.session_round += 1
    user.save(update_fields=("reset_note", "session_round"))
    drop_factor(user)
    label = "Bỏ bước xác thực thứ hai đã đặt, bằng lệnh của người vận hành máy"
    record(None, "accounts.drop_factor", user, label=label)
    return user


def note_code_failed(user) -> ActivityEntry:
    """Tell the log book that a second factor was wrong: the password was right, it may be known."""
    return record(user, "accounts.fail_factor", user, label="Mã xác thực bước hai không đúng")


def note_password_failed(user, *, is_locked: bool) -> ActivityEntry | None:
    """Tell the log book that in a session of `user` a wrong password was given as the proof.

    A pause is told as that of signing in is: once.
    """
    if is_locked:
        return note_failed_sign_in(user.username, is_locked=True)
    return record(user, "accounts.fail_proof", user, label="Mật khẩu nhập để xác nhận không đúng")
