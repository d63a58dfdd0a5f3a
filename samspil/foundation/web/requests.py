"""The request as every view behind the log-in sees it."""

from django.http import HttpRequest

from samspil.foundation.kernel.actor import Actor


class ActorRequest(HttpRequest):
    """A request whose actor the middleware has set. Only a type: nothing builds one.

    `actor_name` and `acting_for` are what the header shows: the human's name, and the unit acted for;
    `has_several_posts` whether there is another to change to.
    """

    actor: Actor
    actor_name: str
    acting_for: str
    has_several_posts: bool
