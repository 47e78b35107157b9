"""Phrases of the figure of mechanisms."""

PHRASES: dict[str, tuple[str, str]] = {
    "why label being-in-touch": ("being in touch replaces meeting", "le lien en ligne remplace la rencontre"),
    "why label writing-leads-on": ("writing leads to meeting", "s'écrire mène à se voir"),
    "why label time-taken": ("time taken from real life", "temps pris à la vie réelle"),
    "why label written-words": ("written words bind", "les mots écrits lient"),
    "why label clicks-and-reading": ("clicks and reading bind", "clics et lectures lient"),
    "why label prompts-remember": ("prompts stand in for remembering", "les rappels tiennent lieu de mémoire"),
    "why label rest": ("links alone, all else off", "les liens seuls, tout le reste éteint"),
    "why label left": ("all of these off", "tout ceci éteint"),
    "why label all": ("together", "ensemble"),
    "why noun being-in-touch": ("being in touch", "le lien entretenu en ligne"),
    "why noun writing-leads-on": ("writing that leads to meeting", "l'écrit qui mène à se voir"),
    "why noun time-taken": ("lost time", "le temps perdu"),
    "why noun written-words": ("written words", "les mots écrits"),
    "why noun clicks-and-reading": ("clicks and reading", "les clics et les lectures"),
    "why noun prompts-remember": ("prompts that remember for people", "les rappels qui se souviennent à notre place"),
    "why named": ("“{name}”", "« {name} »"),
    "why adds one": ("{what} adds {much} {to}", "{what} ajoute {much} {to}"),
    "why adds many": ("{what} add {much} {to}", "{what} ajoutent {much} {to}"),
    "why takes one": ("{what} takes {much} {of}", "{what} ôte {much} {of}"),
    "why takes many": ("{what} take {much} {of}", "{what} ôtent {much} {of}"),
    "why takes too one": ("{what} takes {much}", "{what} en ôte {much}"),
    "why takes too many": ("{what} take {much}", "{what} en ôtent {much}"),
    "why to S_all": ("to support", "au soutien"),
    "why from S_all": ("from support", "au soutien"),
    "why to core": ("to core support", "au soutien du noyau"),
    "why from core": ("from core support", "au soutien du noyau"),
    "why to real_hours": ("to real-life hours", "aux heures partagées"),
    "why from real_hours": ("from real-life hours", "aux heures partagées"),
    "why to strong": ("to strong ties", "aux liens forts"),
    "why from strong": ("from strong ties", "aux liens forts"),
    "why unclear": (
        "Too few to tell what any mechanism does {leg}: {seeds}",
        "Trop peu pour dire ce qu'un mécanisme fait {leg} : {seeds}",
    ),
    "why nothing": (
        "No mechanism moves support, core, strong ties or real-life hours by more than {most}: all is within the margin of "
        "{margin}",
        "Aucun mécanisme ne déplace soutien, noyau, liens forts ou heures partagées de plus de {most} : tout reste sous "
        "la marge de {margin}",
    ),
    "why at": (", at {point}", ", {point}"),
    "why without": ("without {what}", "sans {what}"),
    "why or": (", or ", ", ou "),
    "why word": ("{without}: {word}", "{without} : {word}"),
    "why same word": ("the same with any one mechanism off", "de même quel que soit le mécanisme éteint"),
    "why key": (
        "Bars: what each mechanism adds (blue) or takes (orange), on average over all that the others may do: its Shapley share, "
        "from {all} combinations lived by the same people with the same luck. With what is left when all are off, they add up to "
        "the change. Lines: 95 % intervals. Shaded: within the margin.",
        "Barres : ce que chaque mécanisme ajoute (bleu) ou ôte (orange), en moyenne sur tout ce que peuvent faire les autres : "
        "sa part de Shapley, sur {all} combinaisons vécues par les mêmes gens avec le même hasard. Avec ce qui reste quand tout "
        "est éteint, leur somme est l'écart. Traits : intervalles à 95 %. Zone claire : en deçà de la marge.",
    ),
    "why rest": (
        "All off, a platform is its links alone: a linked tie never ends.",
        "Tout éteint, une plateforme se réduit à ses liens : ce qui est lié en ligne ne se rompt jamais.",
    ),
    "why left out": ("Off in both arms already: {some}.", "Déjà éteint dans les deux bras : {some}."),
    "why head": ("verdict\nwithout it", "verdict\nsans lui"),
    "why axis": ("change, % of the control", "écart, % du témoin"),
    "why mechanism": ("mechanism", "mécanisme"),
    "why word without": ("without it", "sans lui"),
    "why word alone": ("alone", "seul"),
}
