"""The app of the staff pages."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses import acts
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web.navigation import Entry, Place, add


class Workplace(AppConfig):
    name = "samspil.doors.workplace"
    label = "workplace"

    def ready(self) -> None:
        add(Place.MENU, Entry(_("My overview"), "workplace:overview", 10, shown=_acts))
        add(Place.MENU, Entry(_("Courses"), "workplace:courses", 20, shown=_works_with_families))
        add(Place.ABOUT, Entry(_("The family's courses"), "workplace:family_courses", 5, shown=_knows_people))
        add(Place.ABOUT, Entry(_("Who has seen what"), "workplace:log", 10, shown=_reads_the_log))
        add(Place.PAGES, Entry(_("Course"), "workplace:course", 10))
        add(Place.PAGES, Entry(_("On one page"), "workplace:one_page", 60))
        acts.add(acts.Act("course.closed", _("Close the course"), "workplace:close"))
        acts.add(acts.Act("consent.reviewed", _("Look at the consents"), "workplace:consents"))
        acts.add(acts.Act("family_copy.given", _("Give the family its copy"), "workplace:copies"))
        add(Place.PAGES, Entry(_("Sharing"), "workplace:sharing", 40))
        add(Place.FOOTER, Entry(_("Who has seen what"), "workplace:logs", 10, shown=_reads_the_log))
        add(Place.ACCOUNT, Entry(_("Work for somebody else"), "access:act_for", 10, shown=_has_several_posts))


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def _acts(request: HttpRequest) -> bool:
    return _actor(request) is not None


def _works_with_families(request: HttpRequest) -> bool:
    actor = _actor(request)
    return actor is not None and actor.role is not None and bool(actor.role.categories)


def _knows_people(request: HttpRequest) -> bool:
    actor = _actor(request)
    return actor is not None and actor.holds(Permission.PERSON_VIEW)


def _reads_the_log(request: HttpRequest) -> bool:
    actor = _actor(request)
    return actor is not None and actor.holds(Permission.LOG_VIEW)


def _has_several_posts(request: HttpRequest) -> bool:
    return bool(getattr(request, "has_several_posts", False))
