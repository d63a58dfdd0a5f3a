"""What a newcomer reads in the terminal: who one can be, and what to try."""

from samspil.doors.demo.colleagues import COLLEAGUES, PASSWORD


def lines() -> list[str]:
    """The log-ins, one a line, in Danish."""
    wide = max(len(one.login) for one in COLLEAGUES)
    named = max(len(_who(one.name, one.posts[0][0].name)) for one in COLLEAGUES)
    return [
        "Prøv Samspil. Alle mennesker er opdigtede.",
        f"Adgangskode til dem alle: {PASSWORD}",
        "",
        *(
            f"  {one.login:<{wide}}  {_who(one.name, one.posts[0][0].name):<{named}}  {one.to_try}"
            for one in COLLEAGUES
        ),
    ]


def _who(name: str, place: str) -> str:
    return f"{name}, {place}"
