"""The suite: the same settings with quick passwords and a folder of its own."""

import tempfile
from pathlib import Path

from thidua.settings.dev import *  # noqa: F403

VAR = Path(tempfile.mkdtemp(prefix="thidua-"))
MEDIA_ROOT = VAR / "media"
# A test may run where the disk is nearly full.
DISK_WARNING_MB = DISK_RESERVE_MB = 0
BACKUP_DIR = VAR / "backup"
PROCESS_DIR = VAR / "run"
NOTES_DIR = VAR / "notes"
JOBS_DIR = VAR / "jobs"
# A test works its jobs off itself.
JOBS_INSIDE = False
# A busy machine is not a fault: what a test prints it gets.
PAPER_WAIT_SECONDS = 120
PDF_CACHE_DIR = VAR / "cache"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_PROVINCE = "Tỉnh Lam Giang"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
