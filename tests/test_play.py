"""The page to play with: addresses, the study on the screen, live worlds, their server, and the page in a real browser."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.page import live, worlds
from sim.page.on_screen import Choice, study_at, toml_of
from sim.study.judging import verdict
from sim.study.judging.legs import MEASURED

pytestmark = pytest.mark.slow

SCENARIOS = Path(__file__).parents[1] / "scenarios"
STUDIES = sorted(file for file in SCENARIOS.glob("*.toml") if "question =" in file.read_text("utf-8"))
AS_THE_FILE = Choice()
DOSE = "society.channels.greeting.dose"


@pytest.fixture(scope="module")
def file(a_study) -> Path:
    """A study of 60 people, a year of growing and three replicates."""
    study = a_study(name="played", burn_in='"1y"', seeds=3, vary='"prompts.slope" = [0.0, 2.0]')
    return Path(study.file)


@pytest.fixture(scope="module")
def pool():
    pool = worlds.Pool(2)
    yield pool
    pool.end()


@contextmanager
def served(file, jobs=2, lang="en"):
    server = live.Server(file, 0, 60, jobs, lang)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.end()
        thread.join()


@pytest.fixture(scope="module")
def server(file):
    with served(file) as server:
        yield server


def jobs_of(file, choice=AS_THE_FILE, seeds=(1,), drawn=True):
    text = toml_of(file, choice, 60)
    return [worlds.Job(text, str(file.parent), file.stem, seed, drawn and seed == 1) for seed in seeds]


def asked(server, path, **headers):
    return urllib.request.urlopen(urllib.request.Request(server.address + path, headers=headers), timeout=120)


def events(server, query=""):
    """All events of a stream."""
    with asked(server, f"run?{query}") as answer:
        text = answer.read().decode()
    return [(kind, json.loads(data)) for kind, data in re.findall(r"event: (.*)\ndata: (.*)\n", text)]


# --- live worlds ------------------------------------------------------------------------------------------------------


def test_live_worlds_give_the_numbers_and_the_verdict_of_a_sweep(file, pool, tmp_path):
    choice = Choice(values={"platform.prompts.slope": 4.0})
    known = live.Known(study_at(file, choice, 60))
    pictures = []
    for sort, seed, content in pool.run(jobs_of(file, choice, (1, 2, 3)), threading.Event()):
        assert sort not in (worlds.FAILED, worlds.LOST, worlds.NOTE), content
        if sort == worlds.ARMS:
            known.add(seed, content)
        elif sort == worlds.WHOLE:
            known.complete(seed, content)
        elif sort == worlds.PICTURE:
            pictures.append(content)
    on_disk = file.parent / "as-played.toml"
    on_disk.write_text(toml_of(file, choice, 60), "utf-8")
    sim.sweep(on_disk, tmp_path / "out", progress=False)
    compared = sim.compare(tmp_path / "out")
    expected = compared.contrasts.filter(pl.col("measure").is_in(list(MEASURED)), tie_class="all", profile="all")
    columns = ("measure", "difference", "control", "low95", "high95", "low90", "high90", "seeds")
    found = known.differences(known.whole).sort("measure").select(columns)
    assert found.to_dicts() == expected.sort("measure").select(columns).to_dicts()
    verdict, row = compared.verdicts.filter(profile="all").row(0, named=True), known.judged()
    columns = ("verdict", "reasons", "seeds_used", "seeds_needed", "plain_sum", "without_online")
    assert {name: row[name] for name in columns} == {name: verdict[name] for name in columns}
    legs = known.measures()["legs"]
    support = expected.row(by_predicate=pl.col("measure") == "S_all", named=True)
    assert legs["S_all"]["low"] == pytest.approx(100 * support["low95"] / support["control"])
    assert len(pictures) == 1


def test_a_picture_has_the_same_people_at_the_same_places(file, pool):
    stopped = threading.Event()
    messages = list(pool.run(jobs_of(file), stopped))
    picture = next(content for sort, _, content in messages if sort == worlds.PICTURE)
    assert len(picture["people"]) == len(picture["places"]) == 60
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in picture["places"])
    for side in worlds.SIDES:
        assert all(0 <= i < j < 60 for i, j in picture["strong"][side])
        assert picture["strong"][side]
        for person, closest in zip(picture["people"], picture["closest"][side]):
            assert len(closest) == worlds.CLOSEST
            assert [closeness for _, closeness in closest] == sorted((closeness for _, closeness in closest), reverse=True)
            assert person not in [other for other, _ in closest]
    assert picture["strong"]["arm"] != picture["strong"]["control"] or picture["closest"]["arm"] != picture["closest"]["control"]
    sorts = [sort for sort, *_ in messages]
    assert sorts.index(worlds.ARMS) < sorts.index(worlds.WHOLE) == len(sorts) - 1, "the first numbers do not wait for the placebo"


def long_job(file):
    text = toml_of(file, Choice(people=1500)).replace('"1y"', '"200y"', 1)
    return worlds.Job(text, str(file.parent), "long", 1, False)


def test_stop_ends_worlds_soon_and_leaves_the_workers(file, pool):
    stopped, sorts = threading.Event(), []
    for sort, *_ in pool.run([long_job(file)], stopped):
        sorts.append(sort)
        stopped.set()
    assert sorts[0] == worlds.GROWING
    assert sorts[-1] == worlds.STOPPED
    assert [sort for sort, *_ in pool.run(jobs_of(file), threading.Event())][-1] == worlds.WHOLE


def test_a_worker_that_is_killed_is_lost_and_the_next_job_has_another(file):
    pool = worlds.Pool(1)
    try:
        last = None
        for sort, *_ in pool.run([long_job(file)], threading.Event()):
            if last is None:
                os.kill(pool.workers[0].process.pid, signal.SIGKILL)
            last = sort
        assert last == worlds.LOST
        assert [sort for sort, *_ in pool.run(jobs_of(file), threading.Event())][-1] == worlds.WHOLE
    finally:
        pool.end()


def test_a_store_that_cannot_be_used_is_a_note(file, tmp_path, monkeypatch):
    monkeypatch.setenv("SIM_STORE", str(tmp_path / "full"))
    (tmp_path / "full").write_text("no folder")
    pool = worlds.Pool(1)
    try:
        messages = list(pool.run(jobs_of(file), threading.Event()))
    finally:
        pool.end()
    notes = [content for sort, _, content in messages if sort == worlds.NOTE]
    assert len(notes) == 1
    assert "no grown society can be kept there" in notes[0]
    assert messages[-1].sort == worlds.WHOLE


def test_a_study_that_breaks_in_a_worker_is_a_sentence(file, pool):
    job = jobs_of(file)[0]
    *_, last = pool.run([job._replace(text=job.text.replace("society.toml", "gone.toml"))], threading.Event())
    assert last.sort == worlds.FAILED
    assert "gone.toml" in last.content
    assert "Traceback" not in last.content


# --- the server -------------------------------------------------------------------------------------------------------


def test_a_stream_tells_progress_measures_picture_and_verdict(server):
    told = events(server, "seeds=2")
    kinds = [kind for kind, _ in told]
    assert kinds[-1] == "end"
    assert {"progress", "picture"} < set(kinds)
    assert (kinds.count("measures"), kinds.count("verdict")) == (2, 2)
    first, second = (content for kind, content in told if kind == "measures")
    assert first["legs"]["S_all"]["low"] is None
    assert second["legs"]["S_all"]["low"] < second["legs"]["S_all"]["mean"] < second["legs"]["S_all"]["high"]
    first, second = (content for kind, content in told if kind == "verdict")
    assert (first["word"], first["text"][:17]) == ("", "Not decided yet. ")
    assert second["word"] in {*verdict.WORDS, verdict.UNDECIDED}


def test_a_worker_that_is_killed_is_a_sentence_in_the_stream(file):
    with served(file, jobs=1) as server:
        stream = asked(server, "run?people=1500&seeds=2")
        line = next(line for line in stream if line.startswith(b"event: progress"))
        assert line
        os.kill(server.pool.workers[0].process.pid, signal.SIGKILL)
        told = re.findall(r"event: (\w+)\ndata: (.*)", stream.read().decode())
    assert [kind for kind, _ in told if kind != "progress"] == ["problem", "end"]
    assert "A worker process has ended" in next(content for kind, content in told if kind == "problem")


def test_where_no_word_can_be_the_page_says_why(file):
    alike = file.with_name("alike.toml")
    alike.write_text(file.read_text("utf-8").replace('"prompts.birthday" = false', '"prompts.birthday" = true'), "utf-8")
    with served(alike) as server:
        told = [content for kind, content in events(server, "seeds=2") if kind == "verdict"]
    assert {content["word"] for content in told} == {"not applicable"}
    assert "same" in told[0]["text"]


@pytest.mark.parametrize("query, words", [("people=1", "people"), ("profile=atlantis", "atlantis"), (f"{DOSE}=9", "0.99")])
def test_what_does_not_fit_stands_on_the_page_and_in_the_stream(server, query, words):
    told = events(server, query)
    assert [kind for kind, _ in told] == ["problem"]
    assert words in told[0][1]
    page = asked(server, f"?{query}").read().decode()
    assert words in re.search(r'role="alert">(.*?)</p>', page, re.S)[1]
    with pytest.raises(urllib.error.HTTPError, match="400"):
        asked(server, f"toml?{query}")


def test_a_study_that_breaks_while_it_is_served_is_a_sentence(file):
    text = file.read_text("utf-8")
    broken = file.with_name("breaks.toml")
    broken.write_text(text, "utf-8")
    with served(broken, jobs=1) as server:
        broken.write_text(text.replace("format = 1", "format = = 1"), "utf-8")
        assert "line 1" in re.search(r'role="alert">(.*?)</p>', asked(server, "").read().decode(), re.S)[1]
        assert events(server)[0][0] == "problem"
        broken.write_text(text, "utf-8")
        assert re.search(r'role="alert"></p>', asked(server, "").read().decode())


def test_the_page_is_for_this_machine_alone(server):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        asked(server, "", Host="evil.example")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        asked(server, "run", **{"Sec-Fetch-Site": "cross-site"})
    with pytest.raises(urllib.error.HTTPError, match="404"):
        asked(server, "../pyproject.toml")


@pytest.mark.parametrize("lang, text", [("en", "What one assumes"), ("fr", "Ce qu’on suppose")])
def test_a_page_asks_for_nothing_from_elsewhere(server, lang, text):
    page = asked(server, f"?lang={lang}").read().decode()
    assert text in page
    assert f'<html lang="{lang}">' in page
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page)) <= {"/toml", "data:,", "?lang=en", "?lang=fr"}
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_port_in_use_or_a_broken_study_is_a_sentence(file, tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        refused = CliRunner().invoke(app, ["play", str(file), "--port", port])
        assert refused.exit_code == 2
        assert f"--port: {port} cannot be used here" in refused.stderr
    for arguments, words in (([str(tmp_path / "no.toml")], "no such file"), ([str(file), "--people", "3"], "--people")):
        refused = CliRunner().invoke(app, ["play", *arguments])
        assert refused.exit_code == 2
        assert words in refused.stderr


def test_a_page_waits_for_a_place_and_says_if_there_is_none(file, monkeypatch):
    """A page that was just reset still counts for a moment."""
    with served(file) as server:
        server.streams = threading.Semaphore(0)
        monkeypatch.setattr(live, "PATIENCE", 0.2)
        assert "8 pages run at the same time" in asked(server, "run?seeds=2&people=60").read().decode()
        monkeypatch.setattr(live, "PATIENCE", 60.0)
        threading.Timer(0.3, server.streams.release).start()
        text = asked(server, "run?seeds=2&people=60").read().decode()
        assert "event: verdict" in text
        assert "event: problem" not in text


def test_a_page_that_has_gone_gives_its_place_up_while_its_workers_still_run(file, monkeypatch):
    still = threading.Event()

    def busy(*_):
        yield "progress", {"text": "", "share": 0.0}
        still.wait(60)

    with served(file) as server:
        server.streams = threading.Semaphore(1)
        monkeypatch.setattr(live, "told", busy)
        with asked(server, "run?seeds=2&people=60") as stream:
            assert stream.readline() == b"event: progress\n"
            assert not server.streams.acquire(timeout=0.3)
        assert server.streams.acquire(timeout=30)
        still.set()


def test_the_command_serves_until_it_is_interrupted(file):
    command = [sys.executable, "-m", "sim", "play", str(file), "--port", "0", "--people", "60", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = re.search(r"http://\S+", process.stdout.readline())[0]
        assert urllib.request.urlopen(address, timeout=60).status == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system has no signals that wait")
def test_an_interrupt_while_workers_read_their_modules_is_quiet(file):
    command = [sys.executable, "-m", "sim", "play", str(file), "--port", "0", "--people", "60", "--jobs", "2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen(command, **pipes) as process:
        process.stdout.readline()  # the workers were started just before
        time.sleep(0.8)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture
def tab(chromium, server):
    """A function that opens a page; at its end nothing may have been said in the console, or asked from elsewhere."""
    context, wrong = chromium.new_context(), []

    def opened(query=""):
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith((server.address, "data:")) or wrong.append(asked.url))
        page.goto(server.address + query)
        return page

    yield opened
    context.close()
    assert wrong == []


def finished(page):
    page.wait_for_selector("body[data-busy=no]")
    assert page.text_content("#problem") == ""


def test_the_page_loads_moves_each_slider_and_speaks_two_languages(tab):
    page = tab("?seeds=2&people=60")
    finished(page)
    assert page.get_attribute("#legs", "data-seeds") == "2"
    assert page.locator("#verdict .word").count() == 1
    assert page.locator("#picture-arm circle").count() == page.locator("#picture-control circle").count() == 60
    assert page.locator("#closest-arm li").count() == page.locator("#closest-control li").count() == worlds.CLOSEST
    before = page.text_content("#whose")
    page.locator("#picture-arm circle").nth(30).dispatch_event("click")
    assert page.text_content("#whose") != before
    for slider in page.locator("#sliders input").all():
        shown = page.url
        slider.focus()
        slider.press("End")
        page.wait_for_function("shown => location.href !== shown", arg=shown)
        assert slider.get_attribute("data-name") in page.url
    finished(page)
    assert page.get_attribute("#legs", "data-seeds") == "2"
    page.reload()
    assert all(slider.input_value() == "100" for slider in page.locator("#sliders input").all()), "the address says all"
    page.click("#other")
    page.wait_for_selector("html[lang=fr]")
    assert all(slider.input_value() == "100" for slider in page.locator("#sliders input").all())
    finished(page)
    assert "Répétition" in page.content() or "répétition" in page.text_content("#verdict")


def test_what_is_wrong_with_one_thing_leaves_the_sliders(tab):
    page = tab("?people=5&prompts.slope=1.5".replace("prompts.", "platform.prompts."))
    assert "people" in page.text_content("#problem")
    assert page.locator("[data-name='platform.prompts.slope']").input_value() not in ("0", "100")
    assert "platform.prompts.slope=1.5" in page.url
    page = tab("?people=100&seeds=2&x=1")
    assert "unknown name" in page.text_content("#problem")
    assert (page.input_value("#people"), page.input_value("#seeds")) == ("100", "2")
    assert "people=100" in page.url
    assert "x=1" not in page.url
    page.click("#run")
    finished(page)  # what is on the screen, without a problem
    assert page.get_attribute("#legs", "data-seeds") == "2"


def test_stop_stops_and_the_file_is_that_of_the_screen(tab, file):
    page = tab("?people=1500&seeds=2")
    page.wait_for_selector("body[data-busy=yes]")
    page.click("#stop")
    assert page.get_attribute("body", "data-busy") == "no"
    assert page.is_disabled("#stop")
    with page.expect_download() as download:
        page.click("#toml")
    text = Path(download.value.path()).read_text("utf-8")
    assert text == toml_of(file, Choice(people=1500, seeds=2), 60)


def test_two_tabs_run_at_once(tab):
    one, two = tab("?seeds=2&people=60"), tab("?seeds=3&people=60&lang=fr")
    finished(one)
    finished(two)
    assert (one.get_attribute("#legs", "data-seeds"), two.get_attribute("#legs", "data-seeds")) == ("2", "3")


def test_thirty_resets_do_not_grow(tab, server):
    page = tab("?seeds=2&people=60")
    finished(page)

    def resets(times):
        for _ in range(times):
            page.click("#reset")
            page.wait_for_function("document.getElementById('legs').dataset.seeds")
            page.wait_for_timeout(100)
        page.click("#run")
        finished(page)
        return page.evaluate("(gc(), performance.memory.usedJSHeapSize)"), sum(map(resident, processes(server)))

    resets(5)
    heap, memory = resets(5)
    threads = threading.active_count()
    later_heap, later_memory = resets(25)
    assert later_heap < 1.5 * heap + 2**20
    assert later_memory < memory + 60 * 2**20
    deadline = time.monotonic() + 20
    while threading.active_count() > threads + 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert threading.active_count() <= threads + 2


def processes(server):
    return [worker.process.pid for worker in server.pool.workers]


def resident(pid):
    """Bytes of memory of a process."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) * 1024
