"""Is a family in the target group: yes, no or not known, and every criterion says why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.engine.facts import Fact, Facts, Person, in_force
from samspil.collaboration.programmes.language.programme import Programme
from samspil.collaboration.programmes.language.target import AgeRange, Node, Recent
from samspil.collaboration.programmes.language.when import add_months, shift
from samspil.collaboration.programmes.language.words import Mark, Text, mark_of


class Answer(StrEnum):
    """Three values. `unknown` is an answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """One criterion with its answer and reason. `then` is what to do where a warning sounds."""

    key: str
    kind: str
    answer: Answer
    why: Text
    ask: Text
    mark: Mark
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The result and every criterion in the order of the definition, warnings of age last."""

    result: Answer
    why: tuple[NodeAnswer, ...]


_WORDS = {
    Answer.YES: Text(da="Ja", en="Yes"),
    Answer.NO: Text(da="Nej", en="No"),
    Answer.UNKNOWN: Text(da="Ved ikke", en="Not known"),
}


def eligibility(
    definition: Programme,
    people: Sequence[Person],
    facts: Iterable[Fact],
    on: date,
    answers: Mapping[str, str] | None = None,
    known_by: date | datetime | None = None,
) -> Eligibility:
    """Judge the target group as of the day `on`.

    Groups follow Kleene's three-valued logic. What follows from people and facts wins over `answers`
    (criterion key → yes, no, unknown); the answer counts where they leave it open. `fit` and `warn` are
    shown and refuse nobody. Raises ValueError where `answers` names no criterion or gives no such answer.
    """
    given = _checked(definition, answers or {})
    held = in_force(facts, on, known_by)
    judged: dict[str, NodeAnswer] = {}
    for node in definition.target_group.criteria.criteria():
        answer, why = _criterion(node, people, held, on, given)
        key, ask = str(node.key), node.ask or Text(da=str(node.key), en=str(node.key))
        judged[key] = NodeAnswer(
            key, node.kind, answer, why, ask, mark_of(node.provenance or "proposal"), node.then
        )
    result = _group(definition.target_group.criteria, judged)
    ages = _age_warnings(definition.target_group.age, people, on)
    return Eligibility(result or Answer.UNKNOWN, (*judged.values(), *ages))


def _checked(definition: Programme, answers: Mapping[str, str]) -> dict[str, Answer]:
    from samspil.foundation.kernel.definitions import nearest

    keys = {str(node.key) for node in definition.target_group.criteria.criteria()}
    found: dict[str, Answer] = {}
    for key, value in answers.items():
        if key not in keys:
            raise ValueError(f"answers: there is no criterion {key!r}{nearest(key, keys)}")
        if value not in list(Answer):
            raise ValueError(f"answers: {key} must be yes, no or unknown, not {value!r}")
        found[key] = Answer(value)
    return found


def _criterion(
    node: Node, people: Sequence[Person], facts: Facts, on: date, given: Mapping[str, Answer]
) -> tuple[Answer, Text]:
    derived: tuple[Answer, Text] | None = None
    if node.role_present is not None:
        derived = _present(node.role_present, people)
    elif node.recent is not None:
        derived = _recent(node.recent, facts, on)
    answer = given.get(str(node.key), Answer.UNKNOWN)
    if derived and (derived[0] is not Answer.UNKNOWN or answer is Answer.UNKNOWN):
        return derived
    word = _WORDS[answer]
    if answer is Answer.UNKNOWN:
        return answer, Text(da="Ikke besvaret endnu.", en="Not answered yet.")
    return answer, Text(da=f"Svaret er {word.da.lower()}.", en=f"The answer is {word.en.lower()}.")


def _present(role: str, people: Sequence[Person]) -> tuple[Answer, Text]:
    count = sum(role in person.roles for person in people)
    if count:
        return Answer.YES, Text(da=f"{count} noteret i forløbet.", en=f"{count} noted in the course.")
    return Answer.UNKNOWN, Text(da="Ingen er noteret endnu.", en="Nobody is noted yet.")


def _recent(rule: Recent, facts: Facts, on: date) -> tuple[Answer, Text]:
    """Ongoing: yes. Else the latest end decides: on or after `on` − `within` is yes. No end: not known.

    The latest fact about each person counts; the best answer of the persons is the answer.
    """
    latest: dict[str, Fact] = {}
    for fact in facts.get(rule.fact, ()):
        latest[",".join(sorted(fact.people))] = fact
    span = shift(rule.within)
    first = add_months(on, -span.months)
    limit = reasons.spelled_day(first)
    found: list[tuple[Answer, Text]] = []
    for fact in latest.values():
        ended = fact.attributes.get(rule.ended)
        if fact.attributes.get(rule.ongoing) is True:
            found.append((Answer.YES, Text(da="Behandlingen er i gang.", en="Treatment is going on.")))
        elif ended is None:
            found.append((Answer.UNKNOWN, Text(
                da=f"Slutdatoen mangler. {limit.da} eller senere: ja. Før: nej.",
                en=f"The end date is missing. {limit.en} or later: yes. Before: no.",
            )))  # fmt: skip
        else:
            day = ended if isinstance(ended, date) else date.fromisoformat(str(ended))
            answer = Answer.YES if day >= first else Answer.NO
            at = reasons.spelled_day(day)
            found.append((answer, Text(
                da=f"Sluttede {at.da}. Grænsen er {limit.da}.", en=f"Ended {at.en}. The limit is {limit.en}."
            )))  # fmt: skip
    for answer in (Answer.YES, Answer.UNKNOWN, Answer.NO):
        for one in found:
            if one[0] is answer:
                return one
    return Answer.UNKNOWN, Text(
        da=f"Ikke oplyst. I gang, eller sluttet {limit.da} eller senere: ja. Før: nej.",
        en=f"Not stated. Ongoing, or ended {limit.en} or later: yes. Before: no.",
    )


def _group(node: Node, judged: Mapping[str, NodeAnswer]) -> Answer | None:
    """The answer of a node; None where nothing in it decides (fit and warn)."""
    if node.key is not None:
        if node.kind in ("fit", "warn"):
            return None
        answer = judged[node.key].answer
        return _inverted(answer) if node.kind == "exclude" else answer
    if node.not_ is not None:
        opposite = _group(node.not_, judged)
        return None if opposite is None else _inverted(opposite)
    answers = [inner for one in (node.all or node.any) if (inner := _group(one, judged)) is not None]
    if not answers:
        return None
    decisive, other = (Answer.NO, Answer.YES) if node.all else (Answer.YES, Answer.NO)
    if decisive in answers:
        return decisive
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else other


def _inverted(answer: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, answer)


def _age_warnings(rule: AgeRange | None, people: Sequence[Person], on: date) -> tuple[NodeAnswer, ...]:
    if rule is None:
        return ()
    low, high = rule.warn_outside
    ask = Text(da=f"Er alderen uden for {low}–{high} år?", en=f"Is the age outside {low}–{high}?")
    found: list[NodeAnswer] = []
    for person in sorted(people, key=lambda one: one.id):
        if rule.of not in person.roles:
            continue
        if person.born is None:
            answer, why = Answer.UNKNOWN, Text(da="Fødselsdato mangler.", en="The date of birth is missing.")
        else:
            inside = add_months(person.born, low * 12) <= on < add_months(person.born, (high + 1) * 12)
            answer = Answer.NO if inside else Answer.YES
            why = Text(da="Alderen passer.", en="The age fits.") if inside else Text(
                da=f"{person.id} er uden for {low}–{high} år. Det udelukker ikke.",
                en=f"{person.id} is outside {low}–{high}. That excludes nobody.",
            )  # fmt: skip
        found.append(NodeAnswer(f"age-{person.id}", "warn", answer, why, ask, mark_of(rule.provenance)))
    return tuple(found)
