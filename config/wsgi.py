"""The entry point for gunicorn, whose master loads everything once: its workers share it."""

import gc
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from samspil.foundation.kernel import catalogues

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # the pages too, before the first one is asked for
catalogues.unite()
gc.collect()
gc.freeze()  # what is loaded now stays: no collection walks through it again, and the workers share it
