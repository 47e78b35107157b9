"""What the figures say, in English and French, side by side; numbers and typography of each language."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

LANGUAGES = ("en", "fr")
MOST_NAMED = 4  # points of a design that a title can name
FEW_VALUES, SOME_VALUES = 2, 6  # of a point, named in a label and in a paragraph; beyond, its number

PHRASES: dict[str, tuple[str, str]] = {
    # Circles, channels, arms
    "support": ("closest\n5", "les 5 plus\nproches"),
    "sympathy": ("next\n10", "10\nsuivants"),
    "affinity": ("next\n35", "35\nsuivants"),
    "rest": ("beyond\nthe 50", "au-delà\ndes 50"),
    "new": ("met\nsince", "rencontrés\ndepuis"),
    "online": ("online\nonly", "en ligne\nseulement"),
    "visit": ("visits", "visites"),
    "call": ("calls", "appels"),
    "letter": ("letters", "lettres"),
    "card": ("cards", "cartes"),
    "chance": ("chance\nmeetings", "rencontres\nde hasard"),
    "arm none": ("no platform", "pas de plateforme"),
    "arm off": ("no prompts", "pas de rappels"),
    "arm public": ("public prompts", "rappels publics"),
    "arm private": ("private prompts", "rappels privés"),
    "arm named": ("“{arm}”", "« {arm} »"),
    "platform with": ("a platform with {arm}", "une plateforme avec {arm}"),
    "against": ("{arm} against {control}", "{arm} contre {control}"),
    # Points of the design
    "point prompts.slope": ("slope {value}", "pente {value}"),
    "point substitution": ("substitution {value}", "substitution {value}"),
    "point other": ("{name} {value}", "{name} {value}"),
    "point number": ("point {number} of the design", "point {number} du plan"),
    "some points": ("{some} of {all} points", "{some} points sur {all}"),
    "point whole": ("{number} ({values})", "{number} ({values})"),
    "semicolon": ("; ", " ; "),
    "and": ("{first} and {last}", "{first} et {last}"),
    "year": ("year {n}", "l'an {n}"),
    "day": ("day {n}", "l'horizon de {n} jours"),
    # Verdicts
    "word thinned": ("thinned", "appauvrissement"),
    "word weakened": ("weakened", "affaiblissement"),
    "word hollowed": ("hollowed", "évidement"),
    "word transformed": ("transformed", "transformation"),
    "word enriched": ("enriched", "enrichissement"),
    "word inert": ("inert", "sans effet"),
    "word undecided": ("undecided", "indécis"),
    "word not applicable": ("no word: two societies", "sans verdict : deux sociétés"),
    "ties thinned": (
        "the ties thin out: support, core and real-life hours all fall",
        "les liens s'appauvrissent : soutien, noyau et heures partagées baissent ensemble",
    ),
    "ties weakened": ("the ties weaken, though not in every way", "les liens s'affaiblissent, sans tout céder"),
    "ties hollowed": ("support holds, but the core of the ties gives way", "le soutien tient, mais le cœur des liens cède"),
    "ties transformed": (
        "the ties change without losing support",
        "les liens se transforment sans perdre de soutien",
    ),
    "ties enriched": ("the ties grow richer", "les liens s'enrichissent"),
    "ties inert": (
        "the ties stay within {margin} of what they were",
        "les liens restent à moins de {margin} de ce qu'ils étaient",
    ),
    "ties undecided": (
        "whether the ties suffer stays open after {seeds}",
        "l'effet sur les liens reste indécis après {seeds}",
    ),
    "ties not applicable": ("two societies side by side, without a verdict", "deux sociétés côte à côte, sans verdict"),
    "ties mixed": (
        "what becomes of the ties depends on the assumptions: {words}",
        "le sort des liens dépend des hypothèses : {words}",
    ),
    "word at": ("{word} at {points}", "{word} ({points})"),
    "word under": ("{word} under {n} of {all}", "{word} sous {n} sur {all}"),
    "verdict": ("Verdict for {year}: {word}", "Verdict pour {year} : {word}"),
    "verdict everywhere": (
        "Verdict for {year}, under all {all} assumptions tried: {word}",
        "Verdict pour {year}, sous les {all} hypothèses essayées : {word}",
    ),
    "everywhere": ("the same word under all {all} assumptions", "le même mot sous les {all} hypothèses"),
    "same word": ("the same word under {same} of {all} assumptions", "le même mot sous {same} hypothèses sur {all}"),
    "margin": ("margin {margin}", "marge {margin}"),
    "tipping": ("the word changes at a margin of {tipping}", "le mot change à une marge de {tipping}"),
    "no tipping": ("no margin changes the word", "aucune marge ne change le mot"),
    "floor": ("noise floor {floor} of support", "bruit de fond {floor} du soutien"),
    "needed": ("about {seeds} would decide", "il faudrait environ {seeds} pour trancher"),
    "tipping undecided": ("a margin of {tipping} would give a word", "une marge de {tipping} permettrait un verdict"),
    "one more": ("one society alone decides nothing", "une seule société ne tranche rien"),
    "never": ("no foreseeable number of societies would decide", "aucun nombre prévisible de sociétés ne trancherait"),
    "primary": ("primary", "principal"),
    # Greetings
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
    # Letters
    "letters title": (
        "With {wall}, letters and calls change {letters} as being in touch replaces more of them; the support between people "
        "who used to write, {support}",
        "Avec {wall}, lettres et appels varient {letters} à mesure qu'être en contact en tient lieu ; le soutien entre ceux "
        "qui s'écrivaient, {support}",
    ),
    "letters title at": (
        "With {wall}, letters and calls change {letters} ({at}); the support between people who used to write, {support}",
        "Avec {wall}, lettres et appels varient {letters} ({at}) ; le soutien entre ceux qui s'écrivaient, {support}",
    ),
    "free wall": ("a wall that takes no time", "un mur qui ne prend pas de temps"),
    "a wall": ("a wall", "un mur"),
    "from to": ("from {first} to {last}", "de {first} à {last}"),
    "by": ("by {change}", "de {change}"),
    "letters channels": (
        "What reaches a person in a year, in real life (above) and on the wall (below)",
        "Ce que reçoit une personne en un an, dans la vie réelle (en haut) et sur le mur (en bas)",
    ),
    "words visit": ("visits", "visites"),
    "words call": ("calls", "appels"),
    "words letter": ("letters", "lettres"),
    "words card": ("cards", "cartes"),
    "words message": ("messages", "messages"),
    "words comment": ("comments", "commentaires"),
    "words group": ("group exchanges", "échanges de groupe"),
    "words greeting": ("birthday wishes", "vœux d'anniversaire"),
    "column none": ("no\nplatform", "pas de\nplateforme"),
    "column point": ("substitution\n{value}", "substitution\n{value}"),
    "letters axis": ("received per person and year (logarithmic)", "reçus par personne et par an (échelle log.)"),
    "letters effort": ("Time put into words", "Temps mis dans les mots"),
    "letters ties": ("Letters and calls, support of the ties", "Lettres et appels, soutien des liens"),
    "letters number": ("{n} ({change})", "{n} ({change})"),
    "effort_real": ("letters, cards and calls", "lettres, cartes et appels"),
    "effort_online": ("words on the wall", "mots sur le mur"),
    "effort axis": ("minutes a day", "minutes par jour"),
    "letters and calls": ("letters and calls", "lettres et appels"),
    "support of pairs": ("support between people who wrote", "soutien entre ceux qui s'écrivaient"),
    "core of fifteen": ("core support (closest fifteen)", "soutien du noyau (quinze plus proches)"),
    "verdict head": ("verdict", "verdict"),
    "free platform": ("a platform that takes no time", "une plateforme qui ne prend pas de temps"),
    "explain substitution": (
        "Substitution: how far being in touch replaces the wish to meet, call or write (0: not at all, 1: wholly).",
        "Substitution : à quel point être en contact remplace l'envie de se voir, d'appeler ou d'écrire (0 : en rien, "
        "1 : tout à fait).",
    ),
    "narrow": (
        "Where no line is seen, the interval is narrower than its mark.",
        "Là où aucun trait ne se voit, l'intervalle est plus étroit que sa marque.",
    ),
    "letters counting": (
        "A visit or a call counts for both people; people who wrote: pairs that exchanged a letter in the year before the wall. "
        "Grey: within the margin of support. Being in touch replaces visits, calls and letters alike.",
        "Visites et appels comptent pour les deux ; ceux qui s'écrivaient : les paires ayant échangé une lettre l'année "
        "d'avant le mur. En gris : en deçà de la marge du soutien. Être en contact remplace visites, appels et lettres "
        "dans la même mesure.",
    ),
    # Displacement
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
        "{value} or more of the minutes come out of real-life contact",
        "{value} au moins des minutes sont prises aux contacts réels",
    ),
    "all displacement": (
        "all minutes come out of real-life contact",
        "toutes les minutes sont prises aux contacts réels",
    ),
    "most displacement": (
        "{value} or less of the minutes come out of real-life contact",
        "{value} au plus des minutes sont prises aux contacts réels",
    ),
    "no displacement": (
        "no minutes come out of real-life contact",
        "aucune minute n'est prise aux contacts réels",
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
    "word under few": ("{word} under\u00a0{n}", "{word} sous\u00a0{n}"),
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
        "Being in touch online replaces {value} of the wish to meet",
        "Le lien entretenu en ligne remplace {value} de l'envie de se voir",
    ),
    "displacement row": ("{minutes} minutes a day on the platform", "{minutes} minutes par jour sur la plateforme"),
    "displacement across": ("minutes taken from real-life contact", "minutes prises aux contacts réels"),
    "displacement up": ("dose of messages\nand comments", "dose des messages\net commentaires"),
    "displacement factor": ("× {value}", "× {value}"),
    "above all support": ("the line of the closest five runs above all cells", "ligne des cinq plus proches : plus haut"),
    "above all sympathy": ("the line of the next ten runs above all cells", "ligne des dix suivants : plus haut"),
    "below all support": ("the line of the closest five runs below all cells", "ligne des cinq plus proches : plus bas"),
    "below all sympathy": ("the line of the next ten runs below all cells", "ligne des dix suivants : plus bas"),
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
    # Society
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
    # Verdict
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
    # False birthdays: who greets on which day
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
    # False birthdays: what a greeting tells
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
    # One tie in every arm
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
    # Source line
    "source": (
        "Source: unbirthday {version}, study “{study}”. {seeds} of {people} people (one per seed); means over the 365 days "
        "before the end of {years}, 95 % intervals over societies.",
        "Source : unbirthday {version}, étude « {study} ». {seeds} de {people} personnes (une par graine) ; moyennes des "
        "365 jours avant la fin de {years}, intervalles à 95 % sur les sociétés.",
    ),
    "source one": (
        "Source: unbirthday {version}, study “{study}”. {seeds} of {people} people: one alone gives no interval; means over "
        "the 365 days before the end of {years}.",
        "Source : unbirthday {version}, étude « {study} ». {seeds} de {people} personnes : une seule ne donne pas "
        "d'intervalle ; moyennes des 365 jours avant la fin de {years}.",
    ),
    "margins": ("Margins, set beforehand: {margins}.", "Marges fixées d'avance : {margins}."),
    "margin support": ("support", "soutien"),
    "margin core": ("core", "noyau"),
    "margin real": ("real hours", "heures"),
    "margin strong": ("strong ties", "liens forts"),
    "margin partners": ("partners", "partenaires"),
    "margin carriers": ("carriers", "canaux"),
    "assumed": (
        "{share} of the {all} driving parameters are only assumed.",
        "{share} des {all} paramètres déterminants sont seulement supposés.",
    ),
    "explain prompts.slope": (
        "Slope: how much closeness, rather than the prompt alone (0), decides who follows a prompt.",
        "Pente : à quel point la proximité, plutôt que le seul rappel (0), décide qui suit le rappel.",
    ),
    "given": ("Given this graph: {graph}.", "À graphe donné : {graph}."),
    "subset one": ("One of {all} assumptions is shown.", "Une hypothèse montrée sur {all}."),
    "subset": ("{shown} of {all} assumptions are shown.", "{shown} hypothèses montrées sur {all}."),
    "society": ("{n} simulated society", "{n} société simulée"),
    "societies": ("{n} simulated societies", "{n} sociétés simulées"),
    "bands": (
        "Bands: Zhou et al. 2005 (circles), Dunbar's time budgets (time).",
        "Fourchettes : Zhou et al. 2005 (cercles), budgets de temps de Dunbar (temps).",
    ),
    "counting": (
        "A visit, a call or a chance meeting counts for both people, a letter or a card for the one who gets it.",
        "Visite, appel et rencontre comptent pour les deux, lettre et carte pour qui les reçoit.",
    ),
}

# The reasons in verdict.csv are written in English; these are their parts, longest first when replaced.
_WHY = {
    "without changing the word": "sans changer le mot",
    "still possible": "restent possibles",
    "what stood": "ce qui a tenu",
    "nothing beyond its margin": "rien au-delà de sa marge",
    "although real-life hours fell": "bien que les heures partagées baissent",
    "replaced": "remplacement",
    "not measured or on a margin": "non mesuré, ou sur une marge",
    "not decided by": "non tranché avec",
    "one seed has both arms: no interval": "une seule société : pas d'intervalle",
    "no seed has both arms: no interval": "aucune société n'a les deux bras",
    "two different societies": "deux sociétés différentes",
    "each one's own platform effect has a word": "l'effet propre à chacune a son verdict",
    "support from old ties": "soutien des liens anciens",
    "core support": "soutien du noyau",
    "real-life hours": "heures partagées",
    "strong ties": "liens forts",
    "support": "soutien",
    "partners": "partenaires",
    "carriers": "canaux",
    "seeds": "sociétés",
    "lost": "en baisse",
    "gained": "en hausse",
    "same": "sans changement",
    "moved": "déplacés",
    "below": "en place",
    "open": "en suspens",
    "and": "et",
    **{word: PHRASES[f"word {word}"][1] for word in ("thinned", "weakened", "hollowed", "transformed", "enriched", "inert")},
}
_WHY_PART = re.compile("|".join(rf"\b{re.escape(part)}\b" for part in sorted(_WHY, key=len, reverse=True)))

_NARROW, _FIXED = "\u202f", "\u00a0"


def typeset(text: str, lang: str) -> str:
    """The spaces, quotes and apostrophes that a printer of this language would set."""
    text = text.replace("'", "’").replace("...", "…")
    if lang == "en":
        return re.sub(r"(?<=\d) %", "%", text)
    text = re.sub(r"[ \u00a0\u202f]+([;?!%])", rf"{_NARROW}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:", rf"{_FIXED}:", text)
    return re.sub(r"[ \u00a0\u202f]+»", f"{_FIXED}»", re.sub(r"«[ \u00a0\u202f]+", f"«{_FIXED}", text))


def places(value: float, digits: int) -> int:
    """Decimals that show so many significant digits, four at most."""
    size = abs(value)
    return max(0, min(digits - 1 - math.floor(math.log10(size)), 4)) if size and math.isfinite(size) else 0


class Words:
    """Phrases and numbers of one language."""

    def __init__(self, lang: str):
        self.lang = lang
        self.column = LANGUAGES.index(lang)

    def __call__(self, key: str, **values: Any) -> str:
        return typeset(PHRASES[key][self.column].format(**values), self.lang)

    def flat(self, key: str) -> str:
        """A label of two lines as one."""
        return self(key).replace("\n", " ")

    def sentence(self, *parts: str) -> str:
        """Parts with a capital at the start."""
        text = typeset("".join(parts), self.lang)
        return text[:1].upper() + text[1:]

    # Numbers

    def number(self, value: float, digits: int = 2, signed: bool = False) -> str:
        """A number with so many significant digits at least; whole parts are never cut."""
        if not math.isfinite(value):
            return "–"
        text = self.fixed(abs(value), places(value, digits))
        sign = "" if text == "0" else "−" if value < 0 else "+" if signed else ""
        return sign + text

    def fixed(self, size: float, decimals: int) -> str:
        """A size with so many decimals, fewer where they say nothing."""
        shorter = next(k for k in range(decimals + 1) if k == decimals or math.isclose(round(size, k), size, rel_tol=1e-9))
        body = f"{size:,.{shorter}f}"
        if not float(body.replace(",", "")):
            return "0"
        return body.replace(",", _NARROW).replace(".", ",") if self.lang == "fr" else body

    def percent(self, share: float, digits: int = 2, signed: bool = False) -> str:
        return typeset(self.number(100 * share, digits, signed) + " %", self.lang)

    def ticks(self, value: float, _place: float | None = None) -> str:
        """A tick label."""
        text = f"{value:.6g}".replace("-", "−")
        return text.replace(".", ",") if self.lang == "fr" else text

    def plus_minus(self, mean: float, half: float, unit: str = "", decimals: int | None = None) -> str:
        """A mean and half the width of its interval, with the same decimals: so many, or as many as both need."""
        if decimals is None:
            decimals = places(mean, 2)
            if math.isfinite(half) and half and round(half, decimals) == 0:
                decimals += 1
        text = self.fixed(abs(mean), decimals) if math.isfinite(mean) else "–"
        if math.isfinite(half):
            shown = self.fixed(half, decimals)
            text += f" ± {shown}" if shown != "0" or half < 1e-9 else f" ± <{self.fixed(10.0**-decimals, decimals)}"
        return typeset(("−" if mean < 0 else "") + text + unit, self.lang).replace(" ", _FIXED)

    def span(self, shares: Sequence[float]) -> str:
        """From the least to the most of some shares; NaN are passed over."""
        known = [share for share in shares if math.isfinite(share)] or [math.nan]
        low, high = (self.percent(end(known)) for end in (min, max))
        return low if low == high else self("span", low=low, high=high)

    def listed(self, items: Iterable[str]) -> str:
        *first, last = items
        return self("and", first=", ".join(first), last=last) if first else last

    # Names

    def societies(self, n: int) -> str:
        return self("society" if n == 1 else "societies", n=self.number(n))

    def horizon(self, day: int) -> str:
        whole = day % 365 == 0
        return self("year" if whole else "day", n=self.number(day // 365 if whole else day))

    def point(self, point: dict[str, Any]) -> str:
        """The varied values of a point, or its number where they are many; nothing if nothing varies."""
        parts = self._values(point)
        text = ", ".join(parts) if len(parts) <= FEW_VALUES else self("point number", number=point["point"])
        return text.replace(" ", _FIXED)

    def point_in_full(self, point: dict[str, Any]) -> str:
        """The same for a paragraph, where more values find room."""
        parts = self._values(point)
        if not FEW_VALUES < len(parts) <= SOME_VALUES:
            return self.point(point)
        return self("point whole", number=self.point(point), values=", ".join(part.replace(" ", _FIXED) for part in parts))

    def _values(self, point: dict[str, Any]) -> list[str]:
        parts = []
        for name, value in point.items():
            if name != "point":
                number = isinstance(value, int | float) and not isinstance(value, bool)
                text = self.ticks(value if value == round(value) else float(f"{value:.3g}")) if number else str(value)
                key = f"point {name}"
                parts.append(self(key if key in PHRASES else "point other", name=name, value=text))
        return parts

    def at(self, point: dict[str, Any]) -> str:
        """The point in brackets, for the end of a panel's title."""
        return self("at", point=self.point(point)) if self.point(point) else ""

    def arm(self, name: str, kind: str, alone: bool) -> str:
        """An arm by what it is, or by its name where several are of a kind."""
        return self(f"arm {kind}") if alone else self("arm named", arm=name)

    def why(self, reason: str) -> str:
        if self.lang == "fr":
            reason = _WHY_PART.sub(lambda found: _WHY[found[0]], reason).replace(": ", " : ").replace("; ", " ; ")
        return typeset(reason, self.lang)

    def ties(self, words: Sequence[tuple[dict[str, Any], str]], margin: float, seeds: int) -> str:
        """What becomes of the ties, over all points: one sentence."""
        different = dict.fromkeys(word for _, word in words)
        if len(different) == 1:
            return self(f"ties {words[0][1]}", margin=self.percent(margin), seeds=self.societies(seeds))
        listed = []
        for word in different:
            points = [self.point(point) for point, found in words if found == word]
            if len(words) <= MOST_NAMED:
                listed.append(self("word at", word=self(f"word {word}"), points=self.listed(points)))
            else:
                listed.append(self("word under", word=self(f"word {word}"), n=len(points), all=len(words)))
        return self("ties mixed", words=", ".join(listed))
