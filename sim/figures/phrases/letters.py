"""Phrases of the figure of letters and calls."""

PHRASES: dict[str, tuple[str, str]] = {
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
}
