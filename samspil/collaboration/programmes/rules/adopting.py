"""May an authority run a model like this? Each no names the part, why it is locked, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.language import Programme, Variant
from samspil.collaboration.programmes.language.variant import Added, LeftOut, Lock, Part, lock_of
from samspil.collaboration.programmes.language.words import Mark, mark_of
from samspil.collaboration.programmes.measured import measure_title
from samspil.collaboration.programmes.offers import Offer
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.languages import current_language


@dataclass(frozen=True, slots=True)
class Held:
    """What an authority runs already: one model in force, and through which initiative it came."""

    key: str
    version: str
    title: str
    initiative: str
    starts: date


def ready_to_adopt(
    programme: Programme, variant: Variant, *, starts: date, today: date, last_start: date | None
) -> Decision:
    """The variant is one this version allows, and it begins on a day that has not passed."""
    if starts < today:
        return no(_("Choose today or a later day. What ran before is not changed."))
    if last_start and starts < last_start:
        return no(
            _("You have a later version from %(day)s. Choose that day or a later one."),
            day=date_format(last_start, "j. F Y"),
        )
    for out in variant.leaves_out:
        if not (decision := may_leave_out(programme, out)):
            return decision
    for added in variant.adds:
        if not (decision := may_add(programme, added, variant.adds)):
            return decision
    return _may_choose(programme, variant)


def may_leave_out(programme: Programme, out: LeftOut) -> Decision:
    """Nothing of the law, and in a model taken up as a whole no core element that its owner has published."""
    title = title_of(programme, out.part, out.key)
    if not title:
        return no(_("This version has no »%(key)s«. Load the page again."), key=out.key)
    if not out.reason.da.strip():
        return no(_("Write why you leave »%(title)s« out."), title=title)
    lock = lock_of(programme, out.part, out.key)
    if lock is Lock.LAW:
        return no(
            _("»%(title)s« cannot be left out: the deadline is the law's. Keep it, and try again.")
            if out.part in {"step", "core_element"}
            else _("»%(title)s« cannot be left out: it follows from the law. Keep it, and try again."),
            title=title,
        )
    if lock is Lock.NEEDED:
        return no(
            _("»%(title)s« cannot be left out by itself: a step is done by it. Leave the step out instead."),
            title=title,
        )
    if lock is Lock.CORE:
        return no(
            _(
                "»%(title)s« cannot be left out: it belongs to a core element that %(owner)s has published, "
                "and the model is taken up as a whole. Keep it, and try again; or ask the owner of the model."
            ),
            title=title,
            owner=programme.owner.name,
        )
    return YES


def may_add(programme: Programme, added: Added, others: Sequence[Added]) -> Decision:
    """An own step stands in a phase of the model, has a role of it, and a name of its own."""
    title = added.step.title.da
    if added.phase not in {phase.key for phase in programme.phases}:
        return no(_("Choose a phase of the model for »%(title)s«."), title=title)
    if mark_of(added.step.provenance) is not Mark.OWN:
        return no(_("»%(title)s« is your own step and must be marked as one."), title=title)
    keys = [step.key for step in programme.steps] + [one.step.key for one in others]
    if keys.count(added.step.key) > 1:
        return no(_("There are two steps called »%(title)s«. Give yours another name."), title=title)
    return YES


def _may_choose(programme: Programme, variant: Variant) -> Decision:
    options = {one.key: one.options for one in programme.adaptable}
    for key, option in variant.choices.items():
        if option not in options.get(key, {}):
            return no(_("This cannot be chosen in this version: %(what)s. Load the page again."), what=option)
    return YES


def within_its_offer(
    programme: Programme, offer: Offer | None, reason: str, held: Iterable[Held], language: str = ""
) -> Decision:
    """What an initiative asks of who adopts through it: a reason, and just one model where it says so."""
    if offer is None:
        return YES
    title = offer.title.said(language or current_language())
    if (programme.key, programme.version) not in offer.models:
        return no(
            _("»%(initiative)s« does not offer this version. Choose another initiative, or none."),
            initiative=title,
        )
    if offer.reason == "required" and not reason.strip():
        return no(
            _("Write why you choose this model. »%(initiative)s« asks everybody who takes part."),
            initiative=title,
        )
    if offer.choose == "one":
        others = [one for one in held if one.key != programme.key and one.initiative == offer.initiative]
        if others:
            return no(
                _(
                    "»%(initiative)s« lets you choose exactly one model, and you have chosen »%(other)s«. "
                    "Stop using that one first, or adopt this one outside the initiative."
                ),
                initiative=title,
                other=others[0].title,
            )
    return YES


def ready_to_stop(held: Held | None, reason: str) -> Decision:
    """Only what is in use can be stopped, and it is said why."""
    if held is None:
        return no(_("You do not use this model."))
    if not reason.strip():
        return no(_("Write why you stop using the model."))
    return YES


def title_of(programme: Programme, part: Part, key: str) -> str:
    """What a part is called; empty where there is none."""
    language = current_language()
    titles = {
        "step": {one.key: one.title for one in programme.steps},
        "core_element": {one.key: one.title for one in programme.core_elements},
        "tool": {one.key: one.title for one in programme.tools},
        "measure": {},
    }
    if part == "measure":
        return next((measure_title(one, language) for one in programme.measures if one.key == key), "")
    found = titles[part].get(key)
    return found.said(language) if found else ""
