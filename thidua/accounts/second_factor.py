"""What proves a person beside the password: a code of an authenticator, or one kept for need.

django-otp compares codes and slows down who guesses; here stands when a person is asked.
"""

import os
import time
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django_otp import verify_token
from django_otp.oath import TOTP

from thidua.accounts.encryption import KeyLostError, encrypted
from thidua.accounts.models.devices import SECRET_BYTES, Authenticator, SpareCodes, about
from thidua.accounts.permissions import MUST_HAVE_FACTOR
from thidua.common.vietnamese.dates import wait_words

# In the session: what is still to be done after the password; the secret that is being set up;
# when the person last proved to be who signed in, in whole seconds; whether by a second factor.
STEP, SECRET, PROVED = "second_factor", "factor_secret", "proved_at"
BY_FACTOR = "proved_by_factor"
# Codes for need until their page has shown them.
NEW_CODES = "new_codes"
ASK, SET_UP = "ask", "set_up"
CODES = 10
MINUTE = 60
WRONG = "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại."
WAIT = "Đã nhập sai nhiều lần. Hãy nhập mã mới sau {wait} (lúc {clock})."
LOST = (
    "Không kiểm tra được mã vì khóa của máy chủ đã thay. Hãy nhập một mã dự phòng, hoặc nhờ quản "
    "trị hệ thống đề nghị bỏ bước xác thực thứ hai."
)
CLOCK = "Mã không đúng. Hãy kiểm tra giờ của điện thoại rồi nhập mã đang hiện."


def has_factor(user) -> bool:
    """Whether the person has set up an authenticator."""
    return Authenticator.objects.devices_for_user(user, confirmed=True).exists()


def must_have_factor(user) -> bool:
    """Whether the office asks this person for one."""
    return settings.SECOND_FACTOR and any(asks(user) for asks in MUST_HAVE_FACTOR)


def begin_step(request: HttpRequest, user) -> None:
    """After the password: note what the person still has to do before anything else."""
    note_proof(request)
    if has_factor(user):
        request.session[STEP] = ASK
    elif must_have_factor(user):
        request.session[STEP] = SET_UP


def step_of(request: HttpRequest) -> str:
    """What the person has still to do before anything else; empty where it is nothing.

    The seats of now decide: one given since asks at once. Where a factor was set up meanwhile, by
    the owner in another session, its code is asked for.
    """
    step = request.session.get(STEP, "")
    if step == SET_UP or (not step and lacks_factor(request)):
        request.session[STEP] = step = ASK if has_factor(request.user) else SET_UP
    return step


def lacks_factor(request: HttpRequest) -> bool:
    """Whether the session is without the factor that its person must have.

    Who looks as another can do nothing there, and the seats are the other's.
    """
    if BY_FACTOR in request.session or request.user.seen_by:
        return False
    return must_have_factor(request.user)


def end_step(request: HttpRequest) -> None:
    """The person has proved by a second factor to be who signed in."""
    request.session.pop(STEP, None)
    request.session.pop(SECRET, None)
    request.session[BY_FACTOR] = True
    note_proof(request)


def note_proof(request: HttpRequest) -> None:
    """Remember that the person proved himself just now."""
    request.session[PROVED] = int(timezone.now().timestamp())


def is_proof_old(request: HttpRequest) -> bool:
    """Whether an irreversible act asks for a new proof; 0 minutes: none is ever asked for.

    Who has still to prove the second factor has proved nothing.
    """
    return STEP in request.session or is_stale(request)


def is_stale(request: HttpRequest) -> bool:
    """Whether the last proof, be it the password, is too long ago."""
    limit = settings.PROOF_MINUTES * MINUTE
    now = int(timezone.now().timestamp())
    return bool(limit) and now - request.session.get(PROVED, 0) > limit


def new_secret(user) -> str:
    """A secret for an authenticator of this person, encrypted as it is kept."""
    return encrypted(os.urandom(SECRET_BYTES), about(user.pk))


def secret_of(request: HttpRequest) -> str:
    """The secret that is being set up in this session, encrypted."""
    if SECRET not in request.session:
        request.session[SECRET] = new_secret(request.user)
    return request.session[SECRET]


def draft_device(user, secret: str) -> Authenticator:
    """The authenticator with this encrypted secret; it is not stored."""
    return Authenticator(user=user, name="Ứng dụng xác thực", key=secret)


def proven_device(user, secret: str, code: str) -> Authenticator:
    """The authenticator, once its first code shows that it was set up; it is not stored yet."""
    device = draft_device(user, secret)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    typed = tidy_code(code)
    if not typed.isdecimal() or not totp.verify(int(typed), device.tolerance):
        raise ValidationError({"code": CLOCK})
    device.last_t, device.drift = totp.t(), totp.drift
    return device


def tidy_code(code: str) -> str:
    """The code as it is compared: people type spaces and dashes."""
    return code.replace(" ", "").replace("-", "").lower()


def device_for(user, code: str) -> Authenticator | SpareCodes | None:
    """What the code is tried at: figures at the authenticator, all else at the codes for need."""
    kind = Authenticator if tidy_code(code).isdecimal() else SpareCodes
    return kind.objects.devices_for_user(user, confirmed=True).order_by("pk").first()


def pause_of(user, code: str) -> int:
    """How many seconds pass until such a code is looked at again; 0 where it is now."""
    device = device_for(user, code)
    is_open, why = device.verify_is_allowed() if device else (True, None)
    if is_open:
        return 0
    return max(ceil((why["locked_until"] - timezone.now()).total_seconds()), 1)


def pause_words(seconds: int) -> str:
    """When the next code may be entered."""
    end = timezone.localtime(timezone.now() + timedelta(seconds=seconds))
    return WAIT.format(wait=wait_words(seconds), clock=f"{end:%H:%M}")


def check_code(user, code: str) -> str:
    """Why the code is refused; empty where it is right. A right one is used up."""
    device = device_for(user, code)
    if device is None:
        return WRONG
    try:
        return "" if verify_token(user, device.persistent_id, tidy_code(code)) else WRONG
    except KeyLostError:
        return LOST


def codes_left(user) -> int:
    """How many codes kept for need are left."""
    return sum(one.hashed_codes.count() for one in SpareCodes.objects.devices_for_user(user))
