"""What is sealed opens for its own place and by our key alone."""

import pytest

from samspil.foundation.desk import keys, sealing


class TestSealing:
    def test_opens_for_its_own_place(self) -> None:
        assert sealing.opened(sealing.seal("Små børn".encode(), "draft:a"), "draft:a").decode() == "Små børn"

    def test_hides_the_text_and_its_likeness(self) -> None:
        first, second = (sealing.seal(b"Noah" * 20, "draft:a") for _ in range(2))

        assert b"Noah" not in first
        assert first != second

    def test_does_not_open_elsewhere_or_when_changed(self) -> None:
        sealed = sealing.seal(b"Noah", "draft:a")
        changed = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]

        for attempt, place in [(sealed, "draft:b"), (b"", "draft:a"), *((c, "draft:a") for c in changed)]:
            with pytest.raises(sealing.Unreadable):
                sealing.opened(attempt, place)

    def test_opens_after_a_change_of_key_while_the_old_one_is_kept(
        self, settings: pytest.FixtureRequest
    ) -> None:
        sealed = sealing.seal(b"Noah", "draft:a")
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"  # type: ignore[attr-defined]

        assert sealing.opened(sealed, "draft:a") == b"Noah"
        settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
        with pytest.raises(sealing.Unreadable):
            sealing.opened(sealed, "draft:a")


class TestKeys:
    def test_a_key_is_of_the_session_it_was_made_in(self) -> None:
        key = keys.new_key("secret")

        assert keys.is_of_session(key, "secret")
        assert not keys.is_of_session(key, "other")
        assert not keys.is_of_session(keys.new_key(""), "")
        assert not keys.is_of_session(key[:-1] + ("0" if key[-1] != "0" else "1"), "secret")

    def test_no_two_are_alike(self) -> None:
        assert len({keys.new_key("secret") for _ in range(100)}) == 100
