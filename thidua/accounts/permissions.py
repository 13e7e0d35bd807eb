"""Pages open to a person whose first password has still to be changed."""

FIRST_PASSWORD_PAGES = ("accounts:password_change", "accounts:logout")


def is_open_to_first_password(view_name: str) -> bool:
    return view_name in FIRST_PASSWORD_PAGES
