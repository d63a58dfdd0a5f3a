"""The entry point for gunicorn, whose master loads everything once: its workers share it."""

from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # the pages too, before the first one is asked for
