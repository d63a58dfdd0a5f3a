"""What may be noted and what was noted, as the forms of facts show it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.models import CoursePerson, Fact
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.courses.queries.facts import BEGIN
from samspil.collaboration.programmes import engine, vocabulary, words
from samspil.collaboration.programmes.asking import values_asked
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.languages import current_language

CONTACTS = ("coordination", "advice", "follow-up-call", "other")
MARKS = {"yes": "done", "no": "refused", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class KindLink:
    """One kind of fact that can be noted."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a target group with its answer and why."""

    mark: str
    answer: str
    ask: str
    why: str
    source: str
    then: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is the family in the target group, and what each criterion says."""

    mark: str
    text: str
    criteria: tuple[Criterion, ...]


def kind_text(kind: str) -> str:
    """What a kind of fact is called in the reader's language."""
    found = vocabulary.KINDS[kind]
    return found.en if current_language() == "en" else found.da


def kind_links(space: UUID, kinds: Iterable[str], asked: dict[str, str]) -> list[KindLink]:
    """The kinds as links to their form."""
    address = reverse("courses:note_fact", args=[space])
    return [KindLink(kind_text(one), f"{address}?{urlencode({'kind': one, **asked})}") for one in kinds]


def people_choices(people: Iterable[CoursePerson]) -> list[tuple[str, str]]:
    return [(str(one.subject_id), one.name or _("Name not known")) for one in people]


def contact_kinds(programme: Programme) -> list[tuple[str, Text]]:
    """The kinds of contact that everybody knows, and those this model asks for."""
    asked = values_asked(programme, "contact.made").get("kind", ())
    own = {step.key: step.title.said(current_language()) for step in programme.steps if step.is_own}
    return [(one, own.get(one) or words.code(one)) for one in dict.fromkeys((*asked, *CONTACTS))]


def session_kinds(programme: Programme) -> list[tuple[str, Text]]:
    """The kinds of sessions that this model asks for, or an ordinary one."""
    asked = values_asked(programme, "contact_session.logged").get("kind", ()) or ("treatment",)
    return [(one, words.code(one)) for one in asked]


def colleagues(head: CourseHead, own: UUID | None) -> list[tuple[str, str]]:
    """Those who take part, the reader first."""
    named = {str(one.membership_id): one.membership.staff.name for one in head.participants}
    return sorted(named.items(), key=lambda one: (one[0] != str(own), one[1]))


def noted(on: date, today: date) -> str:
    """Thanks, and whether it will stand as noted later."""
    if on < today:
        return _("It is noted. It happened %(day)s, so it stands as »noted later«.") % {
            "day": date_format(on, "j. F Y")
        }
    return _("It is noted.")


def fact_line(fact: Fact) -> str:
    """A fact in a few words: what, and when."""
    return f"{kind_text(fact.kind)}, {date_format(fact.on_day, 'j. F Y')}"


def thing_choices(found: Iterable[Fact], names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """What a fact can be about, by the id that ties the two: what it was, when, and for whom."""
    return [(_thing(one), _with_names(one, names)) for one in found]


def _thing(fact: Fact) -> str:
    return str(fact.attributes[BEGIN[fact.kind]])


def _with_names(fact: Fact, names: Mapping[UUID, str]) -> str:
    people = [name for subject, name in names.items() if str(subject) in _people_of(fact)]
    line = fact_line(fact)
    return f"{line}: {', '.join(people)}" if people else line


def _people_of(fact: Fact) -> Collection[str]:
    value = fact.attributes.get("people", ())
    return value if isinstance(value, list | tuple) else ()


def questions(programme: Programme) -> list[tuple[str, str]]:
    """What must be asked about the target group: what follows from people alone is not asked."""
    language = current_language()
    return [
        (str(node.key), node.ask.said(language))
        for node in programme.target_group.criteria.criteria()
        if node.ask is not None and node.role_present is None
    ]


def verdict(found: engine.Eligibility, called: Mapping[UUID, str]) -> Verdict:
    """The answer of the engine with its reasons; people by name."""
    language = current_language()
    names = {str(subject): name for subject, name in called.items()}
    results = {
        "yes": _("The family is in the target group"),
        "no": _("The family is not in the target group"),
        "unknown": _("It cannot be said yet"),
    }
    return Verdict(
        MARKS[found.result.value],
        results[found.result.value],
        tuple(_criterion(one, names, language) for one in found.why),
    )


def _criterion(one: engine.NodeAnswer, names: dict[str, str], language: str) -> Criterion:
    why = one.why.said(language)
    for subject, name in names.items():
        why = why.replace(subject, name)
    ask, about = one.ask.said(language), names.get(one.key.removeprefix("age-"))
    is_warning = one.kind == "warn" and one.answer is engine.Answer.YES
    return Criterion(
        mark="soon" if is_warning else MARKS[one.answer.value],
        answer=str(words.code(one.answer.value)),
        ask=f"{about}: {ask}" if about else ask,
        why=why,
        source=one.mark.kind,
        then=_("Look at this before you go on.") if is_warning else "",
    )


def step_title(head: CourseHead, step: str) -> str:
    """What a step of the model is called."""
    return compiled(head.programme).by_key[step].title.said(current_language())
