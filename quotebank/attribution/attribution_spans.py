"""Tags to attributions: spans of source, cue and content, with what rules do better than a network.

The network says which words belong together, `decoding` that a quotation is one claim's as a whole; this module adds
the turns of transcripts and turns tokens into spans.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

import attrs
import regex

from quotebank.attribution.decoding import Tagged, in_order, quoted_ranges
from quotebank.attribution.signatures import with_signatures
from quotebank.attribution.transcripts import with_turns
from quotebank.spans import Span
from quotebank.text import Tokens

NOBODIES = frozenset({"a", "an", "the", "there", "whether", "'s", "’s"})
LONGEST_WISH = 12  # tokens
WISH = regex.compile(
    r"(?:to not |not to |to |that (?:he|she|they|(?:his|her|their) (?:full |last )?names?) (?:not )?)"
    r"(?:be (?:further |publicly )?(?:named|identified|quoted|used|published)|remain anonymous)\b(?! to | as )"
    r"|(?:on (?:the )?condition of )?anonymity\b"
)


@attrs.frozen(kw_only=True)
class Attribution:
    """The three parts of an attribution as spans, in order, and how sure the network is (0 to 1)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    nested: bool = False
    act: str | None = None
    force: str | None = None


def attributions(tokens: Tokens, tagged: list[Tagged]) -> list[Attribution]:
    """The attributions of a text, in order of their contents, which do not overlap."""
    out = []
    inside = {i for q in quoted_ranges(tokens) for i in range(q.first + 1, q.end)}
    breaks = tokens.paragraphs - inside
    whole = [_in_one_paragraph(c, breaks) for c in tagged]
    outer = with_turns(tokens, with_signatures(tokens, [c for c in whole if not c.nested]))
    holders = [set(claim.content) for claim in outer]
    nested = [c for c in whole if c.nested and any(h.issuperset(c.content) and len(h) > len(c.content) for h in holders)]
    for claim in in_order([*outer, *nested]):
        content = spans_of(tokens, claim.content)
        if content and not _withholds_name(tokens, claim) and not _has_no_noun(tokens, claim):
            out.append(
                Attribution(
                    source=spans_of(tokens, claim.source),
                    cue=spans_of(tokens, claim.cue),
                    content=content,
                    confidence=claim.confidence,
                    nested=claim.nested,
                    act=claim.act,
                    force=claim.force,
                )
            )
    return out


def _in_one_paragraph(claim: Tagged, breaks: Collection[int]) -> Tagged:
    """The claim without what its content takes over a paragraph break (`breaks`, their next tokens) outside quotations.

    A headline is no part of the quotation below it. What stands nearest to the source and the cue is kept.
    """
    cuts = [k for k, i in enumerate(claim.content) if k and i in breaks and claim.content[k - 1] == i - 1]
    if not cuts:
        return claim
    pieces = [claim.content[a:b] for a, b in pairwise([0, *cuts, len(claim.content)])]
    near = (*claim.source, *claim.cue)
    kept = min(pieces, key=lambda piece: (min((abs(i - j) for i in piece for j in near), default=0), -len(piece)))
    return attrs.evolve(claim, content=kept)


def _has_no_noun(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim's source has only words that can be nobody: "there", "the", marks."""
    said = [tokens.word(i).lower() for i in claim.source]
    return bool(said) and all(word in NOBODIES or not any(map(str.isalnum, word)) for word in said)


def _withholds_name(tokens: Tokens, claim: Tagged) -> bool:
    """Whether a claim is the clause that says why a source has no name: "an official who asked not to be named"."""
    if len(claim.content) > LONGEST_WISH or not claim.source or tokens.word(claim.source[-1]).lower() != "who":
        return False
    return WISH.match(" ".join(tokens.word(i) for i in claim.content).lower()) is not None


def spans_of(tokens: Tokens, indices: tuple[int, ...]) -> tuple[Span, ...]:
    """The spans of runs of neighbouring tokens."""
    spans: list[Span] = []
    first = last = -2
    for i in indices:
        if i != last + 1:
            if last >= 0:
                spans.append(Span(tokens.starts[first], tokens.ends[last]))
            first = i
        last = i
    if last >= 0:
        spans.append(Span(tokens.starts[first], tokens.ends[last]))
    return tuple(spans)
