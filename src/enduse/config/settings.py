"""Django's settings, made of the configuration."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from enduse.config.environment import Config, Database, read_config
from enduse.formats.problems import BadInput, Problem
from enduse.stores.data import write_new

CONFIG: Config = read_config()


def _secret() -> str:
    """The secret of sessions and forms: as configured, else one made once in the data folder, for its owner only.

    Raises BadInput where it cannot be made or read, or says nothing: sessions signed with an empty secret could be forged by anybody.
    """
    if CONFIG.secret_key:
        return CONFIG.secret_key
    path = CONFIG.data / "keys" / "secret"
    if not path.exists():
        with contextlib.suppress(FileExistsError):  # another process was faster
            write_new(path, secrets.token_urlsafe(50).encode())
    try:
        found = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(Problem("file.unreadable", values={"file": str(path), "why": str(error)})) from error
    if not found:
        raise BadInput(Problem("secret.empty", values={"file": str(path)}))
    return found


def _database(held: Database) -> dict[str, Any]:
    if held.engine == "sqlite":
        Path(held.name).parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": held.name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # a writer waits for its turn before it reads
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": held.name,
        "USER": held.user,
        "PASSWORD": held.password,
        "HOST": held.host,
        "PORT": held.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **(held.options or {})},
    }


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = list(CONFIG.hosts)
DATABASES = {"default": _database(CONFIG.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "enduse.config.urls"
WSGI_APPLICATION = "enduse.config.wsgi.application"
AUTH_USER_MODEL = "people.Account"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "enduse.casework.people",
    "enduse.casework.ledger",
    "enduse.casework.parties",
    "enduse.casework.solutions",
    "enduse.casework.register",
    "enduse.casework.deals",
    "enduse.casework.desk",
    "enduse.web",
]

MIDDLEWARE = [
    "enduse.config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "enduse.web.middleware.SizeMiddleware",  # nothing before it reads what was sent
    "allauth.account.middleware.AccountMiddleware",
    "enduse.web.middleware.LanguageMiddleware",
    "enduse.web.middleware.SittingMiddleware",
    "enduse.web.middleware.ActorMiddleware",
    "enduse.web.middleware.OwnPasswordMiddleware",
    "enduse.web.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enduse.web.context.page",
            ],
            "builtins": ["enduse.web.templatetags.words"],
        },
    }
]

# Languages and days
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages themselves
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MB = CONFIG.upload_mb
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "enduse.web.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end all the same, their password being the old one
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIG.secure else 0  # HTTPS ends at a proxy: addresses are those that it names
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "enduse.web.sign_in.StepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator made the account
MFA_TOTP_TOLERANCE = 1  # half a minute either way: phones' clocks differ
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "EndUse"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"

# Sessions and the browser
SESSION_COOKIE_AGE = CONFIG.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "enduse.web.errors.forged"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in CONFIG.hosts if host not in ("*", "[::1]")] if CONFIG.secure else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.secure else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Rate limits of sign-in are kept in the database, so that every process counts together
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "enduse_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # Django's 300 would let a flood of failed sign-ins push out the counters
    }
}

# Mail
_mail = urlsplit(CONFIG.mail_url)
MAIL_IS_SENT = bool(CONFIG.mail_url)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if CONFIG.mail_url else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", "tls=yes" in _mail.query
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = CONFIG.mail_from

LOGGING_CONFIG = None  # `enduse.config.logs` sets up logs when a process starts
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016", "security.W018", "security.W021"]
