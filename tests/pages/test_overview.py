"""The page of several articles, of a search and of a timeline, in a real Chromium."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import attrs
import pytest

from quotebank import Article, Claim, ClaimBank, Speaker
from quotebank.bank.result_records import Appearance, Hit, Reference
from quotebank.pages.overview import make_overview, write_overview
from quotebank.spans import Span
from tests.bank.reports import report, spanned
from tests.conftest import article_names
from tests.gold_readings import gold_reading
from tests.pages.browsing import CONTRAST, HOSTILE, PageTest, hostile_reading, in_chromium

DAYS = (date(2026, 9, 2), date(2026, 9, 1), None)


def found(names=("wire", "broadsheet", "british")):
    """Claims of some example articles, the last of which has no date; some are attitudes, some have no speaker."""
    made = []
    for name, day in zip(names, DAYS, strict=True):
        article, claims = gold_reading(name)
        reference = Reference(id=article.id, publisher="The Gazette", title=name.title(), published=day, url=None)
        for k, claim in enumerate(claims):
            other = {"act": "attitude", "force": None} if k % 5 == 0 else {}
            made.append(Appearance(claim=attrs.evolve(claim, **other), article=reference))
    made[3] = attrs.evolve(made[3], claim=attrs.evolve(made[3].claim, speaker=None))
    return made


def stated_in(article, *pieces, speaker=None, within=None):
    made = Claim.build(article, content=[spanned(article.text, piece) for piece in pieces], speaker=speaker)
    return attrs.evolve(made, within=within)


def hits():
    """Claims as a search gives them: a snippet, and where in it what was looked for stands."""
    article, claims = hostile_reading()
    reference = Reference(
        id=article.id, publisher=HOSTILE[0], title=HOSTILE[1], published=date(2026, 9, 1), url=HOSTILE[5]
    )
    return [
        Hit(claim=claim, article=reference, score=1.0, snippet=claim.text, matches=(Span(1, 4),)) for claim in claims
    ]


def shown(claims, kinds=("direct", "mixed", "indirect"), acts=("speech", "attitude"), name=False):
    return [
        n
        for n, one in enumerate(claims, 1)
        if one.claim.kind in kinds
        and one.claim.act in acts
        and (name is False or (one.claim.speaker.name if one.claim.speaker else None) == name)
    ]


def test_one_speaker_needs_no_choice_and_no_claims_no_filters():
    held = [one for one in found() if one.claim.speaker]
    one = [o for o in held if o.claim.speaker.name == held[0].claim.speaker.name]
    assert "<select" not in make_overview(one, title="x")
    assert 'class="filters"' in make_overview(one, title="x")
    assert 'class="filters"' not in make_overview([], title="x")


def test_a_role_that_the_name_says_already_is_not_said_again():
    (first, *_) = found()
    speaker = attrs.evolve(first.claim.speaker, name="A senior official", role="senior official", affiliation="Navy")
    page = make_overview([attrs.evolve(first, claim=attrs.evolve(first.claim, speaker=speaker))], title="x")
    assert '<small class="type"><bdi>Navy</bdi></small>' in page


def test_many_days_become_months():
    (first, *_) = found()
    days = [date(2026, 1 + k // 20, 1 + k % 20) for k in range(40)]
    dated = [attrs.evolve(first, article=attrs.evolve(first.article, id=str(d), published=d)) for d in days]
    page = make_overview(dated, title="x")
    assert re.findall(r'<time datetime="([-\d]{7})">(.*?)</time>', page) == [
        ("2026-01", "January 2026"),
        ("2026-02", "February 2026"),
    ]
    assert "By month" in page


def summary(page):
    return " ".join(re.sub("<[^>]*>", "", re.search(r'<p class="summary">(.*?)</p>', page, re.S)[1]).split())


def test_persons_are_counted_not_names():
    (first, *_) = found()
    named = [
        attrs.evolve(first, claim=attrs.evolve(first.claim, speaker=Speaker(name=name)), speaker_id=row)
        for name, row in (("Holm", 7), ("Ingrid Holm", 7), ("Holm", 8), ("officials", None), ("officials", None))
    ]
    page = make_overview(named, title="x")
    assert "by 3 speakers" in summary(page)
    assert re.findall(r"<option value=\"\d\">(.*?)</option>", page) == ["Holm (1)", "Ingrid Holm (2)", "officials (2)"]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((date(2026, 9, 1), None, None), "2 claims have no date."),
        ((date(2026, 9, 1), None), "1 claim has no date."),
        ((None, None), "No article has a date."),
        ((date(2026, 9, 1),), "by 1 speaker."),
    ],
)
def test_claims_without_a_date_are_counted(days, told):
    (first, *_) = found()
    dated = [attrs.evolve(first, article=attrs.evolve(first.article, published=day)) for day in days]
    dated = [attrs.evolve(one, article=attrs.evolve(one.article, id=str(n))) for n, one in enumerate(dated)]
    page = make_overview(dated, title="x")
    assert summary(page).endswith(told)
    assert ('<li class="undated">' in page) is (None in days and any(days))


def test_a_claim_stands_in_its_sentence():
    with ClaimBank(":memory:") as bank:
        text = "“It rains,” said Ann Lee, the mayor, “and it will go on.” <x>Nobody</x> heard."
        article = Article(text=text, id="a")
        claim = stated_in(article, "“It rains,”", "“and it will go on.”", speaker="Ann Lee")
        bank.add(article, (claim, stated_in(article, "it will go on", within=claim.id)))
        for page in (
            make_overview(bank.timeline("Ann Lee"), title="x"),
            make_overview(bank.search("rains"), title="x"),
        ):
            said = re.search(r'<p class="said" dir="auto">(.*?)</p>', page)[1].replace("<mark>rains</mark>", "rains")
            telling = '<span class="telling"> said Ann Lee, the mayor, </span>'
            rest = '<span class="telling"> &lt;x&gt;Nobody&lt;/x&gt; heard.</span>'
            assert said == f"“It rains,”{telling}“and it will go on.”{rest}"
        page = make_overview(bank.search(), title="x")
        assert '<a href="#entry-1">inside another claim</a>' in page
        assert "<mark>" not in page


def test_what_other_articles_have_of_a_claim_is_told():
    words = "“We were told on Monday afternoon that the roof was safe, and I have that in writing,”"
    with ClaimBank(":memory:") as bank:
        for name, said, day in (
            ("whole", words, "2026-09-02"),
            ("short", words.replace(", and I have that in writing", ""), "2026-09-01"),
            ("other", words.replace("Monday", "Sunday"), None),
            ("same", words, "2026-09-03"),
        ):
            bank.add(*report(said, id=name, publisher=f"The {name}", published=day))
        page = make_overview(bank.timeline("Ann Lee"), title="x", groups=bank.groups())
        plain = make_overview(bank.timeline("Ann Lee"), title="x")
    told = [
        " ".join(re.sub("<[^>]*>", "", part).split())
        for part in re.findall(r'<div class="elsewhere">(.*?)</div>', page, re.S)
    ]  # in the order of the timeline: short, whole, same, other
    assert told[0].startswith("First reported here; also in 3 other articles: at greater length in The whole, 2 Sept")
    assert told[1].startswith("Also in 3 other articles: shortened in The short, 1 September 2026, where it was first")
    assert "the same words in The same, 3 September 2026" in told[1]
    assert "altered in The other" in told[1]
    assert len(told) == 4
    assert "elsewhere" not in plain.partition("<body")[2]
    assert '<a href="#entry-1"><bdi>The short</bdi></a>' in page


@in_chromium
class TestInChromium(PageTest):
    def open(self, claims, title="Found", place=""):
        write_overview(claims, self.path, title=title)
        self.visit(place)

    def visible(self):
        return self.run(
            "return [...document.querySelectorAll('.claim')].filter(e => e.checkVisibility()).map(e => +e.dataset.claim)"
        )

    def choose(self, place):
        self.run(
            f"const s = document.querySelector('select'); s.selectedIndex = {place}; s.dispatchEvent(new Event('change', {{bubbles: true}}))"
        )

    def test_the_claims_are_those_found(self):
        claims = found()
        self.open(claims)
        said = self.run(
            "return [...document.querySelectorAll('.claim')].map(e => [+e.dataset.claim, e.querySelector('.said').textContent, e.querySelector('.by bdi').textContent])"
        )
        expected = [
            [n, one.claim.text, one.claim.speaker.name if one.claim.speaker else "No stated source"]
            for n, one in enumerate(claims, 1)
        ]
        assert said == expected
        days = self.run("return [...document.querySelectorAll('.days time')].map(e => e.dateTime)")
        assert days == ["2026-09-01", "2026-09-02"]

    def test_what_was_looked_for_is_marked(self):
        claims = hits()
        self.open(claims)
        marks = self.run("return [...document.querySelectorAll('mark')].map(e => e.textContent)")
        assert marks == [one.snippet[1:4] for one in claims]

    def test_filters(self):
        claims = found()
        self.open(claims)
        assert self.visible() == shown(claims)
        self.run("document.querySelector('input[value=indirect]').click()")
        assert self.visible() == shown(claims, kinds=("direct", "mixed"))
        self.run("document.querySelector('input[value=attitude]').click()")
        assert self.visible() == shown(claims, kinds=("direct", "mixed"), acts=("speech",))
        self.run("document.querySelector('button[type=reset]').click()")
        names = sorted({one.claim.speaker.name for one in claims if one.claim.speaker}, key=str.casefold)
        self.choose(2)
        assert self.visible() == shown(claims, name=names[1])
        self.choose(len(names) + 1)
        assert self.visible() == shown(claims, name=None)
        assert (
            self.run("return document.querySelector('.shown').textContent")
            == f"{len(shown(claims, name=None))} of {len(claims)} claims shown"
        )

    def test_an_article_that_is_filtered_away_comes_back_where_the_index_leads_to_it(self):
        claims = found()
        self.open(claims)
        first = claims[0].article.id
        names = sorted({one.claim.speaker.name for one in claims if one.claim.speaker}, key=str.casefold)
        of_first = {one.claim.speaker.name for one in claims if one.claim.speaker and one.article.id == first}
        self.choose(1 + names.index(next(iter(of_first))))
        assert not self.run("return document.querySelector('#article-2').checkVisibility()")
        self.run("document.querySelector('.index a[href=\"#article-2\"]').click()")
        assert self.run("return document.querySelector('#article-2').checkVisibility()")
        assert self.visible() == shown(claims)

    def test_hostile_words_are_words(self):
        self.open(hits(), title=HOSTILE[1])
        self.run(
            "document.querySelectorAll('*').forEach(e => { for (const t of ['mouseover', 'click']) e.dispatchEvent(new MouseEvent(t, {bubbles: false})) })"
        )
        assert self.run("return document.title") == f"{HOSTILE[1]} – who said what"
        assert self.run("return document.querySelector('h1').textContent") == HOSTILE[1]
        assert self.run("return document.querySelectorAll('script, img, iframe, object').length") == 1
        names = self.run("return [...document.querySelectorAll('.by > bdi')].map(e => e.textContent)")
        assert names == list(HOSTILE)
        options = self.run("return [...document.querySelectorAll('option')].map(e => e.textContent)")
        assert set(options) == {"Everyone", *(" ".join(f"{words} (1)".split()) for words in HOSTILE)}
        attributes = self.run(
            "return [...new Set([...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()))]"
        )
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        links = self.run("return [...document.querySelectorAll('a')].map(e => e.getAttribute('href'))")
        assert all(link.startswith("#") for link in links)

    def test_keyboard_goes_through_the_page_in_its_order_and_names_are_there(self):
        from selenium.webdriver.common.keys import Keys

        self.open(found())
        reached = []
        self.browser.find_element("tag name", "body").send_keys(Keys.TAB)
        for _ in range(20):
            reached.append(
                self.run(
                    "const e = document.activeElement; return e.getAttribute('href') || e.name && e.name + (e.value || '') || e.type || e.tagName"
                )
            )
            self.browser.switch_to.active_element.send_keys(Keys.TAB)
        articles = [f"#article-{n}" for n in (1, 2, 3)]
        filters = ["speaker", *(f"kind{k}" for k in ("direct", "mixed", "indirect")), "actspeech", "actattitude"]
        assert reached[: reached.index("reset") + 1] == [
            "#found",
            *("#article-2", "#article-1"),  # by day
            *articles,
            *filters,
            "reset",
        ]
        self.run("document.querySelector('input[value=direct]').focus()")
        self.browser.switch_to.active_element.send_keys(Keys.SPACE)
        assert self.visible() == shown(found(), kinds=("mixed", "indirect"))
        unnamed = self.run(
            "return [...document.querySelectorAll('a, button, select, input, nav, form, section')].filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.closest('label'))).length"
        )
        assert unnamed == 0
        levels = self.run("return [...document.querySelectorAll('h1, h2, h3')].map(e => +e.tagName[1])")
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_contrast_is_aa(self, scheme):
        self.browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        self.open([*found(), *hits()])
        low = self.run(CONTRAST)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        assert low == []

    @pytest.mark.parametrize("width", [320, 390, 820, 1280])
    def test_nothing_is_wider_than_the_page(self, width):
        long = [
            attrs.evolve(
                one, article=attrs.evolve(one.article, title="W" * 200, url="https://news.example/" + "x" * 300)
            )
            for one in hits()
        ]
        self.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        self.open([*long, *found()], title="W" * 200)
        wide = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        assert wide <= 0

    def test_in_print_everything_is_there_and_nothing_to_press(self):
        claims = found(article_names()[:3])
        self.open(claims)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        pressable = self.run("return document.querySelector('.filters').checkVisibility()")
        seen = self.visible()
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        assert not pressable
        assert seen == shown(claims)
