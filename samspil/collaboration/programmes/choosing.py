"""Which model fits a family: a rule as data, judged purely, with reasons. It suggests and never decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.language.words import Key, Provenance
from samspil.collaboration.programmes.loading import ROOT
from samspil.foundation.kernel.definitions import Definition, DefinitionError, Document, Place, nearest

FILE = "choosing.yaml"
YES, NO = "yes", "no"
_YES_NO = {YES: Text(da="Ja", en="Yes"), NO: Text(da="Nej", en="No")}


class Question(Definition):
    """One question, about the family or about the place; yes or no where it names no other answers."""

    key: Key
    about: Literal["family", "place"]
    ask: Text
    options: dict[Key, Text] = {}

    @property
    def answers(self) -> Mapping[str, Text]:
        return self.options or _YES_NO


class Condition(Definition):
    """It holds where the question has one of these answers. `met` and `unmet` say what that means."""

    question: Key
    is_: Annotated[tuple[str, ...], Field(alias="is", min_length=1)]
    met: Text
    unmet: Text | None = None


class Fitting(Definition):
    """What one model, or one version of it, takes."""

    programme: Key
    version: str | None = None
    needs: Annotated[tuple[Condition, ...], Field(min_length=1)]
    for_: Annotated[tuple[Condition, ...], Field(alias="for")] = ()
    against: tuple[Condition, ...] = ()


class Choosing(Definition):
    """The file."""

    provenance: Provenance
    questions: tuple[Question, ...]
    models: tuple[Fitting, ...]

    def fitting(self, programme: Programme) -> Fitting | None:
        """The rule of a version: its own, else its model's."""
        rules = [one for one in self.models if one.programme == programme.key]
        own = [one for one in rules if one.version == programme.version]
        return next(iter([*own, *(one for one in rules if one.version is None)]), None)


class Verdict(StrEnum):
    """How well a model fits, best first."""

    FITS = "fits"
    PERHAPS = "perhaps"
    DOES_NOT = "does-not"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One version with its verdict: what speaks for it, what against, and what is not known."""

    programme: Programme
    verdict: Verdict
    speaks_for: tuple[Text, ...]
    speaks_against: tuple[Text, ...]
    unknown: tuple[Text, ...]
    followed_by: str | None = None
    """The version that has taken this one's place."""


@lru_cache(maxsize=4)
def choosing(root: Path = ROOT) -> Choosing:
    """The questions and rules. Raises DefinitionError with file, line and field."""
    document = Document(root / FILE)
    found = document.read(Choosing)
    for place, message in _problems(found):
        raise document.error(message, place)
    return found


def checked(root: Path, programmes: Sequence[Programme]) -> Choosing:
    """The rules, with every version having one and every one a version. Raises DefinitionError."""
    found = choosing(root)
    versions = {(one.key, one.version) for one in programmes}
    keys = {key for key, _version in versions}
    for one in found.models:
        if one.programme not in keys:
            near = nearest(one.programme, keys)
            raise DefinitionError(f"there is no programme {one.programme!r}{near}", root / FILE)
        if one.version is not None and (one.programme, one.version) not in versions:
            raise DefinitionError(f"{one.programme} has no version {one.version!r}", root / FILE)
    for programme in programmes:
        if found.fitting(programme) is None:
            raise DefinitionError(f"nothing says whom {programme.key} {programme.version} fits", root / FILE)
    return found


def _problems(found: Choosing) -> Iterable[tuple[Place, str]]:
    answers = {one.key: one.answers for one in found.questions}
    for index, one in enumerate(found.models):
        for name, conditions in (("needs", one.needs), ("for", one.for_), ("against", one.against)):
            for number, condition in enumerate(conditions):
                place: Place = ("models", index, name, number)
                if condition.question not in answers:
                    near = nearest(condition.question, answers)
                    yield (*place, "question"), f"there is no question {condition.question!r}{near}"
                    continue
                for answer in condition.is_:
                    if answer not in answers[condition.question]:
                        near = nearest(answer, answers[condition.question])
                        yield (*place, "is"), f"{condition.question} has no answer {answer!r}{near}"
                if name == "needs" and condition.unmet is None:
                    yield (*place, "unmet"), "a need says what it means where it does not hold"


def suggestions(
    rule: Choosing, programmes: Sequence[Programme], answers: Mapping[str, str]
) -> list[Suggestion]:
    """Every version, the best first. An answer that is missing or unknown decides nothing.

    Does not fit: a need does not hold. Fits: all needs hold and nothing speaks against it. Else perhaps.
    """
    known = {one.key: one.answers for one in rule.questions}
    given = {key: value for key, value in answers.items() if value in known.get(key, {})}
    asks = {one.key: one.ask for one in rule.questions}
    later = {(one.key, one.supersedes): one.version for one in programmes if one.supersedes}
    found = [
        _judged(fitting, programme, given, asks, later.get((programme.key, programme.version)))
        for programme in programmes
        if (fitting := rule.fitting(programme)) is not None
    ]
    order = list(Verdict)
    return sorted(
        found,
        key=lambda one: (
            order.index(one.verdict), one.followed_by is not None, len(one.unknown), -len(one.speaks_for)
        ),
    )  # fmt: skip


def _judged(
    fitting: Fitting,
    programme: Programme,
    given: Mapping[str, str],
    asks: Mapping[str, Text],
    later: str | None,
) -> Suggestion:
    met = [one for one in fitting.needs if given.get(one.question) in one.is_]
    open_ = [one for one in fitting.needs if one.question not in given]
    unmet = [one.unmet or one.met for one in fitting.needs if one not in met and one not in open_]
    against = [one.met for one in fitting.against if given.get(one.question) in one.is_]
    speaks = [one.met for one in fitting.for_ if given.get(one.question) in one.is_]
    fits = Verdict.PERHAPS if open_ or against else Verdict.FITS
    verdict = Verdict.DOES_NOT if unmet else fits
    return Suggestion(
        programme,
        verdict,
        tuple([one.met for one in met] + speaks),
        tuple(unmet + against),
        tuple(asks[one.question] for one in open_),
        later,
    )
