### French. One text a key; the keys and the values in braces are the same in every language.
### A line end in a text is one in the figure. Spaces and quotes are set as the language wants them (sim/figures/words.py).

## What several figures say

circle-support =
    les 5 plus
    proches
circle-sympathy =
    10
    suivants
circle-affinity =
    35
    suivants
circle-rest =
    au-delà
    des 50
circle-new =
    rencontrés
    depuis
circle-online =
    en ligne
    seulement
channel-visit = visites
channel-call = appels
channel-letter = lettres
channel-card = cartes
channel-chance =
    rencontres
    de hasard
arm-none = pas de plateforme
arm-off = pas de rappels
arm-public = rappels publics
arm-private = rappels privés
control-none = l'absence de plateforme
control-off = l'absence de rappels
control-public = des rappels publics
control-private = des rappels privés
quoted = « { $text } »
against = { $arm } comparé à { $control }
against-prompts = { $arm } comparés à { $control }
against-platform = une plateforme avec { $arm } comparée à { $control }
against-free-platform = une plateforme qui ne prend pas de temps comparée à { $control }
point-prompts-slope = pente { $value }
point-substitution = substitution { $value }
point-other = { $name } { $value }
point-number = combinaison { $number }
fraction-none = aucun
fraction-few = une infime partie
fraction-1-10 = environ un dixième
fraction-1-5 = environ un cinquième
fraction-1-4 = environ un quart
fraction-1-3 = environ un tiers
fraction-1-2 = environ la moitié
fraction-2-3 = environ les deux tiers
fraction-3-4 = environ les trois quarts
fraction-4-5 = environ les quatre cinquièmes
fraction-9-10 = environ les neuf dixièmes
fraction-most = la quasi-totalité
fraction-all = la totalité
some-points = { $some } combinaisons sur { $all }
point-whole = { $number } ({ $values })
semicolon = {" "};{" "}
year = { $n ->
        [one] au bout d'un an
       *[other] au bout de { $n } ans
    }
day = au bout de { $n } jours
word-thinned = appauvrissement
word-weakened = affaiblissement
word-hollowed = liens vidés de leur cœur
word-transformed = transformation
word-enriched = enrichissement
word-inert = sans effet
word-undecided = non tranché
word-not-applicable = sans verdict : deux sociétés
brief-thinned = appauvris
brief-weakened = affaiblis
brief-hollowed = cœur vidé
brief-transformed = transformés
brief-enriched = enrichis
brief-inert = sans effet
brief-undecided = non tranché
ties-thinned = les liens s'appauvrissent : soutien, soutien du noyau et heures partagées baissent ensemble
ties-weakened = les liens s'affaiblissent, sans tout céder
ties-hollowed = le soutien tient, mais les liens sont vidés de leur cœur
ties-transformed = les liens se transforment sans perdre de soutien
ties-enriched = les liens s'enrichissent
ties-inert = les liens ne changent guère (de moins de { $margin })
ties-undecided = l'effet sur les liens n'est pas tranché après { $seeds }
ties-not-applicable = deux sociétés côte à côte, sans verdict
ties-mixed = le sort des liens dépend des valeurs supposées : { $words }
ties-mixed-of-many = le sort des liens dépend des valeurs supposées
ties-counted = Sur { $all } combinaisons : { $words }.
word-at = { $word } ({ $points })
word-in = { $word } dans{"\u00A0"}{ $n }{"\u00A0"}cas
others = d'autres
verdict = Verdict { $year } : { $word }
verdict-everywhere = Verdict { $year }, dans les { $all } cas essayés : { $word }
everywhere = le même mot dans les { $all } cas
same-word = le même mot dans { $same } cas sur { $all }
margin = marge { $margin }
tipping = le mot change à une marge de { $tipping }
no-tipping = aucune marge ne change le mot
floor = bruit de fond { $floor } du soutien
needed = il faudrait environ { $seeds } pour trancher
tipping-undecided = une marge de { $tipping } permettrait un verdict
one-more = une seule société ne tranche rien
never = aucun nombre prévisible de sociétés ne trancherait
primary = principal
source = { $n ->
        [one] Source : unbirthday { $version }, étude « { $study } ». { $seeds } de { $people } personnes (graine { $which }), { $years } : une seule ne donne pas d'intervalle ; moyennes des 365 derniers jours.
       *[other] Source : unbirthday { $version }, étude « { $study } ». { $seeds } de { $people } personnes (une par graine : { $which }), { $years } : moyennes des 365 derniers jours, intervalles à 95 % sur les sociétés.
    }
margins = Marges fixées d'avance : { $margins }.
margins-changed = Marges, modifiées après scellement : { $margins }.
seal = Étude (sceau { $hash }) : { $standing }.
sealed-before = scellée avant les simulations
sealed-after = scellée après le début des simulations
sealed-changed = modifiée après scellement : { $parts }
sealed-part-question = question
sealed-part-margins = marges
sealed-part-scenario = scénario
sealed-part-code = code
sealed-runs = simulations antérieures : { $n }
sealed-seals = sceaux antérieurs : { $n }
again = Pour refaire cette figure : { $command }.
again-after = , puis { $then }
margin-of-support = soutien
margin-of-core = noyau
margin-of-real = heures
margin-of-strong = liens forts
margin-of-partners = partenaires
margin-of-carriers = canaux
assumed = { $share } des { $all } paramètres déterminants sont seulement supposés.
explain-prompts-slope = Pente : à quel point la proximité, plutôt que le seul rappel (0), décide qui suit le rappel.
given = À graphe donné : { $graph }.
subset = { $shown ->
        [one] Une combinaison montrée sur { $all }.
       *[other] { $shown } combinaisons montrées sur { $all }.
    }
societies = { $n ->
        [one] { $n } société simulée
       *[other] { $n } sociétés simulées
    }
society-bands = Fourchettes : Zhou et al. 2005 (cercles), budgets de temps de Dunbar (temps).
society-counting = Visite, appel et rencontre comptent pour les deux, lettre et carte pour qui les reçoit.

## The figure verdict

verdict-title = { $contrast } : { $ties }
verdict-legend = Traits épais et fins : intervalles à 90 et 95 %. Zone claire : en deçà de la marge. Barre grise : bruit de fond (placebo).
verdict-legend-points = Grandes marques : { $point } ; petits points : les autres combinaisons.
measure-S_all = soutien
measure-core = soutien du noyau
measure-strong = liens forts
measure-real_hours = heures partagées
measure-partners = partenaires
measure-carriers = canaux
measure-S_old = soutien des liens anciens
value-lost = en baisse
value-same = sans changement
value-gained = en hausse
value-below = en place
value-moved = déplacés
leg-value = { $leg } { $value }
leg-and = {" "}et{" "}
reason-legs = { $legs }
reason-stood = ce qui a tenu : { $legs }
reason-within = rien au-delà de sa marge
reason-although = bien que les heures partagées baissent
reason-replaced = remplacement : { $legs }
reason-unsettled = en suspens, sans changer le mot : { $legs }
reason-open = en suspens : { $legs }
reason-possible = restent possibles : { $words }
reason-one_seed = une seule société : pas d'intervalle
reason-no_seed = aucune société n'a les deux bras
reason-no_word_by = non mesuré, ou sur une marge : non tranché avec { $n } sociétés
reason-two_societies = deux sociétés différentes : l'effet propre à chacune a son verdict
change-axis = { $control ->
        [none] écart avec la société sans plateforme, %
        [off] écart avec la société sans rappels, %
       *[other] écart, % de la référence
    }
shift-axis =
    distance au-delà
    du placebo
verdict-stricter = Les verdicts des contrastes secondaires suivent des intervalles plus stricts (Bonferroni) que ceux tracés.

## The figure region

region-everywhere = Verdict « { $word } » partout : ni un paramètre seul, à un bout de sa fourchette, ni aucune de { $n } combinaisons tirées au hasard ne change le mot
region-no-other = Verdict « { $word } » dans { $share } de { $n } combinaisons tirées au hasard, non tranché dans les autres ; rien ne change le mot en un autre
region-share = Verdict « { $word } » dans { $share } de { $n } combinaisons tirées au hasard ; { $flip }
region-flip-above = « { $name } » à { $value } ou plus : { $word }
region-flip-below = « { $name } » à { $value } ou moins : { $word }
region-no-flip = aucun paramètre seul ne le change
region-how = Les { $all } paramètres qui agissent une fois la plateforme là, chacun sur sa fourchette plausible ; au départ, ce que disent les fichiers et les bras de l'étude. Une part n'est pas une probabilité : nul ne sait à quel point une combinaison est vraisemblable.
region-refused = { $n ->
        [one] { $n } combinaison qu'un bras refuse a été écartée.
       *[other] { $n } combinaisons qu'un bras refuse ont été écartées.
    }
region-sample = Tous au hasard : { $n } combinaisons
region-part = { $word } { $share }
region-interval = { $word } : { $share }, intervalle à 95 % de { $low } à { $high }.
region-split = Ce qui dit le mieux où le mot tient : « { $name } ». Jusqu'à { $cut }, il tient dans { $below } de { $n_below } combinaisons, au-delà dans { $above } de { $n_above }.
region-split-within = Parmi les combinaisons { $side ->
        [below] du bas
       *[above] du haut
    }, « { $name } » : jusqu'à { $cut } dans { $below } de { $n_below }, au-delà dans { $above } de { $n_above }.
region-no-split = Aucun paramètre seul ne dit, mieux que le hasard, où le mot tient.
region-alone = Un à la fois, tous les autres au départ
region-key-base = départ
region-key-between = non tranché
region-row = { $old } → { $new } : { $word }
region-more-flips = { $n ->
        [one] { $n } autre change le mot.
       *[other] { $n } autres changent le mot.
    }
region-more-open = { $n ->
        [one] { $n } autre le laisse non tranché quelque part dans sa fourchette.
       *[other] { $n } autres le laissent non tranché quelque part dans leur fourchette.
    }
region-others = { $n ->
        [one] { $n } autre : { $word } aux deux bouts de sa fourchette.
       *[other] { $n } autres : { $word } aux deux bouts de leur fourchette.
    }
region-all = Tous les { $n } : { $word } aux deux bouts de leur fourchette.
region-together = Plusieurs à la fois : les plus petits changements trouvés (une fourchette compte pour 1)
region-change = { $word }, à { $distance } : { $moves }.
region-move = « { $name } » { $old }{"\u00A0"}→{"\u00A0"}{ $new }
region-smaller = { $n ->
        [one] un écart plus petit
       *[other] { $n } écarts plus petits
    }
region-no-change = Aucun trouvé qui donne un autre mot tranché.
region-no-change-of = Aucun trouvé qui donne un autre mot tranché, parmi { $n } autres combinaisons où la recherche a regardé.
region-source = Source : unbirthday { $version }, étude « { $study } ». { $simulated } combinaisons, chacune simulée avec { $seeds } de { $people } personnes, { $years } : moyennes des 365 derniers jours, mots selon les intervalles à 95 % sur les sociétés, parts avec l'intervalle de Wilson. « Trouvés » : il peut y en avoir de plus petits.
region-line = tient dans { $share } [{ $low }–{ $high }] de { $n } combinaisons tirées dans les fourchettes ({ $seeds } de { $people } personnes chacune)
region-line-flip = changement le plus proche : « { $name } » { $old } → { $new } ({ $word })
region-line-none = aucun paramètre seul ne le change
region-line-other = au départ, avec si peu de sociétés : { $word }

## The figure society

society-title = { $when ->
        [before] Avant toute plateforme
       *[with] Avec la plateforme
    }, les liens éloignés dépendent d'occasions : cartes et rencontres de hasard font { $outer } des contacts venus d'au-delà des cinquante plus proches, et { $inner } de ceux des cinq plus proches
society-even = { $when ->
        [before] Avant toute plateforme
       *[with] Avec la plateforme
    }, cartes et rencontres de hasard font { $outer } des contacts venus d'au-delà des cinquante plus proches, et { $inner } de ceux des cinq plus proches
society-circles = Cercles de contact : { $inside } sur { $all } dans les fourchettes publiées (en gris)
society-contacted-weekly = chaque semaine
society-contacted-monthly = chaque mois
society-contacted-half-yearly = chaque semestre
society-contacted-yearly = chaque année
society-people-axis =
    personnes contactées au moins
    aussi souvent (échelle log.)
society-signature = Soutien (●) et temps (◇) par rang
society-rank = { $ranks ->
        [rest] au-delà de 50
       *[other] rangs { $ranks }
    }
society-share-axis = % du total d'une personne
society-mix = Comment arrivent les contacts, selon le cercle
society-per-tie =
    reçus
    par an
society-mix-axis = % de ce qui est reçu du cercle

## The figure greetings

greetings-title-public = Avec les rappels, chaque anniversaire apporte { $greetings } vœux publics, dont { $share } venus d'au-delà des quinze plus proches ; { $ties }
greetings-title-private = Avec des rappels privés, chaque anniversaire apporte { $greetings } messages, dont { $share } venus d'au-delà des quinze plus proches ; { $ties }
greetings-who = Qui souhaite l'anniversaire sur rappel, et depuis quel cercle
greetings-a-year =
    par personne
    et par an
greetings-inner-share =
    venant des 15
    plus proches
greetings-prompted-axis = vœux reçus sur rappel, par personne et par an
greetings-season-contacts = Contacts réels après un anniversaire (hors vœux) : effet des rappels{ $at }
greetings-season-closeness = Proximité ces mêmes mois : effet des rappels{ $at }
greetings-month-axis = mois depuis l'anniversaire
greetings-percent-axis = écart, %
greetings-replaced = Les rappels remplacent-ils les vœux de ceux qui se souviennent ?{ $at }
greetings-replaced-fewer = Sans rappels, { $before } personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent { $greetings }, { $n } de moins.
greetings-replaced-more = Sans rappels, { $before } personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent { $greetings }, { $n } de plus.
greetings-replaced-open = Sans rappels, { $before } personnes se souviennent d'un anniversaire par carte, appel ou visite ; pas d'écart net : { $n } pour cent { $greetings }.
greetings-of-public = vœux publics
greetings-of-private = messages sur rappel
greetings-from-inner = de la part des quinze plus proches
greetings-from-outer = de la part de tous les autres
greetings-difference-axis = écart avec la société sans rappels, reçus par personne et par an
at = {" "}({ $point })

## The figure birthdays

birthdays-title = Qui affiche une fausse date reçoit le mauvais jour { $wrong } de ses vœux d'anniversaire, mais { $inner } de ceux des quinze plus proches
birthdays-title-too = Qui affiche une fausse date reçoit le mauvais jour { $wrong } de ses vœux d'anniversaire, et { $inner } de ceux des quinze plus proches
birthdays-knowing = Un « joyeux non-anniversaire » arrive { $knowing } fois par an.
birthdays-wrong-day = { $points ->
        [1] Part des vœux du mauvais jour : des cinq plus proches { $five }, des quinze plus proches { $inner }, d'au-delà des cinquante et en ligne { $outer }.
       *[other] Part des vœux du mauvais jour, dans tous les cas essayés : des cinq plus proches { $five }, des quinze plus proches { $inner }, d'au-delà des cinquante et en ligne { $outer }.
    }
span = { $low } à { $high }
birthdays-wish-prompt = sur rappel, à la date affichée
birthdays-wish-birthday = de mémoire, à la vraie date
birthdays-wish-nonbirthday = « joyeux non-anniversaire », à la fausse date
birthdays-dates-false = Fausse date affichée ({ $n } par société)
birthdays-dates-true = Vraie date affichée ({ $n } par société)
birthdays-share-false =
    part le
    mauvais jour
birthdays-share-true =
    part sur
    rappel
birthdays-all-circles = tous
birthdays-wishes-axis = vœux reçus par personne et par an, selon ce que l'autre est pour qui les reçoit
birthdays-wrong-day-rule = Supposé, non trouvé : qui sait la vraie date ne suit pas un rappel à une autre, et combien de fois il le dit alors.

## The figure telling

telling-title = Avec les rappels{ $at }, { $with } de ceux qui souhaitent l'anniversaire sont des liens forts, sans rappels { $without } ; les vœux distinguent { $rank } les liens forts des faibles
telling-auc = AUC d'un vœu{ $at } : { $auc }, sans rappels { $before }.
telling-rank-more = mieux
telling-rank-less = moins bien
telling-rank-same = aussi bien
telling-rank-open = à peu près aussi bien
telling-greeting-tells = Le vœu sur rappel, à lui seul, dit un lien fort à toutes les pentes essayées.
telling-greeting-mute = Le vœu sur rappel, à lui seul, ne dit un lien fort à aucune valeur essayée.
telling-greeting-partly = Le vœu sur rappel, à lui seul, ne dit pas un lien fort ({ $points }).
telling-others-tell = Des autres gestes, { $best } en disent le plus (AUC{"\u00A0"}{ $auc }), { $change }.
telling-change-more = plus que sans rappels
telling-change-less = moins que sans rappels
telling-change-same = comme sans rappels
telling-change-open = à peu près comme sans rappels
telling-gesture-greeting = vœux sur rappel
telling-gesture-wish = vœux de mémoire
telling-gesture-nonbirthday = « non-anniversaire »
telling-gesture-reaction = réactions
telling-gesture-comment = commentaires
telling-gesture-message = messages privés
telling-gesture-letter = lettres
telling-the-nonbirthday = les « joyeux non-anniversaire »
telling-the-reaction = les réactions
telling-the-comment = les commentaires
telling-the-message = les messages privés
telling-the-letter = les lettres
telling-line-any_wish = ● tous les vœux, avec rappels
telling-line-greeting = ◆ le vœu sur rappel seul
telling-line-without = ▬ les vœux sans rappels
telling-panel-strong_given =
    Qui souhaite : % forts
    (pointillé : tout lien)
telling-panel-auc =
    Forts et faibles : AUC
    (pointillé : { $least })
telling-panel-information =
    Ce que dit un vœu :
    bits pour 1 000 liens
telling-axis-prompts-slope = pente du rappel
telling-gestures = Quel geste vient d'un lien fort ?{ $at }
telling-gestures-axis = % de liens forts parmi ceux où il est fait
telling-gestures-key = ● avec rappels   ○ sans   pointillé : tout lien
telling-bits = En tout, un vœu dit { $bits } bits pour 1 000 liens, sans rappels { $before }.
telling-knowing-tells = Un « joyeux non-anniversaire » vient d'un lien fort dans { $share } des cas.
telling-column-told =
    fait sur … des
    liens forts
telling-column-auc = AUC
telling-universe = Liens : paires ordonnées de membres reliés ; forts : plus proches, à deux, que le seuil où l'on en a quinze en moyenne. AUC : la chance que le geste classe un lien fort avant un faible ; { $half } ne dit rien, et un geste est dit parler d'un lien fort si son intervalle est au-dessus de { $least } ; des écarts d'AUC sous { $small } comptent pour rien.
telling-messages-assumed = Que messages et commentaires aillent surtout aux proches est supposé.

## The figure letters

letters-title = Avec { $wall }, lettres et appels varient { $letters }, selon qu'être en contact les remplace plus ou moins ; le soutien entre ceux qui s'écrivaient varie { $support }
letters-title-at = Avec { $wall }, lettres et appels varient { $letters } ({ $at }) ; le soutien entre ceux qui s'écrivaient varie { $support }
letters-free-wall = un mur qui ne prend pas de temps
letters-a-wall = un mur
letters-from-to = de { $first } à { $last }
letters-by = de { $change }
letters-channels = Ce que reçoit une personne en un an, dans la vie réelle (en haut) et sur le mur (en bas)
letters-words-visit = visites
letters-words-call = appels
letters-words-letter = lettres
letters-words-card = cartes
letters-words-message = messages
letters-words-comment = commentaires
letters-words-group = échanges de groupe
letters-words-greeting = vœux d'anniversaire
letters-column-none =
    pas de
    plateforme
letters-column-point =
    substitution
    { $value }
letters-axis = reçus par personne et par an (échelle log.)
letters-effort = Temps mis dans les mots
letters-ties = Lettres et appels, soutien des liens
letters-number = { $n } ({ $change })
letters-time-effort_real = lettres, cartes et appels
letters-time-effort_online = mots sur le mur
letters-effort-axis = minutes par jour
letters-line-letters = lettres et appels
letters-line-pairs = soutien entre ceux qui s'écrivaient
letters-line-core = soutien du noyau (quinze plus proches)
letters-verdict-head = verdict
explain-substitution = Substitution : à quel point être en contact remplace l'envie de se voir, d'appeler ou d'écrire (0 : en rien, 1 : tout à fait).
letters-narrow = Là où aucun trait ne se voit, l'intervalle est plus étroit que sa marque.
letters-counting = Visites et appels comptent pour les deux ; ceux qui s'écrivaient : les paires ayant échangé une lettre l'année d'avant le mur. En gris : en deçà de la marge du soutien. Être en contact remplace visites, appels et lettres dans la même mesure.

## The figure displacement

displacement-thins = Les liens s'appauvrissent dans { $share } des combinaisons essayées
displacement-thins-only = Les liens ne s'appauvrissent que si { $where }
displacement-thinned = Les liens s'appauvrissent dans { $n } combinaisons sur { $all } : { $minutes }.
displacement-thins-nowhere = Les liens ne s'appauvrissent dans aucun des { $all } cas
displacement-thins-everywhere = Les liens s'appauvrissent dans les { $all } cas essayés
displacement-minutes-first = { $n } sur { $all } à { $minutes } minutes par jour
displacement-minutes = { $n } sur { $all } à { $minutes }
displacement-where-least-displacement = { $value } au moins du temps passé sur la plateforme est censé être pris à la vie réelle
displacement-where-all-displacement = tout le temps passé sur la plateforme est censé être pris à la vie réelle
displacement-where-most-displacement = { $value } au plus du temps passé sur la plateforme est censé être pris à la vie réelle
displacement-where-no-displacement = rien du temps passé sur la plateforme n'est censé être pris à la vie réelle
displacement-where-least-substitution = le lien entretenu en ligne remplace { $value } au moins de l'envie de se voir
displacement-where-all-substitution = le lien entretenu en ligne remplace toute envie de se voir
displacement-where-most-substitution = le lien entretenu en ligne remplace { $value } au plus de l'envie de se voir
displacement-where-no-substitution = le lien entretenu en ligne ne remplace pas l'envie de se voir
displacement-where-least-composed_dose = les messages renforcent les liens à { $value } au moins de ce qui est supposé
displacement-where-all-composed_dose = les messages renforcent les liens autant que supposé ou plus
displacement-where-most-composed_dose = les messages renforcent les liens à { $value } au plus de ce qui est supposé
displacement-where-no-composed_dose = les messages ne renforcent pas du tout les liens
displacement-falls = Avec une plateforme, { $year }, les heures partagées varient de { $least } à { $most }, comparé à l'absence de plateforme ; elles baissent de plus de { $margin } dans { $real } cas sur { $all }, le soutien du noyau (les quinze plus proches) dans { $core }, le soutien entier dans { $support }. Autres verdicts : { $others }.
displacement-key = Dans les cases : le verdict et l'écart du soutien. Lignes, par le seul calcul : le gain en ligne égale la perte dans la vie réelle, pour les cinq plus proches (———) et les dix suivants (– – –) ; au-dessus de sa ligne un cercle gagne, au-dessous il perd.
displacement-agrees = Les { $all } écarts nets du soutien de ces cercles vont tous du côté que disent les lignes.
displacement-errs = { $right } des { $all } écarts nets du soutien de ces cercles vont du côté que disent les lignes ; les autres sont d'au plus { $most }.
displacement-saturates = L'ampleur, seule la simulation la dit : au pire les cinq plus proches perdent { $dose } de ce que le contact leur apportait, et { $support } de leur soutien.
displacement-column = Le lien entretenu en ligne remplace jusqu'à { $value } de l'envie de se voir
displacement-row = { $minutes } minutes par jour sur la plateforme
displacement-across = minutes devant venir des contacts réels
displacement-up =
    effet des messages
    et commentaires
displacement-factor = × { $value }
displacement-line-above-support = ligne des cinq plus proches : plus haut
displacement-line-above-sympathy = ligne des dix suivants : plus haut
displacement-line-below-support = ligne des cinq plus proches : plus bas
displacement-line-below-sympathy = ligne des dix suivants : plus bas
displacement-taken = Nul ne donne plus qu'il n'a : sont vraiment prises { $taken } (comme demandé, de gauche à droite).
displacement-taken-of = { $shares } des { $minutes } minutes
displacement-unfinished = { $n ->
        [one] { $n } combinaison sur { $all } n'est pas achevée.
       *[other] { $n } combinaisons sur { $all } ne sont pas achevées.
    }
displacement-computed = Lignes : taux mesurés là où la plateforme prend et remplace le moins.
point-platform-minutes = { $value } minutes
point-displacement = déplacement { $value }
point-composed_dose = dose composée × { $value }
displacement-cell-change = { $mean } ± { $half } %
displacement-cell-change-alone = { $mean } %
displacement-cell-unfinished = à calculer

## The figure precision

precision-title = Simuler les mêmes personnes avec le même hasard dans les deux bras donne la précision de { $factors }
precision-times = { $factor } fois plus de sociétés pour { $leg }
precision-further = { $factor } fois pour { $leg }
precision-not = Rien ne montre encore que simuler les mêmes personnes avec le même hasard dans les deux bras permette de se contenter de moins de sociétés
precision-still = Pour { $leg }, l'écart est le même dans toutes les sociétés : une paire de simulations en dit autant que cent
precision-no-change = Pas d'écart au-delà de { $most } pour { $legs } ; { $seeds }, avec les mêmes personnes et le même hasard dans les deux bras, suffisent à le dire
the-measure-S_all = le soutien
the-measure-core = le soutien du noyau
the-measure-real_hours = les heures partagées
the-measure-strong = les liens forts
precision-head = { $contrast }, { $year }{ $point }. { $leg } : { $seeds } donnent l'écart à { $half } de la référence près ; avec d'autres personnes et un autre hasard dans chaque bras, elles le donneraient à { $apart } près.
precision-points = Sur l'ensemble des { $all } combinaisons, le facteur va de { $least } à { $most }.
precision-together = mêmes sociétés dans les deux bras (———)
precision-apart = sociétés différentes dans chaque bras (– – –)
precision-factor = facteur { $factor } [{ $low } ; { $high }]
precision-factor-alone = facteur { $factor }
precision-same = en paires, rien ne varie
precision-across = sociétés par bras
precision-up = demi-largeur, % de la référence
precision-margin = marge { $margin }
precision-study = cette étude : { $n }
precision-wanted = ± { $within } en demande { $together } ; sinon, { $apart } par bras
precision-between = { $n } [{ $low } ; { $high }]
precision-never = plus de 10⁹
precision-reading = Facteur : la variance de l'écart si le bras et la référence étaient simulés sur des sociétés différentes, rapportée à celle trouvée sur les mêmes. Demi-largeur : de son intervalle à 95 %. Bandes et crochets : intervalles à 95 %, car peu de sociétés font mal connaître leur dispersion.

## The figure sensitivity

sensitivity-few = { $n ->
        [one] Un paramètre sur { $all } explique { $share } { $about }
       *[other] { $n } paramètres sur { $all } expliquent { $share } { $about }
    }
sensitivity-all = Aucun petit groupe de paramètres n'explique l'essentiel { $about } : les { $all } comptent
sensitivity-open = Trop peu de points ou de sociétés encore pour dire lesquels des { $all } paramètres expliquent l'essentiel { $about }
sensitivity-constant = Aucun des { $all } paramètres ne change { $measure }
sensitivity-beyond = { $n ->
        [one] Un paramètre sur { $all } fait bouger { $measure } de plus que la marge ({ $margin })
       *[other] { $n } paramètres sur { $all } font chacun bouger { $measure } de plus que la marge ({ $margin })
    }
sensitivity-sure = , dont { $n } sans aucun doute
sensitivity-unsure = , sans certitude encore
sensitivity-most = De { $all } paramètres, « { $name } » fait le plus bouger { $measure }, de { $size }
sensitivity-none-beyond = { $most } : aucun n'atteint la marge de { $margin }
sensitivity-names = {" "}: { $names }
the-measure-partners = les partenaires
the-measure-carriers = les canaux
of-other = des variations de « { $measure } »
of-measure-S_all = des variations du soutien
of-measure-core = des variations du soutien du noyau
of-measure-real_hours = des variations des heures partagées
of-measure-strong = des variations des liens forts
of-measure-partners = des variations des partenaires
of-measure-carriers = des variations des canaux
sensitivity-about = { $whose }, { $year }.
sensitivity-arm = le bras « { $arm } », à lui seul
sensitivity-circle = {" "}({ $circle })
sensitivity-profile = {" "}(profil { $profile })
sensitivity-key-ST = Part de la variance entre les points qu'explique un paramètre ● seul et ○ avec tout ce qu'il fait avec les autres ; entre les deux, leur interaction. Traits : intervalles à 95 %, coupés à 0 et 100. Sous chaque nom : du 5ᵉ au 95ᵉ centile des points.
sensitivity-key-mu_star = De combien le résultat se déplace sur toute la plage d'un paramètre, en moyenne sur tous les points : ▲ vers le haut, ▼ vers le bas, ● dans les deux sens ou sans écart sûr. Traits : intervalles à 95 %, ▸ au-delà de l'axe. Barre │ : combien cela diffère d'un point à l'autre (courbure ou interaction). Zone claire : en deçà de la marge. Sous chaque nom : du 5ᵉ au 95ᵉ centile des points.
sensitivity-sampled-ST = Indices de Sobol (SALib) de { $n } échantillons dans { $seeds }, moins le bruit des sociétés ; leurs intervalles portent sur les échantillons et les sociétés.
sensitivity-sampled-mu_star = Effets élémentaires (Morris, SALib) sur { $n } trajectoires dans { $seeds } ; leurs intervalles portent sur les deux.
sensitivity-left-out = { $n ->
        [one] { $n } autre n'est pas complet.
       *[other] { $n } autres ne sont pas complets.
    }
sensitivity-one-seed = Une seule société ne donne pas d'intervalle.
sensitivity-others = { $n ->
        [one] { $n } autre
       *[other] le plus grand des { $n } autres
    }
sensitivity-spread = { $low } à { $high }
sensitivity-distances = distance { $low } à { $high }
sensitivity-noise = { $spread } : le seul bruit des sociétés
sensitivity-share-axis = % de la variance
sensitivity-effect-axis = % de la référence
sensitivity-distance-axis = distance

## The figure why

why-label-being-in-touch = le lien en ligne remplace la rencontre
why-label-writing-leads-on = s'écrire mène à se voir
why-label-time-taken = temps pris à la vie réelle
why-label-written-words = les mots écrits lient
why-label-clicks-and-reading = clics et lectures lient
why-label-prompts-remember = les rappels tiennent lieu de mémoire
why-label-rest = les liens seuls, tout le reste éteint
why-label-left = tout ceci éteint
why-label-all = ensemble
why-noun-being-in-touch = le lien entretenu en ligne
why-noun-writing-leads-on = l'écrit qui mène à se voir
why-noun-time-taken = le temps perdu
why-noun-written-words = les mots écrits
why-noun-clicks-and-reading = les clics et les lectures
why-noun-prompts-remember = les rappels qui se souviennent à notre place
why-adds = { $number ->
        [many] { $what } ajoutent { $much } { $leg }
       *[one] { $what } ajoute { $much } { $leg }
    }
why-takes = { $number ->
        [many] { $what } ôtent { $much } { $leg }
       *[one] { $what } ôte { $much } { $leg }
    }
why-takes-too = { $number ->
        [many] { $what } en ôtent { $much }
       *[one] { $what } en ôte { $much }
    }
why-leg-S_all = au soutien
why-leg-core = au soutien du noyau
why-leg-real_hours = aux heures partagées
why-leg-strong = aux liens forts
why-unclear = { $seeds } ne suffisent pas à dire ce qu'un mécanisme fait { $leg }
why-nothing = Aucun mécanisme ne déplace soutien, soutien du noyau, liens forts ou heures partagées de plus de { $most } : tout reste en deçà de la marge de { $margin }
why-at = , { $point }
why-without = sans { $what }
why-word = { $without } : { $word }
why-same-word = de même quel que soit le mécanisme éteint
why-key = Barres : ce que chaque mécanisme ajoute (bleu) ou ôte (orange), en moyenne sur tout ce que peuvent faire les autres : sa part de Shapley, sur { $all } combinaisons simulées avec les mêmes gens et le même hasard. Avec ce qui reste quand tout est éteint, leur somme est l'écart. Traits : intervalles à 95 %. Zone claire : en deçà de la marge.
why-rest = Tout éteint, une plateforme se réduit à ses liens : ce qui est lié en ligne ne se rompt jamais.
why-left-out = Déjà éteint dans les deux bras : { $some }.
why-head =
    verdict
    sans lui
why-mechanism = mécanisme
why-word-without = sans lui
why-word-alone = seul

## The figure tie

tie-in = dans { $arm }
tie-in-none = sans plateforme
tie-title = { $One }, { $n } ; { $other }, { $m } : { $closeness }
tie-online = { $m }, avec { $k } actes en ligne
tie-then-same = autant
tie-met-first = { $n ->
        [0] aucune rencontre
        [1] une rencontre
       *[other] { $n }{"\u00A0"}rencontres
    }
tie-met-then = { $n ->
        [0] aucune
        [1] une seule
       *[other] { $n }
    }
tie-acts-first = { $n ->
        [0] aucun contact
        [1] un contact
       *[other] { $n }{"\u00A0"}contacts
    }
tie-acts-then = { $n ->
        [0] aucun
        [1] un seul
       *[other] { $n }
    }
tie-ended-apart = proximité à la fin { $x } et { $y }
tie-ended-equal = proximité à la fin { $x } dans les deux
tie-who = { $who } : { $origin }, { $where }. { $circles }
tie-who-new = { $who } n'avaient pas de lien quand les bras se séparent.
tie-people = A (personne { $a }) et B (personne { $b })
tie-labels = A ({ $a }) et B ({ $b })
tie-origin-kin = lien de parenté
tie-origin-work = lien né au travail
tie-origin-neighbourhood = lien de voisinage
tie-origin-club = lien né dans un club
tie-origin-past = lien d'autrefois
tie-origin-friends = lien né par des amis
tie-origin-online = lien en ligne
tie-near = à proximité l'un de l'autre
tie-far = loin l'un de l'autre
tie-circles = Quand les bras se séparent, B est { $of_a } pour A, A est { $of_b } pour B.
tie-circles-same = Quand les bras se séparent, chacun est { $of_a } pour l'autre.
tie-circle-support = parmi les cinq plus proches
tie-circle-sympathy = parmi les dix suivants
tie-circle-affinity = parmi les trente-cinq suivants
tie-circle-rest = au-delà des cinquante plus proches
tie-circle-new = une connaissance récente
tie-circle-online = un simple lien en ligne
tie-why-apart = Choisi parmi { $n } liens : la proximité à la fin y diffère le plus d'un bras à l'autre (elle était de { $before } l'année d'avant).
tie-why-thinned = Choisi parmi { $n } liens : de ceux aux quinze plus proches de quelqu'un, c'est là que la proximité baisse le plus dans { $arm }, depuis { $before } l'année d'avant.
tie-why-warmed = Choisi parmi { $n } liens : de ceux au-delà des cinquante plus proches, c'est là que la proximité monte le plus dans { $arm }, depuis { $before } l'année d'avant.
tie-why-steady = Choisi parmi { $n } liens : des bons liens, c'est là que la proximité bouge le moins, quel que soit le bras, depuis { $before } l'année d'avant.
tie-control = { $arm }, la référence
tie-same = jour pour jour la même chose dans { $others }
tie-shows = { $who } affiche un faux anniversaire (tirets)
tie-show = A et B affichent de faux anniversaires (tirets)
tie-platform-comes = « { $name } » arrive (trait noir)
tie-platform-goes = la plateforme s'en va (trait noir)
tie-by = de { $who }
tie-key-lines = Courbes : proximité, A→B celle de A pour B ; au bout, la moyenne des { $last } derniers jours.
tie-key-control = En gris : la référence.
tie-key-marks = Traits : en haut ce que A commence, en bas ce que B commence ; à droite, combien.
tie-key-weeks = Barres : par semaine, chaque ligne à son échelle.
tie-key-months = Barres : par trente jours, chaque ligne à son échelle.
tie-key-birthday = ●{"\u00A0"}anniversaire de mémoire
tie-key-prompt = ○{"\u00A0"}sur rappel
tie-key-nonbirthday = ★{"\u00A0"}« joyeux non-anniversaire »
tie-key-dotted = Pointillés : anniversaires.
tie-axis = mois depuis la séparation des bras
tie-arm = bras
tie-began = proximité au départ
tie-ended = à la fin
tie-closeness = proximité
tie-lane-visit = visites
tie-lane-call = appels
tie-lane-post = lettres, cartes
tie-lane-chance = par hasard
tie-lane-message = messages
tie-lane-comment = commentaires
tie-lane-reaction = réactions
tie-lane-greeting = vœux
tie-source = Source : unbirthday { $version }, étude « { $study } », { $at } ; une société simulée de { $people } personnes, mêmes gens et même hasard dans tous les bras. Une paire n'est qu'un exemple : les verdicts portent sur tous les liens de nombreuses sociétés.
tie-seed = graine { $seed }

## What parameters are called: the end of a dotted name

parameter-response-substitution = le lien en ligne dispense de se voir
parameter-response-complement = s'écrire donne envie de se voir
parameter-response-displacement = minutes prises aux contacts réels
parameter-response-suppression = le vœu public dispense du vœu personnel
parameter-response-forget = anniversaires oubliés, le rappel aidant
parameter-response-nonbirthday = un mot à qui montre une fausse date
parameter-response-composed_dose = dose de ce qu'on s'écrit
parameter-response-cheap_dose = dose des clics, lectures et vœux
parameter-response-meet_after = un échange mène à une rencontre
parameter-response-reply_half = proximité requise pour une réponse
parameter-response-touch_memory = durée du sentiment d'être en lien
parameter-response-exchange_memory = durée du souvenir d'un échange
parameter-channels-greeting-dose = dose d'un vœu reçu
parameter-channels-greeting-dose_sent = dose d'un vœu envoyé
parameter-channels-greeting-touch = lien entretenu par un vœu
parameter-channels-message-dose = dose d'un message reçu
parameter-channels-message-dose_sent = dose d'un message envoyé
parameter-channels-message-touch = lien entretenu par un message
parameter-channels-message-minutes = durée d'un message
parameter-channels-comment-dose = dose d'un commentaire reçu
parameter-channels-comment-dose_sent = dose d'un commentaire envoyé
parameter-channels-comment-touch = lien entretenu par un commentaire
parameter-channels-comment-minutes = durée d'un commentaire
parameter-channels-group-dose = dose d'un échange de groupe, reçu
parameter-channels-group-dose_sent = dose d'un échange de groupe, envoyé
parameter-channels-group-touch = lien entretenu par un échange de groupe
parameter-channels-group-minutes = durée d'un échange de groupe
parameter-channels-reaction-dose = dose d'un clic reçu
parameter-channels-reaction-dose_sent = dose d'un clic envoyé
parameter-channels-reaction-touch = lien entretenu par un clic
parameter-channels-reaction-minutes = durée d'un clic
parameter-channels-view-dose = dose d'un billet lu
parameter-channels-view-touch = lien entretenu par un billet lu
parameter-people-minutes_spread = dispersion des minutes
parameter-people-links_spread = dispersion du nombre de contacts
parameter-people-posts_spread = dispersion des publications
parameter-people-comments_spread = dispersion des commentaires
parameter-minutes_ratio = minutes de cette culture, rapport
parameter-overlap = contacts en ligne connus dans la vie
parameter-gamma_attend = l'attention va aux proches
parameter-private = part des actes privés
parameter-disclose = publications sur soi
parameter-post = publications de cette culture, rapport
parameter-react = réactions de cette culture, rapport
parameter-platform-minutes = minutes par jour sur la plateforme
parameter-platform-adoption = membres, part des gens
parameter-links-share = liens faibles mis en contact
parameter-links-link_slope = contacts en ligne selon la proximité
parameter-prompts-active = présence un jour donné
parameter-prompts-slope = pente des vœux rappelés
parameter-prompts-private_effort = vœux privés, par vœu public
parameter-prompts-false_share = membres à la date fausse
parameter-prompts-hidden_share = membres sans date affichée
parameter-feed-posts = publications par jour
parameter-feed-items = éléments vus par jour
parameter-feed-item_minutes = durée d'un élément
parameter-feed-friends_share = part des amis dans le fil
parameter-feed-rank_floor = rang des inconnus dans le fil
parameter-feed-rank_slope = rang selon la proximité
parameter-feed-opening = ouverture des publications
parameter-feed-floor = ouverture chez les inconnus
parameter-feed-visits = visites de profils
parameter-feed-ephemeral = part des statuts passagers
parameter-reactions-rate = clics par lecture
parameter-comments-rate = commentaires par lecture
parameter-comments-budget = commentaires possibles par jour
parameter-comments-reply = commentaires qui ont une réponse
parameter-messages-rate = messages par jour
parameter-messages-usual_private = part habituelle des actes privés
parameter-messages-reply = messages qui ont une réponse
parameter-groups-rate = échanges de groupe par jour
parameter-groups-reply = échanges de groupe qui ont une réponse
parameter-disclosure-opening = ouverture de ce qui parle de soi
parameter-disclosure-dose = dose de ce qui parle de soi
parameter-disclosure-comment = commentaires sur ce qui parle de soi
parameter-disclosure-share = ce qui parle de soi, dans les groupes
parameter-information-opening = ouverture des informations
parameter-information-dose = dose des informations
parameter-information-comment = commentaires sur les informations
parameter-information-share = informations, dans les groupes
parameter-ephemeral-opening = ouverture des statuts passagers
parameter-ephemeral-dose = dose des statuts passagers
parameter-ephemeral-comment = commentaires sur les statuts passagers
parameter-ephemeral-share = statuts passagers, dans les groupes
parameter-links = contacts d'un membre
