"""Phrases of the figure of the society."""

PHRASES: dict[str, tuple[str, str]] = {
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
}
