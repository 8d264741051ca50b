"""Whether words stand in marks of their own inside a quotation: “‘Women cannot sail.’ I heard that often,” said Lee."""

from __future__ import annotations

import regex

from quotebank.comparing import Words

INNER_END = frozenset("’'")
OUTER_END = frozenset('”"')
TOLD_BY = regex.compile(  # “Quit while you are ahead, my father used to tell me,” said Lee
    r",\s(?:(?:my|our|his|her|their|the)\s[^,.!?“”\"]{1,40}?|he|she|they|people|everybody|everyone)\s"
    r"(?:(?:always|often|once|kept|would|used to|just)\s)?(?:said|told|says?|tells?|saying|telling)"
    r"(?:\s(?:to\s)?(?:me|us))?(?=[,.!?;][”\"]|[,.!;]\s|\s[—–-]\s)"
    r"|,\s(?:say|says|said)\s(?:my|our|his|her|their|the|some)\s[^,.!?;“”\"]{1,40}?(?=[,.!?;])"
)
LEAST_SENTENCE = 3  # words of a sentence in marks inside a quotation


def is_quoted_inside(w: Words, first: int, last: int) -> bool:
    """Whether a sentence stands in marks of its own inside a quotation: “‘Women cannot sail.’ I heard that often.”"""
    if last + 1 < len(w) and w.quoted[first] and w.quoted[last + 1] and TOLD_BY.match(w.text, w.ends[last]):
        return True
    before, behind = w.text[: w.starts[first]].rstrip(), w.text[w.ends[last] : w.ends[last] + 2]
    led = before[:-1].rstrip()[-1:] in (",", ":")
    if led and before[-1:] in ("“", '"') and not OUTER_END.isdisjoint(behind):  # ‘He told us, “buy land,”’ she said
        return before.rfind("‘") > before.rfind("’") and last - first + 1 >= LEAST_SENTENCE
    inside = before[-1:] in ("‘", "'") and not before[-2:-1].isalnum() and not INNER_END.isdisjoint(behind)
    outer = before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1
    whole = w.text[w.starts[first]].isupper() or w.keys[first - 2 : first] in (["words", "were"], ["words", "are"])
    return inside and outer and last - first + 1 >= LEAST_SENTENCE and whole
