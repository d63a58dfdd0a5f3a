"""The drawn family: everybody once, generations in rows, homes as frames, and no place of the protected."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.presenters.drawing import BOX_HEIGHT, BOX_WIDTH, Portrait, drawn
from samspil.collaboration.families.rules.ties import Bond

INGE, METTE, JENS, NOAH, ALMA, KARL = (UUID(int=n) for n in range(1, 7))
K = TieKind


def family(**protected):
    people = [
        Portrait(INGE, "Inge Lund", "71 år"),
        Portrait(METTE, "Mette Lund", "39 år"),
        Portrait(JENS, "Jens Lund", "41 år"),
        Portrait(NOAH, "Noah Lund", "16 år", is_child=True),
        Portrait(ALMA, "Alma Lund", "9 år", is_child=True, is_protected=protected.get("alma", False)),
        Portrait(KARL, "Karl", "ikke født endnu", is_unborn=True, is_child=True),
    ]
    bonds = [
        Bond(INGE, K.PARENT, JENS),
        Bond(METTE, K.EX_PARTNER, JENS),
        *(Bond(parent, K.PARENT, child) for parent in (METTE, JENS) for child in (NOAH, ALMA)),
        Bond(METTE, K.CUSTODY, ALMA),
        Bond(NOAH, K.SIBLING, ALMA),
        Bond(METTE, K.PARENT, KARL),
        Bond(NOAH, K.LIVES_WITH, METTE),
        Bond(ALMA, K.LIVES_WITH, METTE),
        Bond(ALMA, K.LIVES_WITH, JENS),
    ]
    return people, bonds


def box_of(drawing, person):
    [box] = [box for box in drawing.boxes if box.portrait.id == person]
    return box


def inside(home, box):
    return (
        home.x <= box.x
        and home.y <= box.y
        and box.x + BOX_WIDTH <= home.x + home.width
        and box.y + BOX_HEIGHT <= home.y + home.height
    )


def homes_of(drawing, person):
    return [home.label for home in drawing.homes if inside(home, box_of(drawing, person))]


def test_generations_stand_in_rows():
    drawing = drawn("Familien Lund", *family())
    rows = [box_of(drawing, person).y for person in (INGE, JENS, ALMA)]
    assert rows == sorted(set(rows))
    assert box_of(drawing, METTE).y == box_of(drawing, JENS).y
    assert box_of(drawing, KARL).y == box_of(drawing, NOAH).y == box_of(drawing, ALMA).y


def test_a_child_of_two_homes_stands_in_both_frames():
    drawing = drawn("Familien Lund", *family())
    assert len(drawing.homes) == 2
    assert homes_of(drawing, METTE) == homes_of(drawing, NOAH) != homes_of(drawing, JENS)
    assert len(homes_of(drawing, ALMA)) == 2


def test_a_protected_person_stands_in_no_frame_and_in_no_sentence_about_homes():
    people, bonds = family(alma=True)
    drawing = drawn("Familien Lund", people, bonds)
    assert homes_of(drawing, ALMA) == []
    assert not [text for text in drawing.sentences if "Alma" in text and ("Home" in text or "Hjem" in text)]


def test_protection_hides_the_place_of_everyone_known_only_through_it():
    people, bonds = family(alma=True)
    drawing = drawn("Familien Lund", people, bonds)
    assert homes_of(drawing, JENS) == []


def test_one_line_says_parent_with_custody_and_full_siblings_need_none():
    drawing = drawn("Familien Lund", *family())
    assert len(drawing.lines) == 7
    assert sorted(line.width for line in drawing.lines).count(4) == 1


def test_lines_differ_without_colour():
    people = [Portrait(UUID(int=n), str(n)) for n in range(1, 3)]
    looks = set()
    for kind in K:
        if kind != K.LIVES_WITH:
            [line] = drawn("", people, [Bond(people[0].id, kind, people[1].id)]).lines
            looks.add((line.width, line.dashes, line.is_double, line.cut is not None))
    assert len(looks) == len(K) - 1


def test_an_ended_tie_looks_and_reads_as_ended():
    people, bonds = family()
    drawing = drawn("", people, bonds, ended=[Bond(INGE, K.NETWORK, METTE)])
    assert any(line.dashes == "1 6" for line in drawing.lines)
    assert any("Inge" in text and "Mette" in text for text in drawing.sentences)


def test_words_and_names_are_texts_never_markup():
    drawing = drawn("<b>", [Portrait(METTE, "<script>alert(1)</script> Lund Et Meget Langt Navn")], [])
    assert all(len(line) <= 18 for line in drawing.boxes[0].lines)
    assert len(drawing.boxes[0].lines) <= 2


@pytest.mark.parametrize("people", [[], [Portrait(METTE, "Mette")]])
def test_small_families_are_drawn_too(people):
    drawing = drawn("", people, [])
    assert len(drawing.boxes) == len(people)


BONDS = st.lists(
    st.tuples(st.integers(1, 7), st.sampled_from(list(K)), st.integers(1, 7)).filter(
        lambda bond: bond[0] != bond[2]
    ),
    max_size=18,
)


@settings(max_examples=150, deadline=None)
@given(BONDS, st.sets(st.integers(1, 7)), st.sets(st.integers(1, 7)))
def test_in_any_family_nobody_stands_on_another_and_no_protected_person_in_a_home(ties, children, protected):
    people = [
        Portrait(UUID(int=n), f"P{n}", is_child=n in children, is_protected=n in protected)
        for n in range(1, 8)
    ]
    drawing = drawn("", people, [Bond(UUID(int=a), kind, UUID(int=b)) for a, kind, b in ties])
    assert {box.portrait.id for box in drawing.boxes} == {person.id for person in people}
    for one, other in combinations(drawing.boxes, 2):
        assert abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT
    for person in people:
        if person.is_protected:
            assert homes_of(drawing, person.id) == []
