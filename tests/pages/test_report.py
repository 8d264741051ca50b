"""The report, as a string and as a page in a real Chromium."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings

from quotebank.errors import ArgumentTypeError, ArgumentValueError, SourceError
from quotebank.pages import report
from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span
from quotebank.text import quotation_marks
from tests.gold_readings import generated, gold_reading
from tests.pages.browsing import (
    BLANK,
    CONTRAST,
    HOSTILE,
    PageTest,
    hostile_reading,
    in_chromium,
    loading_times,
    long_reading,
    overlapping_reading,
)


class TestPage:
    @settings(max_examples=150)
    @given(generated())
    def test_segments_are_the_text_and_each_claim_s_parts(self, reading):
        article, claims = reading
        cards = report.make_cards(article, claims)
        found = list(report.paragraphs(article.text, claims, cards))
        words = "".join(article.text.split())
        assert (
            "".join("".join(s.text for s in p) for p in found).split() == article.text.split()
            or "".join("".join("".join(s.text for s in p).split()) for p in found) == words
        )
        for number, claim in enumerate(claims, 1):
            for role in ("content", "cue", "source"):
                marked = "".join(s.text for p in found for s in p if number in getattr(s, role))
                expected = "".join(span.slice(article.text) for span in getattr(claim, role))
                assert "".join(marked.split()) == "".join(expected.split())
        ends = [n for p in found for s in p for n in s.ends]
        assert len(set(ends)) == len(ends)
        assert sorted(n for card in cards for n in [i.number for i in card.items]) == list(range(1, len(claims) + 1))
        assert report.make_report(article, claims)

    def test_the_policy_s_hashes_are_those_of_style_and_script(self):
        page = report.make_report(*gold_reading("wire"))
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
        for tag in ("style", "script"):
            (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"\s(on\w+|style|src)=", page.split("</script>")[1])

    def test_the_words_that_state_a_role_stand_on_the_card(self):
        text = (
            "It rained. “Yes,” said Ana Reyes, who has long been the harbour master of Oxbow, a small town. It went on."
        )
        role, place = text.index("harbour master"), text.index("Oxbow")
        speaker = Speaker(
            name="Ana Reyes",
            role="harbour master",
            affiliation="Oxbow",
            role_spans=[Span(role, role + 14)],
            affiliation_spans=[Span(place, place + 5)],
        )
        article = Article(text=text)
        page = report.make_report(article, [Claim.build(article, content=[Span(11, 17)], speaker=speaker)])
        assert "… Reyes, who has long been the <b>harbour master</b> of Oxbow, a small town. It …" in page
        assert '<span data-states="1">harbour master</span>' in page.replace(' class=""', "")

    def test_a_long_article_stays_small(self):
        article, claims = long_reading()
        assert len(article.text.split()) >= 3000
        assert len(report.make_report(article, claims).encode()) < 300_000

    def test_time_grows_with_the_text_only(self):
        text = "“A b,” said C. " * 4000
        article = Article(text=text)
        claims = [
            Claim.build(
                article,
                content=[Span(k, k + 6)],
                cue=[Span(k + 7, k + 11)],
                speaker="C",
                quotations=quotation_marks.pair_quotes(""),
            )
            for k in range(0, len(text), 15)
        ]
        began = time.process_time()
        report.make_report(article, claims)
        assert time.process_time() - began < 10

    @pytest.mark.parametrize(
        "title",
        [
            None,
            "Second bridge “would bankrupt” city: mayor",
            "Second Bridge ‘Would Bankrupt’ City: Mayor | The Gazette",
        ],
    )
    def test_a_headline_stands_once_with_the_claim_that_it_holds(self, title):
        text = "Second bridge “would bankrupt” city: mayor\n\nIt rained all day."
        article = Article(text=text, title=title)
        claim = Claim.build(article, content=[Span(0, 35)], source=[Span(37, 42)], speaker="mayor")
        page = report.make_report(article, [claim])
        (headline,) = re.findall(r'<h1 id="headline" dir="auto">(.*?)</h1>', page, re.S)
        assert re.sub("<[^>]*>", "", headline).strip() == "Second bridge “would bankrupt” city1: mayor"
        assert '<span class="content mixed" data-content="1">Second bridge' in headline
        (main,) = re.findall(r"<main.*?</main>", page, re.S)
        assert "bridge" not in main
        assert "It rained" in main

    def test_another_title_leaves_the_text_s_own_heading(self):
        page = report.make_report(Article(text="What the mayor said\n\nIt rained.", title="Bridge row"), ())
        assert '<h1 id="headline" dir="auto">Bridge row</h1>' in page
        assert "What the mayor said" in re.findall(r"<main.*?</main>", page, re.S)[0]

    def test_a_claim_inside_another_one_leads_to_it(self):
        text = "“He told me that the mayor wanted it,” she said."
        article = Article(text=text)
        outer = Claim.build(article, content=[Span(0, 38)], speaker="she")
        inner = attrs.evolve(Claim.build(article, content=[Span(12, 36)], speaker="He"), within=outer.id)
        page = report.make_report(article, [outer, inner])
        assert page.count('<a class="around" href="#claim-1">inside claim 1</a>') == 1

    @pytest.mark.parametrize("text", ["", " \n\n ", "x", "a\r\nb\r\n"])
    def test_a_page_without_claims_says_so(self, text):
        assert "No claims were found" in report.make_report(Article(text=text), ())

    def test_only_web_addresses_become_links(self):
        for url, linked in [
            ('https://a.example/?x=1&y="<', True),
            ("javascript:alert(1)", False),
            ("data:text/html,x", False),
            ("JaVaScRiPt:x", False),
            ("//a.example", False),
        ]:
            page = report.make_report(Article(text="x", url=url), ())
            assert ('<a href="http' in page) is linked
            assert "javascript:" not in re.sub(r">[^<]*<", "><", page).lower()

    def test_what_cannot_be_written_is_refused(self, tmp_path):
        article, claims = gold_reading("wire")
        with pytest.raises(ArgumentTypeError, match="article must be"):
            report.make_report("text", ())
        with pytest.raises(ArgumentValueError, match="not of article"):
            report.make_report(Article(text="x"), claims)
        with pytest.raises(ArgumentTypeError, match="file must be a path"):
            report.write_report(article, claims, 3)
        with pytest.raises(SourceError, match="missing"):
            report.write_report(article, claims, tmp_path / "missing" / "x.html")

    def test_a_lone_surrogate_can_be_written(self, tmp_path):
        report.write_report(Article(text="so \ud800 it"), (), tmp_path / "x.html")


@in_chromium
class TestInChromium(PageTest):
    def open(self, reading, place=""):
        report.write_report(*reading, self.path)
        self.visit(place)

    def marked(self, role, number):
        found = self.run(
            f"return [...document.querySelectorAll('main [data-{role}~=\"{number}\"]')].map(e => e.textContent)"
        )
        return "".join("".join(found).split())

    @pytest.mark.parametrize(
        "make",
        [
            lambda: gold_reading("broadsheet"),
            lambda: gold_reading("scraped"),
            overlapping_reading,
            hostile_reading,
            long_reading,
        ],
        ids=["broadsheet", "scraped", "overlapping", "hostile", "long"],
    )
    def test_highlights_are_the_claims(self, make):
        article, claims = make()
        self.open((article, claims))
        for number, claim in enumerate(claims, 1):
            for role in ("content", "cue", "source"):
                expected = "".join(span.slice(article.text) for span in getattr(claim, role))
                assert self.marked(role, number) == "".join(expected.split())
        said = self.run(
            "return Object.fromEntries([...document.querySelectorAll('.claim')].map(e => [e.dataset.claim, e.querySelector('.said').textContent]))"
        )
        assert said == {str(n): " ".join(c.text.split()) for n, c in enumerate(claims, 1)}
        shown = self.run(
            "const m = document.querySelector('main').cloneNode(true); m.querySelectorAll('.numeral').forEach(e => e.remove()); return m.textContent"
        )
        assert "".join(article.text.split()).endswith("".join(shown.split()))

    def test_filters(self):
        article, claims = gold_reading("broadsheet")
        changed = [attrs.evolve(c, act="attitude", force=None) if k % 5 == 0 else c for k, c in enumerate(claims)]
        self.open((article, changed))
        cards = report.make_cards(article, changed)

        def check(kinds=("direct", "mixed", "indirect"), acts=("speech", "attitude"), speaker=None):
            allowed = {n for n, c in enumerate(changed, 1) if c.kind in kinds and c.act in acts}
            if speaker:
                allowed &= {i.number for i in cards[speaker - 1].items}
            shown = self.run(
                "return [...document.querySelectorAll('.claim')].filter(e => e.checkVisibility()).map(e => +e.dataset.claim)"
            )
            assert set(shown) == allowed
            lit = self.run(
                "return [...document.querySelectorAll('main .content:not(.off)')].flatMap(e => e.dataset.content.split(' ').map(Number))"
            )
            assert allowed <= set(lit)
            numerals = self.run(
                "return [...document.querySelectorAll('.numeral')].filter(e => e.checkVisibility()).map(e => +e.textContent)"
            )
            assert set(numerals) == allowed
            assert self.run("return document.querySelector('.shown').textContent").startswith(
                "All" if len(allowed) == len(changed) else f"{len(allowed)} of"
            )

        def click(name, value):
            self.run(f"document.querySelector('input[name={name}][value={value}]').click()")

        check()
        click("kind", "indirect")
        check(kinds=("direct", "mixed"))
        click("act", "attitude")
        check(kinds=("direct", "mixed"), acts=("speech",))
        click("kind", "indirect")
        self.run(
            "const s = document.querySelector('select'); s.value = '1'; s.dispatchEvent(new Event('change', {bubbles: true}))"
        )
        check(acts=("speech",), speaker=1)
        self.run("document.querySelector('button[type=reset]').click()")
        time.sleep(0.1)
        check()

    def test_from_card_to_passage_and_back(self):
        article, claims = overlapping_reading()
        self.open((article, claims))
        self.run("document.querySelector('#claim-6 .back').click()")
        time.sleep(0.2)
        assert (
            self.run(
                "return [...document.querySelectorAll('main [data-content~=\"6\"].on')].map(e => e.textContent).join('')"
            )
            .replace("\n", " ")
            .startswith("“It rained,")
        )
        assert self.run("return document.activeElement.id") == "at-6"
        self.run("document.activeElement.click()")
        time.sleep(0.2)
        assert self.run("return document.activeElement.id") == "claim-6"
        self.run(
            "[...document.querySelectorAll('main span')].find(e => e.textContent.includes('that it rained')).click()"
        )
        time.sleep(0.2)
        assert self.run("return location.hash") == "#claim-3", "the shortest claim around the words"
        assert self.run("return document.querySelector('#claim-3').classList.contains('on')")
        self.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
        assert self.run("return document.querySelectorAll('.on').length") == 0

    def test_the_text_stays_where_it_is_read_while_its_card_comes(self):
        self.open(gold_reading("broadsheet"))
        self.run(
            "document.documentElement.style.scrollBehavior = 'auto'; document.querySelector('#at-20').scrollIntoView({block: 'center'})"
        )
        before = self.run("return scrollY")
        self.run("document.querySelector('#at-20').click()")
        time.sleep(0.8)
        assert abs(self.run("return scrollY") - before) < 5
        place = "const c = document.querySelector('#claim-20').getBoundingClientRect(); return c.top > 0 && c.bottom < innerHeight"
        assert self.run(place)

    def test_an_address_with_a_claim_opens_it(self):
        self.open(gold_reading("wire"), "#claim-2")
        time.sleep(0.1)
        assert self.run("return document.querySelector('#claim-2').classList.contains('on')")

    def test_hostile_words_are_words(self):
        article, claims = hostile_reading()
        self.open((article, claims))
        self.run(
            "document.querySelectorAll('*').forEach(e => { for (const t of ['mouseover', 'click']) e.dispatchEvent(new MouseEvent(t, {bubbles: false})) })"
        )
        assert "bad" not in self.run("return document.title").split(" – ")[0].replace(HOSTILE[1], "")
        assert self.run("return document.querySelectorAll('script, img, iframe, object').length") == 1
        assert self.run("return document.querySelector('h1').textContent") == HOSTILE[1]
        names = self.run("return [...document.querySelectorAll('.card h2 bdi')].map(e => e.textContent)")
        assert names == [" ".join(words.split()) for words in HOSTILE]
        attributes = self.run(
            "return [...new Set([...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()))]"
        )
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        links = self.run("return [...document.querySelectorAll('a')].map(e => e.getAttribute('href'))")
        assert all(link.startswith("#") for link in links)

    def test_keyboard_reaches_every_claim_and_names_are_there(self):
        from selenium.webdriver.common.keys import Keys

        article, claims = overlapping_reading()
        self.open((article, claims))
        body = self.browser.find_element("tag name", "body")
        reached = set()
        for _ in range(60):
            body.send_keys(Keys.TAB) if not reached else self.browser.switch_to.active_element.send_keys(Keys.TAB)
            reached.add(
                self.run(
                    "const e = document.activeElement; return e.id || e.getAttribute('href') || e.name || e.type || e.tagName"
                )
            )
        assert {f"at-{n}" for n in range(1, len(claims) + 1)} <= reached
        assert {f"#at-{n}" for n in range(1, len(claims) + 1)} <= reached
        assert {"#claims", "speaker", "kind", "act"} <= reached
        unnamed = self.run(
            "return [...document.querySelectorAll('a, button, select, input, aside, main, form, section')].filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.closest('label'))).length"
        )
        assert unnamed == 0
        levels = self.run("return [...document.querySelectorAll('h1, h2, h3')].map(e => +e.tagName[1])")
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_contrast_is_aa(self, scheme):
        """WCAG 2.2, 1.4.3: 4.5 to 1 for every text against the background behind it, also of the chosen claim."""
        article, claims = gold_reading("broadsheet")
        mixed = [attrs.evolve(c, act="attitude", force=None) if k == 3 else c for k, c in enumerate(claims)]
        self.browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        self.open((article, mixed), "#claim-4")
        time.sleep(0.1)
        low = self.run(CONTRAST)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        assert low == []

    @pytest.mark.parametrize(("wish", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
    def test_who_wants_less_motion_gets_none(self, wish, behaviour):
        self.browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": wish}]}
        )
        self.open(gold_reading("broadsheet"))
        self.run(
            "window.asked = []; Element.prototype.scrollTo = function (o) { asked.push(o.behavior) }; Element.prototype.scrollIntoView = function (o) { asked.push(o.behavior) }; document.querySelector('#at-20').click()"
        )
        asked = set(self.run("return window.asked"))
        page = self.run("return getComputedStyle(document.documentElement).scrollBehavior")
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        assert asked == {page} == {behaviour}

    @pytest.mark.parametrize("width", [320, 390, 820, 1280])
    def test_nothing_is_wider_than_the_page(self, width):
        article, claims = hostile_reading()
        long = attrs.evolve(article, title="W" * 200, url="https://news.example/" + "x" * 300)
        self.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        self.open((long, claims))
        wide = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        assert wide <= 0

    def test_a_long_article_is_ready_soon(self):
        """The machine is shared, and Chromium's own start is not ours: against a blank page, the best of ten loads."""
        article, claims = long_reading()
        blank = self.path.with_name("blank.html")
        blank.write_text(BLANK)
        report.write_report(article, claims, self.path)
        times = loading_times(self.browser, {"blank": blank, "page": self.path}, times=10)
        own = times["page"]["interactive"][0] - times["blank"]["interactive"][0]
        assert own < 100, times
        assert times["page"]["script"][0] < 5, "nothing is to be done once the page is parsed"

    def test_the_work_of_a_long_article_is_bounded(self):
        article, claims = long_reading()
        self.open((article, claims))
        assert self.run("return document.querySelectorAll('*').length") < 15 * len(claims)
        # what is out of sight is left for later, and later is done
        self.browser.execute_async_script(
            "const done = arguments[0]; const look = () => document.querySelector('html.whole') ? done() : setTimeout(look, 10); look()"
        )
        assert self.run("return getComputedStyle(document.querySelector('.card')).contentVisibility") == "visible"
        taken = self.run(
            "const t = performance.now(); document.querySelector('input[name=kind]').click(); return performance.now() - t"
        )
        assert taken < 500  # milliseconds, the first filter, which looks through the page; 40 on an idle machine
