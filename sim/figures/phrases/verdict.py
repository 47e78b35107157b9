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
    "change axis": ("change, % of the control", "écart, % du témoin"),
    "shift axis": ("distance beyond\nthe placebo", "distance au-delà\ndu placebo"),
    "stricter": (
        "Words of contrasts that are not primary use stricter (Bonferroni) intervals than those drawn.",
        "Les verdicts des contrastes secondaires suivent des intervalles plus stricts (Bonferroni) que ceux tracés.",
    ),
}
