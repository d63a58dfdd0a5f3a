"""Settings of the measured site: those of production, but for HTTPS and the second factor; and the floors."""

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE as SITE

SAMSPIL_GUARD_READS = False
MIDDLEWARE = ["bench.floors.Floors", *SITE]
