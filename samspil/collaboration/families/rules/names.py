"""Danish names: keys to find them by, order to list them in, and when two look like the same person.

Search keys are rows and are asked with `=`, so tolerance must lie in the keys: a name is stored by its
folded beginnings (»kirs«), by its sound (»Christian« and »Kristian« are one) and by its sound with one letter
left out, which meets nearly every single slip (a wrong, missing, extra or swapped letter) without the crowd
of hits that three-letter pieces like »sen« bring in Denmark.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

REMEMBERED = 4096
"""Names repeat: their sounds are worked out once."""
MOST_TOKENS = 8
LONGEST_TOKEN = 30
SHORTEST_BEGINNING = 3
LONGEST_BEGINNING = 6
"""Longer words are asked for by their first six letters; the ranking then reads the rest."""
LONGEST_WITH_ERROR = 8
SHORTEST_WITH_ERROR = 4

_FOLDS = {"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "œ": "oe", "å": "aa", "ü": "y", "ß": "ss", "ð": "d"}
_FOLDS |= {"þ": "th", "ł": "l", "đ": "d", "ı": "i"}
_FOLD = str.maketrans(_FOLDS)
_ORDER = str.maketrans(_FOLDS | {"æ": "{", "ä": "{", "œ": "|", "ø": "|", "ö": "|", "å": "}"})
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"aa", "o"),  # Åse, Aase
        (r"ae", "e"),  # Bæk, Beck
        (r"oe", "o"),  # Søren, Soeren, and Soren on a keyboard without ø
        (r"[ea][ijy]+", "aj"),  # Meyer, Meier, Majer; Kaj, Kai, Kay
        (r"sch(?=[lmnrvw])", "s"),  # Schmidt, Smidt
        (r"ph", "f"),  # Sophie, Sofie
        (r"th", "t"),  # Thor, Tor
        (r"c[hk]", "k"),  # Christian, Kristian; Bech, Beck
        (r"c(?=[eiy])", "s"),  # Cecilie, Sesilie
        (r"c", "k"),  # Carl, Karl
        (r"qu?", "kv"),  # Lindquist, Lindkvist
        (r"x", "ks"),  # Max, Maks
        (r"z", "s"),  # Zara, Sara
        (r"^h(?=[jv])", ""),  # Hjalte, Jalte; Hvid, Vid
        (r"^y(?=[aeou])", "j"),  # Yusuf, Jusuf
        (r"w", "v"),  # Westergaard, Vestergård
        (r"dt", "t"),  # Schmidt, Smit
        (r"(?<=[ln])d", ""),  # Lund, Lunn; Andersen, Annersen
        (r"(?<=[kg])j(?=[aeo])", ""),  # Kjær, Kær
        (r"y", "i"),  # Sylvia, Silvia
        (r"(?<=.)h", ""),  # Jahn, Jan; Johanne, Joanne
        (r"(.)\1+", r"\1"),  # Mette, Mete; Hansson, Hanson
    )
)
_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"(?<=..)son$", "sen"),  # Hanson, Hansen
        (r"(?<=..)(ine|in|ene|ena|ina|en)$", "en"),  # Kirstine, Kirsten; Karin, Karen
        (r"(?<=..)[ae]$", ""),  # Anna, Anne; Birgitte, Birgit
    )
)


def folded(text: str) -> str:
    """Lower case with one spelling of each letter: å as aa, æ and ä as ae, ø and ö as oe, no accents."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_FOLD)
    return "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))


@lru_cache(maxsize=REMEMBERED)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name. Anne-Marie counts both apart and together."""
    found: list[str] = []
    for part in folded(name).split():
        pieces = re.findall(r"[^\W\d_]+", part.replace("'", "").replace("’", ""))
        found += pieces
        if len(pieces) > 1:
            found.append("".join(pieces))
    return tuple(word[:LONGEST_TOKEN] for word in dict.fromkeys(found))[:MOST_TOKENS]


@lru_cache(maxsize=REMEMBERED)
def sound(word: str) -> str:
    """How a folded word sounds in Danish, roughly; its beginning sounds the same alone."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=REMEMBERED)
def whole_sound(word: str) -> str:
    """As `sound`, and with the endings one: -sen and -son, -ine and -en, -a and -e."""
    word = sound(word)
    for pattern, replacement in _ENDINGS:
        word = pattern.sub(replacement, word)
    return word


def _one_left_out(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def _error_keys(word: str) -> set[str]:
    spoken = sound(word)[:LONGEST_WITH_ERROR]
    return {f"~{key}" for key in _one_left_out(spoken)} if len(spoken) >= SHORTEST_WITH_ERROR else set()


def _beginnings(word: str) -> set[str]:
    longest = min(len(word), LONGEST_BEGINNING)
    return {word[:length] for length in range(SHORTEST_BEGINNING, longest)} | {word[:longest]}


def stored_keys(name: str) -> frozenset[str]:
    """The keys a name is found by; each becomes a row."""
    keys: set[str] = set()
    for word in words(name):
        keys |= _beginnings(word) | _beginnings(sound(word)) | {f"={whole_sound(word)}"} | _error_keys(word)
    return frozenset(keys)


def first_keys(word: str) -> frozenset[str]:
    """What one word of a search asks for first: how it begins to sound, which nearly always is one key."""
    spoken = sound(word)[:LONGEST_BEGINNING]
    return frozenset({spoken} if len(spoken) >= SHORTEST_BEGINNING else {spoken, word[:LONGEST_BEGINNING]})


def whole_key(word: str) -> str:
    """What a whole word asks for: a name with a word that sounds so to its end."""
    return f"={whole_sound(word)}"


def wider_keys(word: str) -> frozenset[str]:
    """What a word asks for when few were met: as it is written, other endings, and every single slip."""
    return frozenset({word[:LONGEST_BEGINNING], whole_key(word)} | _error_keys(word))


def asked_keys(word: str) -> frozenset[str]:
    """All that one word can be met by."""
    return first_keys(word) | wider_keys(word)


class Likeness(IntEnum):
    """How well a word of a search meets a word of a name. Lower is nearer."""

    SAME = 0
    BEGINS = 1
    SOUNDS = 2
    NEARLY = 3
    OTHER = 9


@lru_cache(maxsize=REMEMBERED)
def likeness(asked: str, word: str) -> Likeness:
    """Compare two folded words."""
    if asked == word:
        return Likeness.SAME
    if len(asked) >= SHORTEST_BEGINNING and word.startswith(asked):
        return Likeness.BEGINS
    if whole_sound(asked) == whole_sound(word) or _begins_in_sound(asked, word):
        return Likeness.SOUNDS
    long_enough = min(len(sound(asked)), len(sound(word))) >= SHORTEST_WITH_ERROR
    if long_enough and _one_left_out(sound(asked)) & _one_left_out(sound(word)):
        return Likeness.NEARLY
    return Likeness.OTHER


def _begins_in_sound(asked: str, word: str) -> bool:
    spoken = sound(asked)
    return len(spoken) >= SHORTEST_BEGINNING and sound(word).startswith(spoken)


def distance(search: str, name: str) -> int | None:
    """How far a name is from a search, or None where one word of the search is not met at all."""
    of_name = words(name)
    best = [
        min((likeness(asked, word) for word in of_name), default=Likeness.OTHER) for asked in words(search)
    ]
    if not best or Likeness.OTHER in best:
        return None
    return sum(best)


def ranked(search: str, named: Sequence[tuple[str, str]]) -> list[str]:
    """Keys of (key, name) pairs that meet a search, nearest first, then in Danish order."""
    met = [(far, sort_key(name), key) for key, name in named if (far := distance(search, name)) is not None]
    return [key for _far, _order, key in sorted(met)]


def sort_key(name: str) -> str:
    """A key that sorts as Danish does: Æ, Ø, Å last, and Aa as Å."""
    text = unicodedata.normalize("NFC", name).casefold().replace("aa", "å").translate(_ORDER)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


class SamePerson(IntEnum):
    """Do two records look like one person?"""

    NO = 0
    PERHAPS = 1
    CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared: a name, a birth date, and whether the civil numbers are the same."""

    name: str
    born: date | None
    has_same_number: bool = False


def same_person(name: str, born: date | None, known: Known) -> SamePerson:
    """The same civil number is certain; near names are a question, but of two who are born apart.

    Where a birth date is not known, a name alone must tell: as many words, or a first name and a family name.
    """
    if known.has_same_number:
        return SamePerson.CERTAIN
    if born is not None and known.born is not None:
        alike = born == known.born and near_names(name, known.name)
    else:
        alike = near_names(name, known.name) and _tells(name, known.name)
    return SamePerson.PERHAPS if alike else SamePerson.NO


def _tells(one: str, other: str) -> bool:
    """Is »Noah« met by »Noah«, or both names by both; not everybody called Noah by a lone »Noah«?"""
    first, second = len(words(one)), len(words(other))
    return min(first, second) > 1 or first == second


def near_names(one: str, other: str) -> bool:
    """Does every word of the shorter name meet a word of the longer?"""
    shorter, longer = sorted((one, other), key=lambda name: len(words(name)))
    return distance(shorter, longer) is not None
