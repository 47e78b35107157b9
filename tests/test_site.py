"""The documentation site: it is built without a warning, shows every page, and no link in it leads nowhere or to a network."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.slow

for name in ("sphinx", "myst_parser", "furo"):
    pytest.importorskip(name, reason="the site is built by what `pip install '.[docs]'` brings")

ROOT = Path(__file__).parents[1]
ADDRESSES = {"href", "src", "data", "poster"}
FETCHING = {"link", "script", "img", "iframe", "source"}  # elements that a browser fetches by itself


class Reader(HTMLParser):
    """What a page links to, the names that others may link to, and what stands in its navigation."""

    def __init__(self, page: Path):
        super().__init__()
        self.links: list[tuple[str, str]] = []  # element, address
        self.names: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            if key in ADDRESSES and value:
                self.links.append((tag, value))
            if key in ("id", "name") and value:
                self.names.add(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built as `make docs` builds it."""
    place = tmp_path_factory.mktemp("site")
    command = next(line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "-m sphinx" in line).split()[1:]
    command[command.index("build/doctrees")], command[-1] = str(place / "doctrees"), str(place / "site")
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return place / "site"


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, Reader]:
    return {page: Reader(page) for page in sorted(site.rglob("*.html"))}


def test_every_page_is_in_the_navigation(site, pages):
    listed = {os.path.normpath(site / urlsplit(address).path) for address in sidebar(site / "README.html")}
    written = [*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md"), *ROOT.glob("[!.]*/README.md")]
    expected = {site / page.relative_to(ROOT).with_suffix(".html") for page in written} - {site / "README.html"}
    assert {Path(page) for page in listed} >= expected
    assert expected <= set(pages)


def sidebar(page: Path) -> list[str]:
    """The addresses in the list of pages beside a page."""
    tree = page.read_text("utf-8").split('<div class="sidebar-tree">')[1].split("</aside>")[0]
    return re.findall(r'href="([^"#]+)"', tree)


def test_every_local_link_leads_to_a_file_and_a_name(pages):
    lost = []
    for page, reader in pages.items():
        for _, address in reader.links:
            there = urlsplit(address)
            if there.scheme or there.netloc:
                continue
            file = Path(os.path.normpath(page.parent / unquote(there.path))) if there.path else page
            if not file.is_file() or (there.fragment and file in pages and unquote(there.fragment) not in pages[file].names):
                lost.append(f"{page.name}: {address}")
    assert lost == []


def test_published_figures_are_shown_and_files_of_the_repository_are_there(site, pages):
    shown = {Path(address).name for reader in pages.values() for tag, address in reader.links if tag == "img"}
    written = re.compile(r"!\[[^]]*\]\(([^)]+)\)")
    pictures = [address for page in ROOT.glob("docs/*.md") for address in written.findall(page.read_text("utf-8"))]
    assert {Path(address).name for address in pictures} <= shown
    answers = {Path(address).name for _, address in pages[site / "docs" / "answers.html"].links}
    assert {"birthday-prompt.toml", "verdict.en.svg"} <= answers


def test_nothing_is_fetched_from_a_network(site, pages):
    fetched = [address for reader in pages.values() for tag, address in reader.links if tag in FETCHING and "//" in address]
    assert fetched == []
    for sheet in site.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", sheet.read_text("utf-8")), sheet.name
