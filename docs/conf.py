"""The documentation site, built by Sphinx from README and docs/: `make docs`.

Pages are those that a reader of the repository opens: nothing is written for the site alone. The source folder is the
repository itself, so that a link means the same in both places. What a page links to and is no page, as a scenario file, is
copied. Nothing is fetched, neither when the site is built nor when it is read.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\(([\w.-]+)\.md\)")
REDIRECT = '<!doctype html><title>unbirthday</title><meta http-equiv="refresh" content="0; url=README.html">'

project = html_title = "unbirthday"
copyright = "2026 the unbirthday authors. Code: MIT licence; figures and tables: CC BY 4.0"
extensions = ["myst_parser"]
include_patterns = ["README*.md", "*/README*.md", "results/*/README*.md", "docs/*.md"]
exclude_patterns = [".*", "build", "dist", "sim", "tests", "results/*/.work"]
root_doc = "README"
html_theme = "furo"  # its letters are those of the reader's machine
html_copy_source = False
html_show_sphinx = False
html_static_path = ["site.css"]
html_css_files = ["site.css"]
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
myst_heading_anchors = 6  # every heading has the address that it has in the repository


def navigation(app, page: str, source: list[str]) -> None:
    """Append the list of pages to README: by reader, as docs/index.md has them, each where it stands first.

    Reports are not in it: the page of results leads to them.
    """
    if page.startswith("results/") and page.count("/") == 2:
        source[0] = "---\norphan: true\n---\n" + source[0]
    if page != root_doc:
        return
    others = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.glob("[!.]*/README*.md"))
    parts = {"unbirthday": ["docs/index", "En français <README.fr>", *others]}
    listed = set()
    for part in (ROOT / "docs" / "index.md").read_text("utf-8").split("\n## ")[1:]:
        pages = [name for name in dict.fromkeys(LINK.findall(part)) if name not in listed]
        listed.update(pages)
        parts[part.splitlines()[0]] = [f"docs/{name}" for name in pages]
    for reader, pages in parts.items():
        source[0] += "\n\n" + "\n".join(("```{toctree}", ":hidden:", f":caption: {reader}", "", *pages, "```"))


def first_page(app, exception) -> None:
    """Where somebody arrives who opens the folder: README."""
    if not exception:
        (Path(app.outdir) / "index.html").write_text(REDIRECT, "utf-8")


def setup(app) -> None:
    app.connect("source-read", navigation)
    app.connect("build-finished", first_page)
