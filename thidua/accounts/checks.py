"""What an operator can forget about signing in."""

from django.conf import settings
from django.core.checks import Warning as Caution
from django.core.checks import register


@register
def trusted_proxies(**kwargs) -> list[Caution]:
    """Behind a proxy nobody counted, all visitors seem to come from one address."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.TRUSTED_PROXIES:
        return []
    return [
        Caution(
            "Chưa khai TRUSTED_PROXIES (số proxy đứng trước phần mềm): mọi người dùng được coi là "
            "cùng một địa chỉ khi tạm dừng đăng nhập.",
            id="thidua.W011",
        )
    ]
