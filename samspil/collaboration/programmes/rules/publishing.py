"""May a version be published? Once, by its owner, and never changed afterwards."""

from collections.abc import Container, Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.decisions import YES, Decision, no


def successor(
    programme: Programme, others: Iterable[Programme], published: Container[tuple[str, str]]
) -> Programme | None:
    """The version that follows this one: the newest its owner has published, else the next draft."""
    following = {one.supersedes: one for one in others if one.key == programme.key and one.supersedes}
    found: list[Programme] = []
    at = following.get(programme.version)
    while at is not None and at not in found:
        found.append(at)
        at = following.get(at.version)
    newest = [one for one in found if (one.key, one.version) in published]
    return next(iter(newest[-1:] or found[:1]), None)


def ready_to_publish(
    programme: Programme, published_on: date | None, content_hash: str, *, before_has: bool
) -> Decision:
    """It is not published yet, is what was stored, and says what a new version changes.

    `before_has`: whether the version it supersedes is stored.
    """
    if published_on is not None:
        return no(
            _(
                "Version %(version)s of »%(title)s« was published on %(day)s. A published version never "
                "changes: give what is new a version number of its own, and publish that."
            ),
            version=programme.version,
            title=programme.title.da,
            day=date_format(published_on, "j. F Y"),
        )
    if programme.content_hash != content_hash:
        return no(_("The draft has changed since it was loaded. Load it again, and try once more."))
    if programme.supersedes and not before_has:
        return no(
            _("The version before, %(version)s, is not there. Load it first."), version=programme.supersedes
        )
    if programme.supersedes and not programme.changes:
        return no(
            _(
                "Write under `changes` what is new since version %(version)s, and which observations and "
                "decisions caused it. Then publish."
            ),
            version=programme.supersedes,
        )
    return YES
