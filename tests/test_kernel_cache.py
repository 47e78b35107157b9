"""Damaged files of compiled kernels cost a compilation, and an interrupt ends a compilation at any moment."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numba
import pytest
from conftest import slow
from numba.core.caching import IndexDataCacheFile
from numba.core.registry import cpu_target
from numba.core.typed_passes import NopythonTypeInference

from sim import compiled
from sim.commands.ending import Terminated
from sim.kernel_cache import read_sealed, write_sealed

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")


def total(count, step):
    found = 0
    for number in range(count):
        found += number % step
    return found


def other(count, step):
    return count + step


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in which this test's kernels are kept."""
    monkeypatch.setattr(compiled, "FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def kept(folder):
    """The index and the data of `total`, which is compiled and kept."""
    assert computes(total) == 0
    (index,), (data,) = folder.rglob("*.total-*.nbi"), folder.rglob("*.total-*.nbc")
    return {"index": index, "data": data}


def computes(function) -> int:
    """Call a kernel as a new process does, and look at what it computes. Returns how often it was loaded from a file."""
    kernel = compiled.njit(function)
    assert kernel(10, 4) == function(10, 4)
    return sum(kernel.stats.cache_hits.values())


def is_compiled_again_and_healed(file: Path) -> None:
    assert computes(total) == 0
    assert read_sealed(file) is not None
    assert computes(total) == 1


@pytest.mark.parametrize("part", ["index", "data"])
def test_wherever_a_bit_is_wrong_a_kernel_is_compiled_again(kept, part):
    file = kept[part]
    size = file.stat().st_size
    for place in range(0, size, size // 20):
        content = bytearray(file.read_bytes())
        content[min(place, len(content) - 1)] ^= 1 << place % 8
        file.write_bytes(content)
        is_compiled_again_and_healed(file)


def of_other_kernel(file: Path) -> None:
    assert computes(other) == 0
    (taken,) = file.parent.glob(f"*.other-*{file.suffix}")
    shutil.copy(taken, file)


def folder_in_its_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


def pipe_in_its_place(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


DAMAGE = {
    "missing": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "cut by one byte": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "cut in the middle": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"\0"),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "text": lambda file: file.write_text("no kernel\n" * 50),
    "without a seal": lambda file: file.write_bytes(read_sealed(file)),
    "a pickle that fails": lambda file: file.write_bytes(pickle.dumps(numba.__version__) + b"cno.such\nmodule\n."),
    "of another kernel": of_other_kernel,
    "a folder": folder_in_its_place,
    "a pipe": pipe_in_its_place,
}


@pytest.mark.parametrize("part", ["index", "data"])
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_not_the_file_that_was_written_is_not_used(kept, part, damage):
    damage(kept[part])
    is_compiled_again_and_healed(kept[part])


@pytest.mark.parametrize("part", ["index", "data"])
def test_files_in_a_folder_that_lies_in_the_way_are_not_deleted(kept, part):
    folder_in_its_place(kept[part])
    (kept[part] / "mine").touch()
    assert computes(total) == 0
    assert (kept[part] / "mine").exists()


def test_the_data_of_another_version_of_the_kernel_are_not_used(kept):
    """As after a process that ended between a new index and its data."""
    kernel = compiled.njit(total)
    files = kernel._cache._cache_file
    (key,), (name,) = files._load_index().keys(), files._load_index().values()
    files._save_index({("another", *key[1:]): name})
    assert files.load(key) is None
    assert files.load(("another", *key[1:])) is None


def test_a_file_is_complete_or_absent(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_sealed(tmp_path / "file", b"content")
    assert not list(tmp_path.iterdir())


# --- interrupts ----------------------------------------------------------------------------------------------------------


def inner(count):
    return count + 1


def outer(count, step):
    return within(count) * step


within = inner

LLVM = cpu_target.target_context.codegen()._engine._ee
STEPS = {
    "while types are inferred": (NopythonTypeInference, "run_pass"),
    "where LLVM asks for machine code": (LLVM, "_object_cache_getbuffer"),
    "where LLVM has made machine code": (LLVM, "_object_cache_notify"),
    "before an index is written": (IndexDataCacheFile, "_save_index"),
    "before data are written": (IndexDataCacheFile, "_save_data"),
    "before a file has its name": (os, "replace"),
}


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, Terminated])
@pytest.mark.parametrize("place, step", STEPS.values(), ids=STEPS)
def test_an_interrupt_ends_a_compilation_and_leaves_only_whole_files(folder, monkeypatch, place, step, interrupt):
    def interrupted(*_):
        raise interrupt

    def computes_outer() -> int:
        monkeypatch.setattr(sys.modules[__name__], "within", compiled.njit(inner))  # compiled while `outer` is
        return computes(outer)

    hook = sys.unraisablehook
    whole_step = getattr(place, step)
    monkeypatch.setattr(place, step, interrupted)
    with pytest.raises(interrupt) as ended:
        computes_outer()
    monkeypatch.setattr(place, step, whole_step)
    assert (ended.type, sys.unraisablehook) == (interrupt, hook)
    assert all(read_sealed(file) is not None for file in folder.rglob("*.*"))
    computes_outer()
    assert computes_outer() == 1


def test_other_errors_that_python_cannot_raise_go_to_the_hook_of_the_user(folder, monkeypatch):
    given = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: given.append(unraisable.exc_type))
    monkeypatch.setattr(LLVM, "_object_cache_getbuffer", lambda *_: 1 / 0)
    assert computes(total) == 0
    assert set(given) == {ZeroDivisionError}


INTERRUPTED = """
import signal, sys
from llvmlite.binding.ffi import ObjectRef
from numba.core.registry import cpu_target
from sim.__main__ import main
llvm = cpu_target.target_context.codegen()._engine._ee
{place} = lambda *_, **__: signal.raise_signal({number})
sys.argv = ["sim", "run", sys.argv[1], "--out", "out"]
main()
"""
PLACES = ["llvm._object_cache_notify", "ObjectRef.__init__"]  # where LLVM calls back, while an object is made


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow)])
@pytest.mark.parametrize("place", [PLACES[0], *slow(*PLACES[1:])])
def test_a_command_that_is_interrupted_while_it_compiles_ends_as_others_do(tiny, tmp_path, place, number, status):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(tmp_path), "SIM_STORE": str(tmp_path / "store")}
    command = [sys.executable, "-c", INTERRUPTED.format(place=place, number=int(number)), str(tiny.file)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert done.returncode == status, done.stderr
    *_, message = done.stderr.splitlines()
    assert message.startswith("stopped; nothing of it was kept")
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr
