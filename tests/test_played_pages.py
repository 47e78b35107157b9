"""Every published page to play with, in a real browser as wide as a phone and without a network: it is read, heard and used by
keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.figures import style
from sim.figures.words import Words

pytestmark = pytest.mark.slow

PAGES = sorted((Path(__file__).parents[1] / "results").glob("*/play.*.html"))


@pytest.fixture(params=PAGES, ids=[f"{page.parent.name}-{page.name}" for page in PAGES])
def page(chromium, request):
    """A published page; at its end nothing may have been said in the console, or asked from elsewhere."""
    context, wrong = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True), []
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or wrong.append(asked.url))
    page.goto(f"file://{request.param}")
    yield page
    context.close()
    assert wrong == []


def numbers(page):
    return page.locator(".number").all_text_contents()


def test_it_fits_a_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_passes_an_accessibility_check(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed here")
    assert axe.Axe().run(page).response["violations"] == []


def test_the_keyboard_alone_moves_each_slider(page):
    """Tab reaches every slider in order; a key moves it, and what it says and the address follow. The effects follow some."""
    reached, seen = [], {tuple(numbers(page))}
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.type === 'range' ? document.activeElement.id : ''")
        if not name or name in reached:
            continue
        reached.append(name)
        for key in ("End", "Home"):
            address, heard = page.url, page.get_attribute(f"#{name}", "aria-valuetext")
            page.keyboard.press(key)
            page.wait_for_function("address => location.href !== address", arg=address)
            assert page.get_attribute(f"#{name}", "aria-valuetext") != heard
            assert page.get_attribute(f"#{name}", "aria-valuetext") == page.text_content(f"#{name}-value")
            seen.add(tuple(numbers(page)))
    assert reached == [slider.get_attribute("id") for slider in page.locator("input[type=range]").all()]
    assert len(reached) >= 4
    assert len(seen) > 1


def test_it_says_a_verdict_in_its_own_language(page):
    lang = page.get_attribute("html", "lang")
    assert f"play.{lang}.html" in page.url
    (word,) = page.locator(".word").all_text_contents()
    assert word in {Words(lang).brief(each) for each in style.VERDICTS}
    assert len(numbers(page)) >= 4
