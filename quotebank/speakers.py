"""Who is meant by a source: the name and the type of the speaker, from the source phrase and its sentence.

A first version: the fullest form of a name is looked for in the whole article; "he" and "she" are the last person
who spoke before. Where nobody fits, the speaker's name is the phrase itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import attrs
import regex

from quotebank.attribution import Attribution
from quotebank.nlp import Entity, Language, Sentence
from quotebank.records import Speaker, SpeakerType
from quotebank.spans import Span, covered
from quotebank.tokens import Tokens
from quotebank.wordlists import words

SINGULAR = frozenset({"he", "she", "him", "her", "his"})
PLURAL = frozenset({"they", "them", "their", "it", "its", "who", "which", "that"})
FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
INDEFINITE = frozenset({"a", "an", "one", "another"})
NAME_WORD = r"(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}’'\-]+)"
SHORT = 3  # a phrase of so many words ends with its head ("the company", "some senior officials")
NEARBY = 3  # claims, and sentences, back that a pronoun may reach


def speakers(tokens: Tokens, found: Sequence[Attribution], language: Language) -> list[Speaker | None]:
    """One speaker, or None where no source is stated, for each attribution of a text.

    A phrase means the same throughout a text: it is looked at where it first is a source, once.
    """
    phrases = [covered(tokens.text, a.source) for a in found]
    meanings = _meanings(tokens, found, phrases, language)
    names = _Names(tokens.text, {m.entity.text for m in meanings.values() if m.entity and m.entity.type == "PER"})
    out: list[Speaker | None] = []
    spoke: list[tuple[int, Speaker]] = []  # sentence and speaker of the claims so far
    for attribution, phrase in zip(found, phrases, strict=True):
        speaker = None
        sentence = _sentence_at(tokens, attribution.content[0].start)
        recent = [s for k, s in spoke[-NEARBY:] if sentence - k <= NEARBY]
        if attribution.source:
            meaning = meanings.get(phrase, _Meaning())
            speaker = _speaker(attribution, phrase, meaning, names, recent)
            if speaker is None:
                speaker = Speaker(name=phrase, type=meaning.type, mentions=attribution.source)
        out.append(speaker)
        if speaker is not None:
            spoke.append((_sentence_at(tokens, attribution.content[-1].start), speaker))
    return out


@attrs.frozen
class _Meaning:
    """What a source phrase means: the entity that it names and where in the phrase, or the type it describes."""

    entity: Entity | None = None
    offset: int = 0
    type: SpeakerType = "group"


def _meanings(
    tokens: Tokens, found: Sequence[Attribution], phrases: Sequence[str], language: Language
) -> dict[str, _Meaning]:
    """The meaning of each phrase that is no pronoun, from the sentence where it first is a source."""
    first: dict[str, tuple[Attribution, int]] = {}
    for attribution, phrase in zip(found, phrases, strict=True):
        if attribution.source and phrase not in first and not _is_pronoun(phrase):
            first[phrase] = attribution, _sentence_at(tokens, attribution.source[0].start)
    capitals = {k for phrase, (_, k) in first.items() if any(c.isupper() for c in phrase)}
    entities = language.entities(tokens, sorted(capitals))
    meanings = {}
    for phrase, (attribution, k) in first.items():
        entity = _named_entity(attribution, entities.get(k), tokens.text)
        if entity is not None:
            meanings[phrase] = _Meaning(entity, entity.span.start - attribution.source[0].start)
    described = {phrase: at for phrase, at in first.items() if phrase not in meanings}
    parsed = language.tags(tokens, sorted({k for phrase, (_, k) in described.items() if len(phrase.split()) > SHORT}))
    doubtful = {k for attribution, k in described.values() if k in parsed and _needs_tree(attribution, parsed[k])}
    parsed |= language.trees(tokens, sorted(doubtful))
    for phrase, (attribution, k) in described.items():
        meanings[phrase] = _Meaning(type=_described(attribution, phrase, parsed.get(k)))
    return meanings


def _sentence_at(tokens: Tokens, offset: int) -> int:
    token = bisect_right(tokens.starts, offset) - 1
    return min(bisect_right(tokens.sentences, max(token, 0)) - 1, len(tokens.sentences) - 2)


def _is_pronoun(phrase: str) -> bool:
    return phrase.lower() in SINGULAR | PLURAL | FIRST


def _speaker(
    attribution: Attribution,
    phrase: str,
    meaning: _Meaning,
    names: _Names,
    recent: Sequence[Speaker],
) -> Speaker | None:
    """The speaker of a pronoun or a name; None where the source describes its speaker."""
    plain = phrase.lower()
    if plain in SINGULAR:
        before = next((s for s in reversed(recent) if s.type == "person"), None)
        return Speaker(name=before.name if before else phrase, type="person", mentions=attribution.source)
    if plain in FIRST:
        return Speaker(name=phrase, type="author", mentions=attribution.source)
    if plain in PLURAL:
        before = next((s for s in reversed(recent) if s.type in ("group", "organization")), None)
        if before is not None:
            return Speaker(name=before.name, type=before.type, mentions=attribution.source)
        return Speaker(
            name=phrase, type="group" if plain.startswith("the") else "organization", mentions=attribution.source
        )
    entity = meaning.entity
    if entity is not None:
        start = attribution.source[0].start + meaning.offset
        mention = Span(start, start + len(entity.span))
        if entity.type == "PER":
            return Speaker(name=names.fullest(entity.text), type="person", mentions=(mention,))
        return Speaker(name=entity.text, type="organization", mentions=(mention,))
    return None


def _named_entity(attribution: Attribution, sentence: Sentence | None, text: str) -> Entity | None:
    """The entity that the source names: not one that only owns its head ("Mr. Assad's spokesman")."""
    if sentence is None:
        return None
    inside = [e for e in sentence.entities if any(s.overlaps(e.span) for s in attribution.source)]
    end = attribution.source[-1].end
    for entity in inside:
        after = text[entity.span.end : end].lstrip()
        if entity.type == "PER" and not regex.match(r"['’]s?\s+\p{L}", text[entity.span.end : end]):
            return entity
        if entity.type in ("ORG", "LOC", "MISC", "NORP"):
            before = text[attribution.source[0].start : entity.span.start].strip().lower()
            if before in ("", "the", "a") and (not after or after[0] in ",’'(—"):
                return entity
    return None


def _described(attribution: Attribution, phrase: str, tree: Sentence | None) -> SpeakerType:
    """The type of a speaker that is described rather than named, by the head of the phrase."""
    head, plural = _head(attribution, phrase, tree)
    first = phrase.split(maxsplit=1)[0].lower()
    if plural:
        return "group"
    if is_person_noun(head):
        return (
            "anonymous"
            if first in INDEFINITE or "anonym" in phrase.lower() or "condition" in phrase.lower()
            else "person"
        )
    return "organization"


def _words_of(attribution: Attribution, sentence: Sentence) -> list[int]:
    """Which words of a sentence the source covers."""
    return [
        i
        for i, w in enumerate(sentence.words)
        if any(s.start <= w.start and w.end <= s.end for s in attribution.source)
    ]


def _needs_tree(attribution: Attribution, sentence: Sentence) -> bool:
    """Whether tags leave the head of the source in doubt: more than one noun phrase before anything modifies them."""
    tags = [sentence.words[i].xpos or "" for i in _words_of(attribution, sentence)]
    return "CC" in tags or "," in tags


def _head(attribution: Attribution, phrase: str, sentence: Sentence | None) -> tuple[str, bool]:
    """The head word of the source phrase, lower case, and whether it is plural or coordinated."""
    inside = _words_of(attribution, sentence) if sentence is not None else []
    if sentence is None or not inside or len(phrase.split()) <= SHORT:
        last = regex.sub(r"[^\p{L}]", "", phrase.rsplit(maxsplit=1)[-1]).lower()
        return last, last in words("plural_heads") or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
    within = set(inside)
    for i in inside:
        word = sentence.words[i]
        if (
            word.head is not None
            and word.head not in within
            and word.upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")
        ):
            joined = any(sentence.words[j].head == i and sentence.words[j].relation == "conj" for j in inside)
            return word.text.lower(), joined or word.xpos in ("NNS", "NNPS") or word.text.lower() in words(
                "plural_heads"
            )
    head = sentence.words[inside[0]]
    for i in inside:  # without a tree: the last noun before a preposition, a clause or a participle
        word = sentence.words[i]
        if word.upos in ("NOUN", "PROPN", "PRON") or word.text.lower() in words("plural_heads"):
            head = word
        elif word.upos in ("ADP", "SCONJ", "VERB", "AUX") or (word.xpos or "").startswith("W"):
            break
    return head.text.lower(), head.xpos in ("NNS", "NNPS") or head.text.lower() in words("plural_heads")


def is_person_noun(word: str) -> bool:
    """Whether a lower-case noun is one for a single person: official, spokeswoman, economist."""
    if word in words("person_nouns"):
        return True
    ends = word.endswith(("er", "or", "ist", "man", "woman", "ee"))
    return ends and len(word) > 4 and word not in words("organization_endings")


def _untitled(name: str) -> str:
    """A name without the titles before it; as it is where it is nothing but titles."""
    parts = name.split()
    while parts and parts[0].rstrip(".") in words("titles"):
        parts.pop(0)
    return " ".join(parts) or name


class _Names:
    """The forms of each last name in an article, to find the fullest."""

    def __init__(self, text: str, people: set[str]) -> None:
        self.text = text
        self.people = {_untitled(name) for name in people}
        self.found: dict[str, str] = {}

    def fullest(self, name: str) -> str:
        """The longest form of `name` in the article: same last word, more words before it."""
        if name not in self.found:
            self.found[name] = self._look_up(_untitled(name))
        return self.found[name]

    def _look_up(self, name: str) -> str:
        options = [p for p in self.people if p != name and p.endswith(" " + name)]
        if not options and " " not in name:
            pattern = rf"(?<![\p{{L}}’'.-])(?:{NAME_WORD}\s){{1,3}}{regex.escape(name)}(?![\p{{L}}])"
            options = [m.group() for m in regex.finditer(pattern, self.text)]
            options = [_untitled(o) for o in options]
            options = [
                o for o in options if len(o.split()) > 1 and not set(o.split()[:-1]) & words("sentence_starters")
            ]
        if not options:
            return name
        counted = {o: options.count(o) for o in options}
        return max(counted, key=lambda o: (counted[o] > 0, len(o.split()), counted[o], o))
