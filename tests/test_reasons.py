"""Why a verdict has its word: codes in verdict.csv, from which the sentence in it and those of figures are made."""

import hashlib
import re
from itertools import product

import pytest

from sim.figures import sentences
from sim.figures.words import Words, typeset
from sim.study.judging import reasons, verdict
from sim.study.judging.legs import LEGS, OLD
from sim.study.judging.reasons import Reason

CHOICES = [(*leg.values, "open") for leg in (*LEGS, OLD)]
BESIDE = (*map(Reason, ("one_seed", "no_seed", "joining", "two_societies", "two_groups", "same_run")),
          Reason("no_word_by", ("10000",)), Reason("village", ("2000",)))  # not of the legs
ENGLISH = re.compile(r"\b(support|core|hours|ties|lost|gained|same|moved|below|open|and|seeds?|word|thinned|weakened)\b")


@pytest.fixture(scope="module")
def every():
    """The verdict of every combination of legs, open ones too."""
    names = [leg.name for leg in (*LEGS, OLD)]
    return [verdict.word(dict(zip(names, values))) for values in product(*CHOICES)]


def test_codes_say_as_much_as_the_sentence_and_are_read_back_as_written(every):
    texts, said = {}, hashlib.sha256()
    for judged in every:
        text = reasons.text(judged.reasons)
        assert tuple(reasons.parsed(text)) == judged.reasons
        assert texts.setdefault(judged.why, text) == text
        said.update(f"{judged.word}: {judged.why}\n".encode())
    assert len(set(texts.values())) == len(texts) == 726
    assert said.hexdigest()[:16] == "8f977ba4dfa19635"  # of what verdict.csv says, word for word

    assert texts["support lost; what stood: core support same"] == "support=lost; stood: core=same"
    assert texts["open: real-life hours; still possible: thinned, weakened"] == "open: real; possible: thinned weakened"
    assert texts["support same; nothing beyond its margin"] == (
        "support=same; within: core=same real=same strong=same partners=below carriers=below"
    )


def test_figures_say_them_in_both_languages(every):
    """English as in verdict.csv; French without a word of it."""
    en, fr = Words("en"), Words("fr")
    of_verdicts = {judged.reasons for judged in every} | {(reason,) for reason in BESIDE}
    assert {reason.code for some in of_verdicts for reason in some} == set(reasons.CODES)
    for some in of_verdicts:
        text = reasons.text(some)
        assert sentences.why(en, text) == typeset(reasons.english(some), "en")
        assert not ENGLISH.search(sentences.why(fr, text)), text
    assert sentences.why(fr, "support=lost; stood: core=same real=gained") == (
        "soutien en baisse\u202f; ce qui a tenu\u00a0: soutien du noyau sans changement et heures ensemble en hausse"
    )
    assert sentences.why(fr, "open: partners; possible: inert transformed; no_word_by: 10000") == (
        "en suspens\u00a0: partenaires\u202f; restent possibles\u00a0: sans effet, transformation\u202f; "
        "non mesuré, ou sur une marge\u00a0: non tranché avec 10000 sociétés"
    )
