"""The reference has everything that users import, to the last field, argument and error, and the site builds."""

import importlib.util
import inspect
import re
import subprocess
import sys
from importlib import import_module

import attrs
import pytest

import quotebank
import quotebank.bank
import quotebank.pages
import quotebank.testing
from tests.conftest import ROOT
from tests.pages.browsing import in_chromium

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf8")
WITHOUT = [name for name in ("spacy",) if importlib.util.find_spec(name) is None]
SHOWN = [
    name
    for name in re.findall(r"^\.\. auto\w+:: quotebank\.([\w.]+)$", REFERENCE, re.M)
    if not any(package in name for package in WITHOUT)
]
RAISE_NOTHING = {  # given what they ask for
    "Reference.to",
    "Span.covers",
    "Span.overlaps",
    "Span.slice",
    "bank.Hit.marked",
    "integrations.spacy_component.draw",
}
AS_ANOTHER = {"extract": "Extractor.extract", "ClaimBank.search_sql": "ClaimBank.search"}  # to which its text leads


def of_name(name: str) -> object:
    module, _, last = f"quotebank.{name}".rpartition(".")
    return getattr(import_module(module), last)


def members(name: str) -> dict[str, object]:
    """What a class has for users, by the names in the reference."""
    found = of_name(name)
    if not inspect.isclass(found) or issubclass(found, Exception):
        return {}
    options = REFERENCE.split(f":: quotebank.{name}\n")[1].split("..")[0]
    hidden = re.search(r":exclude-members: (.*)", options)
    left_out = hidden[1].split(", ") if hidden else []
    return {f"{name}.{m}": value for m, value in vars(found).items() if not m.startswith("_") and m not in left_out}


def callables() -> dict[str, tuple[object, str]]:
    """Every function, method and constructor, and what is said of it."""
    found = {}
    for name in SHOWN:
        shown = of_name(name)
        if inspect.isfunction(shown):
            found[name] = shown, shown.__doc__ or ""
        elif not attrs.has(shown) and not issubclass(shown, Exception):
            found[name] = shown.__init__, shown.__doc__ or ""
        for member, value in members(name).items():
            function = getattr(value, "__func__", value)
            if inspect.isfunction(function):
                found[member] = function, function.__doc__ or ""
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(folder / "trees"), "docs", str(folder)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf8",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def told(site):
    """What the page says of each name, without markup."""
    page = (site / "reference.html").read_text(encoding="utf8")
    found = re.findall(r'<dt class="sig[^"]*" id="quotebank\.([\w.]+)">.*?</dt>\s*<dd>(.*?)(?=<dl|</dd>)', page, re.S)
    return {name: re.sub(r"<[^>]+>", "", text).strip() for name, text in found}


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("", quotebank.__all__),
        ("bank.", set(quotebank.bank.__all__) - {"ClaimBank", "Reference"}),
        ("pages.", set(quotebank.pages.__all__) - {"first_heading"}),  # for our commands
        ("testing.", set(quotebank.testing.__all__) - {"BY_TYPE"}),  # for Hypothesis's entry point
    ],
    ids=["quotebank", "bank", "pages", "testing"],
)
def test_every_public_name_is_told(module, names, told):
    missing = [name for name in names if not told.get(f"{module}{name}")]
    assert missing == []


def test_every_field_and_method_is_told(told):
    everything = {member for name in SHOWN for member in members(name)}
    assert {"Claim.within", "Claim.confidence", "Extractor.extract_many", "Organization.aliases"} <= everything
    assert sorted(member for member in everything if not told.get(member)) == []


def test_what_a_method_answers_with_is_told(told):
    """The records of a bank that are handed back by others, `Proof.standing` say, are in the reference too."""
    records = {name.rpartition(".")[2] for name in told}
    for name in SHOWN:
        if not attrs.has(of_name(name)):
            continue
        for field in attrs.fields(of_name(name)):
            for word in re.findall(r"\b[A-Z]\w+", str(field.type)):
                ours = hasattr(quotebank.bank, word) or hasattr(quotebank, word)
                assert not ours or word in records, f"{name}.{field.name} is a {word}"


@pytest.mark.parametrize("name", sorted(callables()))
def test_every_argument_and_error_is_told(name):
    function, said = callables()[name]
    if name in AS_ANOTHER:
        assert AS_ANOTHER[name] in said
        return
    arguments = [argument for argument in inspect.signature(function).parameters if argument not in ("self", "cls")]
    assert [argument for argument in arguments if not re.search(rf"\b{argument}\b", said, re.I)] == []
    if arguments and name not in RAISE_NOTHING:
        errors = re.findall(r"`(\w+Error)`", said)
        assert errors or "Raises what that raises" in said or re.search(r"Raises as `\w+`", said)
        assert {error for error in errors if error != "OSError"} <= set(quotebank.__all__)


def test_nothing_is_asked_of_another_server(site):
    for page in site.glob("*.html"):
        loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]+)"', page.read_text(encoding="utf8"))
        assert loaded == [], page.name


@in_chromium
@pytest.mark.enable_socket  # the driver listens on this machine
@pytest.mark.parametrize("width", [1200, 1440, 1920])
def test_nothing_is_cut_on_a_desk(width, site, browser):
    """What the commands print is 110 characters wide, our programs 120; a claim as JSON may be scrolled."""
    before = browser.get_window_size()
    browser.set_window_size(width, 1000)
    try:
        for page in sorted(site.glob("*.html")):
            browser.get(page.as_uri())
            assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth"), page.name
            cut = browser.execute_script(
                "return [...document.querySelectorAll('pre')].filter(pre => pre.scrollWidth > pre.clientWidth)"
                ".map(pre => Math.max(...pre.textContent.split('\\n').map(line => line.length)))"
            )
            assert [longest for longest in cut if longest <= 120] == [], page.name
    finally:
        browser.set_window_size(before["width"], before["height"])
