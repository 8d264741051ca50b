"""What the tests of the pages share: a real Chromium, readings that are hard to show, and what is measured of a page."""

from __future__ import annotations

import shutil
import statistics
import time
import warnings
from pathlib import Path

import pytest

from quotebank.records import Article, Claim, Speaker
from quotebank.spans import Span
from tests.conftest import article_names
from tests.gold_readings import gold_reading

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
NO_BROWSER = "NO CHROMIUM: the pages are NOT tested in a browser; apt-get install chromium chromium-driver"
if not (CHROMIUM and DRIVER):
    warnings.warn(NO_BROWSER, stacklevel=1)

BLANK = "<!doctype html><title>blank</title><p>blank"
LOADING = """
const [page] = performance.getEntriesByType("navigation");
const [painted] = performance.getEntriesByName("first-contentful-paint");
return {
  interactive: page.domContentLoadedEventEnd,
  script: page.domContentLoadedEventEnd - page.domContentLoadedEventStart,
  painted: painted ? painted.startTime : null,
};
"""


def start_browser(*arguments: str):
    """A headless Chromium, as Selenium drives it."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--window-size=1280,1400",
        *arguments,
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))


in_chromium = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason=NO_BROWSER)


@pytest.mark.enable_socket  # the driver listens on this machine
class PageTest:
    """Tests of a page that stands at `path`, in one browser; what the browser complains of fails them."""

    @pytest.fixture(autouse=True)
    def _open(self, browser, tmp_path):
        self.browser, self.path = browser, tmp_path / "page.html"
        yield
        complaints = [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]
        assert not complaints

    def visit(self, place=""):
        self.browser.get("about:blank")
        self.browser.get(self.path.as_uri() + place)

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)


def loading_times(browser, pages: dict[str, Path], times: int) -> dict[str, dict[str, tuple[float, float]]]:
    """How long each page takes until it is interactive and painted, from the start of navigation: milliseconds, the
    least and the median of so many loads, the pages taking turns so that a busy machine is as busy for each.

    A page is interactive once it is parsed and its scripts have run (`domContentLoadedEventEnd`).
    """
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(times):
        for name, path in pages.items():
            browser.get("about:blank")
            browser.get(path.as_uri())
            time.sleep(0.3)  # until it is painted
            rows[name].append(browser.execute_script(LOADING))
    return {
        name: {
            what: (min(values), statistics.median(values))
            for what in held[0]
            if (values := [row[what] for row in held if row[what] is not None])
        }
        for name, held in rows.items()
    }


HOSTILE = [
    "<script>document.title='bad'</script>",
    "</script><script>document.title='bad'</script>",
    "</style><img src=x onerror=\"document.title='bad'\">",
    '" onmouseover="document.title=\'bad\'" x="',
    "' onmouseover='document.title=1' x='",
    "javascript:document.title='bad'",
    "{{ 7*7 }}{% raw %}",
    "<!-- --!> ]]> &amp; &#60;b&#62;",
    "\u202etxet desrever\u202c",
]


def hostile_reading():
    text = "\n\n".join(f"“{words}” said {words} of {words}." for words in HOSTILE)
    article = Article(
        text=text, id=HOSTILE[0], title=HOSTILE[1], publisher=HOSTILE[3], url=HOSTILE[5], published="2026-11-22"
    )
    claims, at = [], 0
    for words in HOSTILE:
        start = text.index(f"“{words}”", at)
        at = start + len(words) + 2
        who = Span(at + 6, at + 6 + len(words))
        speaker = Speaker(
            name=words, role=words, affiliation=words + "!", role_spans=[who], affiliation_spans=[who], mentions=[who]
        )
        claims.append(
            Claim.build(article, content=[Span(start, at)], cue=[Span(at + 1, at + 5)], source=[who], speaker=speaker)
        )
    return article, tuple(claims)


def overlapping_reading():
    """Claims within claims, crossing claims, pieces over paragraphs, a claim of the same words as another."""
    text = "Ana said Ben thinks that Cid denied that it rained, according to Dot.\n\n“It rained,\nand how.\n\n“And again,” Eve said."
    article = Article(text=text, title="Nested")

    def place(words):
        return Span(text.index(words), text.index(words) + len(words))

    rows = [
        (["Ben thinks that Cid denied that it rained"], ["said"], ["Ana"], "Ana"),
        (["that Cid denied that it rained"], ["thinks"], ["Ben"], "Ben"),
        (["that it rained"], ["denied"], ["Cid"], "Cid"),
        (["Ana said Ben thinks that Cid denied that it rained"], ["according to"], ["Dot"], "Dot"),
        (["denied that it rained, according"], [], [], None),
        (["“It rained,\nand how.\n\n“And again,”"], ["said"], ["Eve"], "Eve"),
        (["“It rained,\nand how.", "“And again,”"], ["said"], ["Eve"], "Eve"),
    ]
    return article, tuple(
        Claim.build(
            article, content=map(place, content), cue=map(place, cue), source=map(place, source), speaker=speaker
        )
        for content, cue, source, speaker in rows
    )


def long_reading(words=3000):
    texts = [gold_reading(name) for name in article_names()]
    text, claims = "", []
    for article, held in texts * 2:
        if len(text.split()) > words:
            break
        shift = len(text)
        text += article.text.rstrip() + "\n\n"
        claims += [
            {
                role: [Span(s.start + shift, s.end + shift) for s in getattr(claim, role)]
                for role in ("content", "cue", "source")
            }
            | {"speaker": claim.speaker and claim.speaker.name}
            for claim in held
        ]
    whole = Article(text=text, title="All of it")
    return whole, tuple(Claim.build(whole, **row) for row in claims)


CONTRAST = """
const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); const k = c.startsWith('color(') ? 255 : 1;
  return [m[0] * k, m[1] * k, m[2] * k, m[3] ?? 1]; };
const light = ([r, g, b]) => { const f = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; }
  return [255, 255, 255, 1]; };
const low = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !e.checkVisibility() || ['SCRIPT', 'STYLE'].includes(e.tagName)) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) low.push(`${e.className || e.tagName}: ${ratio.toFixed(2)} ${walk.currentNode.data.slice(0, 20)}`);
}
return [...new Set(low)];
"""
