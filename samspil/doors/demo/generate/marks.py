"""A course written once with marks in it, and stamped out for many families that went the same way.

The days of a course decide what is due in it, so courses of one shape share their days, and the engine is
asked once. What differs between them stands in the shape as a mark: every key, and whoever takes part.
A mark looks like the key it stands for and sorts like it, so whoever writes rows need not know of marks.
"""

import re
from uuid import UUID

from samspil.collaboration.courses.rules import Owner
from samspil.doors.demo.generate.country import Colleague, Place
from samspil.doors.demo.generate.rows import Keys, Rows, listed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Unit

Values = list[bytes]
MOST_PEOPLE = 5
COLLEAGUES = ("clinician", "caseworker", "teacher")
COLLEAGUE_PARTS = ("account", "post", "unit", "authority")
PERSON_PARTS = ("name", "sort_name", "sealed", "hash", "where", "search_keys")
WHO = (
    *(f"{who}.{part}" for who in COLLEAGUES for part in COLLEAGUE_PARTS),
    "street",
    "both.units",
    "both.authorities",
    *(f"person {number}.{part}" for number in range(MOST_PEOPLE) for part in PERSON_PARTS),
)
"""What a course fills in beside its keys, in the order of its values; the keys follow."""
SLOTS = {who: slot for slot, who in enumerate(WHO)}
MOST_MARKS = 0x1000
SEARCHED = "families_searchkey"


def mark(slot: int) -> str:
    """What stands in a shape for the value in this place."""
    return f"00000000-0000-7{slot:03x}-8000-000000000000"


_MARK = re.compile(rb"00000000-0000-7([0-9a-f]{3})-8000-000000000000")


def mark_of(who: str) -> str:
    """The mark of something about who takes part."""
    return mark(SLOTS[who])


def colleague(who: str, role: RoleKey) -> Colleague:
    """The clinician, the caseworker or the teacher of every course, as marks."""
    account, post, unit, authority = (mark_of(f"{who}.{part}") for part in COLLEAGUE_PARTS)
    place = Place(unit, authority, who, Unit.Kind.OTHER, Owner(UUID(unit), UUID(authority)))
    return Colleague(account, "", post, place, role, "", "", "")


class MarkedKeys(Keys):
    """Marks instead of keys, each later than the one before."""

    def __init__(self) -> None:
        self.made = len(WHO)

    def new(self) -> str:
        """The mark of the next key."""
        self.made += 1
        if self.made > MOST_MARKS:
            raise ValueError("A course has more keys than fit into one millisecond.")
        return mark(self.made - 1)


class Shape:
    """The rows of one course, cut up at their marks: values are put in between, and all is joined."""

    def __init__(self, rows: Rows, keys: MarkedKeys) -> None:
        heads = rows.lines[SEARCHED]
        self.keys = keys.made - len(WHO)
        self._count = rows.count - len(heads)
        self._tables = [
            (table, *_cut(_BOTH.sub(_both, block)))
            for table, block in rows.blocks().items()
            if table != SEARCHED
        ]
        self._heads = [_head(line.encode()) for line in heads]

    def fill(self, values: Values, into: dict[str, list[bytes]]) -> int:
        """Add the rows of one course to what COPY takes, by table. Answers how many."""
        value = values.__getitem__
        for table, pieces, slots in self._tables:
            pieces[1::2] = map(value, slots)
            into[table].append(b"".join(pieces))
        count = self._count
        for pieces, slots, searched in self._heads:
            pieces[1::2] = map(value, slots)
            head, keys = b"".join(pieces), values[searched]
            into[SEARCHED].append(head + keys.replace(b"\n", b"\n" + head) + b"\n")
            count += keys.count(b"\n") + 1
        return count


def _cut(block: bytes) -> tuple[list[bytes], list[int]]:
    """Text with gaps for values: every second piece is one. And which value comes into each."""
    pieces = _MARK.split(block)
    return pieces, [int(slot, 16) for slot in pieces[1::2]]


def _head(line: bytes) -> tuple[list[bytes], list[int], int]:
    """A row of a search key without its key; a name has many, and how many depends on the name."""
    pieces, slots = _cut(line)
    return pieces[:-2], slots[:-1], slots[-1]


def _both(found: re.Match[bytes]) -> bytes:
    """Lists of two owners are sorted: which comes first is not the same in each course."""
    return _BOTH_MARKS[found[0]]


def _pair(part: str) -> bytes:
    return listed(mark_of(f"{who}.{part}") for who in ("clinician", "caseworker")).encode()


_BOTH_MARKS = {
    _pair("unit"): mark_of("both.units").encode(),
    _pair("authority"): mark_of("both.authorities").encode(),
}
_BOTH = re.compile(b"|".join(re.escape(pair) for pair in _BOTH_MARKS))
