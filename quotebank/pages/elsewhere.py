"""What other articles have of a claim: the same words, shortened, altered, and where it was reported first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from quotebank.bank import Appearance, Group, Hit, Reference
from quotebank.comparing import compare
from quotebank.records import Claim

SHOWN = 6  # other articles at most that a page names for a claim
WORDS = {"exact": "the same words", "edited": "altered", "paraphrase": "in other words"}


@attrs.frozen
class Other:
    """An article that reports a claim too: how its words stand to the claim's, its number on the page, if any."""

    how: str
    article: Reference
    number: int | None
    is_first: bool

    @property
    def name(self) -> str:
        """What the article is called in a list: its publisher, else its title, else its id."""
        return " ".join((self.article.publisher or self.article.title or self.article.id).split()) or "another article"


@attrs.frozen
class Elsewhere:
    """A claim in other articles, of which some are named, and whether it was reported `here_first`.

    Where the oldest of them has no date nobody can tell which was first.
    """

    others: tuple[Other, ...]
    count: int
    here_first: bool

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.others)


def by_claim(groups: Iterable[Group]) -> dict[str, Group]:
    """The group of each claim that several articles report, by the claim's id."""
    return {a.claim.id: group for group in groups for a in group.appearances}


def elsewhere(found: Appearance | Hit, group: Group | None, numbers: Mapping[str, int]) -> Elsewhere | None:
    """Where else a claim is reported, one appearance of each other article; None where it is not.

    `numbers` are the page's own, by the ids of the claims on it.
    """
    if group is None:
        return None
    oldest = group.first.article
    first = None if oldest.published is None else oldest.id
    others: dict[str, Other] = {}
    for one in group.appearances:
        how = how_worded(found.claim, one.claim) if one.article.id != found.article.id else None
        if how is not None and one.article.id not in others:
            others[one.article.id] = Other(how, one.article, numbers.get(one.claim.id), one.article.id == first)
    if not others:
        return None
    return Elsewhere(tuple(others.values())[:SHOWN], len(others), found.article.id == first)


def how_worded(claim: Claim, other: Claim) -> str | None:
    """How the words of another report of a claim stand to its own; None where only a third one joins the two."""
    found = compare(claim, other)
    if (found.wording or found.relation) == "subset":
        return "shortened" if len(other.text) < len(claim.text) else "at greater length"
    return WORDS.get(found.wording or found.relation or "")
