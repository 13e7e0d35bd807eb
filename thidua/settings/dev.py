"""Trying it out on one machine: plain http on the loopback address."""

import os

os.environ.setdefault("SECRET_KEY", "chi-dung-de-chay-thu-tren-mot-may-khong-dung-cho-co-quan-that")
# The province of the demo.
os.environ.setdefault("SITE_PROVINCE", "Tỉnh Đắk Lắk")

from thidua.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
# The trial is signed in to with the accounts of the README, by whoever tries it; the two names
# of the environment change nothing here.
SECOND_FACTOR = False
PROOF_MINUTES = 0
SESSION_COOKIE_NAME = "sessionid"
CSRF_COOKIE_NAME = "csrftoken"
WHO_COOKIE_NAME = "thidua_nguoi"
LISTS_COOKIE_NAME = "thidua_danh_sach"
# Nobody else of the machine reads the files of a trial.
FILE_UPLOAD_PERMISSIONS = 0o600
