"""How Danish words are told apart in a search, and how hard a text is to read. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import snowballstemmer

LONG = 6
"""A word with more letters than this counts as long in LIX."""
SHORTEST_BEGINNING = 4
"""From so many letters on, a word also finds the compounds that begin with it: netværk → netværksmøde."""

_FORMS: Mapping[str, Sequence[str]] = {
    "barn": ("barn", "barnet", "barns", "barnets", "børn", "børnene", "børns", "børnenes"),
    "forælder": (
        "forælder", "forælderen", "forælders", "forælderens",
        "forældre", "forældrene", "forældres", "forældrenes",
    ),
    "indsats": ("indsats", "indsatsen", "indsatser", "indsatserne", "indsatsens", "indsatsernes"),
    "myndighed": ("myndighed", "myndigheden", "myndigheder", "myndighederne"),
    "rusmiddel": ("rusmiddel", "rusmidlet", "rusmidler", "rusmidlerne", "rusmidlers"),
    "voksen": ("voksen", "voksne", "voksnes", "voksent"),
    "søster": ("søster", "søsteren", "søstre", "søstrene"),
    "broder": ("bror", "broren", "broderen", "brødre", "brødrene"),
    "moder": ("mor", "moren", "moderen", "mødre", "mødrene"),
    "fader": ("far", "faren", "faderen", "fædre", "fædrene"),
    "viden": ("viden", "videns"),
}  # fmt: skip
"""What the stemmer tears apart: base → its forms. Long forms also count as the end of a compound."""

_BASE_OF = {form: base for base, forms in _FORMS.items() for form in forms}
_ENDINGS = sorted((form for form in _BASE_OF if len(form) >= SHORTEST_BEGINNING), key=len, reverse=True)
_SPELLINGS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,½]\d*)*")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_SENTENCE = re.compile(r"[.!?:]+[*_»)]*(?=\s|$)")
_BLOCK = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|\d+\.\s+|\|)", re.MULTILINE)
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_STEMMER = snowballstemmer.stemmer("danish")


def words(text: str) -> list[str]:
    """The words of a text in Markdown, without signs and without the addresses of links."""
    return _WORD.findall(_LINK_TARGET.sub("]", unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a word is looked up by: all forms of one word have the same."""
    word = unicodedata.normalize("NFC", word).lower()
    for typed, letter in _SPELLINGS:
        word = word.replace(typed, letter)
    if word in _BASE_OF:
        return _BASE_OF[word]
    for ending in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + _BASE_OF[ending]
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> frozenset[str]:
    """All that a text can be found by."""
    return frozenset(stem(part) for word in words(text) for part in [word, *word.split("-")])


def score(asked: Iterable[str], parts: Sequence[tuple[int, frozenset[str]]]) -> int:
    """How well parts of a text (weight, stems) answer what is asked; 0 unless every word is found."""
    total = 0
    for one in asked:
        best = max((weight for weight, known in parts if _has(known, one)), default=0)
        if not best:
            return 0
        total += best
    return total


def sections(text: str) -> list[str]:
    """A text in Markdown, cut before each heading of the second level."""
    return [part for part in _SECTION.split(text) if part.strip()]


def lix(text: str) -> float:
    """Words in a sentence plus the share of long words in percent.

    Headings, items of lists and paragraphs end a sentence, as a reader pauses there.
    """
    all_words = words(text)
    if not all_words:
        return 0.0
    sentences = sum(
        1
        for block in re.split(r"\n\s*\n", _BLOCK.sub("\n\n", text))
        for sentence in _SENTENCE.split(block)
        if words(sentence)
    )
    long = sum(len(word) > LONG for word in all_words)
    return len(all_words) / sentences + 100 * long / len(all_words)


def _has(known: frozenset[str], asked: str) -> bool:
    if asked in known:
        return True
    return len(asked) >= SHORTEST_BEGINNING and any(one.startswith(asked) for one in known)
