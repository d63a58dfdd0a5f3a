"""Questions to the idea catalogue. It holds no person: everybody may ask, and no table is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from samspil.collaboration.catalogue import loading, rules
from samspil.collaboration.catalogue.language import Kind, Profession
from samspil.collaboration.catalogue.loading import Read

TITLE, SUMMARY, TEXT = 9, 3, 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; empty means everything."""

    words: str = ""
    profession: Profession | None = None
    model: str = ""


def entries(wanted: Wanted = Wanted()) -> list[Read]:
    """What fits, the best answer first; in the order of the keys where no words are asked for."""
    fitting = [one for one in loading.catalogue() if _fits(one, wanted)]
    asked = [rules.stem(word) for word in rules.words(wanted.words)]
    if not asked:
        return [] if wanted.words.strip() else fitting
    index = _index()
    scored = [(rules.score(asked, index[one.entry.key]), one) for one in fitting]
    return [one for points, one in sorted(scored, key=lambda pair: -pair[0]) if points]


def entry(key: str) -> Read | None:
    """One entry, or None where there is none of that name."""
    return next((one for one in loading.catalogue() if one.entry.key == key), None)


def leaflet(key: str) -> Read | None:
    """One leaflet; None also where the entry is something else."""
    found = entry(key)
    return found if found and found.entry.kind is Kind.LEAFLET else None


def at_step(name: str) -> list[Read]:
    """What one can read about a step: `via-family/safety-plan`."""
    return [one for one in loading.catalogue() if name in one.entry.steps]


def resting_on(provision: str) -> list[Read]:
    """The entries that name a provision of the law: `barnets-lov-5`."""
    return [one for one in loading.catalogue() if provision in one.entry.law]


def models() -> list[str]:
    """The models that any entry is about."""
    return sorted({key for one in loading.catalogue() for key in one.entry.models})


def _fits(one: Read, wanted: Wanted) -> bool:
    is_for = wanted.profession is None or wanted.profession in one.entry.professions
    return is_for and (not wanted.model or wanted.model in one.entry.models)


@lru_cache(maxsize=1)
def _index() -> dict[str, Sequence[tuple[int, frozenset[str]]]]:
    """The stems of every entry by weight; the knowledge behind an entry counts as its text."""
    return {
        one.entry.key: (
            (TITLE, rules.stems(f"{one.entry.title.da} {one.entry.title.en}")),
            (SUMMARY, rules.stems(f"{one.entry.summary.da} {one.entry.summary.en}")),
            (
                TEXT,
                rules.stems(f"{one.text} {one.entry.knowledge.finding.da if one.entry.knowledge else ''}"),
            ),
        )
        for one in loading.catalogue()
    }
