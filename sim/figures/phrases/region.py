"""Phrases of the figure of a verdict's region, and of its line in the figure of the verdict."""

PHRASES: dict[str, tuple[str, str]] = {
    # Title
    "region everywhere": (
        "{word} everywhere: no assumption alone, at either end of its range, and none of {n} random sets of assumptions changes "
        "the word",
        "{word} partout : ni une hypothèse seule, à un bout de sa fourchette, ni aucun de {n} jeux d'hypothèses tirés au "
        "hasard ne change le mot",
    ),
    "region no other": (
        "{word} under {share} of {n} random sets of assumptions, undecided under the others; nothing flips the word",
        "{word} sous {share} de {n} jeux d'hypothèses tirés au hasard, indécis sous les autres ; rien ne renverse le mot",
    ),
    "region share": (
        "{word} under {share} of {n} random sets of assumptions; {flip}",
        "{word} sous {share} de {n} jeux d'hypothèses tirés au hasard ; {flip}",
    ),
    "region flip above": ("“{name}” at {value} or more makes it {word}", "« {name} » à {value} ou plus : {word}"),
    "region flip below": ("“{name}” at {value} or less makes it {word}", "« {name} » à {value} ou moins : {word}"),
    "region no flip": ("no assumption alone flips it", "aucune hypothèse seule ne le renverse"),
    # Paragraphs
    "region how": (
        "The {all} assumptions that act once the platform is there, each over its plausible range; the base is what the study's "
        "files and arms say. A share is no probability: nobody knows how likely a set of assumptions is.",
        "Les {all} hypothèses qui agissent une fois la plateforme là, chacune sur sa fourchette plausible ; au départ, ce que "
        "disent les fichiers et les bras de l'étude. Une part n'est pas une probabilité : nul ne sait à quel point un jeu "
        "d'hypothèses est vraisemblable.",
    ),
    "region refused": ("{n} sets that an arm refuses were left out.", "{n} jeux qu'un bras refuse ont été écartés."),
    # Panels
    "region sample": ("All at random: {n} sets of assumptions", "Toutes au hasard : {n} jeux d'hypothèses"),
    "region part": ("{word} {share}", "{word} {share}"),
    "region interval": (
        "{word}: {share}, 95 % interval {low} to {high}.",
        "{word} : {share}, intervalle à 95 % de {low} à {high}.",
    ),
    "region split": (
        "What tells best where the word holds: “{name}”. Up to {cut} it holds in {below} of {n_below} sets, above in {above} of "
        "{n_above}.",
        "Ce qui dit le mieux où le mot tient : « {name} ». Jusqu'à {cut}, il tient dans {below} de {n_below} jeux, au-delà dans "
        "{above} de {n_above}.",
    ),
    "region split within": (
        "Within the {side} ones, “{name}”: up to {cut} in {below} of {n_below}, above in {above} of {n_above}.",
        "Parmi les jeux {side}, « {name} » : jusqu'à {cut} dans {below} de {n_below}, au-delà dans {above} de {n_above}.",
    ),
    "region below": ("lower", "du bas"),
    "region above": ("upper", "du haut"),
    "region no split": (
        "No assumption alone tells, better than chance would, where the word holds.",
        "Aucune hypothèse seule ne dit, mieux que le hasard, où le mot tient.",
    ),
    "region alone": ("One at a time, all others at the base", "Une à la fois, toutes les autres au départ"),
    "region key base": ("base", "départ"),
    "region key between": ("undecided", "indécis"),
    "region row": ("{old} → {new}: {word}", "{old} → {new} : {word}"),
    "region more flips": ("{n} more flip the word.", "{n} autres renversent le mot."),
    "region more open": (
        "{n} more leave it undecided somewhere in their ranges.",
        "{n} autres le laissent indécis quelque part dans leur fourchette.",
    ),
    "region others": (
        "{n} others: {word} at both ends of their ranges.",
        "{n} autres : {word} aux deux bouts de leur fourchette.",
    ),
    "region all": (
        "All {n}: {word} at both ends of their ranges.",
        "Toutes les {n} : {word} aux deux bouts de leur fourchette.",
    ),
    "region together": (
        "Several at once: the smallest changes found (one range counts as 1)",
        "Plusieurs à la fois : les plus petits changements trouvés (une fourchette compte pour 1)",
    ),
    "region change": ("{word}, {distance} away: {moves}.", "{word}, à {distance} : {moves}."),
    "region move": ("“{name}” {old}\u00a0→\u00a0{new}", "« {name} » {old}\u00a0→\u00a0{new}"),
    "region smaller": ("{n} smaller moves", "{n} écarts plus petits"),
    "region smaller one": ("one smaller move", "un écart plus petit"),
    "region no change": ("None found that gives another definite word.", "Aucun trouvé qui donne un autre mot tranché."),
    "region no change of": (
        "None found that gives another definite word, among {n} more sets where the search looked.",
        "Aucun trouvé qui donne un autre mot tranché, parmi {n} autres jeux où la recherche a regardé.",
    ),
    "region source": (
        "Source: unbirthday {version}, study “{study}”. {simulated} sets of assumptions, each lived by {seeds} of {people} "
        "people; means over the 365 days before the end of {years}, words from 95 % intervals over societies, shares with "
        "Wilson's. “Smallest found”: there may be smaller ones.",
        "Source : unbirthday {version}, étude « {study} ». {simulated} jeux d'hypothèses, chacun vécu par {seeds} de {people} "
        "personnes ; moyennes des 365 jours avant la fin de {years}, mots selon les intervalles à 95 % sur les sociétés, parts "
        "avec l'intervalle de Wilson. « Trouvés » : il peut y en avoir de plus petits.",
    ),
    # In the figure of the verdict
    "region line": (
        "holds in {share} [{low}–{high}] of {n} sets of assumptions drawn over their ranges ({seeds} of {people} people each)",
        "tient dans {share} [{low}–{high}] de {n} jeux d'hypothèses tirés dans leurs fourchettes ({seeds} de {people} personnes "
        "chacun)",
    ),
    "region line flip": (
        "nearest flip: “{name}” {old} → {new} makes it {word}",
        "renversement le plus proche : « {name} » {old} → {new} ({word})",
    ),
    "region line none": ("no assumption alone flips it", "aucune hypothèse seule ne le renverse"),
    "region line other": ("at the base, so few societies: {word}", "au départ, avec si peu de sociétés : {word}"),
}
