"""Rows of the administrator's pages, shaped for reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse

from samspil.foundation.accounts.actions import first_password_token
from samspil.foundation.accounts.rules import may_choose_first_password
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations import rules
from samspil.foundation.organisations.models import Authority, Membership, Staff


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post in words: the role, and from which to which day, both included."""

    post: Membership
    role: Text
    last_day: date | None
    is_over: bool
    is_coming: bool


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague with posts; `awaits_password` while the first link is unused."""

    staff: Staff
    posts: list[PostRow]
    awaits_password: bool


def staff_rows(staff: Iterable[Staff], today: date) -> list[StaffRow]:
    """Each colleague with all posts, those of the past last."""
    return [
        StaffRow(
            one,
            sorted((post_row(post, today) for post in one.posts), key=lambda row: row.is_over),  # type: ignore[attr-defined]
            awaits_password=one.account is not None and may_choose_first_password(one.account),
        )
        for one in staff
    ]


def post_row(post: Membership, today: date) -> PostRow:
    """A post with its last day instead of the first day without it."""
    return PostRow(
        post,
        ROLES[RoleKey(post.role)].title,
        last_day=None if post.ends == NEVER else post.ends - timedelta(days=1),
        is_over=post.ends <= today,
        is_coming=post.starts > today,
    )


def never_sees(authority: Authority) -> Text:
    """What an organisation of this kind can never see."""
    return rules.NEVER_SEES[rules.Kind(authority.kind)]


def first_link(request: HttpRequest, staff: Staff) -> str:
    """The whole address a new colleague opens to choose a password; empty when that has been done."""
    if staff.account is None or not may_choose_first_password(staff.account):
        return ""
    words = {"account_id": staff.account.pk, "token": first_password_token(staff.account)}
    return request.build_absolute_uri(reverse("organisations:first_password", kwargs=words))
