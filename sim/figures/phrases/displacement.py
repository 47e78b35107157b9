"""Phrases of the map of verdicts."""

PHRASES: dict[str, tuple[str, str]] = {
    "displacement thins": (
        "Ties thin out under {n} of {all} assumptions ({minutes}){only}",
        "Les liens s'appauvrissent sous {n} hypothèses sur {all} ({minutes}){only}",
    ),
    "displacement thins nowhere": (
        "Under none of {all} assumptions do ties thin out",
        "Sous aucune des {all} hypothèses les liens ne s'appauvrissent",
    ),
    "displacement thins everywhere": (
        "Ties thin out under all {all} assumptions tried",
        "Les liens s'appauvrissent sous les {all} hypothèses essayées",
    ),
    "displacement minutes first": ("{n} of {all} at {minutes} minutes a day", "{n} sur {all} à {minutes} minutes par jour"),
    "displacement minutes": ("{n} of {all} at {minutes}", "{n} sur {all} à {minutes}"),
    "displacement only": (", only where {where}", ", seulement là où {where}"),
    "least displacement": (
        "{value} or more of the minutes are asked of real-life contact",
        "{value} au moins des minutes sont demandées aux contacts réels",
    ),
    "all displacement": (
        "all minutes are asked of real-life contact",
        "toutes les minutes sont demandées aux contacts réels",
    ),
    "most displacement": (
        "{value} or less of the minutes are asked of real-life contact",
        "{value} au plus des minutes sont demandées aux contacts réels",
    ),
    "no displacement": (
        "no minutes are asked of real-life contact",
        "aucune minute n'est demandée aux contacts réels",
    ),
    "least substitution": (
        "being in touch replaces {value} or more of the wish to meet",
        "le lien entretenu en ligne remplace {value} au moins de l'envie de se voir",
    ),
    "all substitution": (
        "being in touch replaces all wish to meet",
        "le lien entretenu en ligne remplace toute envie de se voir",
    ),
    "most substitution": (
        "being in touch replaces {value} or less of the wish to meet",
        "le lien entretenu en ligne remplace {value} au plus de l'envie de se voir",
    ),
    "no substitution": (
        "being in touch replaces no wish to meet",
        "le lien entretenu en ligne ne remplace pas l'envie de se voir",
    ),
    "least composed_dose": (
        "messages bind at {value} or more of the assumed dose",
        "les messages lient à {value} au moins de la dose supposée",
    ),
    "all composed_dose": (
        "messages bind at the assumed dose or more",
        "les messages lient à la dose supposée au moins",
    ),
    "most composed_dose": (
        "messages bind at {value} or less of the assumed dose",
        "les messages lient à {value} au plus de la dose supposée",
    ),
    "no composed_dose": ("messages do not bind at all", "les messages ne lient pas du tout"),
    "displacement falls": (
        "A platform against none in {year}: real-life hours change by {least} to {most}; they fall by more than {margin} under "
        "{real} of {all} assumptions, core support (the closest fifteen) under {core}, support as a whole under {support}. Other "
        "verdicts: {others}.",
        "Une plateforme contre aucune, {year} : les heures partagées varient de {least} à {most} ; elles baissent de plus de "
        "{margin} sous {real} hypothèses sur {all}, le soutien du noyau (les quinze plus proches) sous {core}, le soutien entier "
        "sous {support}. Autres verdicts : {others}.",
    ),
    "displacement key": (
        "In the cells: the verdict and the change of support. Lines, by arithmetic alone: what is gained online equals what is "
        "lost in real life, for the closest five (———) and the next ten (– – –); above its line a circle gains, below it "
        "loses.",
        "Dans les cases : le verdict et l'écart du soutien. Lignes, par le seul calcul : le gain en ligne égale la perte dans "
        "la vie réelle, pour les cinq plus proches (———) et les dix suivants (– – –) ; au-dessus de sa ligne un cercle gagne, "
        "au-dessous il perd.",
    ),
    "displacement agrees": (
        "All {all} clear changes of these circles' support go where the lines say.",
        "Les {all} écarts nets du soutien de ces cercles vont tous du côté que disent les lignes.",
    ),
    "displacement errs": (
        "{right} of {all} clear changes of these circles' support go where the lines say; the others are of {most} at most.",
        "{right} des {all} écarts nets du soutien de ces cercles vont du côté que disent les lignes ; les autres sont "
        "d'au plus {most}.",
    ),
    "displacement saturates": (
        "How much is lost, only simulating says: at worst the closest five lose {dose} of what contact gave them, and {support} "
        "of their support.",
        "L'ampleur, seule la simulation la dit : au pire les cinq plus proches perdent {dose} de ce que le contact leur "
        "apportait, et {support} de leur soutien.",
    ),
    "displacement column": (
        "Being in touch online replaces up to {value} of the wish to meet",
        "Le lien entretenu en ligne remplace jusqu'à {value} de l'envie de se voir",
    ),
    "displacement row": ("{minutes} minutes a day on the platform", "{minutes} minutes par jour sur la plateforme"),
    "displacement across": ("minutes asked of real-life contact", "minutes demandées aux contacts réels"),
    "displacement up": ("dose of messages\nand comments", "dose des messages\net commentaires"),
    "displacement factor": ("× {value}", "× {value}"),
    "above all support": ("the line of the closest five runs above all cells", "ligne des cinq plus proches : plus haut"),
    "above all sympathy": ("the line of the next ten runs above all cells", "ligne des dix suivants : plus haut"),
    "below all support": ("the line of the closest five runs below all cells", "ligne des cinq plus proches : plus bas"),
    "below all sympathy": ("the line of the next ten runs below all cells", "ligne des dix suivants : plus bas"),
    "displacement taken": (
        "Nobody gives more than they have: really taken are {taken} (as asked, from left to right).",
        "Nul ne donne plus qu'il n'a : sont vraiment prises {taken} (comme demandé, de gauche à droite).",
    ),
    "displacement taken of": ("{shares} of {minutes} minutes", "{shares} des {minutes} minutes"),
    "displacement unfinished": (
        "{n} of {all} assumptions are not finished.",
        "{n} hypothèses sur {all} ne sont pas achevées.",
    ),
    "displacement computed": (
        "Lines: rates measured where the platform takes and replaces least.",
        "Lignes : taux mesurés là où la plateforme prend et remplace le moins.",
    ),
    "point platform.minutes": ("{value} minutes", "{value} minutes"),
    "point displacement": ("displacement {value}", "déplacement {value}"),
    "point composed_dose": ("composed dose × {value}", "dose composée × {value}"),
    "cell change": ("{mean} ± {half} %", "{mean} ± {half} %"),
    "cell change alone": ("{mean} %", "{mean} %"),
    "cell thinned": ("thinned", "appauvris"),
    "cell weakened": ("weakened", "affaiblis"),
    "cell hollowed": ("hollowed", "évidés"),
    "cell transformed": ("transformed", "transformés"),
    "cell enriched": ("enriched", "enrichis"),
    "cell inert": ("inert", "sans effet"),
    "cell undecided": ("undecided", "indécis"),
    "cell unfinished": ("not run", "à calculer"),
}
