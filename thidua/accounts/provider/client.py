"""The way to the provider and back: Authlib speaks and checks, here stands what must hold."""

from functools import lru_cache
from urllib.parse import urlencode

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from requests.exceptions import RequestException

NAME = "province"
SECONDS = 10
LEEWAY = 60
# Signatures by a private key alone: «none» and secrets shared with us are no proof of who signed.
SIGNED_BY = ("RS256", "PS256", "ES256")
UNREACHABLE = (
    "Không gọi được hệ thống đăng nhập của tỉnh. Hãy thử lại, hoặc đăng nhập bằng tên và mật khẩu."
)
NOT_BEGUN = "Lần đăng nhập này không bắt đầu từ trình duyệt này hoặc đã quá lâu. Hãy bấm lại."
NOT_LET_IN = "Hệ thống đăng nhập của tỉnh không cho đăng nhập lần này."
FORGED = "Kết quả đăng nhập của tỉnh bị từ chối: {why}. Hãy bấm lại hoặc báo bộ phận hỗ trợ."
WHY = {
    "aud": "được cấp cho phần mềm khác",
    "azp": "được cấp cho phần mềm khác",
    "iss": "không do hệ thống đăng nhập của tỉnh cấp",
    "nonce": "không thuộc lần đăng nhập này",
    "exp": "đã hết hạn",
}
OLD, UNSIGNED = "đã hết hạn", "chữ ký không đúng"


def is_on() -> bool:
    """Whether the office has such a sign-in."""
    return bool(settings.OIDC_ISSUER)


@lru_cache
def made(issuer: str, client_id: str, secret: str):
    """The client of one provider; what the provider says of itself is read once."""
    return OAuth().register(
        NAME,
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )


def client():
    """The client of the provider in the settings, once the provider's own words were checked."""
    one = made(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    try:
        said = one.load_server_metadata()
    except (RequestException, ValueError) as error:
        raise ValidationError(UNREACHABLE) from error
    if said.get("issuer") != settings.OIDC_ISSUER:
        made.cache_clear()
        raise ValidationError(FORGED.format(why=WHY["iss"]))
    offered = said.get("id_token_signing_alg_values_supported", ["RS256"])
    said["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNED_BY]
    return one


def begin(request: HttpRequest, back: str) -> HttpResponse:
    """To the provider, with state, nonce and the proof key of this browser; `back` is our page."""
    return client().authorize_redirect(request, back)


def claims_of(request: HttpRequest) -> dict:
    """What the provider says of who signed in; ValidationError where it is not to be believed."""
    must = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
    if request.GET.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise ValidationError(FORGED.format(why=WHY["iss"]))
    try:
        token = client().authorize_access_token(request, claims_options=must, leeway=LEEWAY)
    except MismatchingStateError as error:
        raise ValidationError(NOT_BEGUN) from error
    except JoseError as error:
        raise ValidationError(FORGED.format(why=why_of(error))) from error
    except AuthlibBaseError as error:
        raise ValidationError(NOT_LET_IN) from error
    except (RequestException, ValueError) as error:
        raise ValidationError(UNREACHABLE) from error
    if "userinfo" not in token:
        raise ValidationError(FORGED.format(why=UNSIGNED))
    return token["userinfo"]


def why_of(error: JoseError) -> str:
    """Why the token is refused, in words; a key, an algorithm or a form that is wrong is one."""
    if isinstance(error, ExpiredTokenError):
        return OLD
    if isinstance(error, ClaimError):
        named = (name for name in WHY if f"'{name}'" in error.description)
        return WHY.get(next(named, ""), "thiếu hoặc sai nội dung")
    return UNSIGNED


def states_factor(claims: dict) -> bool:
    """Whether the provider says of this sign-in that it took a second factor we accept.

    `acr` is one string, `amr` a list of them (OpenID Connect Core, 2); all else states nothing.
    """
    methods = claims.get("amr")
    stated = [claims.get("acr"), *(methods if isinstance(methods, list) else ())]
    said = {one for one in stated if isinstance(one, str)}
    return bool(said & set(settings.OIDC_FACTOR_STATED))


def leave_address(back: str) -> str:
    """Where the person signs out of the provider as well; empty where it has no such page."""
    said = client().load_server_metadata()
    address = said.get("end_session_endpoint", "")
    asked = {"client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back}
    return f"{address}?{urlencode(asked)}" if address else ""
