"""Settings of the tests."""

from config.settings import environment as env
from config.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SAMSPIL_LOG_ALIAS = env.text("SAMSPIL_LOG_ALIAS", "default")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SAMSPIL_DOOR = "tests.factories.access.door"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.access.example"]  # noqa: F405
