"""Sends the requests and compares. Each one is undone afterwards, so every request meets the same world."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.messages.constants import WARNING
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.accounts.sessions import SessionStore
from samspil.foundation.desk import keys, rules
from samspil.foundation.kernel import clock
from tests.matrix import oracle
from tests.matrix.kinds import KINDS, Stands
from tests.matrix.oracle import Case, Verdict
from tests.matrix.routes import BODIES, METHODS, Route, every_route
from tests.matrix.world import Knocker, World

LAWFUL_SHARE = 0.25
LEAST_LAWFUL = 0.2
ELSEWHERE = ("account_login", "access:act_for", "account_reauthenticate")
Place = tuple[str, str, str, str, str]
Cookies = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to be sent."""

    route: Route
    case: Case
    method: str
    kind: str

    @property
    def place(self) -> Place:
        """Names this combination, also to another process."""
        return self.route.host, self.route.name, self.case.name, self.method, self.kind

    @property
    def verdict(self) -> Verdict:
        return oracle.verdict(self.case, self.method, KINDS[self.kind])

    def __str__(self) -> str:
        return f"{self.method} {self.route.name} ({self.case.name}) by {self.kind}"


@dataclass(slots=True)
class Tally:
    """What came out. `allowed` and `denied` are the wrong ones."""

    requests: int = 0
    lawful: int = 0
    allowed: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    routes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Join what another process found."""
        self.requests += other.requests
        self.lawful += other.lawful
        self.allowed += other.allowed
        self.denied += other.denied
        for mine, theirs in (
            (self.routes, other.routes),
            (self.kinds, other.kinds),
            (self.methods, other.methods),
        ):
            mine.update(theirs)

    def uncovered(self) -> list[str]:
        """Routes without a policy, and routes, kinds and methods that were never asked."""
        names = {route.name for route in every_route()}
        gaps = [f"route without a policy: {name}" for name in sorted(names - set(oracle.POLICY))]
        gaps += [f"policy of no route: {name}" for name in sorted(set(oracle.POLICY) - names)]
        gaps += [f"route never asked: {name}" for name in sorted(names - set(self.routes))]
        gaps += [f"kind never asked: {name}" for name in sorted(set(KINDS) - set(self.kinds))]
        return gaps + [f"method never asked: {name}" for name in METHODS if not self.methods[name]]


def every_ask() -> list[Ask]:
    """All combinations, in a stable order."""
    return [
        Ask(route, case, method, kind)
        for route in every_route()
        for case in oracle.cases(route.name)
        for method in _methods(case)
        for kind in KINDS
    ]


def _methods(case: Case) -> tuple[str, ...]:
    """A case that aims by its body is asked with methods that have one."""
    return METHODS if case.body is oracle.no_values else BODIES


def drawn(number: int, seed: int, route: str = "") -> list[Ask]:
    """`number` requests: every route, each combination once where there is room, lawful ones more often.

    `route`: only routes whose name holds this.
    """
    dice = random.Random(seed)
    everything = [ask for ask in every_ask() if route in ask.route.name]
    dice.shuffle(everything)
    of_each_route = {ask.route.name: ask for ask in everything}.values()
    everything = list(dict.fromkeys((*of_each_route, *everything)))
    lawful = [ask for ask in everything if ask.verdict == Verdict.MUST]
    least = int(number * LAWFUL_SHARE)
    chosen = everything[: max(0, number - least)]
    chosen += dice.choices(lawful, k=max(0, number - len(chosen)))
    dice.shuffle(chosen)
    return chosen


# --- sessions ------------------------------------------------------------------------------------------


def cookies_of(knocker: Knocker) -> dict[str, str]:
    """A browser's cookies after log-in and, where the kind acts for somebody, after that choice."""
    if knocker.account is None:
        return {}
    account = Account.objects.get(pk=knocker.account)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp()}]
    session.save()
    made = {settings.SESSION_COOKIE_NAME: str(session.session_key)}
    if knocker.kind.stands in {Stands.CITIZEN, Stands.STAFF}:
        made[cookies.name()] = wall.open_session(account.pk, knocker.membership)
    return made


# --- asking --------------------------------------------------------------------------------------------


class Runner:
    """Sends requests into one world. `may_see(kind, canary)` says which canaries may stand in an answer."""

    def __init__(
        self, world: World, sessions: dict[str, dict[str, str]], canaries: Mapping[str, frozenset[str]]
    ):
        self.world, self.sessions, self.canaries = world, sessions, canaries

    def run(self, asks: list[Ask], *, only_canaries: bool = False) -> Tally:
        """Send them all. `only_canaries`: the application's own check is open; judge what shows."""
        tally = Tally()
        for ask in asks:
            response = self._send(ask)
            tally.requests += 1
            tally.lawful += ask.verdict == Verdict.MUST
            tally.routes[ask.route.name] += 1
            tally.kinds[ask.kind] += 1
            tally.methods[ask.method] += 1
            self._judge(ask, response, tally, only_canaries=only_canaries)
        return tally

    def _judge(self, ask: Ask, response: HttpResponse, tally: Tally, *, only_canaries: bool) -> None:
        came_in = succeeded(ask.method, response)
        where = f"{ask} → {response.status_code} {response.get('Location', '')}"
        leaks = [
            canary
            for canary, seers in self.canaries.items()
            if ask.kind not in seers and canary.encode() in response.content
        ]
        if leaks:
            tally.allowed.append(f"{where}: shows {leaks}")
        if only_canaries:
            return
        if ask.verdict == Verdict.REFUSED and came_in:
            tally.allowed.append(where)
        if response.status_code >= 500 or (ask.verdict == Verdict.MUST and not came_in):
            tally.denied.append(where)

    def _send(self, ask: Ask) -> HttpResponse:
        client = Client(HTTP_HOST=ask.route.host, raise_request_exception=False)
        for name, value in self.sessions[ask.kind].items():
            client.cookies[name] = value
        path = ask.route.path(**ask.case.path(self.world))
        query = {key: str(value) for key, value in ask.case.query(self.world).items()}
        body = {key: str(value) for key, value in ask.case.body(self.world).items()}
        body[rules.KEY] = keys.new_key(self.sessions[ask.kind].get(cookies.name(), ""))
        with transaction.atomic():
            if ask.method in {"GET", "HEAD"}:
                response = getattr(client, ask.method.lower())(path, query)
            else:
                response = getattr(client, ask.method.lower())(
                    path, body if ask.method == "POST" else "", query_params=query
                )
            transaction.set_rollback(True)
        self._reopen(ask.kind, response)
        return response  # type: ignore[no-any-return]

    def _reopen(self, kind: str, response: HttpResponse) -> None:
        """Sessions are closed over a connection of their own, which nothing undoes: open it again."""
        if cookies.name() in response.cookies and cookies.name() in self.sessions[kind]:
            knocker = self.world.knockers[kind]
            assert knocker.account is not None
            try:
                self.sessions[kind][cookies.name()] = wall.open_session(knocker.account, knocker.membership)
            except wall.NoSession:
                return


def succeeded(method: str, response: HttpResponse) -> bool:
    """Did the page let the asker in? A redirect to log-in, to the choice of a post or a new proof is a no.

    So is a form that comes back, and a way back with the reason why not: what was posted was not done.
    """
    if response.status_code >= 400:
        return False
    if not 300 <= response.status_code < 400:
        return method != "POST"
    if method == "POST" and _says_no(response):
        return False
    target = response["Location"].split("?")[0]
    return target not in {reverse(name) for name in ELSEWHERE}


def _says_no(response: HttpResponse) -> bool:
    """Does the next page say why it was not done?"""
    request = response.wsgi_request  # type: ignore[attr-defined]
    told = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= WARNING for message in told)


def chunks(asks: list[Ask], number: int) -> Iterator[list[Ask]]:
    """Evenly divided for `number` processes."""
    for start in range(number):
        yield asks[start::number]
