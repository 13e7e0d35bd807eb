"""Settings of a real office. dev.py and test.py only relax them; the environment is read here."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY and env.str("DJANGO_SETTINGS_MODULE", default="").endswith("base"):
    raise ImproperlyConfigured("Thiếu biến môi trường SECRET_KEY.")
# Keys of before: what was signed or encrypted under them is still read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))
# What the web machines of an office share where there are several (docs/scaling.md).
SHARED = Path(env.str("SHARED_DIR", default=str(VAR)))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "rules",
    "django_tasks_db",
    "thidua.common",
    "thidua.accounts",
    "thidua.jobs",
    "thidua.papers",
    "blocs.units",
    "blocs.legal",
    "blocs.years",
    "blocs.holidays",
    "blocs.registrations",
    "blocs.changes",
    "blocs.criteria",
    "blocs.reports",
    "blocs.sheet_files",
    "blocs.appraisal",
    "blocs.ranking",
    "blocs.conferences",
    "blocs.year_files",
    "agreements",
    "awards.proposals",
    "awards.board",
    "awards.decisions",
    "thidua.home",
    "thidua.demo",
    "thidua.year_check",
    "thidua.log_pages",
    "thidua.packets",
    "thidua.view_as",
    "thidua.api",
    "thidua.upkeep",
]

MIDDLEWARE = [
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
]

ROOT_URLCONF = "thidua.urls"
WSGI_APPLICATION = "thidua.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
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
]

# SQLite is for one office trying it out; measured: WAL + IMMEDIATE never says "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
    ),
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'thidua.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # What the address says wins: behind a pooler it says DISABLE_SERVER_SIDE_CURSORS=True.
    DATABASES["default"] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | DATABASES["default"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "thidua.accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home:tasks"
LOGOUT_REDIRECT_URL = "accounts:login"
# Who holds one of these seats proves himself by a code of the telephone, too; others may. Acts that
# cannot be undone ask for a proof no older than so many minutes (0: they never ask).
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=True)
SECOND_FACTOR_SEATS = env.list(
    "SECOND_FACTOR_SEATS", default=["leader", "office", "council", "chair", "sysadmin", "auditor"]
)
PROOF_MINUTES = env.int("PROOF_MINUTES", default=15)
# The province's sign-in by OpenID Connect; without an issuer there is none. A sign-in of which the
# provider states one of these words (acr or amr) is not asked for the code of the telephone.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="tài khoản của tỉnh")
OIDC_FACTOR_STATED = env.list("OIDC_FACTOR_STATED", default=[])
# How long the office looks as a person of a unit, until that ends by itself.
VIEW_AS_MINUTES = env.int("VIEW_AS_MINUTES", default=15)
OTP_TOTP_ISSUER = "Thi đua"
# How many proxies of the office stand before this program; each adds to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_HANDLER = "thidua.accounts.brakes.Brakes"
AXES_CLIENT_IP_CALLABLE = "thidua.accounts.addresses.client_address"
AXES_USERNAME_CALLABLE = "thidua.accounts.brakes.key_of_request"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next", "csrfmiddlewaretoken"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "thidua.accounts.views.locked_out"
AXES_VERBOSE = False

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["thidua.formats"]
LOCALE_PATHS = [ROOT / "thidua" / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "thidua.home.bundle.Bundle",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
BUNDLE_DIR = VAR / "cache" / "bundle"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(SHARED / "media")))
# Where uploads and papers are kept; another storage of Django's kind is a setting.
FILE_STORAGE = env.json(
    "FILE_STORAGE", default={"BACKEND": "django.core.files.storage.FileSystemStorage"}
)
STORAGES = {
    "default": FILE_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Megabytes: what a unit may upload in a year; free room below which the office is warned, and below
# which no upload is taken.
UNIT_QUOTA_MB = env.int("UNIT_QUOTA_MB", default=2000)
DISK_WARNING_MB = env.int("DISK_WARNING_MB", default=5000)
DISK_RESERVE_MB = env.int("DISK_RESERVE_MB", default=1000)
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(SHARED / "backup")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A sheet of 200 leaves posts up to 8 fields a leaf where JavaScript is off.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# Long work waits in the database. Where that is one file the program works it off itself, in a
# thread; else a process of its own does (deploy/thidua-viec.service).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOBS_INSIDE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
JOBS_DIR = SHARED / "jobs"
JOBS_KEEP_DAYS = env.int("JOBS_KEEP_DAYS", default=7)
# What nightly jobs found, for the page of health.
NOTES_DIR = SHARED / "notes"
# The socket of the office's clamd; empty: uploads are not scanned for viruses.
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="")
# Sockets of the processes that print papers and read uploads; how many threads of one worker may
# wait for them at once (the rest serve pages: fewer than gunicorn's --threads).
PROCESS_DIR = VAR / "run"
SLOW_REQUESTS = env.int("SLOW_REQUESTS", default=3)
# So long a page waits for its paper before it says that it is being printed.
PAPER_WAIT_SECONDS = 2.5
PDF_CACHE_DIR = VAR / "cache" / "pdf"
PDF_CACHE_MEGABYTES = env.int("PDF_CACHE_MEGABYTES", default=200)
PAPER_FONTS_DIR = ROOT / "static" / "fonts" / "paper"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
# Nobody else's page may read a file of ours, not even a stylesheet.
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_AGE = 8 * 3600
# Minutes without a request after which a session ends; 0: only after eight hours.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# The prefix: a browser takes such a cookie by https alone, for this host alone, from nobody else.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
WHO_COOKIE_NAME = "__Host-thidua_nguoi"
LISTS_COOKIE_NAME = "__Host-thidua_danh_sach"
CSRF_FAILURE_VIEW = "thidua.accounts.views.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Programs are refused there and not led to HTTPS: see thidua/api/signing.py. A balancer of the
# office asks by plain http and from inside.
SECURE_REDIRECT_EXEMPT = [r"^api/v1/.", r"^suc-khoe/$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Letterhead and place of every paper; while it is empty none is printed.
SITE_PROVINCE = env.str("SITE_PROVINCE", default="")
SITE_SUPPORT = env.str(
    "SITE_SUPPORT", default="Phòng Thi đua – Khen thưởng, Sở Nội vụ – hỗ trợ trong giờ hành chính"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "thidua.common.server_log.JsonLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
