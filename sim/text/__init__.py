"""What the program says to readers, one catalogue a language: en.ftl, fr.ftl. A text has a key, the same in every language."""

from pathlib import Path

LANGUAGES = tuple(sorted(file.stem for file in Path(__file__).parent.glob("*.ftl")))
