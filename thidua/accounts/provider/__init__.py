"""Signing in through the province's OpenID Connect, where the office has one; off by default."""
