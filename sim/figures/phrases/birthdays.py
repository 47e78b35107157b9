"""Phrases of the figure of two birthdays."""

PHRASES: dict[str, tuple[str, str]] = {
    "birthdays title": (
        "Show a false date, and {wrong} of {all} birthday wishes a year come on the wrong day ({inner} of those from the "
        "closest fifteen); a “happy non-birthday” comes {knowing} times",
        "Affichez une fausse date : {wrong} vœux d'anniversaire sur {all} par an tombent le mauvais jour ({inner} de ceux des "
        "quinze plus proches) ; un « joyeux non-anniversaire » arrive {knowing} fois",
    ),
    "wrong day over points": (
        "Share of wishes on the wrong day, over all assumptions tried: from the closest five {five}, from the closest fifteen "
        "{inner}, from beyond the fifty and online {outer}.",
        "Part des vœux du mauvais jour, sous toutes les hypothèses essayées : des cinq plus proches {five}, des quinze plus "
        "proches {inner}, d'au-delà des cinquante et en ligne {outer}.",
    ),
    "wrong day here": (
        "Share of wishes on the wrong day: from the closest five {five}, from the closest fifteen {inner}, from beyond the "
        "fifty and online {outer}.",
        "Part des vœux du mauvais jour : des cinq plus proches {five}, des quinze plus proches {inner}, d'au-delà des "
        "cinquante et en ligne {outer}.",
    ),
    "span": ("{low} to {high}", "{low} à {high}"),
    "wish prompt": ("on a prompt, on the date shown", "sur rappel, à la date affichée"),
    "wish birthday": ("remembered, on the true date", "de mémoire, à la vraie date"),
    "wish nonbirthday": ("“happy non-birthday”, on the false date", "« joyeux non-anniversaire », à la fausse date"),
    "dates false": ("A false date shown ({n} a society)", "Fausse date affichée ({n} par société)"),
    "dates true": ("The true date shown ({n} a society)", "Vraie date affichée ({n} par société)"),
    "share false": ("share on the\nwrong day", "part le\nmauvais jour"),
    "share true": ("share on\na prompt", "part sur\nrappel"),
    "all circles": ("all", "tous"),
    "wishes axis": (
        "wishes received per person and year, by what the other is to the receiver",
        "vœux reçus par personne et par an, selon ce que l'autre est pour qui les reçoit",
    ),
    "wrong day rule": (
        "Assumed, not found: whoever knows the true date does not follow a prompt on another, and how often they then say so.",
        "Supposé, non trouvé : qui sait la vraie date ne suit pas un rappel à une autre, et combien de fois il le dit alors.",
    ),
}
