"""Whoever leaves while looking as another, by the button or by leaving the desk, has ended that."""

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from thidua.view_as.actions import end_view
from thidua.view_as.sessions import found

SIGNED_OUT = "Đăng xuất."


@receiver(user_logged_out)
def end_with_session(sender, request, user, **kwargs):
    """Write the end down; the session with the looking in it is thrown away."""
    if viewing := user and found(request):
        end_view(viewing.person, actor=viewing.viewer, why=SIGNED_OUT)
