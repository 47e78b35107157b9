"""What figures say, in English and French: one module a figure, and what several share."""

from itertools import chain

from sim.figures.phrases import (
    birthdays,
    common,
    displacement,
    greetings,
    letters,
    precision,
    region,
    sensitivity,
    society,
    telling,
    tie,
    verdict,
    why,
)

PHRASES: dict[str, tuple[str, str]] = {}  # key -> (English, French); {names} are filled in
_MODULES = (
    common, society, verdict, greetings, birthdays, telling, letters, displacement, sensitivity, precision, tie,
    why, region,
)  # fmt: skip
for _key, _said in chain.from_iterable(module.PHRASES.items() for module in _MODULES):
    if _key in PHRASES:
        raise KeyError(f"'{_key}' is said twice")
    PHRASES[_key] = _said
