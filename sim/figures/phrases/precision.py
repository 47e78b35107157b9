"""Phrases of the figure of precision."""

PHRASES: dict[str, tuple[str, str]] = {
    "precision title": (
        "The same people and luck in both arms are worth {factors}",
        "Les mêmes personnes et le même hasard dans les deux bras valent {factors}",
    ),
    "precision times": (
        "{factor} times as many societies for {leg}",
        "{factor} fois plus de sociétés pour {leg}",
    ),
    "precision further": ("{factor} times for {leg}", "{factor} fois pour {leg}"),
    "precision not": (
        "Nothing shows that the same people and luck in both arms save societies: {factors}",
        "Rien ne montre que les mêmes personnes et le même hasard dans les deux bras épargnent des sociétés : {factors}",
    ),
    "precision still": (
        "For {leg} the arms differ alike in all societies: one pair says as much as any number",
        "Pour {leg}, l'écart entre les bras est le même dans toutes les sociétés : une paire en dit autant que cent",
    ),
    "precision leg S_all": ("support", "le soutien"),
    "precision leg core": ("core support", "le soutien du noyau"),
    "precision leg real_hours": ("real-life hours", "les heures partagées"),
    "precision leg strong": ("strong ties", "les liens forts"),
    "precision head": (
        "{contrast}, {year}{point}. {leg}: {seeds} tell the change to within {half} of the control; with other people and "
        "other luck in each arm they would to within {apart}.",
        "{contrast}, {year}{point}. {leg} : {seeds} donnent l'écart à {half} du témoin près ; avec d'autres personnes et un "
        "autre hasard dans chaque bras, elles le donneraient à {apart} près.",
    ),
    "precision points": (
        "Over all {all} assumptions the factor is {least} to {most}.",
        "Sur l'ensemble des {all} hypothèses, le facteur va de {least} à {most}.",
    ),
    "precision together": ("same societies in both arms (———)", "mêmes sociétés dans les deux bras (———)"),
    "precision apart": ("different societies in each arm (– – –)", "sociétés différentes dans chaque bras (– – –)"),
    "precision factor": ("factor {factor} [{low}, {high}]", "facteur {factor} [{low} ; {high}]"),
    "precision factor alone": ("factor {factor}", "facteur {factor}"),
    "precision same": ("in pairs nothing varies", "en paires, rien ne varie"),
    "precision across": ("societies in each arm", "sociétés par bras"),
    "precision up": ("half-width, % of the control", "demi-largeur, % du témoin"),
    "precision margin": ("margin {margin}", "marge {margin}"),
    "precision study": ("this study: {n}", "cette étude : {n}"),
    "precision wanted": (
        "± {within} takes {together}; if different, {apart} in each arm",
        "± {within} en demande {together} ; sinon, {apart} par bras",
    ),
    "precision between": ("{n} [{low}, {high}]", "{n} [{low} ; {high}]"),
    "precision never": ("over 10⁹", "plus de 10⁹"),
    "precision reading": (
        "Factor: the variance of the change if arm and control lived different societies, over the one found in the same. "
        "Half-width: of its 95 % interval. Bands and brackets: 95 % intervals, as few societies know their spread badly.",
        "Facteur : la variance de l'écart si bras et témoin vivaient dans des sociétés différentes, rapportée à celle trouvée "
        "dans les mêmes. Demi-largeur : de son intervalle à 95 %. Bandes et crochets : intervalles à 95 %, car peu de sociétés "
        "font mal connaître leur dispersion.",
    ),
}
