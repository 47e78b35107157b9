"""Mutated scenario files: one thing changed in a study, or in a file that it names."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from .trials import Outcome, Trial

SCENARIOS = Path(__file__).parents[2] / "scenarios"
RUN_EVERY = 12  # of the studies that the check accepts, every so many are run too

STUDY = """format = 1
question = "What holds?"
claims = ["C7"]
society = "society.toml"
profiles = { us = 1.0 }
people = 30
burn_in = "1y"
horizons = ["1y"]
seeds = 2
sizes = { quick = { people = 20, seeds = 2 } }
[arms.none]
platform = "none"
[arms.no-prompt]
platform = "wall-2009"
set = { "prompts.birthday" = false }
[arms.wall]
platform = "wall-2009"
set = { displacement = 0.2, "prompts.slope" = 2.0 }
[arms.leaves]
platform = "wall-2009"
schedule = [{ day = 100, platform = "none" }]
[[contrasts]]
name = "prompt"
arm = "wall"
control = "no-prompt"
primary = true
expect = { measure = "S_all", thinning = "-", transforming = "0" }
[vary]
substitution = [0.0, 0.3]
[region]
points = 8
seeds = 2
people = 20
[mechanisms]
words = { composed_dose = 0.0 }
[margins]
file = "margins.toml"
core = { value = 0.05, status = "assumed", why = "a test" }
"""

VALUES = (
    "1e308", "-1e308", "1e-320", "nan", "-inf", "inf", "-0.0", "0", "-1", "1e9", "1e19", "9223372036854775808",
    "18446744073709551616", "9" * 4000, "0.1", "2", "1000", "true", "false", '""', '"   "', '"\\u0000"', '"\\u001b[31mred"',
    '"a\\u202eb"', '"$x$ {y} %s <b>"', '"' + "a" * 1_000_000 + '"', "[]", "{}", "[[[[]]]]", "1979-05-27", "12:00:00",
    "[" + '"x", ' * 20_000 + "]", "[0.0, 1e300]", '["1y", "999999y"]', '{ low = 1e300, high = -1 }', '"../../../etc/passwd"',
    '"/dev/zero"', '"placebo"', '"all"', "0x7fffffffffffffff", "1_000_000_000", '"none"', "[1, [2, {}]]", "{ value = 1e400 }",
    '{ value = 5, unit = "x", status = "assumed", why = "y" }',
)  # fmt: skip


def trials(folder: Path, count: int, luck: random.Random) -> Iterator[Trial]:
    """So many mutations, spread over the study and the files that it names."""
    for number in range(count):
        place = folder / f"scenario-{number}"
        shutil.copytree(SCENARIOS, place, ignore=shutil.ignore_patterns("*.seal.json"))
        study = place / "study.toml"
        study.write_text(STUDY, encoding="utf-8")
        named = ("society.toml", "profiles/us.toml", "platforms/wall-2009.toml", "margins.toml")
        file = luck.choice([study, study, *(place / name for name in named)])
        done = luck.choice(CHANGES)(file, luck)
        name = f"{file.relative_to(place)}: {done}"
        yield Trial(name, ["check", "study.toml"], place, _told_plainly)
        if number % RUN_EVERY == 0:
            yield Trial(f"{name}; run", ["run", "study.toml", "--arm", "wall", "--years", "1"], place, _numbers)
        shutil.rmtree(place)


def _told_plainly(outcome: Outcome) -> str | None:
    return "ok beside problems" if outcome.status == 0 and outcome.err else None


def _numbers(outcome: Outcome) -> str | None:
    """Every number that a run prints is one; an arm that never asks for some may have none of it."""
    shown = re.search(r"\b(nan|inf|-inf)\b", outcome.out)
    return f"prints {shown[0]}" if outcome.status == 0 and shown else None


# One change to a file: what was done


def _value(file: Path, luck: random.Random) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [
        (k, found) for k, line in enumerate(lines) if not line.startswith("#") for found in re.finditer(r"(?<== )[^,{}\n]+", line)
    ]
    line, found = luck.choice(places)
    value = luck.choice(VALUES)
    lines[line] = lines[line][: found.start()] + value + lines[line][found.end() :]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"line {line + 1}: {found[0][:40]} -> {value[:40]}"


def _number(file: Path, luck: random.Random) -> str:
    """Only the value of a number that has a range, so that the rest of it stays right."""
    text = file.read_text(encoding="utf-8")
    places = list(re.finditer(r"(?<=value = )[-+0-9.e]+", text))
    found, value = luck.choice(places), luck.choice(VALUES)
    text = text[: found.start()] + value + text[found.end() :]
    ends = re.compile(r", (low|high) = [-+0-9.e]+")
    start, stop = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start() + len(value))
    text = text[:start] + ends.sub("", text[start:stop]) + text[stop:]
    file.write_text(text, encoding="utf-8")
    return f"value {found[0]} -> {value[:40]}, without a range"


def _line(file: Path, luck: random.Random) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    k, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    how = luck.choice(("deleted", "twice", "swapped", "moved in"))
    match how:
        case "deleted":
            del lines[k]
        case "twice":
            lines.insert(k, lines[k])
        case "swapped":
            lines[k], lines[other] = lines[other], lines[k]
        case "moved in":
            lines.insert(other, "  " + lines.pop(k))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"line {k + 1} {how}"


def _key(file: Path, luck: random.Random) -> str:
    text = file.read_text(encoding="utf-8")
    found = luck.choice(list(re.finditer(r"[A-Za-z_]{3,}(?=( = |\]))", text)))
    at = luck.randrange(len(found[0]))
    new = luck.choice(
        (found[0][:at] + found[0][at + 1 :], found[0] + "s", found[0].upper(), found[0] + ".x", "\\u0065" + found[0])
    )
    file.write_text(text[: found.start()] + new + text[found.end() :], encoding="utf-8")
    return f"key {found[0]} -> {new}"


def _bytes(file: Path, luck: random.Random) -> str:
    content = bytearray(file.read_bytes())
    at = luck.randrange(len(content))
    how = luck.choice(("flipped", "cut", "zeros", "noise", "utf-16", "latin-1", "bom", "crlf", "cr", "empty"))
    match how:
        case "flipped":
            content[at] ^= 1 << luck.randrange(8)
        case "cut":
            del content[at:]
        case "zeros":
            content[at:at] = bytes(50)
        case "noise":
            content[at:at] = luck.randbytes(50)
        case "utf-16":
            content = bytearray(content.decode().encode("utf-16"))
        case "latin-1":
            content[at:at] = "é".encode("latin-1")
        case "bom":
            content[:0] = b"\xef\xbb\xbf"
        case "crlf" | "cr":
            content = content.replace(b"\n", b"\r\n" if how == "crlf" else b"\r")
        case "empty":
            content = bytearray()
    file.write_bytes(content)
    return f"byte {at}: {how}"


def _instead(file: Path, luck: random.Random) -> str:
    file.unlink()
    how = luck.choice(("nothing", "a folder", "the zero device", "the environment of a process", "itself", "a pipe"))
    match how:
        case "a folder":
            file.mkdir()
        case "the zero device":
            file.symlink_to("/dev/zero")
        case "the environment of a process":
            file.symlink_to("/proc/self/environ")
        case "itself":
            file.symlink_to(file.name)
        case "a pipe":
            import os

            os.mkfifo(file)
    return f"is {how}"


CHANGES = (_value, _value, _number, _number, _line, _key, _bytes, _instead)
