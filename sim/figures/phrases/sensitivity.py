"""Phrases of the figure of which assumptions carry what happens."""

PHRASES: dict[str, tuple[str, str]] = {
    "sensitivity one": (
        "One of {all} assumptions carries {share} {about}",
        "Une hypothèse sur {all} porte {share} {about}",
    ),
    "sensitivity few": (
        "{n} of {all} assumptions carry {share} {about}",
        "{n} hypothèses sur {all} portent {share} {about}",
    ),
    "sensitivity all": (
        "No few of the {all} assumptions carry most {about}: all of them count",
        "Aucune poignée d'hypothèses ne porte l'essentiel {about} : toutes les {all} comptent",
    ),
    "sensitivity open": (
        "Too few points or societies yet to say which of {all} assumptions carry most {about}",
        "Trop peu de points ou de sociétés encore pour dire lesquelles des {all} hypothèses portent l'essentiel {about}",
    ),
    "sensitivity constant": (
        "Whatever {all} assumptions say, nothing {about} changes",
        "Quoi que disent les {all} hypothèses, rien {about} ne change",
    ),
    "sensitivity beyond": (
        "{n} of {all} assumptions each move {measure} by more than the margin ({margin})",
        "{n} hypothèses sur {all} font chacune bouger {measure} de plus que la marge ({margin})",
    ),
    "sensitivity beyond one": (
        "One of {all} assumptions moves {measure} by more than the margin ({margin})",
        "Une hypothèse sur {all} fait bouger {measure} de plus que la marge ({margin})",
    ),
    "sensitivity sure": (", {n} of them beyond doubt", ", dont {n} sans aucun doute"),
    "sensitivity unsure": (", though not beyond doubt", ", sans certitude encore"),
    "sensitivity most": (
        "Of {all} assumptions, “{name}” moves {measure} most, by {size}",
        "De {all} hypothèses, « {name} » fait le plus bouger {measure}, de {size}",
    ),
    "sensitivity none beyond": ("{said}: none reaches the margin of {margin}", "{said} : aucune n'atteint la marge de {margin}"),
    "sensitivity names": (": {names}", " : {names}"),
    "sensitivity measure": ("“{measure}”", "« {measure} »"),
    "sensitivity S_all": ("support", "le soutien"),
    "sensitivity core": ("core support", "le soutien du noyau"),
    "sensitivity real_hours": ("real-life hours", "les heures partagées"),
    "sensitivity strong": ("strong ties", "les liens forts"),
    "sensitivity partners": ("partners", "les partenaires"),
    "sensitivity carriers": ("carriers", "les canaux"),
    "sensitivity of": ("of “{measure}”", "de « {measure} »"),
    "sensitivity of S_all": ("of what happens to support", "de ce qui arrive au soutien"),
    "sensitivity of core": ("of what happens to core support", "de ce qui arrive au soutien du noyau"),
    "sensitivity of real_hours": ("of what happens to real-life hours", "de ce qui arrive aux heures partagées"),
    "sensitivity of strong": ("of what happens to strong ties", "de ce qui arrive aux liens forts"),
    "sensitivity of partners": ("of how partners change", "du changement de partenaires"),
    "sensitivity of carriers": ("of how carriers change", "du changement de canaux"),
    "sensitivity about": ("{whose}, {year}.", "{whose}, {year}."),
    "sensitivity arm": ("the arm “{arm}” by itself", "le bras « {arm} », à lui seul"),
    "sensitivity circle": (" ({circle})", " ({circle})"),
    "sensitivity profile": (" (profile {profile})", " (profil {profile})"),
    "sensitivity key ST": (
        "Share of the variance over all points that an assumption carries ● alone and ○ with all it has to do with others; "
        "what lies between is interplay. Lines: 95 % intervals, cut at 0 and 100. Below each name: from the 5th to the 95th "
        "percentile of the points.",
        "Part de la variance entre les points que porte une hypothèse ● seule et ○ avec tout ce qu'elle fait avec les autres ; "
        "entre les deux, leur interaction. Traits : intervalles à 95 %, coupés à 0 et 100. Sous chaque nom : du 5ᵉ au 95ᵉ "
        "centile des points.",
    ),
    "sensitivity key mu_star": (
        "By how much the result moves over an assumption's whole range, averaged over the points: ▲ up, ▼ down, ● either way "
        "or not told from none. Lines: 95 % intervals, ▸ on beyond the axis. Bar │: how much that differs from point to point "
        "(curves or interplay). Shaded: within the margin. Below each name: from the 5th to the 95th percentile of the points.",
        "De combien le résultat se déplace sur toute la plage d'une hypothèse, en moyenne sur tous les points : ▲ vers le haut, "
        "▼ vers le bas, ● dans les deux sens ou sans écart sûr. Traits : intervalles à 95 %, ▸ au-delà de l'axe. Barre │ : "
        "combien cela diffère d'un point à l'autre (courbure ou interaction). Zone claire : en deçà de la marge. Sous chaque "
        "nom : du 5ᵉ au 95ᵉ centile des points.",
    ),
    "sensitivity sampled ST": (
        "Sobol indices (SALib) of {n} samples in {seeds}, less the societies' noise; their intervals are over samples and "
        "societies.",
        "Indices de Sobol (SALib) de {n} échantillons dans {seeds}, moins le bruit des sociétés ; leurs intervalles portent sur "
        "les échantillons et les sociétés.",
    ),
    "sensitivity sampled mu_star": (
        "Elementary effects (Morris, SALib) on {n} trajectories in {seeds}; their intervals are over both.",
        "Effets élémentaires (Morris, SALib) sur {n} trajectoires dans {seeds} ; leurs intervalles portent sur les deux.",
    ),
    "sensitivity left out": ("{n} more are not complete.", "{n} autres ne sont pas complets."),
    "sensitivity one seed": ("One society alone gives no interval.", "Une seule société ne donne pas d'intervalle."),
    "sensitivity others": ("the greatest of {n} others", "le plus grand des {n} autres"),
    "sensitivity spread": ("{low} to {high}", "{low} à {high}"),
    "sensitivity distances": ("distance {low} to {high}", "distance {low} à {high}"),
    "sensitivity noise": ("{spread}: the societies' noise alone", "{spread} : le seul bruit des sociétés"),
    "sensitivity share axis": ("% of variance", "% de la variance"),
    "sensitivity effect axis": ("% of the control", "% du témoin"),
    "sensitivity distance axis": ("distance", "distance"),
}
