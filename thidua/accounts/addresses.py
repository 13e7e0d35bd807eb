"""Where a request comes from, as far as it can be known behind proxies."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Whoever has one IPv6 address has 2^64 of them.
OWN_NETWORK = 64


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser: of IPv6 its network, None where the server does not say any.

    Each trusted proxy (TRUSTED_PROXIES of them) adds to X-Forwarded-For whom it answers, so one
    counts from the right; what stands further left anybody may have written.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    chain = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), direct]
    reached = chain[-1 - settings.TRUSTED_PROXIES] if len(chain) > settings.TRUSTED_PROXIES else ""
    return network_of(reached) or network_of(direct)


def network_of(text: str) -> str | None:
    """The address as one of those that a single visitor can have; None where it is none."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), OWN_NETWORK), strict=False).network_address)
    return str(address)
