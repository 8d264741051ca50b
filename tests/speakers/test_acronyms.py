"""Short forms of bodies' names: what each stands for is what the article spells out."""

import pytest

ARTICLES = {
    "small words, and no noun for a body": (
        (
            "The boats were stopped at Ferry Road by Roads and Harbour Inspection on Monday. Two had no papers. "
            "RHI said the owners would be fined."
        ),
        "Roads and Harbour Inspection",
    ),
    "small letters": (
        (
            "The Norland Institute of Science has opened a laboratory in Vik. It will read 300 samples a day, the Vik-based "
            "NISc said."
        ),
        "Norland Institute of Science",
    ),
    "beginnings of words": (
        (
            "A bundle fell into the sea, Northern Fleet Command confirmed on Monday. It was found within the hour, a NorFlCom "
            "statement said."
        ),
        "Northern Fleet Command",
    ),
    "beginnings of words, read as a word": (
        "A bundle fell into the sea, the Norland Central Fleet confirmed on Monday. It is safe, a Cenflee statement said.",
        "Norland Central Fleet",
    ),
    "a name that goes on": (
        (
            "A couple was kept apart by the Norwegian Centre for Disease Control and Prevention on Monday. The CDC told readers "
            "that the fever was mild."
        ),
        "Norwegian Centre for Disease Control and Prevention",
    ),
    "a country in two forms": (
        (
            "The United States Harbour Survey (USHS) put the wave at four metres. Since then the U.S. Harbour Survey has said "
            "that more may follow."
        ),
        "United States Harbour Survey",
    ),
    "an apposition, loosely": (
        "Not everybody agrees. CORAN, the Council of Rural Theatre Arts and Networks, said that a rush would harm villages.",
        "Council of Rural Theatre Arts and Networks",
    ),
    "in a place": (
        "The Front for Justice in Norland and Syria has left the town. FJNS said that nobody was hurt.",
        "Front for Justice in Norland and Syria",
    ),
    "stops": (
        "Delegates of the National League for the Rights of Tenants met on Tuesday. The N.L.R.T. said that rents had doubled.",
        "National League for the Rights of Tenants",
    ),
    "not a person's letters": (
        "George Lorne Orr left for the coast. The GLO said on Monday that nobody would be let in.",
        "GLO",
    ),
    "beginnings of two words": (
        "The airline is at home in Saudi Arabia. Saudia said that every seat was taken.",
        "Saudia",
    ),
    "two letters, all of a body's": (
        "The Dock Union met on Monday. DU said that the strike would go on.",
        "Dock Union",
    ),
    "two letters of a longer name": (
        "The Dock Union Council met on Monday. DU said that the strike would go on.",
        "DU",
    ),
    "a hyphen": (
        "The Anglo-Norland Union met on Monday. ANU said that the strike would go on.",
        "Anglo-Norland Union",
    ),
    "a form inside its own name": (
        "The Vik Health and Humane Trust opened a ward. Health said that beds were short.",
        "Health",
    ),
    "other letters": (
        "The Norland Institute of Science has a new roof. The NIX said that rain came in all the same.",
        "NIX",
    ),
}


@pytest.mark.parametrize(("text", "name"), ARTICLES.values(), ids=ARTICLES)
def test_a_short_form_is_the_name_that_the_article_spells_out(extractor, text, name):
    *_, last = extractor.extract(text)
    assert last.speaker.name == name
