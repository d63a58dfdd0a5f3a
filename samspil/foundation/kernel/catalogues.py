"""The words of all apps in one catalogue a language: Django asks one app's after the other for each text."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import trans_real

COUNTED = range(201)
"""Numbers by which two ways of counting are told apart."""


def unite() -> None:
    """Load every language of the site, and put its catalogues into one where all count alike.

    Django means to do so itself, and compares the code of one rule of plurals with another rule instead of
    with its code. What is found is the same: the first catalogue with a text is the one that is asked.
    """
    for language, _name in settings.LANGUAGES:
        found = trans_real.translation(language)._catalog  # type: ignore[attr-defined]
        if len({_counts(plural) for plural in found._plurals}) == 1:
            united = {text: said for one in reversed(found._catalogs) for text, said in one.items()}
            found._catalogs, found._plurals = [united], found._plurals[:1]


def _counts(plural: Callable[[int], int]) -> tuple[int, ...]:
    """A rule of plurals as what it answers."""
    return tuple(int(plural(number)) for number in COUNTED)
