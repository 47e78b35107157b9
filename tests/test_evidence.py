"""Every fact that a number rests on is told in docs/evidence.md; every entry is used; only facts of role C are fitted."""

import re
import tomllib
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario.reading import check, target, targets

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "evidence.md"
SCENARIOS = sorted((ROOT / "scenarios").rglob("*.toml"))
ID = r"[A-Z]\d{1,2}"
CITATION = re.compile(rf"\bevidence ({ID}(?:(?:, | and ){ID})*)\b", re.IGNORECASE)
CLAIM = re.compile(r"\bclaims? (C\d{1,2}(?:(?:, | and )C\d{1,2})*)\b")
FILE = re.compile(r"[\w./-]+\.(?:md|toml|py|csv|txt|pdf)\b")


def entries() -> dict[str, str]:
    """What the page says of each entry, by id."""
    parts = re.split(rf"^### ({ID})$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def field(entry: str, name: str) -> str:
    said = re.search(rf"^- {name}: (.+?)(?=\n- |\n\n|\Z)", entry, re.MULTILINE | re.DOTALL)
    return " ".join(said[1].split()) if said else ""


def ids(pattern: re.Pattern, text: str) -> set[str]:
    return {name for said in pattern.findall(text) for name in re.findall(ID, said)}


def reasons(table, at=()):
    """(place, text) of every source and every reason in a scenario."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        if isinstance(value, dict | list):
            yield from reasons(value, (*at, key))
        elif key in ("source", "why") and isinstance(value, str):
            yield (*at, key), value


REASONS = [
    (file.relative_to(ROOT), place, text) for file in SCENARIOS for place, text in reasons(tomllib.loads(file.read_text("utf-8")))
]


def in_code() -> str:
    folders = ("sim", "tests", "benchmarks")
    return "\n".join(file.read_text("utf-8") for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))


def in_scenarios() -> str:
    return "\n".join(file.read_text("utf-8") for file in SCENARIOS)


def in_pages() -> str:
    """The pages that cite entries by a bare id; ids in claims.md are those of claims."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    return "\n".join(page.read_text("utf-8") for page in pages if page.name not in (PAGE.name, "claims.md"))


def test_the_page_has_entries_and_each_says_how_well_it_is_known():
    found = entries()
    assert len(found) > 30
    for name, entry in found.items():
        for each in ("Measured", "Role", "Known", "Source"):
            assert field(entry, each), f"{name}: no line '- {each}: ...'"
        assert re.match(r"(C|V|Input|Context)\b", field(entry, "Role")), name
        assert re.search(r"computed|read|secondhand|recalled|worked out", field(entry, "Known")), name


def test_the_contents_name_every_entry_once():
    contents = PAGE.read_text("utf-8").split("## Contents")[1].split("\n## ")[0]
    assert re.findall(rf"\[({ID})\]\(#[a-z]\d+\)", contents) == list(entries())
    assert all(f"[{name}](#{name.lower()})" in contents for name in entries())


def test_every_cited_entry_is_on_the_page():
    missing = ids(CITATION, in_code() + in_scenarios()) - set(entries())
    assert not missing, f"docs/evidence.md has no entry {sorted(missing)}"


def test_a_source_cites_entries_and_claims_as_such():
    """An id without a word before it, such as that of a fact in a file of somebody's own, leads a reader nowhere."""
    known = set(re.findall(r"^\| (C\d+) \|", (ROOT / "docs" / "claims.md").read_text("utf-8"), re.MULTILINE))
    for file, place, text in REASONS:
        claims = ids(CLAIM, text)
        assert set(re.findall(rf"\b{ID}\b", text)) <= ids(CITATION, text) | claims, (file, place, text)
        assert claims <= known, (file, place, text)


def test_no_source_cites_a_file_that_is_not_here():
    for file, place, text in REASONS:
        for name in FILE.findall(text):
            assert any((folder / name).is_file() for folder in (ROOT, ROOT / file.parent)), (file, place, text)


def test_every_entry_is_cited():
    cited = ids(CITATION, in_code() + in_scenarios()) | set(re.findall(rf"\b{ID}\b", in_pages()))
    unused = set(entries()) - cited
    assert not unused, f"cited nowhere: {sorted(unused)}"


# --- targets ------------------------------------------------------------------------------------------------------------


def test_entries_and_targets_name_each_other():
    """A target cites its entries, and each of them names it and has its role."""
    found = {name: set(re.findall(r"`([a-z-]+)`", field(entry, "Role"))) & set(targets()) for name, entry in entries().items()}
    assert found == {name: {one for one, each in targets().items() if name in ids(CITATION, each.source)} for name in found}
    for name, named in found.items():
        assert {targets()[one].role for one in named} <= {field(entries()[name], "Role").split(".")[0]}, name


def test_only_targets_of_role_c_are_fitted():
    fitted = {target.source: target.role for target in targets().values()}
    of_role = {role: set().union(*(ids(CITATION, source) for source, one in fitted.items() if one == role)) for role in "CV"}
    for file, place, text in REASONS:
        for said in re.findall(r"\bfit: ([^;(]+)", text):
            assert ids(CITATION, said), (file, place, text)
            assert ids(CITATION, said) <= of_role["C"] - of_role["V"], (file, place, text)


def test_a_band_holds_both_its_ends():
    band = targets()["circle-weekly"]
    assert [band.holds(value) for value in (2.9, 3, 5, 7, 7.1, float("nan"))] == [False, True, True, True, False, False]


def test_targets_cannot_be_changed():
    with pytest.raises(TypeError, match="a scenario cannot be changed"):
        targets()["circle-weekly"] = None
    with pytest.raises(ValueError, match="frozen"):
        targets()["circle-weekly"].low = 0


def test_a_target_that_is_not_there_names_the_nearest():
    with pytest.raises(InputError, match=r"no target 'circle-weakly'.*perhaps you meant 'circle-weekly'"):
        target("circle-weakly")


WRONG = [
    ('role = "C"', 'role = "c"', "role", 'text "c"; expected "C" (parameters may be fitted to it) or "V" (only checked)'),
    ("low = 3", "", "low", "missing; expected low = ... (the lowest value that agrees)"),
    ("low = 3", "low = 6", "", "value 5 outside its own range 6 to 7"),
    ("high = 7", "hihg = 7", "hihg", "unknown key 'hihg'"),
    ('source = "evidence A1"', "", "source", "missing; expected where the number is from, or why"),
    ('status = "recalled"', 'status = "known"', "status", "expected one of"),
    ("value = 5", "value = nan", "value", "nan; expected a number from -1000000 to 1000000 (the unit of the target)"),
]


@pytest.mark.parametrize("old, new, place, said", WRONG)
def test_what_is_wrong_with_a_target_is_told_with_its_place(tmp_path, old, new, place, said):
    text = (ROOT / "scenarios" / "targets.toml").read_text("utf-8")
    assert old in text
    file = tmp_path / "targets.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    problems = [one for one in check(file) if one.place.endswith(place)]
    assert any(one.place.startswith("targets.circle-weekly") and said in str(one) for one in problems), check(file)
    with pytest.raises(InputError):
        targets(file)
