"""Settings shared by every environment."""

from config.settings import environment as env
from config.settings.login import *  # noqa: F403

SECRET_KEY = env.text("SAMSPIL_SECRET_KEY", "not-secret: development and tests only")
# What seals and hashes CPR numbers. Kept apart from SECRET_KEY: sessions may be thrown away, people may not.
SAMSPIL_DATA_KEY = env.text("SAMSPIL_DATA_KEY", SECRET_KEY)
# Invented CPR numbers (60 added to the day) are for demonstrations and tests.
SAMSPIL_MADE_UP_CPR = not env.IS_PRODUCTION
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "familie.localhost"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "csp",
    "samspil.foundation.web",  # before all whose texts and field templates it replaces
    "django.forms",
    "samspil.foundation.accounts",  # before allauth, whose pages it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "samspil.foundation.audit",
    "samspil.foundation.organisations",
    "samspil.foundation.access",
    "samspil.foundation.desk",
    "samspil.collaboration.catalogue",
    "samspil.collaboration.families",
    "samspil.collaboration.programmes",
    "samspil.collaboration.sharing",
    "samspil.collaboration.courses",
    "samspil.collaboration.plans",
    "samspil.collaboration.journal",
    "samspil.collaboration.meetings",
    "samspil.insight.experience",
    "samspil.insight.rollout",
    "samspil.doors.workplace",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samspil.foundation.web.language.LanguageByChoice",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "samspil.foundation.desk.middleware.KeepsText",  # outside the wall: nothing typed is lost
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samspil.foundation.accounts.middleware.SessionLimits",
    "samspil.foundation.accounts.middleware.SecondFactor",
    "samspil.foundation.access.middleware.Wall",  # one transaction round all that follows, the page included
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspil.foundation.desk.middleware.ActsOnce",  # inside it: a form acts once, in one transaction
    "samspil.foundation.web.errors.ErrorPages",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samspil.foundation.web.navigation.layout",
            ],
        },
    }
]
# `default` is the application's role. `door` is a second connection that may do two things only: write
# the log, and open and revoke wall sessions. `owner` migrates and generates; no request uses it.
DATABASES = {
    "default": env.database(env.text("DATABASE_URL")),
    "door": env.database(env.text("DATABASE_DOOR_URL", env.text("DATABASE_URL"))),
    "owner": env.database(env.text("DATABASE_OWNER_URL", env.text("DATABASE_URL"))),
}
# The connection that writes the log.
SAMSPIL_LOG_ALIAS = env.text("SAMSPIL_LOG_ALIAS", "door")
# In development and tests a GET that writes raises.
SAMSPIL_GUARD_READS = not env.IS_PRODUCTION
# Where the heads of the log's seals are kept; in production a folder of another user.
SAMSPIL_ANCHOR = env.text("SAMSPIL_ANCHOR", str(env.VAR / "anchor"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [env.ROOT / "samspil" / "foundation" / "kernel" / "locale"]  # the kernel is no app
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

FORM_RENDERER = "samspil.foundation.web.forms.FieldRenderer"
CSRF_FAILURE_VIEW = "samspil.foundation.web.errors.csrf_failure"
DESIGN_PAGE = (
    not env.IS_PRODUCTION
)  # the living catalogue of components: no data, but nobody's business there

# Mail is written to files unless a mail server is named.
EMAIL_HOST = env.text("SAMSPIL_MAIL_HOST")
EMAIL_PORT = int(env.text("SAMSPIL_MAIL_PORT", "25"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = env.VAR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("SAMSPIL_MAIL_FROM", "Samspil <samspil@localhost>")

STATIC_URL = "static/"
STATIC_ROOT = env.VAR / "static-collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
