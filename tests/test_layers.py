"""Imports point one way, and importing the package loads nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import quotebank

PACKAGE = Path(quotebank.__file__).parent

# Lowest first: a module imports only from modules above its own line.
LAYERS = [
    ["errors"],
    ["spans", "wordlists"],
    ["quotes", "organization_names"],
    ["records", "affiliations"],
    ["html", "employers"],
    ["readings", "claim_schema", "testing"],
    ["linked_data", "standoff", "label_studio", "columnar"],
    ["exports", "imports", "report", "sources"],
    ["tokens"],
    ["wording"],
    ["names", "alignment"],
    ["evidence"],
    ["matching"],
    ["models"],
    ["encoding", "decoding"],
    ["tagger", "transcripts", "signatures"],
    ["attribution"],
    ["nlp", "running_words"],
    ["phrases", "source_phrases"],
    ["mentions", "acts"],
    ["roles", "persons"],
    ["coreference", "others"],
    ["speakers"],
    ["extractor"],
    ["spacy_component"],
    ["answers", "schema", "prepared", "people", "candidates"],
    ["database", "decisions", "grouping", "overview"],
    ["storing"],
    ["searching"],
    ["passages"],
    ["verifying", "checking"],
    ["bank"],
    ["bank_commands", "report_commands"],
    ["cli"],
    ["__main__"],
]
# What a module may import from above its line, inside a function only, and why.
LATER = {
    ("records", "html"): "Article.from_html is where a caller looks for it; only the call needs trafilatura",
    ("nlp", "extractor"): "Stanza makes the processor `quotebank` by itself, once a pipeline asks for it",
}
RANK = {module: rank for rank, modules in enumerate(LAYERS) for module in modules}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("quotebank"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


def test_every_module_has_a_layer():
    modules = {p.stem for p in PACKAGE.glob("*.py")} - {"__init__"}
    assert modules == set(RANK)


def test_imports_point_one_way():
    wrong = [
        f"{path.stem} imports {name}"
        for path in PACKAGE.glob("*.py")
        if path.stem != "__init__"
        for name in imported(path)
        if name in RANK and RANK[name] >= RANK[path.stem] and (path.stem, name) not in LATER
    ]
    assert not wrong


def test_what_is_imported_later_is_imported_in_a_function():
    for (module, name), reason in LATER.items():
        assert reason
        top = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf8")).body
        assert f"quotebank.{name}" not in {n.module for n in top if isinstance(n, ast.ImportFrom)}
        assert name in imported(PACKAGE / f"{module}.py")


def test_only_nlp_imports_stanza():
    users = [p.stem for p in PACKAGE.glob("*.py") if "stanza" in {n.split(".")[0] for n in absolute_imports(p)}]
    assert users == ["nlp"]


def absolute_imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_no_module_outgrows_500_lines():
    assert not [p.name for p in PACKAGE.glob("*.py") if len(p.read_text(encoding="utf8").splitlines()) > 500]


def test_import_is_light():
    code = "import sys, quotebank; print(sorted({'torch', 'stanza', 'numpy', 'rich', 'click', 'msgspec', 'jinja2', 'hypothesis', 'pyarrow', 'lxml', 'trafilatura', 'spacy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_import_is_fast():
    code = "import time; t = time.perf_counter(); import quotebank; print(time.perf_counter() - t)"
    times = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    assert min(times) < 0.3
