"""Phrases of the figure of greetings."""

PHRASES: dict[str, tuple[str, str]] = {
    "public title": (
        "With prompts, each birthday brings {greetings} public greetings, {share} of them from outside the closest "
        "fifteen; {ties}",
        "Avec les rappels, chaque anniversaire apporte {greetings} vœux publics, dont {share} hors des quinze plus "
        "proches ; {ties}",
    ),
    "private title": (
        "With private prompts, each birthday brings {greetings} messages, {share} of them from outside the closest "
        "fifteen; {ties}",
        "Avec des rappels privés, chaque anniversaire apporte {greetings} messages, dont {share} hors des quinze plus "
        "proches ; {ties}",
    ),
    "who": (
        "Who greets because of a prompt, and from which circle",
        "Qui souhaite l'anniversaire sur rappel, et depuis quel cercle",
    ),
    "a year": ("per person\nand year", "par personne\net par an"),
    "inner share": ("from the\nclosest 15", "venant des 15\nplus proches"),
    "prompted axis": ("prompted greetings received per person and year", "vœux reçus sur rappel, par personne et par an"),
    "season contacts": (
        "Real-life contacts after a birthday (its own greetings apart), prompts against none{at}",
        "Contacts réels après un anniversaire (hors vœux), avec rappels contre sans{at}",
    ),
    "season closeness": (
        "Closeness felt in the same months, prompts against none{at}",
        "Proximité ressentie ces mêmes mois, avec rappels contre sans{at}",
    ),
    "month axis": ("months since the birthday", "mois depuis l'anniversaire"),
    "percent axis": ("change, %", "écart, %"),
    "replaced": (
        "Do prompts replace the greetings of those who remember?{at}",
        "Les rappels remplacent-ils les vœux de qui se souvient ?{at}",
    ),
    "replaced fewer": (
        "Without prompts {before} people remember a birthday by card, call or visit. For every hundred {greetings}, {n} "
        "fewer do.",
        "Sans rappels, {before} personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent "
        "{greetings}, {n} de moins.",
    ),
    "replaced more": (
        "Without prompts {before} people remember a birthday by card, call or visit. For every hundred {greetings}, {n} "
        "more do.",
        "Sans rappels, {before} personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent "
        "{greetings}, {n} de plus.",
    ),
    "replaced open": (
        "Without prompts {before} people remember a birthday by card, call or visit; no clear change: {n} for every hundred "
        "{greetings}.",
        "Sans rappels, {before} personnes se souviennent d'un anniversaire par carte, appel ou visite ; pas d'écart net : "
        "{n} pour cent {greetings}.",
    ),
    "greetings public": ("public greetings", "vœux publics"),
    "greetings private": ("prompted messages", "messages sur rappel"),
    "from inner": ("from the closest fifteen", "de la part des quinze plus proches"),
    "from outer": ("from everybody else", "de la part de tous les autres"),
    "difference axis": (
        "difference from no prompts, received per person and year",
        "écart avec « pas de rappels », reçus par personne et par an",
    ),
    "at": (" ({point})", " ({point})"),
}
