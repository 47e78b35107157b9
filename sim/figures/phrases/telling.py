"""Phrases of the figure of what a greeting tells."""

PHRASES: dict[str, tuple[str, str]] = {
    "telling title": (
        "With prompts {with} of those who wish a happy birthday are strong ties, without {without}{at}; over all ties wishes "
        "tell the strong from the weak {rank} (AUC {auc} against {before})",
        "Avec rappels, {with} de ceux qui souhaitent l'anniversaire sont des liens forts, sans rappels {without}{at} ; sur "
        "tous les liens, les vœux distinguent {rank} les forts des faibles (AUC {auc} contre {before})",
    ),
    "rank more": ("better", "mieux"),
    "rank less": ("less well", "moins bien"),
    "rank same": ("as well", "aussi bien"),
    "rank open": ("about as well", "à peu près aussi bien"),
    "greeting tells": (
        "The prompted greeting by itself tells a strong tie at every slope tried.",
        "Le vœu sur rappel, à lui seul, dit un lien fort à toutes les pentes essayées.",
    ),
    "greeting mute": (
        "The prompted greeting by itself does not tell a strong tie at any of the values tried.",
        "Le vœu sur rappel, à lui seul, ne dit un lien fort à aucune valeur essayée.",
    ),
    "greeting partly": (
        "The prompted greeting by itself does not tell a strong tie at {points}.",
        "Le vœu sur rappel, à lui seul, ne dit pas un lien fort ({points}).",
    ),
    "others tell": (
        "Of the other gestures {best} tell most (AUC {auc}), {change}.",
        "Des autres gestes, {best} en disent le plus (AUC {auc}), {change}.",
    ),
    "change more": ("more than without prompts", "plus que sans rappels"),
    "change less": ("less than without prompts", "moins que sans rappels"),
    "change same": ("as without prompts", "comme sans rappels"),
    "change open": ("about as without prompts", "à peu près comme sans rappels"),
    "gesture greeting": ("prompted greetings", "vœux sur rappel"),
    "gesture wish": ("remembered wishes", "vœux de mémoire"),
    "gesture nonbirthday": ("“happy non-birthday”", "« non-anniversaire »"),
    "gesture reaction": ("reactions", "réactions"),
    "gesture comment": ("comments", "commentaires"),
    "gesture message": ("private messages", "messages privés"),
    "gesture letter": ("letters", "lettres"),
    "the nonbirthday": ("“happy non-birthdays”", "les « joyeux non-anniversaire »"),
    "the reaction": ("reactions", "les réactions"),
    "the comment": ("comments", "les commentaires"),
    "the message": ("private messages", "les messages privés"),
    "the letter": ("letters", "les lettres"),
    "line any_wish": ("● any wish, with prompts", "● tous les vœux, avec rappels"),
    "line greeting": ("◆ the prompted greeting alone", "◆ le vœu sur rappel seul"),
    "line without": ("▬ wishes without prompts", "▬ les vœux sans rappels"),
    "panel strong_given": ("Of those who wish: %\nstrong (dotted: any tie)", "Qui souhaite : % forts\n(pointillé : tout lien)"),
    "panel auc": ("Strong from weak:\nAUC (dotted: {least})", "Forts et faibles : AUC\n(pointillé : {least})"),
    "panel information": ("What a wish tells:\nbits per 1,000 ties", "Ce que dit un vœu :\nbits pour 1 000 liens"),
    "axis prompts.slope": ("slope of the prompt", "pente du rappel"),
    "gestures": ("Which gesture comes from a strong tie?{at}", "Quel geste vient d'un lien fort ?{at}"),
    "gestures axis": ("% strong among the ties on which it is made", "% de liens forts parmi ceux où il est fait"),
    "gestures key": ("● with prompts   ○ without   dotted: any tie", "● avec rappels   ○ sans   pointillé : tout lien"),
    "bits": (
        "All in all a wish tells {bits} bits per 1,000 ties, without prompts {before}.",
        "En tout, un vœu dit {bits} bits pour 1 000 liens, sans rappels {before}.",
    ),
    "knowing tells": (
        "A “happy non-birthday” comes from a strong tie in {share} of cases.",
        "Un « joyeux non-anniversaire » vient d'un lien fort dans {share} des cas.",
    ),
    "told column": ("made on … of\nstrong ties", "fait sur … des\nliens forts"),
    "auc column": ("AUC", "AUC"),
    "universe": (
        "Ties: ordered pairs of linked members; strong: closer, both together, than where the mean person has fifteen. AUC: "
        "the chance that the gesture ranks a strong tie above a weak one; {half} tells nothing, and a gesture is said to tell "
        "a strong tie if its interval lies above {least}; differences of AUC below {small} count as none.",
        "Liens : paires ordonnées de membres reliés ; forts : plus proches, à deux, que le seuil où l'on en a quinze en "
        "moyenne. AUC : la chance que le geste classe un lien fort avant un faible ; {half} ne dit rien, et un geste est dit "
        "parler d'un lien fort si son intervalle est au-dessus de {least} ; des écarts d'AUC sous {small} comptent pour rien.",
    ),
    "messages assumed": (
        "That messages and comments go mostly to close ties is assumed.",
        "Que messages et commentaires aillent surtout aux proches est supposé.",
    ),
}
