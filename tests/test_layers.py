"""The rooms of the package: which may use which, and that importing the package loads nothing heavy."""

import ast
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

import quotebank
from tests.conftest import ROOT

PACKAGE = Path(quotebank.__file__).parent

# Each room, or file of the package's own folder, and those that it may use. Lowest first: all that it uses is above it.
MAY_USE = {
    "errors": "",
    "notebook": "",
    "spans": "errors",
    "text": "errors spans",
    "records": "errors notebook spans text",
    "testing": "errors spans records text",
    "attribution": "errors spans records text",
    "speakers": "errors spans records text attribution",
    "comparing": "errors spans records text",
    "formats": "errors spans records text",
    "extractor": "errors spans records text attribution speakers",
    "bank": "errors notebook spans records text comparing extractor",
    "pages": "errors spans records formats comparing bank",
    "commands": "errors spans records formats comparing bank pages extractor",
    "__main__": "commands",
    "integrations": "errors spans records attribution formats extractor",
}
LIGHT = {"torch", "stanza", "numpy", "rich", "click", "msgspec", "jinja2", "hypothesis", "pyarrow", "lxml"}
LIGHT |= {"trafilatura", "spacy", "nameparser", "rapidfuzz"}


def room_of(path: Path) -> str:
    """The room of a file; one in the package's own folder is a room by itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imports(path: Path) -> list[tuple[str, str]]:
    """What a file imports of ours: the module, and the name that is taken from it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "quotebank":
            found += [(node.module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names if alias.name.startswith("quotebank.")]
    return found


def used(module: str, name: str) -> str:
    """The room that an import uses, "" for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else name if name in MAY_USE else ""


def test_every_file_has_a_room():
    assert {room_of(path) for path in FILES} == set(MAY_USE)


def test_the_table_has_no_circle():
    seen: set[str] = set()
    for room, others in MAY_USE.items():
        assert set(others.split()) <= seen, room
        seen.add(room)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_uses_only_those_it_may(path):
    own = room_of(path)
    for module, name in imports(path):
        room = used(module, name)
        assert room in ("", own) or room in MAY_USE[own].split(), f"{own} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_another_room_is_used_by_what_it_hands_on(path):
    for module, name in imports(path):
        room = used(module, name)
        if room not in ("", room_of(path)) and (PACKAGE / room).is_dir() and module != "quotebank":
            assert module == f"quotebank.{room}", f"{name} comes from {module}, not from the room"
            assert name in import_module(module).__all__, f"{module} does not hand on {name}"


@pytest.mark.parametrize("room", sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py")))
def test_a_room_says_what_it_is_for_and_hands_on_what_it_has(room):
    code = f"import quotebank.{room} as room; print(len(room.__doc__.split())); [getattr(room, n) for n in getattr(room, '__all__', ())]"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 20


def test_a_word_list_is_read_by_its_own_room():
    """Those that several rooms read are in `text`."""
    names = {f"{p.relative_to(PACKAGE).parts[0]}/{p.stem}" for p in PACKAGE.glob("*/lists/*/*.txt")}
    assert len(names) == len(list(PACKAGE.glob("*/lists/*/*.txt"))) >= 60, "two lists of one room have one name"
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Constant) and node.value in names:
                assert node.value.split("/")[0] in (room_of(path), "text"), f"{path.name} reads {node.value}"


def test_only_two_files_import_stanza():
    """The pipeline and the processor; everything else speaks to the pipeline."""
    users = [p.stem for p in FILES if "stanza" in {n.split(".")[0] for n in absolute_imports(p)}]
    assert sorted(users) == ["stanza_pipeline", "stanza_processor"]


def absolute_imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_no_file_outgrows_500_lines():
    assert not [p.name for p in FILES if len(p.read_text(encoding="utf8").splitlines()) > 500]


def test_every_file_is_packaged():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf8")
    patterns = setup["options.package_data"]["*"].split()
    for path in PACKAGE.rglob("*"):
        room = path.relative_to(PACKAGE).parts[0]
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "py.typed":
            assert any(fnmatch(str(path.relative_to(PACKAGE / room)), pattern) for pattern in patterns), path


@pytest.mark.parametrize("folder", ["training", "benchmarks", "examples"])
def test_a_readme_says_what_each_script_is_for(folder):
    page = (ROOT / folder / "README.md").read_text(encoding="utf8")
    assert not [p.name for p in (ROOT / folder).glob("*.py") if p.name not in page and f"`{p.stem}`" not in page]


def test_import_is_light():
    code = f"import sys, quotebank; print(sorted({LIGHT!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rooms_for_claims_that_are_there_need_no_models():
    code = "import sys, quotebank.speakers, quotebank.pages, quotebank.commands; print(sorted({'torch', 'stanza'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_import_is_fast():
    """By the processor's clock: the other one counts what the machine's neighbours do as well."""
    code = "import time; t = time.process_time(); import quotebank; print(time.process_time() - t)"
    times = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    assert min(times) < 0.2


def test_what_is_imported_is_declared_and_nothing_else():
    """Every package that a file imports is a dependency, or of an extra, by the name that it has there."""
    called = {"lxml_html_clean": "lxml", "pyspark": "pyspark"}  # trafilatura's own import, by its newer home
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    extras = project["optional-dependencies"]
    ours = [
        *project["dependencies"],
        *(d for n in ("arrow", "html", "hypothesis", "spacy", "spark") for d in extras[n]),
    ]
    declared = {re.split(r"[\[><=;,]", d)[0] for d in ours}
    imported = {n.split(".")[0] for path in FILES for n in absolute_imports(path)} - set(sys.stdlib_module_names)
    imported -= {"quotebank", "quotebank_hypothesis"}
    assert {called.get(n, n) for n in declared} == imported | {"lxml"}
