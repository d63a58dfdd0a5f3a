"""What every page about a version begins with, also the pages of the floors above."""

from django.http import Http404

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language import Programme, Step
from samspil.foundation.kernel.definitions import DefinitionError


def programme_or_404(key: str, version: str) -> Programme:
    """A version as it was loaded; where none is called so there is no such page."""
    try:
        return loading.library().programme(key, version)
    except DefinitionError as error:
        raise Http404 from error


def step_or_404(programme: Programme, key: str) -> Step:
    """A step of a version; where none is called so there is no such page."""
    found = next((one for one in programme.steps if one.key == key), None)
    if found is None:
        raise Http404
    return found
