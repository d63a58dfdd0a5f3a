"""The app of courses."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web import examples
from samspil.foundation.web.examples import Example
from samspil.foundation.web.navigation import Entry, Place, add


class Courses(AppConfig):
    name = "samspil.collaboration.courses"
    label = "courses"

    def ready(self) -> None:
        from samspil.collaboration.courses.presenters.referral import name_kinds

        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        name_kinds()
        shown = import_module(f"{self.name}.examples").context
        examples.add(Example("courses/design/_components.html", shown, "courses/referral.css"))
        add(Place.MENU, Entry(_("Inbox"), "courses:inbox", 30, shown=_receives))
        add(Place.MENU, Entry(_("Referrals"), "courses:referrals", 40, shown=_sends))
        add(Place.FOOTER, Entry(_("What your colleagues carry"), "courses:unit_caseload", 20, shown=_leads))
        add(Place.ABOUT, Entry(_("Refer the family"), "courses:refer", 20, shown=_sends))
        add(Place.ABOUT, Entry(_("Begin a course here"), "courses:begin", 19, shown=_begins))
        _offer_pages()


def _offer_pages() -> None:
    """On which page of this app a step is done."""
    from samspil.collaboration.courses import acts
    from samspil.collaboration.courses.queries.facts import NOTABLE, ON_PAPER

    acts.add(acts.Act("contact.made", _("Note the contact"), "courses:contact"))
    acts.add(acts.Act("eligibility.checked", _("Check the target group"), "courses:eligibility"))
    acts.add(acts.Act("coordinator.named", _("Name a coordinator"), "courses:team"))
    for kind in ("coordinator.accepted", "contact_person.accepted", "handover.accepted"):
        acts.add(acts.Act(kind, _("Say yes"), "courses:accept", is_personal=True))
    acts.add(acts.Act("contact_person.accepted", _("See who takes part"), "courses:team"))
    acts.add(acts.Act("course.linked", _("Start or tie the course"), "courses:lead_on"))
    acts.add(acts.Act("contact_session.logged", _("Note the session"), "courses:session"))
    for kind in ("consent.given", "consent.refused"):
        acts.add(acts.Act(kind, _("Write the answer down"), "courses:consent"))
    for kind in (*NOTABLE, ON_PAPER):
        acts.add(acts.Act(kind, _("Note it"), "courses:note_fact"))


def _receives(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.REFERRAL_RECEIVE)


def _leads(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.CASELOAD_VIEW)


def _begins(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.COURSE_BEGIN)


def _sends(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.REFERRAL_SEND)
