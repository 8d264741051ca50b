"""The persons of an article: what they are found by."""

from quotebank.speakers.name_mentions import NameMention
from quotebank.speakers.persons import People
from quotebank.text import tokenize, words_of


def test_persons_of_a_role_come_in_the_order_of_the_text():
    """Nouns come as a set, whose order changes from process to process."""
    people = People(words_of(tokenize("The chairwoman Ana Reyes met the chair, Dan Lee.")))
    first = people.new(("Ana", "Reyes"), "Ana Reyes", NameMention(2, 2, 4, "PER"), "F")
    second = people.new(("Dan", "Lee"), "Dan Lee", NameMention(8, 8, 10, "PER"), "M")
    people.by_role.update({"chairwoman": [first], "chair": [second]})
    assert people.with_role(["chairwoman", "chair"]) == people.with_role(["chair", "chairwoman"]) == [first, second]
