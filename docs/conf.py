"""How Sphinx makes the site: `sphinx-build docs site`."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Generic, Text

import quotebank

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "quotebank"
author = "The quotebank developers"
version = release = quotebank.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["pictures", "stylesheets"]
myst_heading_anchors = 3  # a page's headings can be linked to, as on GitHub: `bank.md#copying`

default_role = "py:obj"  # `Claim` in a docstring leads to it, `text[a:b]` is shown as it stands
autodoc_mock_imports = [name for name in ("spacy",) if find_spec(name) is None]  # there is none for Python 3.14
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
toc_object_entries_show_parents = "hide"
python_maximum_signature_line_length = 90
python_use_unqualified_type_names = True

smartquotes = False  # quotation marks are our subject

html_theme = "furo"
html_title = "quotebank"
html_static_path = ["stylesheets"]
html_css_files = ["wide.css"]
html_show_sourcelink = html_show_copyright = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#7a4f32", "color-brand-content": "#7a4f32"},
    "dark_css_variables": {"color-brand-primary": "#d8b08c", "color-brand-content": "#d8b08c"},
}
pygments_style = "friendly"
pygments_dark_style = "github-dark"

NAMED = ("class", "exception", "function")
PROGRAM = re.compile(r"^    \S")


def show_programs(_app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """A docstring's indented lines are a program, as they are to whoever reads it in the source."""
    out: list[str] = []
    inside = False
    for line in lines:
        begins = bool(PROGRAM.match(line)) and (not out or not out[-1])
        if begins and not inside:
            out += [".. code-block:: python", ""]
        inside = (inside or begins) and (not line or line.startswith(" "))
        out.append(line)
    lines[:] = out


class Session(RegexLexer):  # Pygments' own takes a line of output that begins with a bracket for a prompt
    """What is typed at a prompt, and what is printed."""

    name = "console"
    tokens = {"root": [(r"^(\$ )(.*\n)", bygroups(Generic.Prompt, Text)), (r".*\n", Generic.Output)]}  # noqa: RUF012


def find_handed_on(
    _app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """A type is defined in a file of a room, and documented under the name that users import."""
    name = node["reftarget"].rpartition(".")[2]
    python = env.domains["py"]
    full = [known for known, entry in python.objects.items() if known.endswith(f".{name}") and entry.objtype in NAMED]
    if node.get("refdomain") != "py" or len(full) != 1:
        return None
    return python.resolve_xref(env, node["refdoc"], env.app.builder, "obj", full[0], node, content)


def setup(app: Sphinx) -> None:
    """What Sphinx calls."""
    app.connect("autodoc-process-docstring", show_programs)
    app.add_lexer("console", Session)
    app.connect("missing-reference", find_handed_on)
