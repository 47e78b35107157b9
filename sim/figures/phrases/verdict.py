"""Phrases of the figure of the verdict."""

PHRASES: dict[str, tuple[str, str]] = {
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
    "S_old": ("support from old ties", "soutien des liens anciens"),
    "value lost": ("lost", "en baisse"),
    "value same": ("same", "sans changement"),
    "value gained": ("gained", "en hausse"),
    "value below": ("below", "en place"),
    "value moved": ("moved", "déplacés"),
    "leg value": ("{leg} {value}", "{leg} {value}"),
    "leg and": (" and ", " et "),
    # The codes of sim.study.judging.reasons
    "reason legs": ("{legs}", "{legs}"),
    "reason stood": ("what stood: {legs}", "ce qui a tenu : {legs}"),
    "reason within": ("nothing beyond its margin", "rien au-delà de sa marge"),
    "reason although": ("although real-life hours fell", "bien que les heures partagées baissent"),
    "reason replaced": ("replaced: {legs}", "remplacement : {legs}"),
    "reason unsettled": ("open, without changing the word: {legs}", "en suspens, sans changer le mot : {legs}"),
    "reason open": ("open: {legs}", "en suspens : {legs}"),
    "reason possible": ("still possible: {words}", "restent possibles : {words}"),
    "reason one_seed": ("one seed has both arms: no interval", "une seule société : pas d'intervalle"),
    "reason no_seed": ("no seed has both arms: no interval", "aucune société n'a les deux bras"),
    "reason no_word_by": (
        "not measured or on a margin: not decided by {n} seeds",
        "non mesuré, ou sur une marge : non tranché avec {n} sociétés",
    ),
    "reason two_societies": (
        "two different societies: each one's own platform effect has a word",
        "deux sociétés différentes : l'effet propre à chacune a son verdict",
    ),
    "change axis": ("change, % of the control", "écart, % du témoin"),
    "shift axis": ("distance beyond\nthe placebo", "distance au-delà\ndu placebo"),
    "stricter": (
        "Words of contrasts that are not primary use stricter (Bonferroni) intervals than those drawn.",
        "Les verdicts des contrastes secondaires suivent des intervalles plus stricts (Bonferroni) que ceux tracés.",
    ),
}
