"""Keys of scenario files that have a new name, and keys that are gone.

A file with an old name is read, with a note that says the new one. A key that is gone is refused with what to write instead.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

from sim.errors import Note, Problem

RENAMED: Mapping[str, str] = {
    "platform.links.closeness": "link_slope",
    "society.people.comments_spread": "written_spread",
}
"""Full dotted name of an old key -> its new name, in the same section; `*` stands for a profile. To rename a key, add a line."""

GONE: Mapping[str, str] = {
    "platform.feed.ephemeral": "feed.passing, the share of all posts that pass, or passing_part of the profile",
    "platform.comments.rate": "written.rate, which says how much is written, and private of the profile, which divides it",
    "platform.comments.budget": "nothing: how much is written no longer depends on what one reads",
    "platform.messages.usual_private": "nothing: private of the profile divides what is written, and does not raise it",
    "platform.content": "[content] of the society, with content_effects = \"differ\"",
}
"""Full dotted name of a key or section that is gone -> what to write instead."""


def instead(name: str) -> str | None:
    """What to write instead of a key that is gone, by its dotted name; leading parts may be left out. None for any other name."""
    parts = name.split(".")
    sections = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((remedy for part in sections for old, remedy in GONE.items() if part == old or old.endswith("." + part)), None)


def new_name(name: str) -> str | None:
    """The new form of an old dotted name, whose leading parts may be left out; None for a name that is not old."""
    for old, key in RENAMED.items():
        if _is_of(name, old):
            return _with_last(name, key)
    return None


def first_name(full: str) -> str:
    """The oldest form of a full dotted name. Digests use it, so that a new name changes none of them."""
    for old, key in RENAMED.items():
        if _is_of(full, _with_last(old, key)):
            return _with_last(full, old.rsplit(".", 1)[-1])
    return full


def keys_of(sort: str) -> Iterator[tuple[list[str], str, str]]:
    """(tables that hold the key, old key, new key) of every renamed key in a sort of file, such as "platform"."""
    for old, key in RENAMED.items():
        root, *section, last = (part for part in old.split(".") if part != "*")
        if root == sort:
            yield section, last, key


def note(file: str, place: str, old: str, new: str) -> None:
    """Warn of an old name, with a Note."""
    text = Problem(file, place, f"'{old}' has a new name and is read as '{new}'; please write '{new}'", "")
    warnings.warn(str(text), Note, stacklevel=2)


def _is_of(name: str, pattern: str) -> bool:
    """Whether the last parts of a pattern are those of the name; `*` is any part."""
    parts, wanted = name.split("."), pattern.split(".")
    return len(parts) <= len(wanted) and all(
        ours in ("*", theirs) for theirs, ours in zip(parts, wanted[len(wanted) - len(parts) :])
    )


def _with_last(name: str, key: str) -> str:
    return ".".join([*name.split(".")[:-1], key])
