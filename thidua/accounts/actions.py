from django.db import transaction

from thidua.common.activity import record


def note_sign_in(user):
    """Tell the log book that `user` has signed in."""
    return record(user, "accounts.sign_in", user, label="Đăng nhập")


@transaction.atomic
def change_password(user, *, actor):
    """Note that `user` now has a password of the own choice."""
    user.must_change_password = False
    user.save(update_fields=("must_change_password",))
    record(actor, "accounts.change_password", user, label="Đổi mật khẩu")
    return user
