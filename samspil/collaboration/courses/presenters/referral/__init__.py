"""Referrals as pages show them: tasks with their state, criteria with reasons, the rule drawn, lists."""

from samspil.collaboration.courses.presenters.referral.choices import candidate_choices, topics
from samspil.collaboration.courses.presenters.referral.consents import consent_rows
from samspil.collaboration.courses.presenters.referral.lists import Line, lines
from samspil.collaboration.courses.presenters.referral.reading import PartLine, Step, history, part_lines
from samspil.collaboration.courses.presenters.referral.target import (
    ANSWERS,
    NOT_SHARED,
    Criterion,
    Result,
    criteria,
    result,
    result_sent,
)
from samspil.collaboration.courses.presenters.referral.tasks import task_list
from samspil.collaboration.courses.presenters.referral.timeline import RuleDrawing, Tick
from samspil.collaboration.courses.presenters.referral.words import (
    days_waiting,
    family,
    heading,
    name_kinds,
    names,
    reference,
    state_of,
)

__all__ = [
    "ANSWERS",
    "NOT_SHARED",
    "Criterion",
    "Line",
    "PartLine",
    "Result",
    "RuleDrawing",
    "Step",
    "Tick",
    "candidate_choices",
    "consent_rows",
    "criteria",
    "days_waiting",
    "family",
    "heading",
    "history",
    "lines",
    "name_kinds",
    "names",
    "part_lines",
    "reference",
    "result",
    "result_sent",
    "state_of",
    "task_list",
    "topics",
]
