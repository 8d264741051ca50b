"""Whether a given name is a woman's or a man's, by its letters: names end, begin and sound alike within a language.

A logistic regression over a name's runs of one to five letters, with marks for its beginning and its end, learned from
given names of some thirty-five languages (`training/given_names.py`): five in six that it has not seen are told right.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

from quotebank.speakers.ranking import weights
from quotebank.text import unaccented

BEGINS, ENDS = "<", ">"
LONGEST = 5  # letters of a run
ANYWHERE = 3  # letters of the longest run that may stand in the middle of a name


@lru_cache(maxsize=4096)
def woman_odds(name: str) -> float:
    """The log odds that a given name is a woman's and not a man's; about 0 where its letters do not tell."""
    return log_odds(name, weights("speakers/given_name_weights"))


def log_odds(name: str, weighed: Mapping[str, float]) -> float:
    """The log odds of a name by the weights of runs of letters, and of what is "always" there."""
    return weighed["always"] + sum(weighed.get(run, 0.0) for run in sorted(runs_of_letters(name)))


def runs_of_letters(name: str) -> AbstractSet[str]:
    """The runs of letters of a name, in lower case and without accents: "<o", "ol", "lga>" of Olga."""
    marked = f"{BEGINS}{unaccented(name)}{ENDS}"
    found = {marked[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(marked) - n + 1)} - {BEGINS, ENDS}
    return {run for run in found if len(run) <= ANYWHERE or run[0] == BEGINS or run[-1] == ENDS}
