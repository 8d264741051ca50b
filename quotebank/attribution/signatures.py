"""Signed quotations: “We lost the bridge twice.” ― Ann Lee, as in readers' voices, reviews and mottos.

The source is the name behind the dash, up to the end of its line or the next quotation; the cue is the dash.
"""

from __future__ import annotations

import attrs

from quotebank.attribution.decoding import Tagged, quoted_ranges
from quotebank.text import Tokens

DASHES = frozenset({"―", "—", "–", "--", "-"})
LONGEST_NAME = 8  # tokens: "Ann Lee, 54, of Oxbow" is one
STOPS = frozenset({".", ",", "-"})


def with_signatures(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """The claims of a text, the signed quotations among them; as they are where it has none."""
    found = []
    for quoted in quoted_ranges(tokens):
        name = _name_behind(tokens, quoted.end)
        if name is not None:
            content = tuple(range(quoted.first, quoted.end))
            found.append(Tagged(tuple(range(*name)), (quoted.end,), content, 0.95))
    if not found:
        return tagged
    taken = {i for claim in found for i in claim.content}
    signed = {i for claim in found for i in (*claim.source, *claim.cue)}
    kept = []
    for claim in tagged:
        content = tuple(i for i in claim.content if i not in taken and i not in signed)
        if content == claim.content:
            kept.append(claim)
        elif len(content) > len(claim.content) / 2:
            kept.append(attrs.evolve(claim, content=content))
    return sorted([*kept, *found], key=lambda claim: claim.content)


def _name_behind(tokens: Tokens, dash: int) -> tuple[int, int] | None:
    """The tokens of a name that begins behind token `dash` and fills the rest of its line; None where none does."""
    if dash >= len(tokens) or tokens.word(dash) not in DASHES:
        return None
    first = end = dash + 1
    while end < len(tokens) and end - first <= LONGEST_NAME and not _ends_line(tokens, end):
        word = tokens.word(end)
        if not (word[0].isupper() or word[0].isdigit() or word in STOPS or word in ("of", "de", "la", "van", "von")):
            return None
        end += 1
    whole = end == len(tokens) or _ends_line(tokens, end)
    while end > first and tokens.word(end - 1) in STOPS:
        end -= 1
    return (first, end) if whole and end > first and tokens.word(first)[0].isupper() else None


def _ends_line(tokens: Tokens, i: int) -> bool:
    """Whether a line break or a quotation begins at token `i`, or right before it."""
    between = tokens.text[tokens.ends[i - 1] : tokens.starts[i]]
    return "\n" in between or tokens.quotations.roles.get(tokens.starts[i]) == "open"
