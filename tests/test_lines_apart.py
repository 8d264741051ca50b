"""No claim reaches over a line that is none of the article's text: kinds of line above subjects of a first sentence."""

from __future__ import annotations

import random
import re
from itertools import product

import pytest

from quotebank.text import NO_PROSE, read_lines

LINES = [
    "By Dora Penn", "BY DORA PENN", "Dora Penn", "By Dora Penn and Lars Voss in Pellow", "By Dora Penn, Rural Editor",
    "Words by Lars Voss", "DORA PENN, Staff Writer", "By our rural correspondent", "Photo: Lars Voss",
    "Photograph: Lars Voss/Agency", "(Lars Voss/The Post)", "© Lars Voss", "Picture: Press handout",
    "Weir was sound, says builder", "Weir to lose its gate", "Fire destroys Pellow mill", "‘A disgrace’: anglers react to weir plan",
    "New gate would ruin town: mayor", "Mayor: weir to close", "Board Backs New Gate, Chief Says", "Minister resigns over leak",
    "Anglers say they will be cut off", "Union leader Dora Penn calls the plan cruel", "Politics", "World news", "EXCLUSIVE",
    "Business & Economy", "Dora Penn’s week", "Published 10:32 GMT, 4 May 2031", "MARCH 4", "Tuesday 7 May 2031",
    "PELLOW | Wed May 4, 2031 9:10am EDT", "3 min read", "Updated 2 hours ago", "What happens next", "The mayor’s response",
    "“It is a kindness we can no longer afford”", "Grocer Mira Lund outside her store", "Dora Penn, left, with Lars Voss",
    "• Dora Penn, chair of the trust", "1. Lars Voss", "- Never ask Lars Voss", "Dora Penn (@dorapenn) · May 4", "@dorapenn",
    "Read more: Lars Voss quits as chair", "RELATED: Dora Penn says sorry", "Watch: Lars Voss explains", "ADVERTISEMENT",
    "Story continues below", "Sign up for Dora Penn’s newsletter", "Share this article", "Comments (12)", "Contact: Lars Voss",
    "Home > News > Pellow", "Pellow 2–1 Voss Town", "#weirplan", "Listen to this article", "Live", "Edition: International",
    "Podcast with Dora Penn", "Voss Media Group", "THE CHAIR", "Interview", "Transcript",
]  # fmt: skip
SUBJECTS = [
    "The owner", "Police", "She", "Residents", "A spokesman for the ministry", "Mr. Lee", "Ann Lee", "The company",
    "Firefighters", "Mayor Eva Lund", "The government", "They", "Two people", "Its director", "Ministers",
    "The United Nations", "Dr. Amara Obi, a surgeon,", "Neighbours", "An official", "Scientists",
]  # fmt: skip
SAID = "said on Monday that the road was safe"
MIX = random.Random(12).sample(list(product(LINES, SUBJECTS, ["\n\n", "\n"])), 240)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("share", range(8))
def test_a_line_above_the_first_sentence_is_not_taken_into_its_claim(extractor, share):
    for line, subject, gap in MIX[share::8]:
        text = f"{line}{gap}{subject} {SAID}."
        claim = next((c for c in extractor.extract(text) if "road was safe" in c.text), None)
        assert claim is not None, text
        assert all(s.start >= len(line) for s in (*claim.source, *claim.cue, *claim.content)), text
        if read_lines(text)[0].kind in NO_PROSE and claim.speaker is not None:
            assert not words(claim.speaker.name) & words(line) - words(subject), text
