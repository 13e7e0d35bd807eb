"""The demo of all states, loaded once for a file."""

from tests.demo.conftest import demo

__all__ = ("demo",)
