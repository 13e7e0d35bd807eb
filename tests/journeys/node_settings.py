"""One of several web machines: what is its own in VAR_DIR, what all share in SHARED_DIR."""

from thidua.settings.dev import *  # noqa: F403

DISK_WARNING_MB = DISK_RESERVE_MB = 0
SITE_PROVINCE = "Tỉnh Lam Giang"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
