"""The settings of an office as they reach Django, asked of a process that has only its environment.

Every value stands here a second time on purpose: who changes one is to mean it.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT

SCRIPT = """
import json, sys
from django.conf import global_settings, settings
from thidua.settings import base
own = {name for name in dir(base) if name.isupper()}
values = {name: getattr(settings, name) for name in {*own, *dir(global_settings)} if name.isupper()}
json.dump({"own": sorted(own), "values": values}, sys.stdout, default=str)
"""
OFFICE = {
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": "thidua.langiang.gov.vn,10.0.0.7",
    "CSRF_TRUSTED_ORIGINS": "https://thidua.langiang.gov.vn",
    "VAR_DIR": "/srv/thidua",
    "DATABASE_URL": "postgres://thidua:m%40t@db:5433/khoi",
    "CLAMD_SOCKET": "/run/clamd.sock",
    "TRUSTED_PROXIES": "1",
}
SESSIONS = {
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "SESSION_COOKIE_AGE": 28_800,
    "SESSION_COOKIE_DOMAIN": None,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "SESSION_COOKIE_PATH": "/",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_IDLE_MINUTES": 30,
    "WHO_COOKIE_NAME": "__Host-thidua_nguoi",
    "LISTS_COOKIE_NAME": "__Host-thidua_danh_sach",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": False,
    "SESSION_SAVE_EVERY_REQUEST": False,
    "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
}
FORGERY = {
    "CSRF_COOKIE_AGE": 31_449_600,
    "CSRF_COOKIE_DOMAIN": None,
    "CSRF_COOKIE_HTTPONLY": False,
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_FAILURE_VIEW": "thidua.accounts.views.csrf_failure",
    "CSRF_TRUSTED_ORIGINS": ["https://thidua.langiang.gov.vn"],
    "CSRF_USE_SESSIONS": False,
}
TRANSPORT = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["thidua.langiang.gov.vn", "10.0.0.7"],
    "USE_X_FORWARDED_HOST": False,
    "USE_X_FORWARDED_PORT": False,
    "SECRET_KEY": "k" * 64,
    "SECRET_KEY_FALLBACKS": [],
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    "SECURE_REDIRECT_EXEMPT": ["^api/v1/.", "^suc-khoe/$"],
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_SSL_HOST": None,
    "SECURE_SSL_REDIRECT": True,
    "X_FRAME_OPTIONS": "DENY",
    "WHITENOISE_ALLOW_ALL_ORIGINS": False,
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "frame-src": ["'none'"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
        }
    },
}
PEOPLE = {
    "AUTH_USER_MODEL": "accounts.User",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        {"NAME": "thidua.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    ],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ],
    "LOGIN_URL": "accounts:login",
    "LOGIN_REDIRECT_URL": "home:tasks",
    "LOGOUT_REDIRECT_URL": "accounts:login",
    "SECOND_FACTOR": True,
    "SECOND_FACTOR_SEATS": ["leader", "office", "council", "chair", "sysadmin", "auditor"],
    "PROOF_MINUTES": 15,
    "VIEW_AS_MINUTES": 15,
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_NAME": "tài khoản của tỉnh",
    "OIDC_FACTOR_STATED": [],
    "OTP_TOTP_ISSUER": "Thi đua",
    "TRUSTED_PROXIES": 1,
    "AXES_CLIENT_IP_CALLABLE": "thidua.accounts.addresses.client_address",
    "AXES_COOLOFF_TIME": 0.25,
    "AXES_FAILURE_LIMIT": 5,
    "AXES_HANDLER": "thidua.accounts.brakes.Brakes",
    "AXES_LOCKOUT_CALLABLE": "thidua.accounts.views.locked_out",
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_SENSITIVE_PARAMETERS": ["username", "ip_address", "next", "csrfmiddlewaretoken"],
    "AXES_USERNAME_CALLABLE": "thidua.accounts.brakes.key_of_request",
    "AXES_VERBOSE": False,
}
FILES = {
    "BACKUP_DIR": "/srv/thidua/backup",
    "NOTES_DIR": "/srv/thidua/notes",
    "JOBS_DIR": "/srv/thidua/jobs",
    "JOBS_KEEP_DAYS": 7,
    "JOBS_INSIDE": False,
    "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
    "UNIT_QUOTA_MB": 2000,
    "DISK_WARNING_MB": 5000,
    "DISK_RESERVE_MB": 1000,
    "FILE_STORAGE": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 5_242_880,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 4000,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 100,
    "FILE_UPLOAD_DIRECTORY_PERMISSIONS": None,
    "FILE_UPLOAD_MAX_MEMORY_SIZE": 2_621_440,
    "FILE_UPLOAD_PERMISSIONS": 0o640,
    "FILE_UPLOAD_TEMP_DIR": None,
    "CLAMD_SOCKET": "/run/clamd.sock",
    "VAR": "/srv/thidua",
    "SHARED": "/srv/thidua",
    "MEDIA_ROOT": "/srv/thidua/media",
    "MEDIA_URL": "/",
    "PDF_CACHE_DIR": "/srv/thidua/cache/pdf",
    "PDF_CACHE_MEGABYTES": 200,
    "PROCESS_DIR": "/srv/thidua/run",
    "SLOW_REQUESTS": 3,
    "PAPER_WAIT_SECONDS": 2.5,
    "STATIC_ROOT": "/srv/thidua/static",
    "STATIC_URL": "/static/",
    "STATICFILES_DIRS": [str(ROOT / "static")],
    "STATICFILES_FINDERS": [
        "thidua.home.bundle.Bundle",
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    ],
    "BUNDLE_DIR": "/srv/thidua/cache/bundle",
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    },
    "PAPER_FONTS_DIR": str(ROOT / "static/fonts/paper"),
}
WORDS = {
    "LANGUAGE_CODE": "vi",
    "TIME_ZONE": "Asia/Ho_Chi_Minh",
    "USE_TZ": True,
    "USE_I18N": True,
    "FORMAT_MODULE_PATH": ["thidua.formats"],
    "LOCALE_PATHS": [str(ROOT / "thidua/locale")],
    "SITE_PROVINCE": "",
    "SITE_SUPPORT": "Phòng Thi đua – Khen thưởng, Sở Nội vụ – hỗ trợ trong giờ hành chính",
}
FRAME = {
    "ROOT": str(ROOT),
    "ROOT_URLCONF": "thidua.urls",
    "WSGI_APPLICATION": "thidua.wsgi.application",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "CRISPY_ALLOWED_TEMPLATE_PACKS": "bootstrap5",
    "CRISPY_TEMPLATE_PACK": "bootstrap5",
    "ADMINS": [],
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "thidua.common.answers.compressed.Compressed",
        "thidua.api.middleware.AnswersPrograms",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "thidua.accounts.middleware.EndsIdleSessions",
        "thidua.accounts.middleware.NoTrace",
        "thidua.accounts.middleware.KeepTypedText",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "thidua.accounts.middleware.SecondFactor",
        "thidua.accounts.middleware.FirstPassword",
        "thidua.view_as.middleware.ViewAs",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
        "axes.middleware.AxesMiddleware",
        "thidua.common.answers.again.MeetingOthers",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [str(ROOT / "templates")],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "thidua.home.context.site",
                ],
            },
        },
    ],
    "LOGGING": {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "thidua.common.server_log.JsonLine"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json"},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
    },
}
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
    ),
}
DATABASE = {
    "DATABASES": {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "khoi",
            "USER": "thidua",
            "PASSWORD": "m@t",
            "HOST": "db",
            "PORT": 5433,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    },
    "SQLITE_OPTIONS": SQLITE_OPTIONS,
}
GROUPS = {
    "sessions": SESSIONS,
    "forgery": FORGERY,
    "transport": TRANSPORT,
    "people": PEOPLE,
    "files": FILES,
    "words": WORDS,
    "frame": FRAME,
    "database": DATABASE,
}
# An app that is missing stops the start; the other two are words of the content security policy.
NO_SETTINGS = ["INSTALLED_APPS", "NONE", "SELF"]


def run(**environment):
    """The settings module loaded by a fresh process that inherits nothing else."""
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "thidua.settings.base"}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=given | environment,
        capture_output=True,
        text=True,
    )


def loaded(**environment):
    return json.loads(run(**environment).stdout)


@pytest.fixture(scope="module")
def office():
    return loaded(**OFFICE)


@pytest.mark.parametrize("name", GROUPS)
def test_an_office_runs_with_exactly_these_settings(office, name):
    assert {key: office["values"][key] for key in GROUPS[name]} == GROUPS[name]


def test_no_setting_of_the_office_stands_outside_these_groups(office):
    told = {key for group in GROUPS.values() for key in group}
    assert sorted(set(office["own"]) - told) == NO_SETTINGS


def test_an_office_that_says_nothing_serves_nobody_and_keeps_its_data_beside_the_program():
    values = loaded(SECRET_KEY="k" * 64)["values"]
    names = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "CLAMD_SOCKET", "VAR", "DATABASES")
    # Who reaches it without a proxy may write any address into the header.
    assert values["TRUSTED_PROXIES"] == 0
    assert {name: values[name] for name in names} == {
        "ALLOWED_HOSTS": [],
        "CSRF_TRUSTED_ORIGINS": [],
        "CLAMD_SOCKET": "",
        "VAR": str(ROOT / "var"),
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(ROOT / "var/thidua.sqlite3"),
                "USER": "",
                "PASSWORD": "",
                "HOST": "",
                "PORT": "",
                "OPTIONS": SQLITE_OPTIONS,
            }
        },
    }


def test_machines_of_an_office_share_what_is_kept_and_not_what_is_their_own():
    """Behind a pooler a cursor of the server does not outlive its transaction."""
    pooled = "postgres://thidua@127.0.0.1:6432/khoi?DISABLE_SERVER_SIDE_CURSORS=True"
    values = loaded(**OFFICE | {"SHARED_DIR": "/srv/chung", "DATABASE_URL": pooled})["values"]
    shared = {name: values[name] for name in ("MEDIA_ROOT", "BACKUP_DIR", "JOBS_DIR", "NOTES_DIR")}
    own = {name: values[name] for name in ("STATIC_ROOT", "PROCESS_DIR", "PDF_CACHE_DIR")}
    folders = ("media", "backup", "jobs", "notes")
    assert set(shared.values()) == {f"/srv/chung/{folder}" for folder in folders}
    assert {path.split("/")[2] for path in own.values()} == {"thidua"}
    line = values["DATABASES"]["default"]
    assert (line["DISABLE_SERVER_SIDE_CURSORS"], line["CONN_MAX_AGE"]) == (True, 60)


def test_an_office_may_say_otherwise_what_its_network_demands():
    values = loaded(
        SECRET_KEY="k" * 64,
        MEDIA_ROOT="/mnt/minh-chung",
        BACKUP_DIR="/mnt/sao-luu",
        UNIT_QUOTA_MB="500",
        DISK_WARNING_MB="9000",
        DISK_RESERVE_MB="3000",
        FILE_STORAGE='{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"a": "b"}}',
        PDF_CACHE_MEGABYTES="35",
        SECURE_SSL_REDIRECT="0",
        SECURE_HSTS_SECONDS="60",
        SECURE_HSTS_INCLUDE_SUBDOMAINS="0",
        SECURE_HSTS_PRELOAD="0",
        SITE_PROVINCE="Tỉnh Lam Giang",
        SITE_SUPPORT="Sở Nội vụ, 0262 000",
    )["values"]
    assert (values["MEDIA_ROOT"], values["PDF_CACHE_MEGABYTES"]) == ("/mnt/minh-chung", 35)
    assert values["BACKUP_DIR"] == "/mnt/sao-luu"
    room = ("UNIT_QUOTA_MB", "DISK_WARNING_MB", "DISK_RESERVE_MB")
    assert [values[name] for name in room] == [500, 9000, 3000]
    assert values["STORAGES"]["default"] == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"a": "b"},
    }
    assert (values["SECURE_SSL_REDIRECT"], values["SECURE_HSTS_SECONDS"]) == (False, 60)
    assert values["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    assert values["SECURE_HSTS_PRELOAD"] is False
    assert (values["SITE_PROVINCE"], values["SITE_SUPPORT"]) == (
        "Tỉnh Lam Giang",
        "Sở Nội vụ, 0262 000",
    )


def test_without_a_secret_key_the_office_does_not_start():
    last = run(**OFFICE | {"SECRET_KEY": ""}).stderr.splitlines()[-1]
    assert last == (
        "django.core.exceptions.ImproperlyConfigured: Thiếu biến môi trường SECRET_KEY."
    )


def test_the_trial_answers_on_this_machine_alone():
    values = loaded(DJANGO_SETTINGS_MODULE="thidua.settings.dev", SECRET_KEY="k")["values"]
    assert values["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
