"""How large the report of a long article is, and how soon Chromium has it ready.

usage: python -m benchmarks.report_page [--loads N] [--against OLD.html]

Prints the page's bytes and elements, and milliseconds from the start of navigation until it is interactive (parsed, its
script run: `domContentLoadedEventEnd`) and first painted (First Contentful Paint), least and median of N loads. A blank
page takes turns with it: what it takes is Chromium's own, and a busy machine is as busy for both.
"""

import argparse
import tempfile
from pathlib import Path

from quotebank.pages.report import write_report
from tests.pages.browsing import BLANK, loading_times, long_reading, start_browser


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=20)
    parser.add_argument("--against", type=Path, help="another page, made by an earlier version, say")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = {"blank": Path(folder, "blank.html"), "report": Path(folder, "report.html")}
        pages["blank"].write_text(BLANK)
        article, claims = long_reading()
        write_report(article, claims, pages["report"])
        if given.against:
            pages["against"] = given.against.absolute()
        browser = start_browser()
        try:
            times = loading_times(browser, pages, given.loads)
            browser.get(pages["report"].as_uri())
            elements = browser.execute_script("return document.querySelectorAll('*').length")
        finally:
            browser.quit()
        size = pages["report"].stat().st_size
    print(f"{len(article.text.split())} words, {len(claims)} claims: {size} bytes, {elements} elements")
    for name, row in times.items():
        print(name, *(f"{what} {least:.0f} / {median:.0f} ms" for what, (least, median) in row.items()), sep="  ")


if __name__ == "__main__":
    main()
