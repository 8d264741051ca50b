"""Who only hears a thing is not its source."""

import pytest


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "“We were told on Monday that the roof was safe,” said Rosa Achter, the mayor of Oxbow.",
            "that the roof was safe",
        ),
        ("The clerk said she was warned in May that the bridge would close.", "that the bridge would close"),
    ],
)
def test_who_was_told_did_not_say_it(extractor, text, content):
    inner = next(claim for claim in extractor.extract(text) if claim.text == content)
    assert (inner.source, inner.speaker) == ((), None)


def test_who_told_is_the_source(extractor):
    (claim,) = extractor.extract("The auditor told the council on Monday that the bridge was unsafe.")
    assert claim.speaker.name == "auditor" or claim.speaker.name == "The auditor"
