"""One initiative as a page: each statement with the mark of where it is from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.insight.rollout.language import Initiative, Offer, Part, Statement, Waves
from samspil.insight.rollout.presenters import words
from samspil.insight.rollout.queries import Card


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its mark; `label` where it has a word of its own."""

    text: str
    kind: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Partners of one kind."""

    label: str
    names: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A link to the initiative before or after."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative in the list of all."""

    title: str
    url: str
    summary: str
    period: str
    phase: str


def rows(initiatives: Iterable[Initiative], language: str) -> list[Row]:
    """The list of all, the newest first."""
    return [
        Row(
            title=one.title.said(language),
            url=reverse("rollout:initiative", args=[one.key]),
            summary=one.summary.said(language),
            period=words.period(one.period),
            phase=str(words.PHASES[one.phase]),
        )
        for one in reversed(list(initiatives))
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of an initiative shows."""

    title: str
    summary: str
    period: str
    phase: Line
    direct: list[Line]
    indirect: list[Line]
    background: list[Line]
    purpose: list[Line]
    outcomes: list[Line]
    documentation: list[Line]
    figures: list[Line]
    partners: list[Group]
    money: list[Line]
    total: str
    sites: list[Line]
    offers: list[Line]
    products: list[Line]
    results: list[Line]
    before: Other | None
    after: list[Other]
    sources: list[Other]


def page(card: Card, language: str) -> Page:
    """The card in the reader's language."""
    one = card.initiative
    return Page(
        title=one.title.said(language),
        summary=one.summary.said(language),
        period=words.period(one.period),
        phase=Line(str(words.PHASES[one.phase]), words.kind(one.phase_provenance)),
        direct=_lines(one.target_group.direct, language),
        indirect=_lines(one.target_group.indirect, language),
        background=_lines(one.background, language),
        purpose=_lines(one.purpose, language),
        outcomes=_lines(one.outcomes, language),
        documentation=_lines(one.documentation, language),
        figures=[
            Line(words.figure(figure), words.kind(figure.provenance), figure.label.said(language))
            for figure in one.figures
        ],
        partners=list(_partners(one)),
        money=list(_money(one, language)),
        total=words.kroner(one.funding.total_dkk),
        sites=list(_sites(one.waves)) if one.waves else [],
        offers=[_offer(offer, card, language) for offer in one.offers],
        products=[
            Line(
                item.title.said(language),
                words.kind(item.provenance),
                note=words.moment(item.on) if item.on else "",
            )
            for item in one.products
        ],
        results=[
            Line(
                item.text.said(language),
                words.kind(item.provenance),
                _about()[item.about],
                item.reservations.said(language),
            )
            for item in one.results
        ],
        before=_other(card.follows, language) if card.follows else None,
        after=[_other(next_one, language) for next_one in card.followed_by],
        sources=[Other(source.said(language), source.url) for source in card.sources.values()],
    )


def _lines(statements: Iterable[Statement], language: str) -> list[Line]:
    return [Line(one.text.said(language), words.kind(one.provenance)) for one in statements]


def _partners(one: Initiative) -> Iterable[Group]:
    for part in Part:
        names = [partner for partner in one.partners if partner.part is part]
        if names:
            lines = tuple(Line(partner.name, words.kind(partner.provenance)) for partner in names)
            yield Group(str(words.PARTS[part]), lines)


def _money(one: Initiative, language: str) -> Iterable[Line]:
    for grant in one.funding.grants:
        yield Line(words.kroner(grant.amount_dkk), words.kind(grant.provenance), grant.by.said(language))
    if pool := one.funding.pool:
        label = _("Of which a pool to apply for (%(when)s)") % {"when": pool.announced}
        yield Line(words.kroner(pool.amount_dkk), words.kind(pool.provenance), label)


def _sites(waves: Waves) -> Iterable[Line]:
    mark = words.kind(waves.provenance)
    if waves.least is not None:
        number = f"{waves.least}–{waves.most}" if waves.least != waves.most else str(waves.least)
        said = ngettext(
            "%(number)s municipalities in one wave",
            "%(number)s municipalities in %(waves)s waves",
            waves.count,
        )
        yield Line(said % {"number": number, "waves": waves.count}, mark)
    if waves.took_part:
        yield Line(", ".join(waves.took_part), mark, _("Known to have taken part"))


def _offer(offer: Offer, card: Card, language: str) -> Line:
    titles = {(one.key, one.version): one.title.said(language) for one in card.offered}
    names = list(dict.fromkeys(titles[(one.key, one.version)] for one in offer.models))
    label = _("A site chooses exactly one") if offer.choose == "one" else _("A site may choose")
    note = _("It says why it chooses that one.") if offer.reason == "required" else ""
    return Line(" · ".join(names), words.kind(offer.provenance), label, note)


def _about() -> dict[str, str]:
    return {
        "children-and-families": _("Children and families"),
        "professionals": _("Professionals"),
        "organisation": _("Organisation"),
        "implementation": _("Implementation"),
    }


def _other(one: Initiative, language: str) -> Other:
    return Other(one.title.said(language), reverse("rollout:initiative", args=[one.key]))
