"""The records that a bank answers with. Frozen, keyword-only; every claim in them is whole, as it was stored."""

from __future__ import annotations

from datetime import date
from typing import Literal

import attrs

from quotebank.comparing import Difference
from quotebank.notebook import html_lines
from quotebank.records import Claim, SpeakerType
from quotebank.records import Reference as Reference  # noqa: PLC0414 - the bank hands it on
from quotebank.spans import Record, Span

Status = Literal["new", "replaced", "unchanged"]
Verdict = Literal["said", "altered", "misattributed", "not stated", "second hand", "paraphrase", "not found"]
Stance = Literal[
    "stated", "denied", "not said", "refused", "asked", "possible", "conditional", "called false", "second hand"
]
Match = Literal["verbatim", "altered", "paraphrase"]


@attrs.frozen(kw_only=True)
class Added(Record):
    """What became of one article: its id, how many claims it has in the bank now, and whether that is news."""

    article_id: str
    claims: int
    status: Status


@attrs.frozen(kw_only=True)
class Totals(Record):
    """What became of many articles: how many were new, replaced and unchanged, and the claims of those written."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    claims: int = 0

    @property
    def articles(self) -> int:
        """How many there were in all."""
        return self.new + self.replaced + self.unchanged


@attrs.frozen(kw_only=True)
class Removed(Record):
    """How many articles were taken out of a bank, and how many claims with them."""

    articles: int
    claims: int


@attrs.frozen(kw_only=True)
class Appearance(Record):
    """A claim in an article. `speaker_id` is its speaker across articles, None for who has no name.

    `sentence` is the one that reports it, with source and cue, on one line.
    """

    claim: Claim
    article: Reference
    speaker_id: int | None = None
    sentence: str = ""


@attrs.frozen(kw_only=True)
class Hit(Record):
    """A claim that a search found.

    `snippet` is the part of the claim's text around what was looked for, an ellipsis where it is cut; `matches` are
    the stretches of the snippet that match, in code points of it. `score` is BM25, higher is better, less for a
    fragment; 0.0 where no text was looked for. `sentence` as in `Appearance`.
    """

    claim: Claim
    article: Reference
    speaker_id: int | None = None
    sentence: str = ""
    snippet: str
    matches: tuple[Span, ...] = ()
    score: float = 0.0

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The snippet with every match between two marks."""
        out, at = [], 0
        for span in self.matches:
            out += [self.snippet[at : span.start], before, span.slice(self.snippet), after]
            at = span.end
        return "".join([*out, self.snippet[at:]])


@attrs.frozen(kw_only=True)
class Stated(Record):
    """A role or an affiliation, and one article that says so; `spans` are where, in code points of its text."""

    text: str
    article: Reference
    spans: tuple[Span, ...] = ()


@attrs.frozen(kw_only=True)
class Profile(Record):
    """A speaker across articles.

    `name` is the fullest form in any article, `names` are all forms. `roles` and `affiliations` are what the articles
    state, oldest first, one entry for each article that says so. `claims` and `articles` are counts; `first` and
    `last` the dates of the oldest and newest of these articles.
    """

    id: int
    name: str
    type: SpeakerType
    names: tuple[str, ...] = ()
    roles: tuple[Stated, ...] = ()
    affiliations: tuple[Stated, ...] = ()
    claims: int = 0
    articles: int = 0
    first: date | None = None
    last: date | None = None


@attrs.frozen(kw_only=True)
class Decision(Record):
    """A merge or a split made by hand. `speaker_id` stays; `other_id` was merged into it, or was split off it."""

    id: int
    kind: Literal["merge", "split"]
    speaker_id: int
    other_id: int
    made: str
    undone: str | None = None


@attrs.frozen(kw_only=True)
class Wording(Record):
    """How one appearance of a claim is worded, against the first: the relation, and every stretch that differs."""

    appearance: Appearance
    relation: str
    differences: tuple[Difference, ...] = ()


@attrs.frozen(kw_only=True)
class Group(Record):
    """One claim and every appearance of it, oldest first. `wordings` has all but the first, in the same order."""

    id: int
    appearances: tuple[Appearance, ...]
    wordings: tuple[Wording, ...] = ()

    @property
    def first(self) -> Appearance:
        """The oldest appearance; of those without a date, the one that was added first."""
        return self.appearances[0]


@attrs.frozen(kw_only=True)
class Standing:
    """How some words of an article stand in it.

    `stance` says it. At second hand `teller` tells that `owner` said them, both as written, "" for the claim's speaker;
    `owner` is also who did not say them. `lost` is what a cut leaves out of the words' own clause: "negation",
    "condition" or "". `sentence` is where, in code points of the article's text.
    """

    stance: Stance
    owner: str = ""
    teller: str = ""
    lost: Literal["", "negation", "condition"] = ""
    sentence: Span


@attrs.frozen(kw_only=True)
class Proof(Record):
    """A place in an article that a verdict rests on.

    `match`: "verbatim", "altered" or "paraphrase". `text` is what stands there and `spans` where, in code points of
    the article's text. `differences` lay the quotation (`first`) against the article's words (`second`), word by
    word; empty for a paraphrase. `same_speaker`: True, False, or None where the two cannot be told. `reversed`: what
    differs turns the sense round. `standing`: whether the article has the words as stated, or as denied, asked, only
    possible, told by somebody else; `sentence` is the one that reports them, on one line.
    """

    match: Match
    appearance: Appearance
    text: str
    spans: tuple[Span, ...]
    share: float
    same_speaker: bool | None = None
    differences: tuple[Difference, ...] = ()
    reversed: bool = False
    standing: Standing
    sentence: str

    def marked(self) -> str:
        """The quotation with what differs: {-only in the quotation-} {+only in the article+}, as `wdiff` writes it."""
        return marked(self.differences) or self.text


@attrs.frozen(kw_only=True)
class Passage(Record):
    """A place in an article's text where words stand in a row. No claim says who spoke them.

    `standing` and `sentence` as in `Proof`.
    """

    article: Reference
    text: str
    spans: tuple[Span, ...]
    standing: Standing
    sentence: str


def marked(differences: tuple[Difference, ...]) -> str:
    """Two texts in one line: {-words of the first-}, {+words of the second+}, and what both have without marks."""
    out = []
    for d in differences:
        if d.change == "kept":
            out.append(d.second)
            continue
        out += [f"{{-{d.first}-}}"] * bool(d.first) + [f"{{+{d.second}+}}"] * bool(d.second)
    return " ".join(" ".join(out).split())


@attrs.frozen(kw_only=True)
class Check(Record):
    """Whether a quotation is in the bank: the verdict, one sentence that says why, and the places that prove it.

    `said`: word for word. `altered`: with other words, of which `proofs[0].differences` tells, or cut so that a
    negation or a condition is lost. `misattributed`: word for word or nearly, but by someone else. `not stated`: the
    words are there, but as what was denied, never said, refused, asked, imagined or called false. `second hand`:
    somebody else says that they said it. `paraphrase`: only reported in other words. `not found`: none of these;
    `proofs` may still hold what comes nearest, and `passages` the places in the articles' own text where the words
    stand, although no claim gives them to anyone: printed, which is not yet said.
    """

    verdict: Verdict
    quotation: str
    speaker: str | None = None
    explanation: str
    proofs: tuple[Proof, ...] = ()
    passages: tuple[Passage, ...] = ()

    def _repr_html_(self) -> str:
        return html_lines(line.strip() for line in str(self).splitlines())

    def __str__(self) -> str:
        lines = [f"{self.verdict.upper()}: {self.explanation}"]
        for proof in self.proofs:
            article = proof.appearance.article
            where = ", ".join(
                str(part) for part in (article.title, article.publisher, article.published, article.id) if part
            )
            at = ", ".join(f"{s.start}–{s.end}" for s in proof.spans)
            lines += [f"  {proof.match}: {proof.marked()}", f"    {proof.sentence}", f"    {where}, at {at}"]
        for passage in self.passages:
            where = ", ".join(
                str(part)
                for part in (
                    passage.article.title,
                    passage.article.publisher,
                    passage.article.published,
                    passage.article.id,
                )
                if part
            )
            at = ", ".join(f"{s.start}–{s.end}" for s in passage.spans)
            text = " ".join(passage.text.split())
            lines += [f"  in the text: {text}", f"    {passage.sentence}", f"    {where}, at {at}"]
        return "\n".join(lines)


@attrs.frozen(kw_only=True)
class Verification(Record):
    """What `ClaimBank.verify` looked at, and every problem it found, each in one sentence."""

    articles: int
    claims: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no problem was found."""
        return not self.problems
