"""Steps somebody has whose state is hidden by its topic, though they may note what shows them done."""

from samspil.collaboration.courses import due
from samspil.collaboration.courses.queries.facts import kind_of_step
from samspil.collaboration.courses.queries.head import CourseHead
from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.plan import Rule
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category, RelationKind


def unseen_steps(actor: Actor, head: CourseHead) -> list[tuple[Rule, str]]:
    """The actor's own steps whose state does not show, each with the kind of fact it is noted by. No query.

    It follows from the model and from the actor's topics alone: nothing of the course is told by it.
    """
    held = _held(actor, head)
    own = {one.role for one in head.participants if one.membership_id == actor.membership_id}
    found = []
    for rule in compiled(head.programme).rules:
        is_own = rule.responsible in own or (rule.has_baton and head.coordinates(actor))
        if not is_own or not due.categories_of(rule, None) & ~int(held):
            continue
        kind = kind_of_step(head.programme, rule.key)
        if _may_note(kind, held):
            found.append((rule, kind))
    return found


def _held(actor: Actor, head: CourseHead) -> Category:
    """The topics the actor stands in the course for."""
    held = Category(0)
    for one in head.relations:
        if one.relation.kind is RelationKind.TEAM and one.relation.holder == actor.membership_id:
            held |= one.relation.categories
    return held & actor.role.categories if actor.role else Category(0)


def _may_note(kind: str, held: Category) -> bool:
    """May it be noted under one of its topics?"""
    return bool(kind) and any(one & held for one in vocabulary.KINDS[kind].topics)
