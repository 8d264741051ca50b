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
Verdict = Literal["said", "altered", "misattributed", "not stated", "second hand", "unclear", "paraphrase", "not found"]
Stance = Literal[
    "stated",
    "denied",
    "not said",
    "refused",
    "asked",
    "possible",
    "conditional",
    "called false",
    "withdrawn",
    "not reported",
    "second hand",
    "unclear",
]
Match = Literal["verbatim", "altered", "paraphrase"]


@attrs.frozen(kw_only=True)
class Added(Record):
    """What became of one article that was added."""

    article_id: str
    """The `Article.id`."""
    claims: int
    """How many claims it has in the bank now."""
    status: Status
    """Whether that is news: `"new"`, `"replaced"` or `"unchanged"`."""


@attrs.frozen(kw_only=True)
class Totals(Record):
    """What became of many articles that were added, in counts."""

    new: int = 0
    """Articles that the bank did not have."""
    replaced: int = 0
    """Articles that took the place of what it had under their ids."""
    unchanged: int = 0
    """Articles that it had, read by the same version of the extractor."""
    claims: int = 0
    """Claims of the articles that were new or replaced."""

    @property
    def articles(self) -> int:
        """How many there were in all."""
        return self.new + self.replaced + self.unchanged


@attrs.frozen(kw_only=True)
class Removed(Record):
    """What was taken out of a bank, in counts."""

    articles: int
    """Articles that are gone."""
    claims: int
    """Claims that went with them."""


@attrs.frozen(kw_only=True)
class Appearance(Record):
    """A claim in an article."""

    claim: Claim
    """As it was stored, whole."""
    article: Reference
    """Where it stands."""
    speaker_id: int | None = None
    """Its speaker across articles, `Profile.id`; None for who has no name."""
    sentence: str = ""
    """The sentence that reports it, with source and cue, on one line."""


@attrs.frozen(kw_only=True)
class Hit(Record):
    """A claim that a search found."""

    claim: Claim
    """As it was stored, whole."""
    article: Reference
    """Where it stands."""
    speaker_id: int | None = None
    """Its speaker across articles, `Profile.id`; None for who has no name."""
    sentence: str = ""
    """The sentence that reports it, with source and cue, on one line."""
    snippet: str
    """The part of the claim's text around what was looked for, an ellipsis where it is cut."""
    matches: tuple[Span, ...] = ()
    """The stretches of the snippet that match, in code points of the snippet."""
    score: float = 0.0
    """BM25: higher is better, less for a fragment; a claim has no less than what it tells. 0.0 where no text was looked
    for."""

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The snippet with every match between two marks, `before` and `after` it."""
        out, at = [], 0
        for span in self.matches:
            out += [self.snippet[at : span.start], before, span.slice(self.snippet), after]
            at = span.end
        return "".join([*out, self.snippet[at:]])


@attrs.frozen(kw_only=True)
class Stated(Record):
    """A role or an affiliation, and one article that says so."""

    text: str
    """The article's own words."""
    article: Reference
    """The article that says so."""
    spans: tuple[Span, ...] = ()
    """Where it does, in code points of its text."""
    former: bool = False
    """Whether it says so of a post that is over: Chelsea, of "former Chelsea captain Ann Lee"."""


@attrs.frozen(kw_only=True)
class Profile(Record):
    """A speaker across articles."""

    id: int
    """Names the speaker in this bank, also at a prompt."""
    name: str
    """The fullest form in any article."""
    type: SpeakerType
    """As in `Speaker.type`."""
    names: tuple[str, ...] = ()
    """All forms that articles have."""
    roles: tuple[Stated, ...] = ()
    """What the articles state, oldest first, one entry for each article that says so."""
    affiliations: tuple[Stated, ...] = ()
    """Likewise, for whom they speak."""
    claims: int = 0
    """How many claims are theirs."""
    articles: int = 0
    """In how many articles these are."""
    first: date | None = None
    """The date of the oldest of these articles."""
    last: date | None = None
    """The date of the newest."""


@attrs.frozen(kw_only=True)
class Decision(Record):
    """A merge or a split made by hand."""

    id: int
    """Its number, by which `ClaimBank.undo` knows it."""
    kind: Literal["merge", "split"]
    """Which of the two."""
    speaker_id: int
    """The speaker that stays, `Profile.id`."""
    other_id: int
    """The one that was merged into it, or was split off it."""
    made: str
    """When, as an ISO 8601 time in UTC."""
    undone: str | None = None
    """When it was taken back, None while it holds."""


@attrs.frozen(kw_only=True)
class Wording(Record):
    """How one appearance of a claim is worded, against the first one."""

    appearance: Appearance
    """The one that is worded so."""
    relation: str
    """As in `Comparison.relation`, `"paraphrase"` where it is None."""
    differences: tuple[Difference, ...] = ()
    """Every stretch of the two, in order."""


@attrs.frozen(kw_only=True)
class Group(Record):
    """One claim and every appearance of it."""

    id: int
    """Names the group in this bank; 0 for a claim that nobody else reports."""
    appearances: tuple[Appearance, ...]
    """All of them, oldest first, those without a date last."""
    wordings: tuple[Wording, ...] = ()
    """How all but the first are worded, in the same order."""

    @property
    def first(self) -> Appearance:
        """The oldest appearance; of those without a date, the one that was added first."""
        return self.appearances[0]


@attrs.frozen(kw_only=True)
class Standing:
    """How some words of an article stand in it."""

    stance: Stance
    """`"stated"`, or as what was `"denied"`, `"not said"`, `"refused"`, `"asked"`, only `"possible"`, `"conditional"`,
    `"called false"`, `"withdrawn"` later, told at `"second hand"`, or likely `"not reported"` as theirs for a reason
    that no rule knows; `"unclear"` where the sentence is no plain report."""
    owner: str = ""
    """At second hand who is told to have said them, also who did not say them, as written; "" for the speaker."""
    teller: str = ""
    """At second hand who tells it, as written; "" for the claim's speaker."""
    lost: Literal["", "negation", "condition", "sense", "question"] = ""
    """What a cut leaves out of what was said: a negation, a condition, or something else that turns the words."""
    sentence: Span
    """The sentence, in code points of the article's text."""


@attrs.frozen(kw_only=True)
class Proof(Record):
    """A place in an article that a verdict rests on."""

    match: Match
    """How its words fit the quotation: `"verbatim"`, `"altered"` or `"paraphrase"`."""
    appearance: Appearance
    """The claim, and the article that has it."""
    text: str
    """The words that stand there."""
    spans: tuple[Span, ...]
    """Where, in code points of the article's text."""
    share: float
    """The part of the shorter text's words that both have, from 0 to 1; 0.0 for a paraphrase in other words."""
    same_speaker: bool | None = None
    """Whether the claim's speaker is the one who was asked for; None where it cannot be told."""
    named: bool = False
    """Whether the article names who was asked for near the words."""
    is_open: bool = False
    """Whether it is open that the words are theirs, though somebody else's: a company's, its chief executive's."""
    differences: tuple[Difference, ...] = ()
    """The quotation (`first`) laid against the article's words (`second`), word by word; empty for a paraphrase."""
    reversed: bool = False
    """Whether what differs turns the sense round."""
    standing: Standing
    """Whether the article has the words as stated, or as denied, asked, only possible, told by somebody else."""
    sentence: str
    """The sentence that reports them, on one line."""

    def marked(self) -> str:
        """The quotation with what differs: {-only in the quotation-} {+only in the article+}, as `wdiff` writes it."""
        return marked(self.differences) or self.text


@attrs.frozen(kw_only=True)
class Passage(Record):
    """A place in an article's text where words stand in a row. No claim says who spoke them."""

    article: Reference
    """The article."""
    text: str
    """The words that stand there."""
    spans: tuple[Span, ...]
    """Where, in code points of the article's text."""
    standing: Standing
    """As in `Proof.standing`."""
    same_speaker: bool | None = None
    """Whether who was asked for seems to have said them; None where it cannot be told."""
    named: bool = False
    """As in `Proof.named`."""
    sentence: str
    """The sentence around them, on one line."""


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

    Of the verdicts, "said": word for word. "altered": with other words, of which `proofs[0].differences` tells, or cut
    so that a negation, a condition or what else turns them is lost. "misattributed": word for word or nearly, but by
    someone else. "not stated": the words are there, but as what was denied, never said, refused, asked, imagined or
    called false. "second hand": somebody else says that they said it. "unclear": the words are there, but their
    sentence does not plainly say that they were said: read it. "paraphrase": only reported in other words. "not found":
    none of these; `proofs` may still hold what comes nearest, and `passages` the places in the articles' own text where
    the words stand, although no claim gives them to anyone: printed, which is not yet said.
    """

    verdict: Verdict
    """`"said"`, `"altered"`, `"misattributed"`, `"not stated"`, `"second hand"`, `"unclear"`, `"paraphrase"` or
    `"not found"`."""
    quotation: str
    """What was asked for, as it was given."""
    speaker: str | None = None
    """Who was asked for, None for anybody."""
    explanation: str
    """Why, in a sentence or two for a person to read."""
    proofs: tuple[Proof, ...] = ()
    """The places that it rests on, best first."""
    passages: tuple[Passage, ...] = ()
    """Where the words stand without a claim."""

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
    """What `ClaimBank.verify` looked at and found."""

    articles: int
    """How many articles it looked at."""
    claims: int
    """How many claims."""
    problems: tuple[str, ...] = ()
    """Every problem that it found, each in one sentence."""

    @property
    def ok(self) -> bool:
        """Whether no problem was found."""
        return not self.problems
