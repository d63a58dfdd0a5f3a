"""What the state of things allows: who may have which post, and which dated thing holds on a day."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.decisions import YES, Decision, Text, no
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations.models import Authority

Kind = Authority.Kind
HUMAN_LOGIN = re.compile(r"[a-zæøå0-9][a-zæøå0-9._@+-]*", re.IGNORECASE)


class Dated(Protocol):
    """Something in force from a day to a day; `ends` is the first day it is not."""

    starts: date
    ends: date


D = TypeVar("D", bound=Dated)

EVERYWHERE = frozenset({RoleKey.ADMINISTRATOR, RoleKey.PRIVACY_OFFICER})
WITH_PEOPLE = frozenset(
    {
        RoleKey.CASEWORKER,
        RoleKey.CLINICIAN,
        RoleKey.SCHOOL_CONTACT,
        RoleKey.JOBCENTRE_WORKER,
        RoleKey.SUBSTANCE_WORKER,
        RoleKey.PROVIDER_WORKER,
        RoleKey.LEADER,
        RoleKey.VOLUNTEER,
    }
)
AT_A_PROVIDER = frozenset({RoleKey.PROVIDER_WORKER, RoleKey.SUBSTANCE_WORKER, RoleKey.LEADER})

ROLES_OF_KIND: Mapping[Kind, frozenset[RoleKey]] = {
    Kind.MUNICIPALITY: EVERYWHERE | WITH_PEOPLE,
    Kind.REGION: EVERYWHERE | WITH_PEOPLE,
    Kind.PROVIDER: EVERYWHERE | AT_A_PROVIDER,
    Kind.SELF_GOVERNING: EVERYWHERE | AT_A_PROVIDER,
    Kind.AGENCY: EVERYWHERE | {RoleKey.IMPLEMENTATION_ADVISER, RoleKey.EVALUATOR},
    Kind.MINISTRY: EVERYWHERE | {RoleKey.MINISTRY_OFFICIAL},
    Kind.RESEARCH: EVERYWHERE | {RoleKey.RESEARCHER, RoleKey.EVALUATOR},
    Kind.EVALUATOR: EVERYWHERE | {RoleKey.EVALUATOR},
    Kind.SUPPLIER: EVERYWHERE | {RoleKey.SUPPLIER},
    Kind.ASSOCIATION: EVERYWHERE | {RoleKey.VOLUNTEER},
    Kind.FOUNDATION: EVERYWHERE,
}
"""Which roles an organisation of a kind can have. The database holds the same table and refuses the rest."""

NEVER_SEES: Mapping[Kind, Text] = {
    Kind.MUNICIPALITY: _(
        "What another authority has written and not shared, and families that it has no task with."
    ),
    Kind.REGION: _(
        "The municipality's notes that are not shared with it, and patients' families without a task."
    ),
    Kind.AGENCY: _("Any person, any course and any free text about a family: only counts that hide few."),
    Kind.MINISTRY: _("Any person, any course, any figure below the limit, and the agency's own drafts."),
    Kind.RESEARCH: _("Names, CPR numbers, addresses, free text, and projects that are not its own."),
    Kind.EVALUATOR: _("Any person, and the implementation adviser's drafts: only the figures it was given."),
    Kind.SUPPLIER: _("Any person and any text about one: it runs the system and reads invented data only."),
    Kind.PROVIDER: _("More than is shared with it about the children and adults that it helps itself."),
    Kind.SELF_GOVERNING: _("More than is shared with it about the children and adults that it helps itself."),
    Kind.ASSOCIATION: _("Health, addresses, other authorities' notes, and families that did not ask for it."),
    Kind.FOUNDATION: _("Any person, any course, and figures of a single place: only published reports."),
}
"""What an organisation of a kind can never see, whatever its roles; a sentence for people to read."""


def in_force(thing: Dated, day: date) -> bool:
    """Does it hold on this day? The last day is the day before `ends`."""
    return thing.starts <= day < thing.ends


def the_one_on(things: Iterable[D], day: date) -> D | None:
    """The one of several dated things that holds on this day: which region a municipality is in, say."""
    return next((thing for thing in things if in_force(thing, day)), None)


def fit_for_a_human(login: str) -> Decision:
    """May a human log in by this name? Names with a colon belong to the system itself."""
    if HUMAN_LOGIN.fullmatch(login):
        return YES
    return no(_("A log-in name holds letters, digits and the signs . _ @ + - only."))


def ready_to_appoint(
    *, kind: Kind, role: RoleKey, unit: Dated, starts: date, ends: date, today: date, is_oneself: bool
) -> Decision:
    """May a post be made so? It begins today or later, inside the unit's life, in a role the kind has."""
    if is_oneself:
        return no(_("You cannot give yourself a post. Ask another administrator."))
    if role not in ROLES_OF_KIND[kind]:
        return no(
            _("An organisation of the kind %(kind)s has no role %(role)s."),
            kind=kind.label,
            role=ROLES[role].title,
        )
    if starts < today:
        return no(_("A post begins today or later."))
    if ends <= starts:
        return no(_("The post must end after it begins."))
    if not (unit.starts <= starts and ends <= unit.ends):
        return no(_("The unit does not exist in the whole period."))
    return YES


def ready_to_end(*, membership: Dated, on: date, today: date, is_last_administrator: bool) -> Decision:
    """May a post be ended then? Never backwards in time, never longer, never the last administrator's."""
    if on < today:
        return no(_("A post cannot be ended back in time: the days worked stand in the log."))
    if on >= membership.ends:
        return no(_("The post ends before that day already."))
    if is_last_administrator:
        return no(_("This is the last administrator. Appoint another one first."))
    return YES
