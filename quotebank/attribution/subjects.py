"""The subject before a verb, by its words alone: back to the sentence's beginning, a conjunction or a mark."""

from __future__ import annotations

from quotebank.text import Tokens, words

LONGEST = 16  # tokens of a subject
LONGEST_APPOSITIVE = 12
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
RELATIVES = frozenset({"that", "which", "who"})
INSIDE = frozenset({"’s", "'s", "-", "’", "'", "&", "."})  # marks that a noun phrase goes on over
BOUNDS = frozenset({"and", "but", "or", "that", "while", "although", "because", "if", "when", "though", "as", "which"})


def subject_before(tokens: Tokens, verb: int) -> tuple[int, ...]:
    """The tokens of the noun phrase that ends before a verb's first token; none where that is no plain subject.

    An appositive between commas belongs to it: "The firm's chief, Ann Lee, declined".
    """
    first, word = tokens.sentence_of(verb)[0], tokens.word
    begin = end = without_auxiliaries(tokens, first, verb)
    if end > first and word(end - 1) == ",":
        begin = next((i for i in range(end - 2, max(first, end - LONGEST_APPOSITIVE), -1) if word(i) == ","), end)
        end -= 1 if begin < end else 0
    while begin > first and not _bounds(word(begin - 1)):
        begin -= 1
    while begin < end and word(begin).lower() in words("attribution/subordinators") | {"so", "then", "still"}:
        begin += 1
    low = word(begin).lower() if begin < end else "who"
    plain = 0 < end - begin <= LONGEST and low not in words("attribution/leading_words") | {"who", "to", "of", "for"}
    return tuple(range(begin, end)) if plain and word(end - 1)[0].isalnum() else ()


def without_auxiliaries(tokens: Tokens, first: int, verb: int) -> int:
    """The end of what stands before a verb, from token `first` on, but for "has", "also" and adverbs."""
    end, word = verb, tokens.word
    while end > first and (word(end - 1).lower() in ("also", "has", "have", "had") or is_adverb(word(end - 1))):
        end -= 1
    return end


def _bounds(word: str) -> bool:
    return word.lower() in BOUNDS or not (word[0].isalnum() or word in INSIDE)


def is_adverb(word: str) -> bool:
    """Whether a word written small looks like an adverb: "repeatedly"."""
    return word.islower() and word.endswith("ly") and len(word) > 4
