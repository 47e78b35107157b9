"""A report as one page that needs nothing else: its Markdown as HTML, with the figures and tables that it links to inside."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from sim.figures.press import PHONE
from sim.figures.words import Words
from sim.page import template
from sim.page.pictures import pictures
from sim.study.records.provenance import relative
from sim.study.records.workbook import spreadsheet

HEAVIEST = 400_000  # bytes of a table that travels inside of the page
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADING = re.compile("<h1>(.*?)</h1>", re.DOTALL)
_OTHERS = re.compile(r'<p>(?:<a href="(?:README|play)[\w.]*">[^<]*</a> ?)+</p>\n')
"""Links to other pages, which are not beside this one."""
_FIGURE = re.compile(r'<p><img src="([\w-]+\.[a-z]+\.svg)" alt="[^"]*" /></p>')
_TABLES = re.compile(r'<ul>\n(?=<li><a href="\w+\.csv">)')
_TABLE = re.compile(r'<a href="((\w+)\.csv)">[^<]*</a>')


def page(text: str, about: str, lang: str, figures_in: Path, tables_in: Path) -> str:
    """The page of a report.

    text : the report as Markdown, without its first line; about : what it is from, as HTML
    figures_in, tables_in : where the files are that it links to
    The tables that are light travel inside, as one spreadsheet, too. A heavy one is named by its path.
    """
    code = _OTHERS.sub("", MarkdownIt("commonmark").render(text))
    names = [file for each in _FIGURE.findall(code) for file in (each, each.replace(".", f"{PHONE.end}.", 1))]
    drawn = pictures(file for name in names if (file := figures_in / name).is_file())  # some have no narrow cut
    light = [name for file, name in _TABLE.findall(code) if (tables_in / file).stat().st_size <= HEAVIEST]

    def figure(found: re.Match[str]) -> str:
        return _figure(drawn.by_name, found[1].split(".")[0])

    def table(found: re.Match[str]) -> str:
        file = tables_in / found[1]
        return _inside(file, CSV) if found[2] in light else f"<code>{escape(relative(file, Path.cwd()) or file.name)}</code>"

    code = _TABLES.sub(lambda found: found[0] + _as_spreadsheet(tables_in, light, Words(lang)), code)
    body = _TABLE.sub(table, _FIGURE.sub(figure, code))
    question = "".join(_HEADING.findall(code))
    return template.page(
        "report.html", lang=lang, body=body, letters=drawn.letters, about=Markup(about), question=Markup(question)
    )


def _figure(drawn: dict[str, str], name: str) -> str:
    """A figure, in both cuts if there are two."""
    narrow = drawn.get(name + PHONE.end)
    if not narrow:
        return f'<figure class="long" tabindex="0">{drawn[name]}</figure>'
    cuts = f'<div class="print">{drawn[name]}</div><div class="phone">{narrow}</div>'
    return f'<figure class="press">{cuts}</figure>'


def _as_spreadsheet(folder: Path, names: list[str], words: Words) -> str:
    """Tables as one file, as an entry of a list."""
    if not names:
        return ""
    with TemporaryDirectory() as place:
        link = _inside(spreadsheet(folder, Path(place, "tables.xlsx"), names, words.lang).file, XLSX)
    return f"<li>{link}{words.mark(':')} {words('report-workbook')}</li>\n"


def _inside(file: Path, kind: str) -> str:
    """A link to a file that travels inside of the page. kind : its media type"""
    content = base64.b64encode(file.read_bytes()).decode()
    return f'<a href="data:{kind};base64,{content}" download="{file.name}">{file.name}</a>'
