"""Marks, ladders and calendars: plain data that draws the same however it is asked."""

import re
from datetime import date
from pathlib import Path

import pytest

from samspil.doors.cli import front_end
from samspil.foundation.web.ladders import ladder, signed
from samspil.foundation.web.maps import Dot, Track, calendar
from samspil.foundation.web.marks import MARKS, SHAPES
from samspil.foundation.web.templatetags.marks import mark_shape, mark_tone, mark_word

WEB = Path("samspil/foundation/web")
TEMPLATES = sorted(Path("samspil").rglob("templates/**/*.html"))


def test_every_mark_has_its_shape_and_colour():
    shapes = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static/web/marks.svg").read_text()))
    style = (WEB / "static/web/parts.css").read_text()
    for key, mark in MARKS.items():
        assert SHAPES.get(key, key) in shapes
        assert f".tone--{mark.tone} " in style
    assert (mark_shape("by-law"), mark_tone("late"), str(mark_word("late"))) == (
        "statutory",
        "late",
        "Forsinket",
    )


def test_no_two_states_share_a_shape():
    drawn = re.findall(r'<symbol id="[\w-]+"[^>]*>(.*)</symbol>', (WEB / "static/web/marks.svg").read_text())
    assert len(drawn) == len(set(drawn))


def test_a_misspelt_mark_is_an_error():
    with pytest.raises(KeyError):
        mark_word("lat")


def test_every_icon_that_a_page_asks_for_is_collected():
    asked = {
        name
        for file in TEMPLATES
        for name in re.findall(r'(?:<c-icon name|icon)="([\w-]+)"', file.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= set(front_end.PAGE_ICONS)


def test_a_ladder_shows_where_one_began_is_and_wants_to_be():
    rungs = ladder(start=-2, now=-1, target=0, now_word="nu", target_word="mål")
    assert [rung.label for rung in rungs] == ["−2", "−1 nu", "0 mål", "+1", "+2"]
    assert [(rung.is_start, rung.is_now, rung.is_target) for rung in rungs[:3]] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert [rung.height for rung in rungs] == sorted(rung.height for rung in rungs)


def test_a_ladder_keeps_start_and_now_apart_on_one_step_and_may_lack_both():
    same = ladder(start=0, now=0, target=0, now_word="nu", target_word="mål")[2]
    assert same.label == "0 nu, mål"
    assert same.start_x < same.middle < same.now_x
    assert not any(
        rung.is_now or rung.is_start
        for rung in ladder(start=None, now=None, target=1, now_word="", target_word="")
    )
    assert [signed(step) for step in (-2, 0, 2)] == ["−2", "0", "+2"]


FIRST, LAST = date(2026, 11, 1), date(2027, 2, 28)


def laid_out(*days: date, today: date = date(2026, 11, 19)):
    return calendar([Track("Møde", [Dot("open", day) for day in days])], first=FIRST, last=LAST, today=today)


def test_a_calendar_goes_from_left_to_right_and_stays_inside():
    dots = laid_out(date(2020, 1, 1), FIRST, date(2026, 12, 24), LAST, date(2030, 1, 1)).lines[0].dots
    places = [dot.x for dot in dots]
    assert places == sorted(places)
    assert places[0] == places[1]
    assert places[3] == places[4]
    assert dots[2].said == "24. december"


def test_a_day_is_said_once_however_it_is_shown():
    day = date(2026, 11, 26)
    track = Track("Møde", [Dot("open", day, "26. nov."), Dot("soon", day, "om 7 dage")])
    dots = calendar([track], first=FIRST, last=LAST, today=day).lines[0].dots
    assert [dot.said for dot in dots] == ["26. november", "26. november, om 7 dage"]


def test_a_calendar_names_its_months_and_today_only_where_today_is_in_it():
    assert [month.name for month in laid_out().months] == ["nov.", "dec.", "jan.", "feb."]
    assert laid_out().today_x is not None
    assert laid_out(today=date(2028, 1, 1)).today_x is None
