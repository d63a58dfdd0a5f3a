"""Keys, digests, limits and retries."""

from datetime import UTC, datetime, timedelta

import pytest

from samspil.foundation.desk import rules
from samspil.foundation.desk.models import MOST_FILE_BYTES

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
FORM = {"_key": ["k" * 24], "csrfmiddlewaretoken": ["a"], "text": ["Noah"], "who": ["b", "a"]}


class TestDigest:
    def test_is_the_same_for_the_same_act_whatever_the_order_and_the_security_tokens(self) -> None:
        later = dict(reversed({**FORM, "csrfmiddlewaretoken": ["other"]}.items()))

        assert rules.digest_of("POST", "/a/", FORM) == rules.digest_of("POST", "/a/", later)

    @pytest.mark.parametrize(
        ("path", "fields", "files"),
        [
            ("/b/", FORM, ()),
            ("/a/", {**FORM, "text": ["Alma"]}, ()),
            ("/a/", {**FORM, "who": ["a", "b"]}, ()),
            ("/a/", {**FORM, "more": [""]}, ()),
            ("/a/", FORM, [("file", "a.pdf", "00")]),
            ("/a/", {**FORM, "_version": ["old"]}, ()),
        ],
    )
    def test_differs_where_anything_else_does(
        self, path: str, fields: rules.Fields, files: list[tuple[str, str, str]]
    ) -> None:
        assert rules.digest_of("POST", path, fields, files) != rules.digest_of("POST", "/a/", FORM)

    def test_takes_signs_that_are_no_text(self) -> None:
        assert rules.digest_of("POST", "/a/", {"text": ["\x00\ud800"]})


class TestText:
    def test_leaves_out_own_fields_and_secrets_and_nul(self) -> None:
        posted = {**FORM, "password1": ["hemmelig"], "otp_token": ["123456"], "text": ["No\x00ah"]}

        assert rules.text_of(posted) == {"text": ["Noah"], "who": ["b", "a"]}

    def test_of_spaces_is_nothing_written(self) -> None:
        assert not rules.is_written({"text": [" \n"], "box": []})
        assert rules.is_written({"text": ["a"]})


@pytest.mark.parametrize("key", ["", "short", "a" * 101, "a" * 30 + "\x00", "a" * 30 + "é", "a b" * 10])
def test_a_key_has_a_shape(key: str) -> None:
    assert not rules.is_key(key)


@pytest.mark.parametrize("name", ["", "Plans", "../x", "a" * 81, "a\x00"])
def test_a_name_has_a_shape(name: str) -> None:
    assert not rules.is_name(name)
    assert rules.is_name("journal.note")


def test_a_text_fits_or_is_refused_with_both_sizes() -> None:
    assert rules.fits(b"x" * 1024, 1024)
    assert "2 kB" in rules.fits(b"x" * 1025, 1024).reason


class TestFiles:
    def test_are_what_they_say_they_are(self) -> None:
        assert rules.may_be_stored(b"%PDF-1.7 ...", "application/pdf")
        assert not rules.may_be_stored(b"<html>", "application/pdf")
        assert not rules.may_be_stored(b"%PDF-1.7 ...", "image/png")
        assert not rules.may_be_stored(b"", "application/pdf")
        assert not rules.may_be_stored(b"%PDF-" + b" " * MOST_FILE_BYTES, "application/pdf")

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\plan.pdf", "plan.pdf"),
            ("a\r\nb\x00.pdf", "ab.pdf"),
            ("...", "file"),
            ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ],
    )
    def test_keep_a_harmless_name(self, given: str, kept: str) -> None:
        assert rules.file_name(given) == kept


def test_a_letter_is_tried_less_and_less_often_and_then_given_up() -> None:
    waits = [rules.next_try(failures, NOON) for failures in range(1, 8)]

    assert waits[0] == NOON + timedelta(minutes=1)
    assert waits == sorted(waits, key=lambda at: at or NOON)
    assert rules.next_try(8, NOON) is None
