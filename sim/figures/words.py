"""What the figures say, in English and French, side by side; numbers and typography of each language."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

LANGUAGES = ("en", "fr")
MOST_NAMED = 4  # points of a design that a title can name

PHRASES: dict[str, tuple[str, str]] = {
    # Circles, channels, arms
    "support": ("closest\n5", "les 5 plus\nproches"),
    "sympathy": ("next\n10", "10\nsuivants"),
    "affinity": ("next\n35", "35\nsuivants"),
    "rest": ("beyond\nthe 50", "au-delà\ndes 50"),
    "new": ("met\nsince", "rencontrés\ndepuis"),
    "online": ("online\nonly", "en ligne\nseulement"),
    "visit": ("visits", "visites"),
    "call": ("calls", "appels"),
    "letter": ("letters", "lettres"),
    "card": ("cards", "cartes"),
    "chance": ("chance\nmeetings", "rencontres\nde hasard"),
    "arm none": ("no platform", "pas de plateforme"),
    "arm off": ("no prompts", "pas de rappels"),
    "arm public": ("public prompts", "rappels publics"),
    "arm private": ("private prompts", "rappels privés"),
    "arm named": ("“{arm}”", "« {arm} »"),
    "platform with": ("a platform with {arm}", "une plateforme avec {arm}"),
    "against": ("{arm} against {control}", "{arm} contre {control}"),
    # Points of the design
    "point prompts.slope": ("slope {value}", "pente {value}"),
    "point substitution": ("substitution {value}", "substitution {value}"),
    "point other": ("{name} {value}", "{name} {value}"),
    "semicolon": ("; ", " ; "),
    "and": ("{first} and {last}", "{first} et {last}"),
    "year": ("year {n}", "l'an {n}"),
    "day": ("day {n}", "l'horizon de {n} jours"),
    # Verdicts
    "word thinned": ("thinned", "appauvrissement"),
    "word weakened": ("weakened", "affaiblissement"),
    "word hollowed": ("hollowed", "évidement"),
    "word transformed": ("transformed", "transformation"),
    "word enriched": ("enriched", "enrichissement"),
    "word inert": ("inert", "sans effet"),
    "word undecided": ("undecided", "indécis"),
    "word not applicable": ("no word: two societies", "sans verdict : deux sociétés"),
    "ties thinned": (
        "the ties thin out: support, core and real-life hours all fall",
        "les liens s'appauvrissent : soutien, noyau et heures partagées baissent ensemble",
    ),
    "ties weakened": ("the ties weaken, though not in every way", "les liens s'affaiblissent, sans tout céder"),
    "ties hollowed": ("support holds, but the core of the ties gives way", "le soutien tient, mais le cœur des liens cède"),
    "ties transformed": (
        "the ties change without losing support",
        "les liens se transforment sans perdre de soutien",
    ),
    "ties enriched": ("the ties grow richer", "les liens s'enrichissent"),
    "ties inert": (
        "the ties stay within {margin} of what they were",
        "les liens restent à moins de {margin} de ce qu'ils étaient",
    ),
    "ties undecided": (
        "whether the ties suffer stays open after {seeds}",
        "l'effet sur les liens reste indécis après {seeds}",
    ),
    "ties not applicable": ("two societies side by side, without a verdict", "deux sociétés côte à côte, sans verdict"),
    "ties mixed": (
        "what becomes of the ties depends on the assumptions: {words}",
        "le sort des liens dépend des hypothèses : {words}",
    ),
    "word at": ("{word} at {points}", "{word} ({points})"),
    "word under": ("{word} under {n} of {all}", "{word} sous {n} sur {all}"),
    "verdict": ("Verdict for {year}: {word}", "Verdict pour {year} : {word}"),
    "verdict everywhere": (
        "Verdict for {year}, under all {all} assumptions tried: {word}",
        "Verdict pour {year}, sous les {all} hypothèses essayées : {word}",
    ),
    "everywhere": ("the same word under all {all} assumptions", "le même mot sous les {all} hypothèses"),
    "same word": ("the same word under {same} of {all} assumptions", "le même mot sous {same} hypothèses sur {all}"),
    "margin": ("margin {margin}", "marge {margin}"),
    "tipping": ("the word changes at a margin of {tipping}", "le mot change à une marge de {tipping}"),
    "no tipping": ("no margin changes the word", "aucune marge ne change le mot"),
    "floor": ("noise floor {floor} of support", "bruit de fond {floor} du soutien"),
    "needed": ("about {seeds} would decide", "il faudrait environ {seeds} pour trancher"),
    "tipping undecided": ("a margin of {tipping} would give a word", "une marge de {tipping} permettrait un verdict"),
    "one more": ("one society alone decides nothing", "une seule société ne tranche rien"),
    "never": ("no foreseeable number of societies would decide", "aucun nombre prévisible de sociétés ne trancherait"),
    "primary": ("primary", "principal"),
    # Greetings
    "public title": (
        "With prompts, each birthday brings {greetings} public greetings, {share} of them from outside the closest "
        "fifteen; {ties}",
        "Avec les rappels, chaque anniversaire apporte {greetings} vœux publics, dont {share} hors des quinze plus "
        "proches ; {ties}",
    ),
    "private title": (
        "With private prompts, each birthday brings {greetings} messages, {share} of them from outside the closest "
        "fifteen; {ties}",
        "Avec des rappels privés, chaque anniversaire apporte {greetings} messages, dont {share} hors des quinze plus "
        "proches ; {ties}",
    ),
    "who": (
        "Who greets because of a prompt, and from which circle",
        "Qui souhaite l'anniversaire sur rappel, et depuis quel cercle",
    ),
    "a year": ("per person\nand year", "par personne\net par an"),
    "inner share": ("from the\nclosest 15", "venant des 15\nplus proches"),
    "prompted axis": ("prompted greetings received per person and year", "vœux reçus sur rappel, par personne et par an"),
    "season contacts": (
        "Real-life contacts after a birthday (its own greetings apart), prompts against none{at}",
        "Contacts réels après un anniversaire (hors vœux), avec rappels contre sans{at}",
    ),
    "season closeness": (
        "Closeness felt in the same months, prompts against none{at}",
        "Proximité ressentie ces mêmes mois, avec rappels contre sans{at}",
    ),
    "month axis": ("months since the birthday", "mois depuis l'anniversaire"),
    "percent axis": ("change, %", "écart, %"),
    "replaced": (
        "Do prompts replace the greetings of those who remember?{at}",
        "Les rappels remplacent-ils les vœux de qui se souvient ?{at}",
    ),
    "replaced fewer": (
        "Without prompts {before} people remember a birthday by card, call or visit. For every hundred {greetings}, {n} "
        "fewer do.",
        "Sans rappels, {before} personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent "
        "{greetings}, {n} de moins.",
    ),
    "replaced more": (
        "Without prompts {before} people remember a birthday by card, call or visit. For every hundred {greetings}, {n} "
        "more do.",
        "Sans rappels, {before} personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent "
        "{greetings}, {n} de plus.",
    ),
    "replaced open": (
        "Without prompts {before} people remember a birthday by card, call or visit; no clear change: {n} for every hundred "
        "{greetings}.",
        "Sans rappels, {before} personnes se souviennent d'un anniversaire par carte, appel ou visite ; pas d'écart net : "
        "{n} pour cent {greetings}.",
    ),
    "greetings public": ("public greetings", "vœux publics"),
    "greetings private": ("prompted messages", "messages sur rappel"),
    "from inner": ("from the closest fifteen", "de la part des quinze plus proches"),
    "from outer": ("from everybody else", "de la part de tous les autres"),
    "difference axis": (
        "difference from no prompts, received per person and year",
        "écart avec « pas de rappels », reçus par personne et par an",
    ),
    "at": (" ({point})", " ({point})"),
    # Letters
    "letters title": (
        "With {wall}, letters and calls change {letters} as being in touch replaces more of them; the support between people "
        "who used to write, {support}",
        "Avec {wall}, lettres et appels varient {letters} à mesure qu'être en contact en tient lieu ; le soutien entre ceux "
        "qui s'écrivaient, {support}",
    ),
    "letters title at": (
        "With {wall}, letters and calls change {letters} ({at}); the support between people who used to write, {support}",
        "Avec {wall}, lettres et appels varient {letters} ({at}) ; le soutien entre ceux qui s'écrivaient, {support}",
    ),
    "free wall": ("a wall that takes no time", "un mur qui ne prend pas de temps"),
    "a wall": ("a wall", "un mur"),
    "from to": ("from {first} to {last}", "de {first} à {last}"),
    "by": ("by {change}", "de {change}"),
    "letters channels": (
        "What reaches a person in a year, in real life (above) and on the wall (below)",
        "Ce que reçoit une personne en un an, dans la vie réelle (en haut) et sur le mur (en bas)",
    ),
    "words visit": ("visits", "visites"),
    "words call": ("calls", "appels"),
    "words letter": ("letters", "lettres"),
    "words card": ("cards", "cartes"),
    "words message": ("messages", "messages"),
    "words comment": ("comments", "commentaires"),
    "words group": ("group exchanges", "échanges de groupe"),
    "words greeting": ("birthday wishes", "vœux d'anniversaire"),
    "column none": ("no\nplatform", "pas de\nplateforme"),
    "column point": ("substitution\n{value}", "substitution\n{value}"),
    "letters axis": ("received per person and year (logarithmic)", "reçus par personne et par an (échelle log.)"),
    "letters effort": ("Time put into words", "Temps mis dans les mots"),
    "letters ties": ("Letters and calls, support of the ties", "Lettres et appels, soutien des liens"),
    "letters number": ("{n} ({change})", "{n} ({change})"),
    "effort_real": ("letters, cards and calls", "lettres, cartes et appels"),
    "effort_online": ("words on the wall", "mots sur le mur"),
    "effort axis": ("minutes a day", "minutes par jour"),
    "letters and calls": ("letters and calls", "lettres et appels"),
    "support of pairs": ("support between people who wrote", "soutien entre ceux qui s'écrivaient"),
    "core of fifteen": ("core support (closest fifteen)", "soutien du noyau (quinze plus proches)"),
    "verdict head": ("verdict", "verdict"),
    "free platform": ("a platform that takes no time", "une plateforme qui ne prend pas de temps"),
    "explain substitution": (
        "Substitution: how far being in touch replaces the wish to meet, call or write (0: not at all, 1: wholly).",
        "Substitution : à quel point être en contact remplace l'envie de se voir, d'appeler ou d'écrire (0 : en rien, "
        "1 : tout à fait).",
    ),
    "narrow": (
        "Where no line is seen, the interval is narrower than its mark.",
        "Là où aucun trait ne se voit, l'intervalle est plus étroit que sa marque.",
    ),
    "letters counting": (
        "A visit or a call counts for both people; people who wrote: pairs that exchanged a letter in the year before the wall. "
        "Grey: within the margin of support. Being in touch replaces visits, calls and letters alike.",
        "Visites et appels comptent pour les deux ; ceux qui s'écrivaient : les paires ayant échangé une lettre l'année "
        "d'avant le mur. En gris : en deçà de la marge du soutien. Être en contact remplace visites, appels et lettres "
        "dans la même mesure.",
    ),
    # Society
    "society title": (
        "the outer circle lives from occasions: cards and chance meetings make {outer} of what comes "
        "from beyond the closest fifty, {inner} of what comes from the closest five",
        "le cercle extérieur vit d'occasions : cartes et rencontres de hasard font {outer} de ce "
        "qui vient d'au-delà des cinquante plus proches, {inner} de ce qui vient des cinq plus proches",
    ),
    "society even": (
        "cards and chance meetings make {outer} of what comes from beyond the closest fifty and "
        "{inner} of what comes from the closest five",
        "cartes et rencontres de hasard font {outer} de ce qui vient d'au-delà des cinquante plus "
        "proches et {inner} de ce qui vient des cinq plus proches",
    ),
    "society before": ("Before any platform, ", "Avant toute plateforme, "),
    "society with": ("With the platform, ", "Avec la plateforme, "),
    "circles": (
        "Circles of contact: {inside} of {all} inside the published bands (grey)",
        "Cercles de contact : {inside} sur {all} dans les fourchettes publiées (en gris)",
    ),
    "contacted_weekly": ("weekly", "chaque semaine"),
    "contacted_monthly": ("monthly", "chaque mois"),
    "contacted_half-yearly": ("every half-year", "chaque semestre"),
    "contacted_yearly": ("yearly", "chaque année"),
    "people axis": (
        "people contacted at least so often\n(logarithmic)",
        "personnes contactées au moins\naussi souvent (échelle log.)",
    ),
    "signature": ("Support (●) and time (◇) by rank", "Soutien (●) et temps (◇) par rang"),
    "rank": ("ranks {ranks}", "rangs {ranks}"),
    "rank rest": ("beyond 50", "au-delà de 50"),
    "share axis": ("% of a person's total", "% du total d'une personne"),
    "mix": ("How contacts arrive, by circle", "Comment arrivent les contacts, selon le cercle"),
    "per tie": ("received\na year", "reçus\npar an"),
    "mix axis": ("% of what is received from the circle", "% de ce qui est reçu du cercle"),
    # Verdict
    "verdict title": ("{contrast}: {ties}", "{contrast} : {ties}"),
    "legend": (
        "Thick and thin lines: 90 and 95 % intervals. Shaded: within the margin. Grey bar: noise floor (placebo).",
        "Traits épais et fins : intervalles à 90 et 95 %. Zone claire : en deçà de la marge. Barre grise : bruit de fond "
        "(placebo).",
    ),
    "legend points": (
        "Large marks: {point}; small dots: the other assumptions.",
        "Grandes marques : {point} ; petits points : les autres hypothèses.",
    ),
    "S_all": ("support", "soutien"),
    "core": ("core support", "soutien du noyau"),
    "strong": ("strong ties", "liens forts"),
    "real_hours": ("real-life hours", "heures partagées"),
    "partners": ("partners", "partenaires"),
    "carriers": ("carriers", "canaux"),
    "change axis": ("change, % of the control", "écart, % du témoin"),
    "shift axis": ("distance beyond\nthe placebo", "distance au-delà\ndu placebo"),
    "stricter": (
        "Words of contrasts that are not primary use stricter (Bonferroni) intervals than those drawn.",
        "Les verdicts des contrastes secondaires suivent des intervalles plus stricts (Bonferroni) que ceux tracés.",
    ),
    # Source line
    "source": (
        "Source: unbirthday {version}, study “{study}”. {seeds} of {people} people (one per seed); means over the 365 days "
        "before the end of {years}, 95 % intervals over societies.",
        "Source : unbirthday {version}, étude « {study} ». {seeds} de {people} personnes (une par graine) ; moyennes des "
        "365 jours avant la fin de {years}, intervalles à 95 % sur les sociétés.",
    ),
    "source one": (
        "Source: unbirthday {version}, study “{study}”. {seeds} of {people} people: one alone gives no interval; means over "
        "the 365 days before the end of {years}.",
        "Source : unbirthday {version}, étude « {study} ». {seeds} de {people} personnes : une seule ne donne pas "
        "d'intervalle ; moyennes des 365 jours avant la fin de {years}.",
    ),
    "margins": ("Margins, set beforehand: {margins}.", "Marges fixées d'avance : {margins}."),
    "margin support": ("support", "soutien"),
    "margin core": ("core", "noyau"),
    "margin real": ("real hours", "heures"),
    "margin strong": ("strong ties", "liens forts"),
    "margin partners": ("partners", "partenaires"),
    "margin carriers": ("carriers", "canaux"),
    "assumed": (
        "{share} of the {all} driving parameters are only assumed.",
        "{share} des {all} paramètres déterminants sont seulement supposés.",
    ),
    "explain prompts.slope": (
        "Slope: how much closeness, rather than the prompt alone (0), decides who follows a prompt.",
        "Pente : à quel point la proximité, plutôt que le seul rappel (0), décide qui suit le rappel.",
    ),
    "given": ("Given this graph: {graph}.", "À graphe donné : {graph}."),
    "subset": ("{shown} of {all} assumptions are shown.", "{shown} hypothèses montrées sur {all}."),
    "society": ("{n} simulated society", "{n} société simulée"),
    "societies": ("{n} simulated societies", "{n} sociétés simulées"),
    "bands": (
        "Bands: Zhou et al. 2005 (circles), Dunbar's time budgets (time).",
        "Fourchettes : Zhou et al. 2005 (cercles), budgets de temps de Dunbar (temps).",
    ),
    "counting": (
        "A visit, a call or a chance meeting counts for both people, a letter or a card for the one who gets it.",
        "Visite, appel et rencontre comptent pour les deux, lettre et carte pour qui les reçoit.",
    ),
}

# The reasons in verdict.csv are written in English; these are their parts, longest first when replaced.
_WHY = {
    "without changing the word": "sans changer le mot",
    "still possible": "restent possibles",
    "what stood": "ce qui a tenu",
    "nothing beyond its margin": "rien au-delà de sa marge",
    "although real-life hours fell": "bien que les heures partagées baissent",
    "replaced": "remplacement",
    "not measured or on a margin": "non mesuré, ou sur une marge",
    "not decided by": "non tranché avec",
    "one seed has both arms: no interval": "une seule société : pas d'intervalle",
    "no seed has both arms: no interval": "aucune société n'a les deux bras",
    "two different societies": "deux sociétés différentes",
    "each one's own platform effect has a word": "l'effet propre à chacune a son verdict",
    "support from old ties": "soutien des liens anciens",
    "core support": "soutien du noyau",
    "real-life hours": "heures partagées",
    "strong ties": "liens forts",
    "support": "soutien",
    "partners": "partenaires",
    "carriers": "canaux",
    "seeds": "sociétés",
    "lost": "en baisse",
    "gained": "en hausse",
    "same": "sans changement",
    "moved": "déplacés",
    "below": "en place",
    "open": "en suspens",
    "and": "et",
    **{word: PHRASES[f"word {word}"][1] for word in ("thinned", "weakened", "hollowed", "transformed", "enriched", "inert")},
}
_WHY_PART = re.compile("|".join(rf"\b{re.escape(part)}\b" for part in sorted(_WHY, key=len, reverse=True)))

_NARROW, _FIXED = "\u202f", "\u00a0"


def typeset(text: str, lang: str) -> str:
    """The spaces, quotes and apostrophes that a printer of this language would set."""
    text = text.replace("'", "’").replace("...", "…")
    if lang == "en":
        return re.sub(r"(?<=\d) %", "%", text)
    text = re.sub(r"[ \u00a0\u202f]+([;?!%])", rf"{_NARROW}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:", rf"{_FIXED}:", text)
    return re.sub(r"[ \u00a0\u202f]+»", f"{_FIXED}»", re.sub(r"«[ \u00a0\u202f]+", f"«{_FIXED}", text))


def places(value: float, digits: int) -> int:
    """Decimals that show so many significant digits, four at most."""
    size = abs(value)
    return max(0, min(digits - 1 - math.floor(math.log10(size)), 4)) if size and math.isfinite(size) else 0


class Words:
    """Phrases and numbers of one language."""

    def __init__(self, lang: str):
        self.lang = lang
        self.column = LANGUAGES.index(lang)

    def __call__(self, key: str, **values: Any) -> str:
        return typeset(PHRASES[key][self.column].format(**values), self.lang)

    def flat(self, key: str) -> str:
        """A label of two lines as one."""
        return self(key).replace("\n", " ")

    def sentence(self, *parts: str) -> str:
        """Parts with a capital at the start."""
        text = typeset("".join(parts), self.lang)
        return text[:1].upper() + text[1:]

    # Numbers

    def number(self, value: float, digits: int = 2, signed: bool = False) -> str:
        """A number with so many significant digits at least; whole parts are never cut."""
        if not math.isfinite(value):
            return "–"
        text = self.fixed(abs(value), places(value, digits))
        sign = "" if text == "0" else "−" if value < 0 else "+" if signed else ""
        return sign + text

    def fixed(self, size: float, decimals: int) -> str:
        """A size with so many decimals, fewer where they say nothing."""
        shorter = next(k for k in range(decimals + 1) if k == decimals or math.isclose(round(size, k), size, rel_tol=1e-9))
        body = f"{size:,.{shorter}f}"
        if not float(body.replace(",", "")):
            return "0"
        return body.replace(",", _NARROW).replace(".", ",") if self.lang == "fr" else body

    def percent(self, share: float, digits: int = 2, signed: bool = False) -> str:
        return typeset(self.number(100 * share, digits, signed) + " %", self.lang)

    def ticks(self, value: float, _place: float | None = None) -> str:
        """A tick label."""
        text = f"{value:.6g}".replace("-", "−")
        return text.replace(".", ",") if self.lang == "fr" else text

    def plus_minus(self, mean: float, half: float, unit: str = "") -> str:
        """A mean and half the width of its interval, with the same decimals."""
        decimals = places(mean, 2)
        if math.isfinite(half) and half and round(half, decimals) == 0:
            decimals += 1
        text = self.fixed(abs(mean), decimals) if math.isfinite(mean) else "–"
        if math.isfinite(half):
            text += f" ± {self.fixed(half, decimals)}"
        return typeset(("−" if mean < 0 else "") + text + unit, self.lang).replace(" ", _FIXED)

    def listed(self, items: Iterable[str]) -> str:
        *first, last = items
        return self("and", first=", ".join(first), last=last) if first else last

    # Names

    def societies(self, n: int) -> str:
        return self("society" if n == 1 else "societies", n=self.number(n))

    def horizon(self, day: int) -> str:
        whole = day % 365 == 0
        return self("year" if whole else "day", n=self.number(day // 365 if whole else day))

    def point(self, point: dict[str, Any]) -> str:
        """The varied values of a point; nothing if nothing varies."""
        parts = []
        for name, value in point.items():
            if name != "point":
                text = self.ticks(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
                key = f"point {name}"
                parts.append(self(key if key in PHRASES else "point other", name=name, value=text))
        return ", ".join(parts).replace(" ", _FIXED)

    def at(self, point: dict[str, Any]) -> str:
        """The point in brackets, for the end of a panel's title."""
        return self("at", point=self.point(point)) if self.point(point) else ""

    def arm(self, name: str, kind: str, alone: bool) -> str:
        """An arm by what it is, or by its name where several are of a kind."""
        return self(f"arm {kind}") if alone else self("arm named", arm=name)

    def why(self, reason: str) -> str:
        if self.lang == "fr":
            reason = _WHY_PART.sub(lambda found: _WHY[found[0]], reason).replace(": ", " : ").replace("; ", " ; ")
        return typeset(reason, self.lang)

    def ties(self, words: Sequence[tuple[dict[str, Any], str]], margin: float, seeds: int) -> str:
        """What becomes of the ties, over all points: one sentence."""
        different = dict.fromkeys(word for _, word in words)
        if len(different) == 1:
            return self(f"ties {words[0][1]}", margin=self.percent(margin), seeds=self.societies(seeds))
        listed = []
        for word in different:
            points = [self.point(point) for point, found in words if found == word]
            if len(words) <= MOST_NAMED:
                listed.append(self("word at", word=self(f"word {word}"), points=self.listed(points)))
            else:
                listed.append(self("word under", word=self(f"word {word}"), n=len(points), all=len(words)))
        return self("ties mixed", words=", ".join(listed))
