"""The reference in C (reference.c): compiles it, hands it a state of ours, and times it.

It is frozen at the features of platforms/wall-2009.toml. It takes a state that begins a week, and simulates days up to the next
turnover at most.
"""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from sim.study.single.references import Unavailable
from sim.study.single.turns import Contender
from sim.world.model import World
from sim.world.state import WEEK, Rules, State

SOURCE = Path(__file__).parent / "reference.c"
FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC", "-pthread")
TYPES = {
    "u8": ctypes.c_uint8, "u16": ctypes.c_uint16, "i16": ctypes.c_int16,
    "i32": ctypes.c_int32, "i64": ctypes.c_int64, "f32": ctypes.c_float,
}  # fmt: skip


def listed(name: str) -> list[tuple[str, str]]:
    """Type and name of every column or rule in one of the lists of reference.c."""
    found = re.search(rf"#define {name}\(X\)((?:.*\\\n)*.*)", SOURCE.read_text(encoding="utf-8"))
    assert found is not None
    return re.findall(r"X\((\w+), (\w+)", found[1])


def structure(name: str, *lists: str, pointers: bool = True) -> type[ctypes.Structure]:
    """A struct of pointers to arrays, from lists of reference.c; the last list is of single numbers unless `pointers`."""
    fields = []
    for of_arrays, some in zip([True] * (len(lists) - 1) + [pointers], lists):
        fields += [(key, ctypes.POINTER(TYPES[kind]) if of_arrays else TYPES[kind]) for kind, key in listed(some)]
    return type(name, (ctypes.Structure,), {"_fields_": fields})


People, Ties, Tally = structure("People", "PEOPLE"), structure("Ties", "TIES"), structure("Tally", "TALLY")
Numbers = structure("Rules", "TABLES", "NUMBERS", pointers=False)


class Input(ctypes.Structure):
    _fields_ = (
        ("people", People), ("ties", Ties), ("tally", Tally), ("rules", Numbers), ("persons", ctypes.c_int64),
        ("rows", ctypes.c_int64), ("finest", ctypes.c_int64), ("day", ctypes.c_int64), ("seed", ctypes.c_int64),
    )  # fmt: skip


@cache
def library() -> ctypes.CDLL:
    """The compiled reference. Unavailable: there is no gcc, or it fails."""
    if shutil.which("gcc") is None:
        raise Unavailable("there is no gcc on this machine, which compiles the reference in C")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reference.so"
        done = subprocess.run(["gcc", *FLAGS, "-o", str(file), str(SOURCE), "-lm"], capture_output=True, text=True)
        if done.returncode:
            raise Unavailable(f"gcc cannot compile the reference in C: {done.stderr.strip().splitlines()[-1]}")
        compiled = ctypes.CDLL(str(file))
    compiled.prepare.restype = ctypes.c_void_p
    compiled.prepare.argtypes = ctypes.POINTER(Input), ctypes.c_int32
    compiled.simulate.argtypes = ctypes.c_void_p, ctypes.c_int64
    compiled.release.argtypes = (ctypes.c_void_p,)
    return compiled


class Reference:
    """A state in the hands of the reference. `simulate` changes closeness, memories, flags and the tally of the state."""

    def __init__(self, state: State, rules: Rules, seed: int, threads: int):
        check(state, rules)
        self.kept: list[np.ndarray] = []  # arrays that the reference reads: they must not be freed
        self.state = state
        given = Input(
            people=People(**self.pointers("PEOPLE", state.people)), ties=Ties(**self.pointers("TIES", state.ties)),
            tally=Tally(**self.pointers("TALLY", state.tally)),
            rules=Numbers(**self.pointers("TABLES", rules), **{name: getattr(rules, name) for _, name in listed("NUMBERS")}),
            persons=state.population, rows=state.ties.i.size, finest=state.tally.viewed.shape[0], day=state.day,
            seed=ctypes.c_int64(seed).value,
        )  # fmt: skip
        self.world = library().prepare(ctypes.byref(given), threads)

    def pointers(self, name: str, arrays) -> dict[str, ctypes._Pointer]:
        """Pointers to the arrays of a list. TypeError: an array has another type than the reference takes."""
        pointers = {}
        for kind, key in listed(name):
            array = getattr(arrays, key)
            if array.dtype.itemsize != ctypes.sizeof(TYPES[kind]) or not array.flags.c_contiguous:
                raise TypeError(f"{key}: {array.dtype}, and the reference in C takes {kind}")
            self.kept.append(array)
            pointers[key] = array.ctypes.data_as(ctypes.POINTER(TYPES[kind]))
        return pointers

    def simulate(self, days: int) -> None:
        library().simulate(self.world, days)
        self.state.day += days

    def __del__(self):
        if hasattr(self, "world"):
            library().release(self.world)


def check(state: State, rules: Rules) -> None:
    """Unavailable: not what the reference simulates."""
    unknown = ("order", "one_way", "strangers_share", "reposts", "crowd", "private", "displace_chance")
    other = [name for name in unknown if getattr(rules, name)]
    other += [f"no {name}" for name in ("feed", "prompts") if not getattr(rules, name)]
    if other:
        raise Unavailable(f"the reference in C is frozen at the platform wall-2009, and this arm has {', '.join(other)}")
    if state.day % WEEK:
        raise Unavailable("the reference in C begins with a plan day")


def contender(name: str, world: World, days: int, threads: int) -> Contender:
    """So many days from the state of a world on. They hold no turnover."""
    library()
    seed, state = world.luck(world.day), world.state
    check(state, world.rules)

    def prepared():
        reference = Reference(state.copy(), world.rules, seed, threads)
        return lambda: reference.simulate(days)

    return Contender(name, state.ties.i.size * days, prepared)
