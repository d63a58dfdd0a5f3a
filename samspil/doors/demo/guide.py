"""What a newcomer reads in the terminal: who one can be, and what to try."""

from textwrap import wrap

from samspil.collaboration.programmes import loading
from samspil.doors.demo.colleagues import COLLEAGUES, PASSWORD
from samspil.doors.demo.companies import COMPANIES, Company

WIDTH = 110


def lines() -> list[str]:
    """The log-ins, one a line, in Danish; then by each of the other models."""
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
        "",
        "De andre modeller, hver med sine egne fagfolk:",
        *(line for company in COMPANIES for line in _of_model(company)),
    ]


def _of_model(company: Company) -> list[str]:
    title = loading.library().programme(company.key, company.version).title.da
    first, *others = company.cast.values()
    also = "også " + ", ".join(one.login for one in others)
    return [
        "",
        f"  {title}",
        f"    {first.login}: {first.title}. {company.to_try}",
        *wrap(also, WIDTH, initial_indent="    ", subsequent_indent="      "),
    ]


def _who(name: str, place: str) -> str:
    return f"{name}, {place}"
