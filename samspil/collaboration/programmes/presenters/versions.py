"""How a version of a model is said, without the signs of its key."""

from django.utils.translation import gettext as _


def version_words(version: str) -> str:
    """»2.0 (udkast)«: a version as one says it, without the key's own signs."""
    number, said = _number_and_state(version)
    return f"{number} ({said})" if said else number


def model_words(title: str, version: str) -> str:
    """»VIA Family 2.0 (udkast)«: a model and its version, a number that the title says already said once."""
    number, said = _number_and_state(version)
    both = _("%(model)s, version %(number)s") % {"model": title, "number": number}
    words = title if number in title else both
    return f"{words} ({said})" if said else words


def _number_and_state(version: str) -> tuple[str, str]:
    number, _dash, rest = version.partition("-")
    return number, rest.replace("draft", _("draft")).replace("adapted", _("adapted")).replace("-", " ")
