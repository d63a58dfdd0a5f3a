"""What the measures of a model are called: by their instrument, and whether it is there yet."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.loading import library


def measure_titles(programme: Programme, language: str) -> Mapping[str, str]:
    """The title of each measure of a version by its key. An instrument that is not there yet says so."""
    return {one.key: _instrument(one.instrument, language) for one in programme.measures}


def _instrument(key: str, language: str) -> str:
    coming = library().planned.instruments.get(key)
    if coming is None:
        return key.upper()
    return _("%(instrument)s (coming)") % {"instrument": coming.said(language)}
