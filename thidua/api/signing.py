"""Who asks: the token of a request, and whether its person may read by it today."""

import logging
from datetime import date

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone

from thidua.api.brakes import note_wrong_token
from thidua.api.enums import TokenState
from thidua.api.models import ApiToken
from thidua.api.refusals import RefusedError

SCHEME = "bearer"
PLAIN = "Chỉ trả lời qua HTTPS. Mã vừa gửi đã đi qua mạng không mã hóa: hãy kết thúc mã ấy."
MISSING = (
    "Thiếu mã truy cập. Gửi tiêu đề “Authorization: Bearer <mã>”; phiên đăng nhập của trình duyệt "
    "không dùng được ở đây."
)
WRONG = "Mã truy cập không đúng."
WAIT = "Địa chỉ này đã gửi mã sai nhiều lần. Thử lại sau {wait} giây."
OVER = {
    TokenState.EXPIRED: ("expired", "Mã truy cập đã hết hạn. Lập mã mới ở trang “Mã truy cập”."),
    TokenState.ENDED: ("ended", "Mã truy cập đã kết thúc. Lập mã mới ở trang “Mã truy cập”."),
}
CLOSED = (
    "Người lập mã này hiện không được dùng mã: tài khoản đã ngừng, chờ đổi mật khẩu, hoặc không "
    "còn vị trí."
)

logger = logging.getLogger("thidua.api")


def refuse_plain_http(request: HttpRequest) -> None:
    """A program is not led to HTTPS: it would go on sending its token in the clear before."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise RefusedError(403, "https", PLAIN)


def bearer_of(request: HttpRequest) -> ApiToken:
    """The living token of the request, with its person; one query. RefusedError without one."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not secret.strip():
        raise RefusedError(401, "missing_token", MISSING)
    token, today = ApiToken.objects.of_secret(secret.strip()), timezone.localdate()
    if token is None:
        if wait := note_wrong_token(request):
            raise RefusedError(429, "too_many", WAIT.format(wait=wait), wait)
        raise RefusedError(401, "wrong_token", WRONG)
    if over := OVER.get(token.state_on(today)):
        raise RefusedError(401, *over)
    if token.person.must_change_password or not token.person.has_perm("api.hold_token"):
        raise RefusedError(403, "closed", CLOSED)
    note_use(token, today)
    return token


def note_use(token: ApiToken, today: date) -> None:
    """Keep the day of the last use, once a day; reading goes on where nothing can be written."""
    if token.last_used_on == today:
        return
    try:
        with transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    except DatabaseError:
        logger.exception("The use of token %s was not written down.", token.pk)
