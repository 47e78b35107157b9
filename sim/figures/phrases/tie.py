"""Phrases of the figure of one tie."""

PHRASES: dict[str, tuple[str, str]] = {
    "tie in": ("in {arm}", "dans {arm}"),
    "tie in none": ("without a platform", "sans plateforme"),
    "tie title": ("{One} {n}; {other} {m}: {closeness}", "{One}, {n} ; {other}, {m} : {closeness}"),
    "tie online": ("{m}, with {k} acts online", "{m}, avec {k} actes en ligne"),
    "tie then same": ("as often", "autant"),
    "tie met first 0": ("they never saw each other", "aucune rencontre"),
    "tie met first 1": ("they saw each other once", "une rencontre"),
    "tie met first": ("they saw each other {n}\u00a0times", "{n}\u00a0rencontres"),
    "tie met then 0": ("never", "aucune"),
    "tie met then 1": ("once", "une seule"),
    "tie met then": ("{n}\u00a0times", "{n}"),
    "tie acts first 0": ("they had no contact", "aucun contact"),
    "tie acts first 1": ("they had one contact", "un contact"),
    "tie acts first": ("they had {n}\u00a0contacts", "{n}\u00a0contacts"),
    "tie acts then 0": ("none", "aucun"),
    "tie acts then 1": ("one", "un seul"),
    "tie acts then": ("{n}", "{n}"),
    "tie ended apart": ("closeness {x} against {y} at the end", "proximité {x} contre {y} à la fin"),
    "tie ended equal": ("closeness {x} at the end in both", "proximité {x} à la fin dans les deux"),
    "tie who": ("{who}: {origin}, {where}. {circles}", "{who} : {origin}, {where}. {circles}"),
    "tie who new": (
        "{who} had no tie when the arms parted.",
        "{who} n'avaient pas de lien quand les bras se séparent.",
    ),
    "tie people": ("A (person {a}) and B (person {b})", "A (personne {a}) et B (personne {b})"),
    "tie labels": ("A ({a}) and B ({b})", "A ({a}) et B ({b})"),
    "tie origin kin": ("kin", "lien de parenté"),
    "tie origin work": ("friends from work", "lien né au travail"),
    "tie origin neighbourhood": ("friends from the neighbourhood", "lien de voisinage"),
    "tie origin club": ("friends from a club", "lien né dans un club"),
    "tie origin past": ("friends from earlier days", "lien d'autrefois"),
    "tie origin friends": ("friends through friends", "lien né par des amis"),
    "tie origin online": ("linked online", "lien en ligne"),
    "tie near": ("living near each other", "à proximité l'un de l'autre"),
    "tie far": ("living far apart", "loin l'un de l'autre"),
    "tie circles": (
        "When the arms part, B is {of_a} for A, A is {of_b} for B.",
        "Quand les bras se séparent, B est {of_a} pour A, A est {of_b} pour B.",
    ),
    "tie circles same": (
        "When the arms part, each is {of_a} for the other.",
        "Quand les bras se séparent, chacun est {of_a} pour l'autre.",
    ),
    "tie circle support": ("among the closest five", "parmi les cinq plus proches"),
    "tie circle sympathy": ("among the next ten", "parmi les dix suivants"),
    "tie circle affinity": ("among the next thirty-five", "parmi les trente-cinq suivants"),
    "tie circle rest": ("beyond the closest fifty", "au-delà des cinquante plus proches"),
    "tie circle new": ("newly met", "une connaissance récente"),
    "tie circle online": ("a mere link", "un simple lien en ligne"),
    "tie why apart": (
        "Picked of {n} ties: closeness at the end differs most between arms (it was {before} in the year before).",
        "Choisi parmi {n} liens : la proximité à la fin y diffère le plus d'un bras à l'autre (elle était de {before} l'année "
        "d'avant).",
    ),
    "tie why thinned": (
        "Picked of {n} ties: of those with somebody's closest fifteen, closeness fell most in {arm}, from {before} in the year "
        "before.",
        "Choisi parmi {n} liens : de ceux aux quinze plus proches de quelqu'un, c'est là que la proximité baisse le plus dans "
        "{arm}, depuis {before} l'année d'avant.",
    ),
    "tie why warmed": (
        "Picked of {n} ties: of those beyond everybody's closest fifty, closeness rose most in {arm}, from {before} in the year "
        "before.",
        "Choisi parmi {n} liens : de ceux au-delà des cinquante plus proches, c'est là que la proximité monte le plus dans "
        "{arm}, depuis {before} l'année d'avant.",
    ),
    "tie why steady": (
        "Picked of {n} ties: of the good ones, closeness moved least in any arm, from {before} in the year before.",
        "Choisi parmi {n} liens : des bons liens, c'est là que la proximité bouge le moins, quel que soit le bras, depuis "
        "{before} l'année d'avant.",
    ),
    "tie control": ("{arm}, the control", "{arm}, le témoin"),
    "tie same": ("day by day the same in {others}", "jour pour jour la même chose dans {others}"),
    "tie shows": ("{who} shows a false birthday (dashed)", "{who} affiche un faux anniversaire (tirets)"),
    "tie show": ("A and B show false birthdays (dashed)", "A et B affichent de faux anniversaires (tirets)"),
    "tie platform comes": ("“{name}” comes (black line)", "« {name} » arrive (trait noir)"),
    "tie platform goes": ("the platform goes (black line)", "la plateforme s'en va (trait noir)"),
    "tie by": ("by {who}", "de {who}"),
    "tie key lines": (
        "Lines: closeness, A→B what A feels for B; at their ends the mean of the last {last} days.",
        "Courbes : proximité, A→B celle de A pour B ; au bout, la moyenne des {last} derniers jours.",
    ),
    "tie key control": ("Grey: the control.", "En gris : le témoin."),
    "tie key marks": (
        "Marks: begun by A up, by B down; right of them, how many.",
        "Traits : en haut ce que A commence, en bas ce que B commence ; à droite, combien.",
    ),
    "tie key weeks": ("Bars: by week, each row on its own scale.", "Barres : par semaine, chaque ligne à son échelle."),
    "tie key months": (
        "Bars: by thirty days, each row on its own scale.",
        "Barres : par trente jours, chaque ligne à son échelle.",
    ),
    "tie key birthday": ("●\u00a0birthday remembered", "●\u00a0anniversaire de mémoire"),
    "tie key prompt": ("○\u00a0on a prompt", "○\u00a0sur rappel"),
    "tie key nonbirthday": ("★\u00a0“happy non-birthday”", "★\u00a0« joyeux non-anniversaire »"),
    "tie key dotted": ("Dotted: birthdays.", "Pointillés : anniversaires."),
    "tie axis": ("months since the arms part", "mois depuis la séparation des bras"),
    "tie arm": ("arm", "bras"),
    "tie began": ("closeness at first", "proximité au départ"),
    "tie ended": ("at the end", "à la fin"),
    "tie closeness": ("closeness", "proximité"),
    "tie lane visit": ("visits", "visites"),
    "tie lane call": ("calls", "appels"),
    "tie lane post": ("letters, cards", "lettres, cartes"),
    "tie lane chance": ("by chance", "par hasard"),
    "tie lane message": ("messages", "messages"),
    "tie lane comment": ("comments", "commentaires"),
    "tie lane reaction": ("reactions", "réactions"),
    "tie lane greeting": ("greetings", "vœux"),
    "tie source": (
        "Source: unbirthday {version}, study “{study}”, {at}; one simulated society of {people} people, the same people and luck "
        "in every arm. One pair is an example: verdicts rest on all ties of many societies.",
        "Source : unbirthday {version}, étude « {study} », {at} ; une société simulée de {people} personnes, mêmes gens et même "
        "hasard dans tous les bras. Une paire n'est qu'un exemple : les verdicts portent sur tous les liens de "
        "nombreuses sociétés.",
    ),
    "tie seed": ("seed {seed}", "graine {seed}"),
}
