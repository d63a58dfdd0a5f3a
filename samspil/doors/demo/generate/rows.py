"""Rows as PostgreSQL's COPY reads them, table by table, and keys that follow from the seed."""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random

from samspil.foundation.kernel.clock import NEVER

FIRST_INSTANT = 1_700_000_000_000
"""Keys are version 7 UUIDs of one millisecond a course: rows of one course lie together, in order."""
ALWAYS = NEVER.isoformat()
NULL = "\\N"
TRUE, FALSE = "t", "f"

TABLES: dict[str, str] = {
    "organisations_authority": "id, kind, code, name, starts, ends",
    "organisations_belonging": "id, municipality_id, region_id, starts, ends",
    "accounts_account": "id, login, email, password, is_citizen, is_demo, is_active",
    "organisations_unit": "id, authority_id, kind, name, is_sharing_unit, starts, ends",
    "organisations_staff": "id, authority_id, account_id, name, title, phone",
    "organisations_membership": "id, authority_id, staff_id, unit_id, role, starts, ends",
    "access_subject": "id, united_into_id, united_by_id",
    "access_space": "id, lead_unit_id",
    "access_item": "id, kind, owner_authority_id, owner_unit_id, space_id, category, author_id, subjects, "
    "released_at",
    "access_item_subject": "item_id, subject_id",
    "access_ledger": "id, kind, holder_kind, holder, space_id, subject_id, categories, purpose, giver_id, "
    "authority_id, starts, ends, baton, made_by_id, made_at, reason, source",
    "families_personrecord": "item_id, authority_id, subject_id, name, sort_name, born, is_unborn, "
    "is_protected, is_current, reason",
    "families_civilnumber": "item_id, authority_id, subject_id, sealed",
    "wall.cpr_key": "authority, hash, subject",
    "families_searchkey": "item_id, authority_id, unit_id, subject_id, key",
    "families_whereabouts": "item_id, authority_id, subject_id, kind, text, ends",
    "families_tie": "item_id, authority_id, person_id, to_id, kind, ends, source, is_disputed",
    "courses_course": "item_id, space_id, version_id, opened_on",
    "courses_courseperson": "item_id, space_id, subject_id, name, born, roles, is_in_focus",
    "courses_participant": "id, space_id, role, membership_id, unit_id, accepted_on, starts, ends",
    "sharing_basis": "item_id, agreement, authority_id, unit_id, subject_id, category, receiver_unit_id, "
    "purpose, way, answer, starts, ends, said_by, said_on, wording, wording_hash, ground, section, "
    "reasoning, told, told_text, relation, state, ending, end_reason",
    "courses_remark": "item_id, space_id, text",
    "courses_fact": "item_id, space_id, kind, on_day, at, noted_at, by_role, attributes, remark_id",
    "plans_goal": "item_id, space_id, thread, number, position, words, own_words, said_by_id, said_on, "
    "steps, no_steps_reason, start, lead_sector, owner_post_id, owner_person_id, due_on, state, ended_on, "
    "end_reason, supersedes_id",
    "plans_goalrating": 'item_id, space_id, goal_id, thread, level, "on", by_person_id, by_post_id, words',
    "plans_plan": "item_id, space_id, number, agreed_on, goals, reason, supersedes_id",
    "plans_planvoice": 'item_id, space_id, plan_id, person_id, answer, "on", reason, words',
    "plans_agreement": "item_id, space_id, what, post_id, person_id, name, due_on, made_on, goal_id, meeting",
    "plans_agreementend": 'item_id, space_id, agreement_id, outcome, "on", reason',
    "journal_note": 'item_id, space_id, by_id, kind, "on", text, supersedes_id, reason',
    "journal_childview": 'item_id, space_id, person_id, by_id, "on", how, words, own_words, meeting, answer, '
    "asked_on, reason",
    "meetings_meeting": "item_id, space_id, kind, starts_at, length, purpose, called_by_id",
    "meetings_meetingplace": "item_id, space_id, meeting_id, code, text",
    "meetings_invitation": "item_id, space_id, meeting_id, post_id, person_id, name",
    "meetings_point": "item_id, space_id, meeting_id, thread, title, position, length, wished_post_id, "
    "wished_person_id, view_id, words, said_by_id, is_dropped, supersedes_id",
    "meetings_attendance": "item_id, space_id, meeting_id, invitation_id, presence",
    "meetings_meetingend": 'item_id, space_id, meeting_id, outcome, "on", noted_on, reason',
    "meetings_minutes": "item_id, space_id, meeting_id, version, text, shared_at, shared_by_id, "
    "supersedes_id, reason",
    "courses_dueitem": "id, space_id, step, n, person_id, responsible, outcome, opens_on, due_on, closes_on, "
    "lapses_on, done_on, detail, categories, subjects, owner_units, owner_authorities",
    "courses_projection": "space_id, through",
}
"""Every table that is filled, with the columns in the order in which writers give them."""


class Rows:
    """Rows for some courses. A row is one line of text; nothing is asked of a database."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {table: [] for table in TABLES}

    def add(self, table: str, *values: str | None) -> None:
        """One row. Texts that may hold anything come through `text`."""
        self.lines[table].append("\t".join([NULL if value is None else value for value in values]))

    def blocks(self) -> dict[str, bytes]:
        """What COPY takes, by table, without the tables that have none."""
        return {table: ("\n".join(found) + "\n").encode() for table, found in self.lines.items() if found}

    @property
    def count(self) -> int:
        return sum(map(len, self.lines.values()))


class Keys:
    """New keys of one course, each later than the one before."""

    def __init__(self, chance: Random, number: int) -> None:
        self._stamp = stamp(number)
        self._bits = chance.getrandbits
        self._made = 0

    def new(self) -> str:
        """A version 7 UUID as text."""
        self._made += 1
        tail = f"{self._bits(60):015x}"
        return f"{self._stamp}{self._made:03x}-8{tail[:3]}-{tail[3:]}"


def stamp(number: int) -> str:
    """How every key of this course begins."""
    digits = f"{FIRST_INSTANT + number:012x}"
    return f"{digits[:8]}-{digits[8:]}-7"


def text(value: str) -> str:
    """A text with what COPY would take for its own signs."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def listed(values: Iterable[str]) -> str:
    """An array of simple words or ids."""
    return "{" + ",".join(values) + "}"


def quoted(values: Iterable[str]) -> str:
    """An array of sentences without quotation marks."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


def at_noon(day: date, minutes: int = 0) -> str:
    """An instant of a day, as text: when something was written down."""
    return f"{day.isoformat()} {9 + minutes // 60:02d}:{minutes % 60:02d}:00+00"


def instant(written: str) -> datetime:
    """The same instant as the engine takes it."""
    return datetime.fromisoformat(written)
