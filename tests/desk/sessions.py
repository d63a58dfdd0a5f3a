"""Wall sessions for a test client."""

from django.test import Client

from samspil.foundation.access import wall
from samspil.foundation.desk.sessions import COOKIE
from samspil.foundation.kernel.actor import Actor


def open_session(client: Client, actor: Actor) -> None:
    """As after a log-in: the browser has the token of a new session."""
    client.cookies[COOKIE] = wall.open_session(actor.account_id, actor.membership_id)
