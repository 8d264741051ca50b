"""Tags to attributions: spans of source, cue and content, with what rules do better than a network.

The network says which words belong together, `decoding` that a quotation is one claim's as a whole; this module adds
the turns of transcripts and turns tokens into spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import attrs

from quotebank.attribution.attribution_record import Attribution
from quotebank.attribution.block_quotations import claims_of_blocks, with_blocks
from quotebank.attribution.broken_quotations import with_other_halves, without_asides
from quotebank.attribution.checked_claims import with_checked, with_judged
from quotebank.attribution.continued_quotations import with_continuations
from quotebank.attribution.decoding import Tagged, fitted_inside, in_order, quoted_ranges
from quotebank.attribution.dialogue_lines import behind_dashes, dialogue_claims, labelled, with_dialogue
from quotebank.attribution.doubted_claims import agent_behind, as_stated
from quotebank.attribution.expressive_quotations import with_expressives
from quotebank.attribution.floating_quotations import with_floating
from quotebank.attribution.headline_claims import with_headlines
from quotebank.attribution.inner_reports import with_inner_reports, within_inner_marks
from quotebank.attribution.listed_claims import with_lists
from quotebank.attribution.narrated_tails import as_far_as_said
from quotebank.attribution.nearer_subjects import with_nearer_subject
from quotebank.attribution.owned_sayings import as_owned, with_second_relative
from quotebank.attribution.quoted_others import with_quoted_others
from quotebank.attribution.refusals import with_refusals
from quotebank.attribution.relative_clauses import as_related
from quotebank.attribution.relayed_reports import (
    relayed,
    with_apposition,
    with_quoted,
    with_relayer,
    with_unnamed,
    with_writer,
    without_relay,
)
from quotebank.attribution.reporting_clauses import with_reporting_clauses
from quotebank.attribution.signatures import posted_claims, signed_claims, with_signatures
from quotebank.attribution.source_ends import whole_content, whole_source
from quotebank.attribution.subjects import subject_before
from quotebank.attribution.transcript_turns import claims_of_turns, with_turns
from quotebank.attribution.unlikely_claims import without_unlikely
from quotebank.spans import Span
from quotebank.text import Tokens, line_at, words

TELLING = frozenset(
    {"informs", "informed", "tells", "told", "reminds", "reminded", "warns", "warned", "assures", "assured"}
    | {"notifies", "notified"}
)
HELD = frozenset({"said", "understood", "thought", "believed", "claimed", "alleged", "feared", "hoped"})
COMES_OUT = frozenset({"emerged", "emerges", "transpired", "transpires"})


def attributions(tokens: Tokens, tagged: list[Tagged]) -> list[Attribution]:
    """The attributions of a text, in order of their contents, of which two lie one inside the other or apart."""
    inside = {i for q in quoted_ranges(tokens) for i in range(q.first + 1, q.end)}
    breaks = sorted(tokens.paragraphs - inside)
    begun = (bisect_left(tokens.starts, line.label.begins) for line in tokens.lines if line.label is not None)
    firsts = frozenset((*tokens.sentences, *begun))
    plainly = (with_unnamed(tokens, c) for c in with_inner_reports(tokens, tagged))
    told = [_told(tokens, _in_one_paragraph(c, breaks)) for c in plainly if c is not None]
    who = {i: k for k, c in enumerate(told) for i in c.source}
    told = [c for k, c in enumerate(told) if not _is_in_source(told, c, who.get(c.content[0], k))]
    whole = [as_far_as_said(tokens, as_stated(tokens, c, firsts, inside), inside) for c in told]
    owned = with_second_relative(tokens, [as_related(tokens, as_owned(tokens, c)) for c in whole])
    plain = with_quoted_others(tokens, without_unlikely(tokens, owned))
    plain, dashed = behind_dashes(tokens, with_other_halves(tokens, without_asides(tokens, plain)))
    spoken, signed, dialogue = (
        claims_of_turns(tokens),
        [*signed_claims(tokens), *posted_claims(tokens)],
        dialogue_claims(tokens),
    )
    blocks = claims_of_blocks(tokens, plain)
    verbatim = {claim.content for claim in (*spoken, *signed, *dialogue, *dashed, *blocks, *labelled(tokens, plain))}
    read = with_turns(tokens, with_signatures(tokens, [c for c in plain if not c.nested], signed), spoken)
    read = with_checked(tokens, with_lists(tokens, with_blocks(with_dialogue(tokens, read, dialogue), blocks)))
    read = with_expressives(tokens, with_judged(tokens, with_reporting_clauses(tokens, read)))
    read = with_refusals(tokens, read)
    read = with_headlines(tokens, with_continuations(tokens, with_floating(tokens, read)))
    outer = with_items(tokens, plain, [c for c in read if c.content and not c.nested])
    nested = [within_inner_marks(tokens, c) for c in (*read, *plain) if c.content and c.nested]
    nested += relayed(tokens, [*outer, *nested])
    found = in_order([*outer, *fitted_inside(outer, nested)])
    return [
        Attribution(
            source=spans_of(tokens, claim.source),
            cue=spans_of(tokens, claim.cue),
            content=spans_of(tokens, claim.content),
            confidence=claim.confidence,
            within=within,
            act=claim.act,
            force=claim.force,
            verbatim=claim.content in verbatim and not claim.nested,
            named=spans_of(tokens, claim.named),
        )
        for claim, within in zip(found, enclosing([frozenset(claim.content) for claim in found]), strict=True)
    ]


def with_items(tokens: Tokens, tagged: list[Tagged], outer: list[Tagged]) -> list[Tagged]:
    """The outer claims, and those taken for nested ones that make an item of a list: "Key points:" says nothing."""
    taken = {i for c in outer for i in (*c.content, *c.source, *c.cue)}
    unheld = [
        c for c in tagged if c.nested and c.source and c.cue and taken.isdisjoint((*c.content, *c.source, *c.cue))
    ]
    lines = [(c, line_at(tokens.lines, tokens.starts[c.content[0]])) for c in unheld]
    items = [attrs.evolve(c, nested=False) for c, line in lines if line is not None and line.kind == "item"]
    return sorted([*outer, *items], key=lambda c: c.content)


def enclosing(contents: list[frozenset[int]]) -> list[int | None]:
    """For each content, in order, the number of the smallest one before it that holds all its tokens and more."""
    out: list[int | None] = []
    open_ones: list[int] = []
    for k, content in enumerate(contents):
        first = min(content)
        open_ones = [n for n in open_ones if max(contents[n]) >= first]
        holders = [n for n in open_ones if content < contents[n]]
        out.append(min(holders, key=lambda n: len(contents[n]), default=None))
        open_ones.append(k)
    return out


def _in_one_paragraph(claim: Tagged, breaks: Sequence[int]) -> Tagged:
    """The claim without what a part of it takes over a paragraph break outside quotations.

    `breaks` are the first tokens of paragraphs, in order. A headline is no part of the quotation below it, a name over
    a paragraph none of its source. What stands nearest to the other parts is kept.
    """
    content = _nearest(claim.content, (*claim.source, *claim.cue), breaks)
    source = _nearest(claim.source, claim.cue or content, breaks)
    return attrs.evolve(claim, content=content, source=source)


def _nearest(part: tuple[int, ...], near: tuple[int, ...], breaks: Sequence[int]) -> tuple[int, ...]:
    """Of what is left of a part when it is cut at the breaks, the piece nearest to others, of two the one in their
    paragraph, else the longer one.
    """
    numbers = [bisect_right(breaks, i) for i in part]
    cuts = [k for k in range(1, len(part)) if numbers[k] != numbers[k - 1]]
    if not cuts:
        return part
    pieces = [part[a:b] for a, b in pairwise([0, *cuts, len(part)])]
    beside = {bisect_right(breaks, j) for j in near}

    def farness(piece: tuple[int, ...]) -> tuple[int, bool, int]:
        apart = min((abs(i - j) for i in piece for j in near), default=0)
        return apart, bisect_right(breaks, piece[0]) not in beside, -len(piece)

    return min(pieces, key=farness)


def _is_in_source(claims: Sequence[Tagged], claim: Tagged, other: int) -> bool:
    """Whether what a claim has for its content is of who speaks in another one, by its number, with the same cue."""
    source = claims[other].source
    apart = claims[other] is not claim and claims[other].cue == claim.cue
    return apart and set(claim.content) <= {*source, source[-1] + 1}


def _told(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim with a source that can be one: no "it" that stands for the clause behind it, not cut off at its end."""
    source = whole_source(tokens, claim)
    source = source if any(c.isalnum() for i in source for c in tokens.word(i)) else ()
    cue = {tokens.word(i).lower() for i in claim.cue}
    if (
        len(source) == 1
        and tokens.word(source[0]).lower() == "it"
        and cue & (words("attribution/forms_of_be") | COMES_OUT)
        and tokens.word(claim.content[0]).lower() == "that"
        and claim.content[0] > max(claim.cue)
    ):
        source = ()  # "It has long been reported that …"
    if [tokens.word(i).lower() for i in source] == ["it"] and cue & words("attribution/forms_of_be") and cue & HELD:
        source = ()  # "…, it was said"
    if (
        source
        and claim.cue
        and tokens.word(source[-1] + 1) == ":"
        and source[-1] + 1 < claim.cue[0] < claim.content[-1]
    ):
        source = ()  # "Tankers: The Orion is reported sold": a heading
    whole = attrs.evolve(claim, source=source, content=whole_content(tokens, claim))
    relayed_by = with_apposition(tokens, with_relayer(tokens, with_writer(tokens, whole)))
    told = with_quoted(tokens, without_relay(tokens, relayed_by))
    return with_nearer_subject(tokens, _without_hearer(tokens, told))


def _without_hearer(tokens: Tokens, claim: Tagged) -> Tagged:
    """The claim without a source that only hears it: of "We were told that the roof was safe" nobody is named."""
    cue = [tokens.word(i).lower() for i in claim.cue]
    if claim.source and claim.cue and claim.cue[-1] < claim.source[0] < claim.source[-1] < claim.content[0]:
        told = cue[-1] in TELLING and tokens.word(claim.content[0]).lower() == "that"
        passive = "by" in (tokens.word(claim.source[0] - 1).lower(), *cue)
        owner = subject_before(tokens, claim.cue[0]) if told and not passive else ()
        return attrs.evolve(claim, source=owner) if owner else claim  # "Acme informs | all its clients | that"
    if claim.source and claim.cue and cue[-1] in TELLING and claim.content[-1] < claim.cue[0] < claim.source[0]:
        owner = subject_before(tokens, claim.cue[0])  # "“No,” Ann Lee told Bo Orr, | editor of the Post"
        return attrs.evolve(claim, source=owner) if owner else claim
    heard = next((k for k, word in enumerate(cue) if word in words("attribution/hearing_verbs")), None)
    if heard is None or not claim.source or claim.source[-1] > claim.cue[0]:
        return claim
    if claim.cue[0] == tokens.sentence_of(claim.cue[0])[0]:
        return attrs.evolve(claim, source=agent_behind(tokens, claim))  # "Asked whether it was safe, …"
    being = words("attribution/forms_of_be")
    bare = being.issuperset(tokens.word(i).lower() for i in claim.source)  # "recalls | being | told by her father that"
    first = tokens.sentence_of(claim.source[0])[0]
    asked = [tokens.word(first).lower()] * (first == claim.source[0] - 1)  # "Was the captain told …?"
    before = tokens.word(claim.cue[heard] - 1).lower()
    passive = bare or not being.isdisjoint((*cue[:heard], *asked, before))
    return attrs.evolve(claim, source=agent_behind(tokens, claim)) if passive else claim


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
