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
    nouveaux
    liens
circle-online =
    en ligne
    seulement
channel-visit = visites
channel-call = appels
channel-letter = lettres
channel-card = cartes
channel-chance =
    rencontres
    fortuites
arm-none = sans plateforme
arm-off = sans rappels
arm-public = rappels publics
arm-private = rappels privés
control-none = l'absence de plateforme
control-off = l'absence de rappels
control-public = des rappels publics
control-private = des rappels privés
whose = Seulement ces personnes : { $group }.
group-minority = la minorité
group-contacts-none = hors de la minorité, sans lien avec elle
group-contacts-some = hors de la minorité, avec quelques liens avec elle
group-contacts-many = hors de la minorité, avec beaucoup de liens avec elle
quoted = « { $text } »
against = { $arm }, par rapport à { $control }
cell = { $platform }, profil { $profile }
cell-way = { $cell }, { $way }
against-cell = { $cell }, par rapport à { $control }
against-platform = une plateforme avec { $arm }, par rapport à { $control }
against-free-platform = une plateforme qui ne prend pas de temps, par rapport à { $control }
with-prompts = avec des { $arm }
with-platform = avec une plateforme
with-free-platform = avec une plateforme qui ne prend pas de temps
with-arm = dans le bras { $arm }
with-other = dans le bras { $arm }, par rapport à { $control }
point-prompts-slope = pente { $value }
point-substitution = substitution { $value }
point-other = { $name } { $value }
point-number = combinaison { $number }
fraction-none = 0 %
fraction-few = une infime partie
fraction-1-10 = environ 10 %
fraction-1-5 = environ 20 %
fraction-1-4 = environ un quart
fraction-1-3 = environ un tiers
fraction-1-2 = environ la moitié
fraction-2-3 = environ les deux tiers
fraction-3-4 = environ les trois quarts
fraction-4-5 = environ 80 %
fraction-9-10 = environ 90 %
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
word-too-early = sans verdict : des gens arrivent encore
word-not-applicable = sans verdict
means = { $word } : { $text }.
means-thinned = le soutien, celui du noyau et les heures passées ensemble baissent
means-weakened = le soutien baisse, mais celui du noyau ou les heures passées ensemble tiennent
means-hollowed = le soutien tient, mais celui du noyau ou les liens forts baissent
means-transformed = autant de soutien, par d'autres personnes ou d'autres voies
means-enriched = le soutien augmente, et les liens les plus proches tiennent
means-inert = aucune mesure ne dépasse sa marge
means-undecided = les sociétés simulées ne suffisent pas à trancher
brief-thinned = appauvris
brief-weakened = affaiblis
brief-hollowed = cœur vidé
brief-transformed = transformés
brief-enriched = enrichis
brief-inert = sans effet
brief-undecided = non tranché
ties-thinned = les liens s'appauvrissent : le soutien, le soutien du noyau et les heures passées ensemble baissent
ties-weakened = les liens s'affaiblissent : le soutien baisse, mais le noyau ou les heures passées ensemble tiennent
ties-hollowed = les liens se vident de leur cœur : le soutien tient, mais les plus proches y perdent
ties-transformed = les liens se transforment sans perdre de soutien
ties-enriched = les liens apportent plus de soutien
ties-inert = les liens ne changent guère (moins de { $margin })
ties-undecided = { $seeds } ne suffisent pas à trancher le sort des liens
ties-too-early = il est trop tôt pour un verdict, car des gens rejoignent encore la plateforme
ties-not-applicable = il n'y a pas de verdict
ties-mixed = le sort des liens dépend de ce que l'on suppose
ties-listed = Selon la combinaison : { $words }.
cells-counted = Sur { $all } couples culture-plateforme, tels que mesurés : { $words }.
ties-counted = Sur { $all } combinaisons : { $words }.
word-at = { $word } ({ $points })
word-in = { $word } dans{"\u00A0"}{ $n }{"\u00A0"}cas
others = d'autres verdicts
verdict = Verdict { $year } : { $word }
verdict-everywhere = Verdict { $year }, dans les { $all } cas essayés : { $word }
everywhere = le même verdict dans les { $all } cas
same-word = le même verdict dans { $same } cas sur { $all }
margin = marge : { $margin }
tipping = le verdict changerait avec une marge de { $tipping }
no-tipping = aucune marge ne changerait le verdict
floor = bruit : { $floor } du soutien
needed = il faudrait environ { $seeds } pour trancher
tipping-undecided = une marge de { $tipping } permettrait un verdict
one-more = une seule société ne tranche rien
never = aucun nombre prévisible de sociétés ne trancherait
primary = comparaison principale
source = { $n ->
        [one] Source : unbirthday { $version }, étude « { $study } ». { $seeds } de { $people } personnes (graine { $which }), { $years } : une seule ne donne pas d'intervalle ; moyennes des 365 derniers jours.
       *[other] Source : unbirthday { $version }, étude « { $study } ». { $seeds } de { $people } personnes (une par graine : { $which }), { $years } : moyennes des 365 derniers jours, intervalles à 95 % sur les sociétés.
    }
margins = Marges (plus petits écarts qui comptent), fixées d'avance : { $margins }.
margins-changed = Marges (plus petits écarts qui comptent), modifiées après scellement : { $margins }.
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
content-alike = Ce dont parlent les publications ne change rien ici : content_effects vaut « alike », ou tous les facteurs de [content] valent 1.
assumed = Sur les { $n } nombres dont dépendent ces résultats, { $k ->
        [one] { $k } est seulement supposé.
       *[other] { $k } sont seulement supposés.
    }
explain-prompts-slope = Pente : à quel point la proximité détermine qui répond à un rappel (0 : pas du tout).
given = Graphe de départ : { $graph }. Les intervalles ne valent que pour ce graphe.
subset = { $shown ->
        [one] Une combinaison montrée sur { $all }.
       *[other] { $shown } combinaisons montrées sur { $all }.
    }
societies = { $n ->
        [one] { $n } société simulée
       *[other] { $n } sociétés simulées
    }
society-bands = Fourchettes en gris : Zhou et al. 2005 (cercles), budgets de temps de Dunbar (temps).
society-counting = Une visite, un appel ou une rencontre comptent pour les deux personnes. Une lettre ou une carte comptent pour qui les reçoit.

## The figure verdict

verdict-title = { $with }, { $ties }
verdict-title-two = { $contrast } : { $ties }
verdict-legend = Zone claire : en deçà de la marge, trop petit pour compter. Traits épais et fins : intervalles à 90 et 95 %. Barres grises : le bruit, c'est-à-dire l'effet d'un seul jour dont le hasard change (le placebo).
verdict-legend-points = Grandes marques : { $point }. Petits points : les autres combinaisons.
verdict-legend-legs = Noyau : les quinze plus proches. Partenaires : à quel point le soutien vient d'autres personnes. Canaux : à quel point la proximité passe par d'autres canaux.
measure-S_all = soutien
measure-core = soutien du noyau
measure-strong = liens forts
measure-real_hours = heures ensemble
measure-partners = partenaires
measure-carriers = canaux
measure-S_old = soutien des liens anciens
measure-S_real = soutien sans liens nés en ligne
measure-online_strong = part née en ligne des liens forts
measure-bridging = ponts
measure-bridges = liens sans ami commun
measure-clustering = amis communs
measure-views = publications lues
measure-engagement = réactions reçues
measure-ties = liens faibles
measure-received_letter = lettres
measure-received_call = appels
measure-auc_any_wish = à quel point un vœu révèle un lien fort
measure-strong_given_any_wish = part des vœux de proches
value-lost = en baisse
value-same = sans changement
value-gained = en hausse
value-below = inchangés
value-moved = modifiés
leg-value = { $leg } { $value }
leg-and = {" "}et{" "}
reason-legs = { $legs }
reason-stood = ce qui a tenu : { $legs }
reason-within = aucune mesure au-delà de sa marge
reason-although = malgré la baisse des heures passées ensemble
reason-replaced = remplacement : { $legs }
reason-unsettled = en suspens, sans changer le verdict : { $legs }
reason-open = en suspens : { $legs }
reason-possible = restent possibles : { $words }
reason-one_seed = une seule société : pas d'intervalle
reason-no_seed = aucune société n'a les deux bras
reason-no_word_by = non mesuré, ou sur une marge : non tranché avec { $n } sociétés
reason-joining = des gens rejoignent encore la plateforme
reason-two_societies = deux sociétés différentes : l'effet propre à chacune a son verdict
reason-two_groups = la différence entre deux groupes : l'effet sur chacun a son propre verdict
reason-same_run = le bras et sa référence ont les mêmes valeurs : rien n'est comparé
reason-village = à moins de { $n } personnes, il n'y a presque ni inconnus ni ponts
change-axis = { $control ->
        [none] écart avec la société sans plateforme, %
        [off] écart avec la société sans rappels, %
       *[other] écart, % de la référence
    }
shift-axis =
    distance, moins
    celle du placebo
verdict-cells = Ceci est la comparaison principale : un profil sur une plateforme. { $n ->
        [one] L'autre est
       *[other] Les { $n } autres sont
    } dans la figure « cultures », que dessine `sim profiles`.
verdict-stricter = Les verdicts des autres comparaisons suivent des intervalles plus stricts (Bonferroni) que ceux tracés.

## The figure region

region-everywhere = Verdict « { $word } » partout : aucun paramètre seul ne le change, ni aucune des { $n } combinaisons tirées au hasard
region-no-other = Verdict « { $word } » dans { $share } des { $n } combinaisons tirées au hasard, non tranché dans les autres
region-share = Verdict « { $word } » dans { $share } des { $n } combinaisons tirées au hasard
region-flip-above = Plus petit changement d'un seul paramètre : « { $name } » à { $value } ou plus donne « { $word } ».
region-flip-below = Plus petit changement d'un seul paramètre : « { $name } » à { $value } ou moins donne « { $word } ».
region-no-flip = Aucun paramètre seul ne donne un autre verdict tranché.
region-how = { $all } paramètres agissent une fois la plateforme là, et chacun varie dans sa fourchette plausible. Au départ, ils ont les valeurs des fichiers de l'étude. Une part n'est pas une probabilité, car personne ne sait à quel point une combinaison est vraisemblable.
region-refused = { $n ->
        [one] { $n } combinaison qu'un bras refuse a été écartée.
       *[other] { $n } combinaisons qu'un bras refuse ont été écartées.
    }
region-sample = Tous les paramètres au hasard : { $n } combinaisons
region-part = { $word } { $share }
region-interval = { $word } : { $share }, intervalle à 95 % de { $low } à { $high }.
region-split = « { $name } » dit le mieux où le verdict tient. Jusqu'à { $cut }, il tient dans { $below } des { $n_below } combinaisons, au-delà dans { $above } des { $n_above }.
region-split-within = Parmi celles { $side ->
        [below] d'en deçà
       *[above] d'au-delà
    }, « { $name } » le dit le mieux : jusqu'à { $cut }, il tient dans { $below } des { $n_below }, au-delà dans { $above } des { $n_above }.
region-no-split = Aucun paramètre seul ne dit mieux que le hasard où le verdict tient.
region-alone = Un paramètre à la fois, tous les autres au départ
region-key-base = départ
region-key-between = non tranché
region-row = { $old } → { $new } : { $word }
region-more-flips = { $n ->
        [one] { $n } autre change le verdict.
       *[other] { $n } autres changent le verdict.
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
region-together = Plusieurs paramètres à la fois : les plus petits changements trouvés
region-distance = La distance 1 est un paramètre sur toute sa fourchette.
region-change = { $word } à une distance de { $distance } : { $moves }.
region-move = « { $name } » { $old }{"\u00A0"}→{"\u00A0"}{ $new }
region-smaller = { $n ->
        [one] un changement plus petit
       *[other] { $n } changements plus petits
    }
region-no-change = Aucune combinaison trouvée ne donne un autre verdict tranché.
region-no-change-of = Aucune combinaison trouvée ne donne un autre verdict tranché, parmi { $n } autres que la recherche a essayées.
region-source = Source : unbirthday { $version }, étude « { $study } ». { $simulated } combinaisons, chacune simulée avec { $seeds } de { $people } personnes, { $years } : moyennes des 365 derniers jours, verdicts selon les intervalles à 95 % sur les sociétés, parts avec les intervalles de Wilson. Il peut y avoir de plus petits changements que ceux trouvés.
village = Ce sont { $people } personnes. À moins de { $least }, il n'y a guère d'inconnus ni de ponts entre les cercles.
region-line = ce verdict tient dans { $share } [{ $low }–{ $high }] des { $n } combinaisons tirées dans les fourchettes ({ $seeds } de { $people } personnes pour chacune)
region-line-flip = plus petit changement qui donne un autre verdict : « { $name } » { $old } → { $new } ({ $word })
region-line-none = aucun paramètre seul ne le change
region-line-other = avec si peu de sociétés, les valeurs de départ donnent : { $word }

## The figure society

society-title = { $when ->
        [before] Avant toute plateforme
       *[with] Avec la plateforme
    }, cartes et rencontres fortuites font { $outer } des contacts au-delà des cinquante plus proches
society-even = { $when ->
        [before] Avant toute plateforme
       *[with] Avec la plateforme
    }, cartes et rencontres fortuites font { $outer } des contacts au-delà des cinquante plus proches, et { $inner } de ceux avec les cinq plus proches
society-circles = Combien de personnes sont contactées : { $inside } sur { $all } dans les fourchettes publiées (en gris)
society-contacted-weekly = chaque semaine
society-contacted-monthly = chaque mois
society-contacted-half-yearly = chaque semestre
society-contacted-yearly = chaque année
society-people-axis =
    personnes contactées au moins
    aussi souvent (échelle log.)
society-signature = Où vont le soutien (●) et le temps (◇), par rang de proximité
society-rank = { $ranks ->
        [rest] au-delà de 50
       *[other] rangs { $ranks }
    }
society-share-axis = % du total d'une personne
society-mix = Comment se font les contacts, selon le cercle de proximité
society-per-tie =
    reçus
    par an
society-mix-axis = % de ce qui est reçu du cercle

## The figure greetings

greetings-title-public = Les rappels apportent { $greetings } vœux publics par anniversaire, dont { $share } ne viennent pas des quinze plus proches
greetings-title-private = Les rappels privés apportent { $greetings } messages par anniversaire, dont { $share } ne viennent pas des quinze plus proches
greetings-who = Qui souhaite l'anniversaire après un rappel, selon le cercle de proximité
greetings-a-year =
    par personne
    et par an
greetings-inner-share =
    venant des 15
    plus proches
greetings-prompted-axis = vœux reçus après un rappel, par personne et par an
greetings-season-contacts = Effet des rappels{ $at } sur les contacts réels après un anniversaire, hors vœux
greetings-season-closeness = Effet des rappels{ $at } sur la proximité pendant ces mois
greetings-month-axis = mois depuis l'anniversaire
greetings-percent-axis = écart, %
greetings-replaced = Les rappels remplacent-ils les vœux de ceux qui se souviennent ?{ $at }
greetings-replaced-fewer = Sans rappels, { $before } personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent { $greetings }, { $n } de moins.
greetings-replaced-more = Sans rappels, { $before } personnes se souviennent d'un anniversaire par carte, appel ou visite. Pour cent { $greetings }, { $n } de plus.
greetings-replaced-open = Sans rappels, { $before } personnes se souviennent d'un anniversaire par carte, appel ou visite. Il n'y a pas d'écart net : { $n } pour cent { $greetings }.
greetings-of-public = vœux publics
greetings-of-private = messages après rappel
greetings-from-inner = de la part des quinze plus proches
greetings-from-outer = de la part de tous les autres
greetings-difference-axis = écart de vœux reçus par personne et par an, par rapport à l'absence de rappels
at = {" "}({ $point })

## The figure birthdays

birthdays-title = Qui affiche une fausse date reçoit { $wrong } de ses vœux le mauvais jour, mais seulement { $inner } de ceux des quinze plus proches
birthdays-title-few = Qui affiche une fausse date reçoit { $wrong } de ses vœux le mauvais jour, mais presque aucun de ceux des quinze plus proches
birthdays-title-too = Qui affiche une fausse date reçoit { $wrong } de ses vœux le mauvais jour, et { $inner } de ceux des quinze plus proches
birthdays-knowing = Un « joyeux non-anniversaire » arrive { $knowing } fois par an.
birthdays-wrong-day = { $points ->
        [1] Part des vœux du mauvais jour : { $five } pour les cinq plus proches, { $inner } pour les quinze plus proches, { $outer } au-delà des cinquante plus proches et en ligne.
       *[other] Part des vœux du mauvais jour, dans tous les cas essayés : { $five } pour les cinq plus proches, { $inner } pour les quinze plus proches, { $outer } au-delà des cinquante plus proches et en ligne.
    }
span = { $low } à { $high }
birthdays-wish-prompt = après un rappel, à la date affichée
birthdays-wish-birthday = de mémoire, à la vraie date
birthdays-wish-nonbirthday = « joyeux non-anniversaire », à la fausse date
birthdays-dates-false = Fausse date affichée ({ $n } personnes par société)
birthdays-dates-true = Vraie date affichée ({ $n } personnes par société)
birthdays-share-false =
    part le
    mauvais jour
birthdays-share-true =
    part après
    un rappel
birthdays-all-circles = tous
birthdays-wishes-axis = vœux reçus par personne et par an, selon la proximité de l'expéditeur
birthdays-wrong-day-rule = Deux choses sont supposées : qui connaît la vraie date ignore le rappel d'une fausse, et combien de fois il écrit alors « joyeux non-anniversaire ».

## The figure telling

telling-title = Avec les rappels, { $with } de ceux qui envoient des vœux sont des proches ; sans rappels, { $without }
telling-strong = Les proches d'une personne sont ses liens forts, quinze en moyenne.
telling-auc = Les vœux révèlent un lien fort { $rank } : AUC { $auc } et { $before }. L'AUC est la chance qu'un lien fort soit classé avant un faible ({ $half } : le pur hasard).
telling-rank-more = mieux avec les rappels{ $at } que sans
telling-rank-less = moins bien avec les rappels{ $at } que sans
telling-rank-same = aussi bien avec les rappels{ $at } que sans
telling-rank-open = à peu près aussi bien avec les rappels{ $at } que sans
telling-greeting-tells = Un vœu dû à un rappel, à lui seul, révèle un lien fort à toutes les valeurs essayées.
telling-greeting-mute = Un vœu dû à un rappel, à lui seul, ne révèle un lien fort à aucune valeur essayée.
telling-greeting-partly = Un vœu dû à un rappel, à lui seul, ne révèle pas un lien fort ({ $points }).
telling-others-tell = Parmi les autres gestes, { $best } en révèlent le plus (AUC{"\u00A0"}{ $auc }), { $change }.
telling-change-more = plus que sans rappels
telling-change-less = moins que sans rappels
telling-change-same = comme sans rappels
telling-change-open = à peu près comme sans rappels
telling-gesture-greeting = vœux dus à un rappel
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
telling-line-greeting = ◆ les vœux dus à un rappel seuls
telling-line-without = ▬ les vœux sans rappels
telling-panel-strong_given =
    Liens forts parmi ceux qui
    envoient, % (pointillé : tous)
telling-panel-auc =
    Forts et faibles : AUC
    (pointillé : { $least })
telling-panel-information =
    Information d'un vœu :
    bits pour 1 000 liens
telling-axis-prompts-slope = pente
telling-gestures = Quels gestes viennent de liens forts ?{ $at }
telling-gestures-axis = liens forts parmi ceux qui font le geste, %
telling-gestures-key = ● avec rappels   ○ sans   pointillé : tous les liens
telling-bits = Un vœu apporte { $bits } bits d'information pour 1 000 liens, sans rappels { $before } (un bit : une réponse par oui ou non).
telling-knowing-tells = Un « joyeux non-anniversaire » vient d'un lien fort dans { $share } des cas.
telling-column-told =
    liens forts
    qui le font
telling-column-auc = AUC
telling-universe = Liens : paires de membres reliés, chaque sens à part. Forts : proximité mutuelle au-dessus du seuil où une personne en a quinze en moyenne. Un geste révèle un lien fort si l'intervalle de son AUC est au-dessus de { $least }. Des écarts d'AUC sous { $small } ne comptent pas.
telling-messages-assumed = On suppose que messages et commentaires vont surtout aux proches.

## The figure letters

letters-title = Avec un mur, lettres et appels { $first }, et { $last }
letters-title-same = Avec un mur, lettres et appels { $first }, quelle que soit la part de l'envie de se voir que remplace le contact en ligne
letters-end-first = { $change } si le contact en ligne { $part ->
        [none] ne remplace en rien
        [all] remplace entièrement
       *[some] remplace à { $share }
    } l'envie de se voir
letters-end-last = { $change } { $part ->
        [none] s'il ne la remplace en rien
        [all] s'il la remplace entièrement
       *[some] s'il la remplace à { $share }
    }
letters-title-at = Avec un mur, lettres et appels { $first } ({ $at })
letters-rise = augmentent de { $size }
letters-fall = baissent de { $size }
letters-hold = ne changent pas
letters-support = Le soutien entre ceux qui s'écrivaient des lettres varie de { $first }.
letters-support-ends = Dans ces deux cas, le soutien entre ceux qui s'écrivaient des lettres varie de { $first } et de { $last }.
letters-free = Ce mur ne prend pas de temps à la vie réelle.
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
    sans
    plateforme
letters-column-point =
    substitution
    { $value }
letters-axis = reçus par personne et par an (échelle log.)
letters-effort = Temps passé à écrire et à appeler
letters-ties = Écart des lettres, appels et soutien
letters-number = { $n } ({ $change })
letters-time-effort_real = lettres, cartes et appels
letters-time-effort_online = mots sur le mur
letters-effort-axis = minutes par jour
letters-line-letters = lettres et appels
letters-line-pairs = soutien entre ceux qui s'écrivaient des lettres
letters-line-core = soutien du noyau (quinze plus proches)
letters-verdict-head = verdict
explain-substitution = Substitution : à quel point le contact en ligne remplace l'envie de se voir, d'appeler ou d'écrire (0 : en rien, 1 : tout à fait).
letters-narrow = Là où l'on ne voit pas de trait, l'intervalle est plus étroit que sa marque.
letters-counting = Une visite ou un appel comptent pour les deux personnes. Ceux qui s'écrivaient : les paires qui ont échangé une lettre l'année d'avant le mur. En gris : en deçà de la marge du soutien. Le contact en ligne remplace visites, appels et lettres dans la même mesure.

## The figure displacement

displacement-thins = Les liens s'appauvrissent dans { $share } des combinaisons essayées
displacement-thins-only = Les liens ne s'appauvrissent que si l'on suppose que { $where }
displacement-and = {" "}et que{" "}
displacement-thinned = Les liens s'appauvrissent dans { $n } combinaisons sur { $all } : { $minutes }.
displacement-thins-nowhere = Les liens ne s'appauvrissent dans aucun des { $all } cas
displacement-thins-everywhere = Les liens s'appauvrissent dans les { $all } cas essayés
displacement-minutes-first = { $n } sur { $all } à { $minutes } minutes par jour
displacement-minutes = { $n } sur { $all } à { $minutes }
displacement-where-least-displacement = le temps passé sur la plateforme est pris à la vie réelle pour { $value } ou plus
displacement-where-all-displacement = le temps passé sur la plateforme est entièrement pris à la vie réelle
displacement-where-most-displacement = le temps passé sur la plateforme est pris à la vie réelle pour { $value } ou moins
displacement-where-no-displacement = le temps passé sur la plateforme n'est pas du tout pris à la vie réelle
displacement-where-least-substitution = le contact en ligne remplace { $value } ou plus de l'envie de se voir
displacement-where-all-substitution = le contact en ligne remplace toute l'envie de se voir
displacement-where-most-substitution = le contact en ligne remplace { $value } ou moins de l'envie de se voir
displacement-where-no-substitution = le contact en ligne ne remplace en rien l'envie de se voir
displacement-where-least-composed_dose = les messages renforcent les liens à { $value } au moins de ce que disent les fichiers
displacement-where-all-composed_dose = les messages renforcent les liens au moins autant que le disent les fichiers
displacement-where-most-composed_dose = les messages renforcent les liens à { $value } au plus de ce que disent les fichiers
displacement-where-no-composed_dose = les messages ne renforcent pas du tout les liens
displacement-falls = Avec une plateforme, { $year }, les heures passées ensemble varient de { $least } à { $most } par rapport à l'absence de plateforme. Elles baissent de plus de { $margin } dans { $real } cas sur { $all }. Le soutien du noyau (les quinze plus proches) baisse dans { $core }, le soutien total dans { $support }. Autres verdicts : { $others }.
displacement-key = Chaque case donne le verdict et l'écart du soutien. Sur une ligne, un cercle gagne en ligne autant qu'il perd dans la vie réelle, par simple calcul (cinq plus proches ———, dix suivants – – –). Au-dessus de sa ligne un cercle gagne, au-dessous il perd.
displacement-agrees = Dans la simulation, les { $all } écarts nets du soutien de ces cercles vont tous du côté que disent les lignes.
displacement-errs = Dans la simulation, { $right } des { $all } écarts nets du soutien de ces cercles vont du côté que disent les lignes. Les autres sont d'au plus { $most }.
displacement-saturates = Seule la simulation dit combien se perd : au pire, les cinq plus proches perdent { $dose } de ce que le contact leur apportait, et { $support } de leur soutien.
displacement-column = Le contact en ligne remplace jusqu'à { $value } de l'envie de se voir
displacement-column-none = Le contact en ligne ne remplace en rien l'envie de se voir
displacement-row = { $minutes } minutes par jour sur la plateforme
displacement-across = minutes supposées prises à la vie réelle
displacement-up =
    effet des messages
    et commentaires
displacement-factor = × { $value }
displacement-line-above-support = par calcul, les cinq plus proches y perdent
displacement-line-above-sympathy = par calcul, les dix suivants y perdent
displacement-line-below-support = par calcul, les cinq plus proches y gagnent
displacement-line-below-sympathy = par calcul, les dix suivants y gagnent
displacement-taken = Personne ne peut donner du temps qu'il n'a pas. Les minutes vraiment prises sont donc moins nombreuses : { $taken } (colonnes de gauche à droite).
displacement-taken-of = { $shares } des { $minutes } minutes
displacement-unfinished = { $n ->
        [one] { $n } combinaison sur { $all } n'est pas achevée.
       *[other] { $n } combinaisons sur { $all } ne sont pas achevées.
    }
displacement-computed = × 1 est l'effet des messages et commentaires que les fichiers supposent. Les lignes reposent sur les taux de la combinaison où la plateforme prend et remplace le moins.
point-platform-minutes = { $value } minutes
point-displacement = déplacement { $value }
point-composed_dose = effet des messages × { $value }
displacement-cell-change = { $mean } ± { $half } %
displacement-cell-change-alone = { $mean } %
displacement-cell-unfinished = à calculer

## The figure precision

precision-title = Avec les mêmes personnes et le même hasard dans les deux bras, une société en dit autant que { $factors }
precision-times = { $factor } sociétés différentes sur { $leg }
precision-further = { $factor } sur { $leg }
precision-not = Il n'est pas encore sûr que les mêmes personnes et le même hasard dans les deux bras économisent des sociétés
precision-still = Pour { $leg }, l'écart est le même dans toutes les sociétés : une paire de simulations en dit autant que cent
precision-no-change = { $seeds } suffisent à exclure un écart de plus de { $most } pour { $legs }
the-measure-S_all = le soutien
the-measure-core = le soutien du noyau
the-measure-real_hours = les heures passées ensemble
the-measure-strong = les liens forts
precision-head = { $contrast }, { $year }{ $point }. Avec { $seeds }, l'écart pour { $leg } est connu à ± { $half } de la référence. Avec d'autres personnes et un autre hasard dans chaque bras, il le serait à ± { $apart }.
precision-points = Sur les { $all } combinaisons, le facteur pour { $leg } va de { $least } à { $most }.
precision-nothing = écart de moins de { $most }
precision-together = mêmes sociétés dans les deux bras (———)
precision-apart = sociétés différentes dans chaque bras (– – –)
precision-factor = facteur { $factor } [{ $low } ; { $high }]
precision-factor-alone = facteur { $factor }
precision-same = aucune variation entre les paires
precision-across = sociétés par bras
precision-up = précision (±), % de la référence
precision-margin = marge { $margin }
precision-study = cette étude : { $n }
precision-wanted = ± { $within } : { $together } ; { $apart } si différentes
precision-between = { $n } [{ $low } ; { $high }]
precision-never = plus de 10⁹
precision-reading = Facteur : combien de fois plus de sociétés il faudrait si elles étaient différentes dans chaque bras. ± : la moitié de l'intervalle à 95 % de l'écart. Bandes et crochets : intervalles à 95 % de ces estimations.

## The figure sensitivity

sensitivity-few = { $n ->
        [one] Un paramètre sur { $all } explique { $share } { $about }
       *[other] { $n } paramètres sur { $all } expliquent { $share } { $about }
    }
sensitivity-all = Aucun petit groupe de paramètres n'explique l'essentiel { $about } : les { $all } comptent
sensitivity-open = Trop peu de combinaisons ou de sociétés encore pour dire lesquels des { $all } paramètres expliquent l'essentiel { $about }
sensitivity-constant = Aucun des { $all } paramètres ne change { $measure }
sensitivity-beyond = { $n ->
        [one] Un paramètre sur { $all } fait bouger { $measure } de plus que la marge ({ $margin })
       *[other] { $n } paramètres sur { $all } font chacun bouger { $measure } de plus que la marge ({ $margin })
    }
sensitivity-sure = , dont { $n } avec certitude
sensitivity-unsure = , mais sans certitude
sensitivity-most = Sur { $all } paramètres, « { $name } » fait le plus bouger { $measure }, de { $size }
sensitivity-none-beyond = { $most } ; aucun n'atteint la marge de { $margin }
sensitivity-names = {" "}: { $names }
the-measure-partners = les partenaires
the-measure-carriers = les canaux
of-other = des variations de « { $measure } »
of-measure-S_all = des variations du soutien
of-measure-core = des variations du soutien du noyau
of-measure-real_hours = des variations des heures passées ensemble
of-measure-strong = des variations des liens forts
of-measure-partners = des variations des partenaires
of-measure-carriers = des variations des canaux
sensitivity-about = { $whose }, { $year }.
sensitivity-arm = le bras « { $arm } », à lui seul
sensitivity-circle = {" "}({ $circle })
sensitivity-profile = {" "}(profil { $profile })
sensitivity-key-ST = Part de la variance entre les combinaisons qu'un paramètre explique : ● seul, ○ avec les autres. L'écart entre les deux est l'interaction. Traits : intervalles à 95 %, coupés à 0 et 100. Sous chaque mesure : du 5ᵉ au 95ᵉ centile des combinaisons.
sensitivity-key-mu_star = De combien une mesure bouge sur toute la fourchette d'un paramètre, en moyenne sur les combinaisons : ▲ vers le haut, ▼ vers le bas, ● dans les deux sens ou pas clairement. Traits : intervalles à 95 %, ▸ s'ils dépassent l'axe. Barre │ : combien cela diffère d'une combinaison à l'autre (courbure ou interaction). Zone claire : en deçà de la marge. Sous chaque mesure : du 5ᵉ au 95ᵉ centile des combinaisons.
sensitivity-sampled-ST = Indices de Sobol (SALib) de { $n } échantillons dans { $seeds }, sans le bruit des sociétés. Leurs intervalles portent sur les échantillons et les sociétés.
sensitivity-sampled-mu_star = Effets élémentaires (Morris, SALib) sur { $n } trajectoires dans { $seeds }. Leurs intervalles portent sur les deux.
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

why-label-being-in-touch = le contact en ligne remplace la rencontre
why-label-writing-leads-on = s'écrire amène à se voir
why-label-time-taken = temps pris à la vie réelle
why-label-written-words = les mots écrits lient
why-label-clicks-and-reading = clics et lectures lient
why-label-ties-made-online = on fait connaissance en ligne
why-label-prompts-remember = les rappels servent de mémoire
why-label-rest = les liens seuls, tous les autres éteints
why-label-left = tout ceci éteint
why-label-all = ensemble
why-noun-being-in-touch = le contact entretenu en ligne
why-noun-writing-leads-on = l'écrit qui amène à se voir
why-noun-time-taken = le temps pris à la vie réelle
why-noun-written-words = les mots écrits
why-noun-clicks-and-reading = les clics et les lectures
why-noun-ties-made-online = les liens noués en ligne
why-noun-prompts-remember = les rappels qui servent de mémoire
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
why-leg-real_hours = aux heures passées ensemble
why-leg-strong = aux liens forts
why-unclear = { $seeds } ne suffisent pas à dire ce qu'un mécanisme fait { $leg }
why-nothing = Aucun mécanisme ne fait varier de plus de { $most } le soutien, le soutien du noyau, les liens forts ou les heures passées ensemble
why-at = , { $point }
why-without = sans { $what }
why-word = { $without } : { $word }
why-same-word = le même sans un seul des mécanismes
why-key = Barres : ce que chaque mécanisme ajoute (bleu) ou ôte (orange), en moyenne sur tout ce que peuvent faire les autres (sa part de Shapley). Avec ce qui reste quand tous sont éteints, les parts font la somme de l'écart. Elles viennent de { $all } combinaisons avec les mêmes personnes et le même hasard. Traits : intervalles à 95 %. Zone claire : en deçà de la marge ({ $margin } pour le soutien).
why-rest = Quand tous les mécanismes sont éteints, seuls agissent les liens de la plateforme : un lien en ligne ne se rompt jamais.
why-left-out = Déjà éteints dans les deux bras : { $some }.
why-head =
    verdict
    sans lui
why-mechanism = mécanisme
why-word-without = sans lui
why-word-alone = seul

## The figure tie

tie-in = dans le bras { $arm }
tie-in-none = sans plateforme
tie-title = { $One }, { $n } ; { $other }, { $m }. { $closeness }
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
tie-ended-apart = Proximité à la fin : { $x } et { $y }
tie-ended-equal = Proximité à la fin : { $x } dans les deux
tie-who = { $who } : { $origin }, { $where }. { $circles }
tie-who-new = { $who } n'avaient pas de lien quand les bras se sont séparés.
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
tie-why-apart = Choisi parmi { $n } liens, car la proximité à la fin y diffère le plus d'un bras à l'autre. Elle était de { $before } l'année d'avant.
tie-why-thinned = Choisi parmi { $n } liens, car la proximité y baisse le plus dans { $arm } parmi les liens aux quinze plus proches de quelqu'un. Elle était de { $before } l'année d'avant.
tie-why-warmed = Choisi parmi { $n } liens, car la proximité y monte le plus dans { $arm } parmi les liens au-delà des cinquante plus proches. Elle était de { $before } l'année d'avant.
tie-why-steady = Choisi parmi { $n } liens, car la proximité y bouge le moins, quel que soit le bras, parmi les bons liens. Elle était de { $before } l'année d'avant.
tie-control = { $arm }, la référence
tie-same = jour pour jour la même chose dans { $others }
tie-shows = { $who } affiche une fausse date d'anniversaire (tirets)
tie-show = A et B affichent de fausses dates d'anniversaire (tirets)
tie-platform-comes = « { $name } » arrive (trait noir)
tie-platform-goes = la plateforme s'en va (trait noir)
tie-by = de { $who }
tie-key-lines = Courbes : proximité, de 0 à 1. A→B est celle de A pour B. Les nombres au bout sont des moyennes des { $last } derniers jours.
tie-key-control = Courbes grises : la référence.
tie-key-marks = Traits au-dessus d'une ligne : ce que A commence ; au-dessous : ce que B commence. Les colonnes de droite les comptent.
tie-key-weeks = Barres : par semaine, chaque ligne à son échelle.
tie-key-months = Barres : par trente jours, chaque ligne à son échelle.
tie-key-birthday = ●{"\u00A0"}anniversaire retenu de mémoire
tie-key-prompt = ○{"\u00A0"}après un rappel
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

## Deux vies d'un lien, la figure pour la presse

lives-title-other = Pour ces deux-là, { $n ->
    [one] { $n } visite devient
   *[other] { $n } visites deviennent
  }{"\u00A0"}{ $m } ; { $closeness }
lives-title-same = Pour ces deux-là, autant de visites ; { $closeness }
lives-closeness-stays = proximité inchangée
lives-closeness-rises = proximité accrue
lives-closeness-falls = proximité affaiblie
lives-how = Une année de deux personnes, simulée deux fois ; seule la plateforme diffère. Chaque trait est un contact. La proximité va de 0 à 1.
lives-side-without = Sans plateforme · proximité à la fin { $closeness }
lives-side-with = Avec une plateforme · proximité à la fin { $closeness }
lives-online = en ligne
lives-months = mois
lives-source = Résultats d'une simulation, non d'une enquête : deux personnes sur { $people }, un simple exemple. Source : simulateur unbirthday, étude « { $study } »

## The figure habits, and the notes of `sim habits`

habits-title = Au hasard près, les membres font ce qui est prévu dans { $n } cas sur { $all }
habits-title-all = Au hasard près, les membres font ce qui est prévu dans les { $all } cas
habits-how = Un cas est une habitude d'un profil (la façon dont les gens d'un pays utilisent les plateformes) sur { $where }. Trait : ce que prévoient le profil et la plateforme. Barre : ce que font les membres dans la simulation, au bout d'un an. Marqués : les écarts de plus de { $off }.
habits-platforms = une plateforme
habits-platform = la plateforme { $platform }
habits-brackets = Entre parenthèses : ce qui est prévu, en cas d'écart.
habits-lacking = Un tiret : la plateforme ne le permet pas.
habits-numbers = { $done } ({ $wanted })
habits-as-intended = comme prévu
habits-by-luck = écart dû au seul hasard (peu de membres)
habits-less = moins que prévu
habits-more = plus que prévu
habits-habit-minutes = Minutes par jour
habits-habit-links = Contacts
habits-habit-mutual = Paires reliées dans les deux sens,{"\u00A0"}%
habits-habit-overlap = Contacts rencontrés dans la vie réelle,{"\u00A0"}%
habits-habit-posts = Publications par jour
habits-habit-written = Commentaires, messages, échanges par jour
habits-habit-private = Écrits privés ou de groupe,{"\u00A0"}%
habits-habit-passing = Publications passagères (« café »),{"\u00A0"}%
habits-short-minutes = minutes
habits-short-links = contacts
habits-short-mutual = contacts réciproques
habits-short-overlap = contacts rencontrés dans la vie réelle
habits-short-posts = publications
habits-short-written = commentaires, messages et échanges
habits-short-private = part des écrits privés ou de groupe
habits-short-passing = publications passagères
habits-others = Partout comme prévu, au hasard près : { $habits }.
habits-why = D'où viennent les écarts
habits-cases = { $n ->
        [one] {" "}({ $n } cas).
       *[other] {" "}({ $n } cas).
    }
habits-source = Source : unbirthday { $version }, { $study }.toml. { $seeds } de { $people } personnes par profil ; une simulation, pas une enquête.
habits-reason-partners = dans une société de { $people } personnes, il n'y a pas assez de monde pour tant de contacts
habits-reason-friends = les gens ont trop peu d'amis dont ils reconnaissent le compte
habits-reason-chosen = plus de paires que prévu se suivent mutuellement d'elles-mêmes
habits-reason-year = des contacts ont été ajoutés ou supprimés en cours d'année
habits-reason-cost = les contacts ont un coût : les membres en ont moins
habits-reason-cap = la plateforme limite le nombre de contacts d'un membre
habits-reason-notified = les notifications retiennent les membres plus longtemps
habits-reason-other-minutes = les membres n'y passent pas autant de temps que les gens dont on a compté les publications
habits-reason-minutes = la lecture laisse trop peu de temps pour écrire davantage
habits-reason-nobody = certains membres n'ont personne à qui écrire
habits-reason-no-private = la plateforme n'a pas de canal privé : tout s'écrit en public
habits-reason-no-public = la plateforme n'a pas de commentaires : tout s'écrit en privé
habits-reason-one-way = certains membres n'ont personne à qui écrire en privé, ou personne en public
habits-reason-luck = le hasard : avec si peu de membres, une moyenne peut s'écarter d'autant
habits-reason-outcome = chacun choisit lui-même : rien n'est prévu
habits-reason-unexplained = sans explication

## Les figures cultures, culture, split et cards

profile-name-us = États-Unis
profile-name-france = France
profile-name-china = Chine
profile-name-india = Inde
profile-name-japan = Japon
profile-name-korea = Corée du Sud
profile-name-singapore = Singapour
profile-habits-us = américaines
profile-habits-france = françaises
profile-habits-china = chinoises
profile-habits-india = indiennes
profile-habits-japan = japonaises
profile-habits-korea = coréennes
profile-habits-singapore = singapouriennes
platform-name-wall-2009 = mur de 2009
platform-name-feed-2015 = fil de 2015
platform-name-feed-2021 = fil de 2021
platform-name-feed-2025 = fil de 2025
platform-name-closed-groups = groupes fermés
platform-name-open-follow = abonnements ouverts
platform-name-pseudonymous = pseudonymes
way-name-measured = tel que mesuré
way-name-minutes-equal = à minutes égales
way-name-minutes-only = seules les minutes diffèrent
way-name-essay = contenus selon l'essai
way-name-essay-minutes-equal = contenus selon l'essai, minutes égales
way-name-older-scores = anciens scores
way-name-older-scores-minutes-equal = anciens scores, minutes égales
way-name-scores-of-2023 = scores de 2023
way-name-scores-of-2023-minutes-equal = scores de 2023, minutes égales
cultures-title-culture = Parmi ces profils, les effets diffèrent plus par la culture que par la plateforme
cultures-title-platform = Parmi ces profils, les effets diffèrent plus par la plateforme que par la culture
cultures-title-both = Parmi ces profils, ce que fait une plateforme dépend de la culture
cultures-title-noise = { $n ->
        [one] Une société ne montre pas que les effets diffèrent entre ces profils
       *[other] { $n } sociétés ne montrent pas que les effets diffèrent entre ces profils
    }
cultures-title-open = { $n ->
        [one] Une société ne suffit pas à montrer ce qui compte le plus, de la culture ou de la plateforme
       *[other] { $n } sociétés ne suffisent pas à montrer ce qui compte le plus, de la culture ou de la plateforme
    }
cultures-title-flips = Culture ou plateforme : ce qui compte le plus dépend des hypothèses
cultures-title-not-draws = { $title } ; les valeurs supposées n'ont pas varié
cultures-title-not-noise = { $title } ; les tirages des valeurs supposées ne le montrent pas
cultures-title-plain = Ce que les plateformes font aux liens : { $profiles ->
        [one] un profil
       *[other] { $profiles } profils
    }, { $platforms ->
        [one] une plateforme
       *[other] { $platforms } plateformes
    }
cultures-how = Chaque marque : le changement dû à une plateforme { $year }, en % de la même société sans elle. Un profil : comment les gens d'un pays utilisent les plateformes. Traits : intervalles à 95 %. Gris : sous la marge, trop peu pour compter. Devinés : combien des nombres dont dépend une ligne le sont ; ceux de la société comptent aussi.
cultures-how-ranges = Barre pâle : 90 % de { $draws } tirages des nombres du profil dans leurs fourchettes ({ $people } personnes, { $years }).
cultures-how-signs = { $draws } tirages des nombres du profil dans leurs fourchettes disent si un signe tient ({ $people } personnes, { $years }).
cultures-table = Soutien { $year } : changement en % de la même société sans la plateforme, avec intervalles à 95 %.
cultures-profile = profil
cultures-platform = plateforme
cultures-word = verdict
cultures-difference = moins { $reference }
cultures-ranges = dans les fourchettes
cultures-assumed = devinés
cultures-k-of-n = { $k }/{ $n }
cultures-interval = { $mean } ({ $ends })
cultures-undecided = Non tranché : { $n } cas sur { $all }. Un cas : un profil sur une plateforme, tel que mesuré.
cultures-no-word = Sans verdict : { $n ->
        [one] un cas
       *[other] { $n } cas
    } ({ $why }).
cultures-without-village = à moins de 2 000 personnes, il n'y a guère d'inconnus ni de ponts
cultures-without-same_run = la plateforme ne change rien, les deux simulations n'en font qu'une
cultures-without-two_societies = deux sociétés sont côte à côte
cultures-without-joining = des gens arrivent encore
cultures-without-other = voir les raisons dans verdict.csv
cultures-more = plus : { $names }
cultures-less = moins : { $names }
cultures-on = { $platform } ({ $text })
cultures-names = Écart de soutien avec le profil { $reference }, de même signe tel que mesuré, à minutes égales et dans 90 % des tirages : { $clauses }.
cultures-no-name-flips = Un écart de soutien avec le profil { $reference } change de signe à minutes égales, ou dans plus de 10 % des tirages. Quelles habitudes en apportent plus dépend des hypothèses.
cultures-no-name-chance = { $n ->
        [one] Une société ne montre pas que les effets sur le soutien diffèrent de ceux du profil { $reference }.
       *[other] { $n } sociétés ne montrent pas que les effets sur le soutien diffèrent de ceux du profil { $reference }.
    }
cultures-no-name-chance-equal = { $n ->
        [one] Une société ne montre pas que les effets sur le soutien diffèrent de ceux du profil { $reference } à minutes égales.
       *[other] { $n } sociétés ne montrent pas que les effets sur le soutien diffèrent de ceux du profil { $reference } à minutes égales.
    }
cultures-no-name-not-drawn = Les effets sur le soutien diffèrent de ceux du profil { $reference }. Aucune culture n'est nommée, car les valeurs supposées n'ont pas varié.
cultures-no-name-not-drawn-equal = Les effets sur le soutien diffèrent de ceux du profil { $reference }. Aucune culture n'est nommée, car les minutes n'ont pas été égalisées.
cultures-draw-files = { $way }
cultures-draw-ranges = { $way }, dans les fourchettes
cultures-noise = Différences de soutien, { $head } : peut-être le hasard seul.
cultures-parts = Différences de soutien, { $head } : culture { $culture }, plateforme { $platform }, les deux ensemble { $both }.
cultures-no-parts-few = Avec une seule plateforme ou un seul profil, rien ne peut être dit de ce qui tient à la culture et de ce qui tient à la plateforme.
cultures-no-parts = Ce qui tient à la culture et ce qui tient à la plateforme n'est pas connu ici.
cultures-ends = { $share } ({ $ends })
cultures-presets = Tout ceci est dit de ces profils. Ce n'est pas une preuve sur les gens de ces pays.
cultures-strip = À quoi tiennent les différences entre ces cas, en % de leurs carrés
cultures-part-culture = culture
cultures-part-platform = plateforme
cultures-part-both = les deux ensemble
cultures-only-noise = hasard possible
cultures-source = Source : unbirthday { $version }, étude « { $study } ». { $seeds } de { $people } personnes, { $years } ; résultats d'une simulation, non d'une enquête.
culture-title-flips = Quelles habitudes apportent plus de soutien dépend des hypothèses
culture-title-chance = { $n ->
        [one] Une société ne montre pas que la culture compte
       *[other] { $n } sociétés ne montrent pas que la culture compte
    }
culture-title-chance-equal = { $n ->
        [one] À minutes égales, une société ne montre pas d'écart
       *[other] À minutes égales, { $n } sociétés ne montrent pas d'écart
    }
culture-title-not-drawn = L'effet dépend de la culture ; valeurs supposées non variées
culture-title-not-drawn-equal = L'effet dépend de la culture ; minutes non égalisées
culture-plain = { $platform } : ce que devient le soutien
culture-more = Les habitudes { $habits } apporteraient plus de soutien que les { $others }
culture-more-name = Plus de soutien avec les habitudes de { $name } qu'avec celles de { $other }
culture-less = Les habitudes { $habits } apporteraient moins de soutien que les { $others }
culture-less-name = Moins de soutien avec les habitudes de { $name } qu'avec celles de { $other }
culture-moves-older-scores = { $n ->
        [one] D'autres scores d'individualisme : le soutien bouge de moins d'un point
       *[other] D'autres scores d'individualisme : le soutien bouge de { $n } points au plus
    }
culture-moves-scores-of-2023 = { $n ->
        [one] D'autres scores d'individualisme : le soutien bouge de moins d'un point
       *[other] D'autres scores d'individualisme : le soutien bouge de { $n } points au plus
    }
culture-moves-essay = { $n ->
        [one] Contenus selon l'essai : le soutien bouge de moins d'un point
       *[other] Contenus selon l'essai : le soutien bouge de { $n } points au plus
    }
culture-moves-other = { $n ->
        [one] Autres hypothèses : le soutien bouge de moins d'un point
       *[other] Autres hypothèses : le soutien bouge de { $n } points au plus
    }
culture-evidence = Les Asiatiques se montreraient moins ; pourtant, les étudiants japonais montraient plus leurs soirées (Omori, Allen, 2014).
culture-how = Évolution du soutien { $year } avec un { $platform }
split-title-flips = { $title } ; quelles habitudes en apportent plus dépend des hypothèses
split-title-chance = { $title } ; { $n ->
        [one] une société de l'étude ne le montre pas
       *[other] { $n } sociétés de l'étude ne le montrent pas
    }
split-title-chance-equal = { $title } ; à minutes égales, { $n ->
        [one] une société ne le montre pas
       *[other] { $n } sociétés ne le montrent pas
    }
split-title-not-drawn = { $title } ; les valeurs supposées n'ont pas varié ici
split-title-not-drawn-equal = { $title } ; les minutes n'ont pas été égalisées
split-named = { $title } ({ $first }, { $second })
split-most = La différence entre ces deux cultures tient surtout à ceci : { $habit }
split-several = Aucune habitude ne fait à elle seule la différence entre ces deux cultures
split-open = { $n ->
        [one] Une société ne montre pas quelle habitude fait surtout la différence entre ces deux cultures
       *[other] { $n } sociétés ne montrent pas quelle habitude fait surtout la différence entre ces deux cultures
    }
split-no-difference = { $n ->
        [one] Une société ne montre pas que la plateforme change autrement le soutien de ces deux cultures
       *[other] { $n } sociétés ne montrent pas que la plateforme change autrement le soutien de ces deux cultures
    }
split-how = Barres : à quoi tient la différence entre les effets d'une plateforme, en parts de Shapley. Leur somme est la barre du bas. Traits : intervalles à 95 %. Inchangé : les deux cultures ont les mêmes nombres, ou aucune règle ne les lit ici.
split-head = { $platform } : { $second } moins { $first }
split-effects = Changement, { $measure } : { $first } ({ $first_name }), { $second } ({ $second_name }). Unité partout : % de la société sans plateforme du profil { $reference }.
split-no-change = inchangé
habit-group-minutes = minutes
habit-group-links = contacts
habit-group-volume = publications et réactions
habit-group-division = privé ou public
habit-group-content = contenus
habit-group-mobility = mobilité des liens
habit-group-attention = attention aux proches
habit-group-all = toutes ensemble
cards-title = { $n ->
        [one] Un profil
       *[other] { $n } profils
    } : sur { $all } nombres, { $open } sont devinés et { $half } connus indirectement
cards-how = Chaque cadre : un nombre de chaque profil. Marque : la valeur employée. Trait : sa plage plausible. On compte les nombres des fichiers des profils, qu'une règle les lise ou non ; ceux de la société et des plateformes n'en sont pas.
cards-key = { $text } : { $n }
cards-mark-full = mesuré dans ce pays, ou calculé
cards-mark-half = indirect : une direction, une autre grandeur ou un autre pays derrière, ou de mémoire
cards-mark-open = deviné, ou ce que dit l'essai
cards-source = Source : unbirthday, profils de l'étude « { $study } » ; la source de chaque nombre est dans son fichier. Un profil est une moyenne nationale avec des suppositions, non une personne.

## Les figures combinations et headline

finding-same = Le soutien ne change guère
finding-lost = Le soutien baisse
finding-gained = Le soutien augmente
finding-open = Le soutien change-t-il ? Non tranché
finding-hinges = Ce que devient le soutien dépend des hypothèses
finding-turns = Ce que devient le soutien change avec les années
finding-some-lost = Le soutien baisse dans { $lost } comparaisons sur { $all }
finding-some-gained = Le soutien augmente dans { $gained } comparaisons sur { $all }
finding-some-lost-and-gained = Soutien : { $lost } baisses et { $gained } hausses sur { $all } comparaisons
finding-some-same = Le soutien ne change guère dans { $same } comparaisons sur { $all }
finding-unsettled = Le soutien change-t-il ? Tranché dans aucune comparaison
finding-minority-same = Vivre « à l'européenne » ne change guère le soutien d'une minorité
finding-minority-lost = Une minorité qui vit « à l'européenne » perd du soutien
finding-minority-gained = Une minorité qui vit « à l'européenne » gagne du soutien
finding-minority-open = Le soutien d'une minorité « à l'européenne » : non tranché
finding-minority-hinges = Le soutien d'une minorité « à l'européenne » dépend des hypothèses
finding-minority-homes-same = Minorité « à l'européenne » : soutien presque inchangé dans les { $all } pays
finding-minority-homes-lost = Minorité « à l'européenne » : soutien en baisse dans les { $all } pays
finding-minority-homes-gained = Minorité « à l'européenne » : soutien en hausse dans les { $all } pays
finding-minority-homes-open = Le soutien des minorités « à l'européenne » : non tranché partout
finding-minority-homes-hinges = Le soutien des minorités « à l'européenne » dépend des hypothèses
finding-minority-homes-some-lost = Minorité « à l'européenne » : soutien perdu dans { $lost } pays sur { $all }
finding-minority-homes-some-gained = Minorité « à l'européenne » : soutien gagné dans { $gained } pays sur { $all }
finding-minority-homes-some-lost-and-gained = Minorité « à l'européenne » : soutien perdu ({ $lost } pays) ou gagné ({ $gained })
finding-minority-homes-some-same = Minorité « à l'européenne » : soutien stable dans { $same } pays sur { $all }
finding-minority-homes-unsettled = Le soutien des minorités « à l'européenne » n'est tranché nulle part
finding-minority-long-same = Minorité « à l'européenne » : soutien presque inchangé, même après { $span }
finding-minority-long-lost = Minorité « à l'européenne » : soutien réduit, même après { $span }
finding-minority-long-gained = Minorité « à l'européenne » : soutien accru, même après { $span }
finding-minority-long-open = Une minorité « à l'européenne » perd-elle durablement du soutien ? Non tranché
finding-minority-long-turns = Le soutien d'une minorité « à l'européenne » change avec les années
finding-minority-long-hinges = Le soutien d'une minorité « à l'européenne » dépend des hypothèses
finding-community-sharing-same = Partager en groupe plutôt qu'avec tous : le soutien change peu
finding-community-sharing-lost = Partager en groupe soutient moins que parler de soi
finding-community-sharing-gained = Partager en groupe soutient plus que parler de soi
finding-community-sharing-open = Partager en groupe change-t-il le soutien ? Non tranché
finding-community-sharing-hinges = Partager ou parler de soi : tout dépend des hypothèses
finding-ephemeral-status-same = Raconter l'instant présent ne change guère le soutien
finding-ephemeral-status-lost = Raconter l'instant présent coûte du soutien
finding-ephemeral-status-gained = Raconter l'instant présent apporte du soutien
finding-ephemeral-status-open = Raconter l'instant présent change-t-il le soutien ? Non tranché
finding-ephemeral-status-hinges = L'effet des instants racontés dépend des hypothèses
finding-redefine-or-import-same = Se lier en ligne ne touche guère les anciens liens
finding-redefine-or-import-lost = Se lier en ligne coûte du soutien des anciens liens
finding-redefine-or-import-gained = Se lier en ligne renforce le soutien des anciens liens
finding-redefine-or-import-open = Se lier en ligne coûte-t-il d'anciens liens ? Non tranché
finding-redefine-or-import-hinges = L'effet des inconnus en ligne dépend des hypothèses
finding-in-same = { $n } dans la marge
finding-in-lost = { $n } en baisse
finding-in-gained = { $n } en hausse
finding-in-open = { $n } non tranchées
finding-tally = { $measure } dans la comparaison principale : { $counted }, sur { $all } lignes qui comptent pour le titre.
finding-tally-each = { $measure }, dans les lignes qui comptent pour le titre. { $each }.
finding-no-margin = Sans marge, une hausse ou une baisse veut dire que l'intervalle exclut 0.
finding-tally-one = { $name } : { $counted }
combinations-how = Points : changement{ $days ->
        [one] {" "}{ $year },
       *[other] ,
    } en % du bras auquel on compare. Traits : intervalles à 95 %. Gris : dans la marge, trop peu pour compter.
combinations-term-online_strong = Part née en ligne des liens forts : un écart en points.
combinations-term-core = Soutien du noyau : celui des quinze plus proches.
combinations-term-bridging = Ponts : liens entre deux personnes sans guère d'amis communs.
combinations-term-bridges = Liens sans ami commun : les deux personnes n'en partagent aucun.
combinations-term-clustering = Amis communs : à quelle fréquence deux amis d'une personne se connaissent.
combinations-term-ties = Liens faibles : au-delà des cinquante plus proches.
combinations-term-views = Publications lues : celles des amis, par an. On publie autant dans tous les bras : c'est donc aussi le changement par publication.
combinations-term-S_old = Liens anciens : d'avant la plateforme.
combinations-term-S_real = Né en ligne : se dit d'un lien noué sur la plateforme.
combinations-table = Les combinaisons essayées (0 : la principale)
combinations-row = { $number }, { $year }
combinations-of-profile = { $name }, { $profile }
combinations-posts-kept = À minutes égalisées, on publie autant de fois par jour qu'avant.
years-short = { $n ->
        [one] 1 an
       *[other] { $n } ans
    }
days-short = { $n } jours
combinations-mixing = assortativité
combinations-of-all = { $measure } (tous)
combinations-everybody = Tout le monde.
combinations-against = Ces personnes : { $group }. Moins celles-ci : { $against }. La différence de deux groupes n'a pas de verdict.
combinations-word-verdict = verdict
combinations-word-without_online = sans liens nés en ligne
combinations-alike = sans verdict : les contenus se valent
combinations-same-run = sans verdict : les deux bras sont identiques
combinations-unmoved = Dans aucune combinaison, l'évolution d'une mesure ne diffère entre elles de plus de { $most }.
combinations-ties = Sans ce changement, les premières ont { $own } liens en moyenne, les autres { $other }.
combinations-assortativity = Assortativité : de combien les gens de la minorité sont liés entre eux plus souvent que par hasard. 0 : par hasard. 1 : seulement entre eux.
combinations-without-online = La proximité d'un inconnu compte entièrement. C'est une hypothèse. Si les liens nés en ligne ne comptaient pas, { $n } verdicts sur { $all } seraient autres.
combinations-without-online-same = La proximité d'un inconnu compte entièrement. C'est une hypothèse. Si les liens nés en ligne ne comptaient pas, les verdicts seraient les mêmes.
combinations-few = † Dans ces lignes, un des groupes compte moins de { $fewest } personnes, toutes graines confondues. Elles disent peu.
combinations-note-minority = Entre semblables : les gens de la minorité se connaissent plus souvent. Les habitudes ne gagnent les autres que par apprentissage, que le modèle n'a pas.
combinations-note-minority-homes = Le pas vers l'Europe n'est pas le même partout. En Chine et en Inde, on publie alors moins et l'on a plus de contacts. À Singapour, on publie moins et l'on a moins de contacts. En Corée, on publie autant et l'on a plus de contacts. À Singapour, les minutes sont déjà égales : les lignes 0 et 2 y sont identiques.
combinations-note-minority-long = Les habitudes ne gagnent les autres que par apprentissage, que le modèle n'a pas.
combinations-note-community-sharing = Si tous les facteurs valent 1, les contenus se valent : seul diffère alors l'endroit où l'on écrit.
combinations-note-ephemeral-status = Le nombre de publications est le même dans tous les bras. Seule diffère la part de celles qui passent.
combinations-note-redefine-or-import = Le titre ne compte que les combinaisons où les amis les plus proches, ou certains au hasard, gardent leurs liens.
contrast-minority-minority = La minorité : des habitudes déplacées vers la France, comparées à celles de tous les autres
contrast-minority-minority-to-us = La minorité : des habitudes déplacées vers les États-Unis
contrast-minority-minority-away = La minorité, un placebo : des habitudes déplacées dans l'autre sens
contrast-minority-people-around = Les gens autour de la minorité, quand elle est déplacée vers la France
contrast-minority-homes-china = Chine : la minorité, habitudes déplacées vers la France, comparées à celles des autres
contrast-minority-homes-india = Inde : la minorité, habitudes déplacées vers la France, comparées à celles des autres
contrast-minority-homes-singapore = Singapour : la minorité, habitudes déplacées vers la France, comparées à celles des autres
contrast-minority-homes-korea = Corée : la minorité, habitudes déplacées vers la France, comparées à celles des autres
contrast-minority-long-minority = La minorité : des habitudes déplacées vers la France, comparées à celles de tous les autres
contrast-community-sharing-sharing = Partager surtout des informations, surtout en groupe, plutôt que parler surtout de soi, à tous
contrast-community-sharing-between = À mi-chemin, plutôt que parler surtout de soi, à tous
contrast-community-sharing-contents-alone = Les contenus seuls : partager des informations plutôt que parler de soi, surtout en groupe
contrast-ephemeral-status-many-moments = 60 % des publications portent sur l'instant, comparé à aucune
contrast-ephemeral-status-some-moments = 30 % des publications portent sur l'instant, comparé à aucune
contrast-redefine-or-import-instead = Des inconnus à la place d'amis : 30 % de contacts connus, comparé à 95 %
contrast-redefine-or-import-half-way = À mi-chemin : 60 % de contacts connus, comparé à 95 %
contrast-redefine-or-import-beside = Des inconnus en plus des amis : autant d'inconnus, et tous les amis ; comparé à 95 %
choice-random = au hasard
choice-homophilous = entre semblables
choice-evidence = enquêtes
choice-essay = essai
choice-closest = les plus proches
choice-faintest = les plus lointains
varied-minority-share = minorité
varied-minority-placed = répartie
varied-content = contenus
varied-minutes_ratio = minutes (É.-U.{"\u00A0"}:{"\u00A0"}1)
varied-links-kept = amis gardés
varied-gate-share = passage à la vie réelle
headline-how-minority = Un Japonais sur dix utilise un réseau comme les Français : évolution du soutien { $year }
headline-how-community-sharing = Soutien { $year }, comparé à ceux qui parlent d'eux à tous
headline-how-ephemeral-status = Évolution du soutien { $year }, par rapport à une société sans ces messages
headline-how-redefine-or-import = Soutien { $year } si l'on se lie à des inconnus
headline-how-minority-homes = Une personne sur dix utilise un réseau comme les Français : évolution du soutien { $year }
headline-how-minority-long = Un Japonais sur dix utilise un réseau comme les Français : évolution du soutien
headline-how-support = { $days ->
        [one] Soutien { $year }, changement en %
       *[other] Soutien, changement en %
    }
headline-how-measures = { $days ->
        [one] Changement { $year }, en %
       *[other] Changement, en %
    }
headline-evidence-minority = Personne ne semble l'avoir comptée ; des Chinois partageaient moins sur Facebook que sur un réseau chinois (Qiu, 2013).
headline-evidence-minority-homes = Seuls les Européens parleraient d'eux-mêmes ; pourtant, Chinois et Indiens des villes publiaient plus qu'eux (2012).
headline-evidence-minority-long = Personne ne semble avoir compté une telle minorité.
headline-evidence-community-sharing = Les Chinois partageraient des informations ; pourtant, les forums américains en donnaient plus (Fong et Burton, 2008).
headline-evidence-ephemeral-status = Personne en Chine ne raconterait l'instant présent ; pourtant, Weibo compte des millions de « j'y suis » à Shanghai (Rizwan, 2018).
headline-evidence-redefine-or-import = Les Japonais chercheraient des inconnus en ligne, mais s'y font moins d'amis que les Américains (2018).
headline-row-minority-minority = la minorité
headline-row-minority-people-around = son entourage
headline-row-minority-homes-china = Chine
headline-row-minority-homes-india = Inde
headline-row-minority-homes-singapore = Singapour
headline-row-minority-homes-korea = Corée du Sud
headline-row-minority-long-minority = minorité
headline-row-community-sharing-sharing = des informations, en groupe
headline-row-community-sharing-between = à mi-chemin
headline-row-community-sharing-contents-alone = seuls les sujets changent
headline-row-ephemeral-status-many-moments = 60 % de tels messages
headline-row-ephemeral-status-some-moments = 30 % de tels messages
headline-row-redefine-or-import-instead-old = au lieu d'amis : anciens liens
headline-row-redefine-or-import-instead = au lieu d'amis : tous
headline-row-redefine-or-import-beside-old = en plus : anciens liens
headline-own-community-sharing = temps en ligne : Chine
headline-own-ephemeral-status = temps en ligne : Chine
headline-own-minority = temps en ligne : Japon
headline-own-minority-homes = temps en ligne : celui du pays
headline-own-minority-long = temps en ligne : Japon
headline-own-redefine-or-import = temps en ligne : Japon
headline-own-other = temps en ligne mesuré
headline-equal = temps en ligne : États-Unis

## What parameters are called: the end of a dotted name

parameter-response-substitution = le contact en ligne remplace la rencontre
parameter-response-complement = s'écrire amène à se voir
parameter-response-displacement = minutes prises aux contacts réels
parameter-response-suppression = un vœu public remplace un vœu personnel
parameter-response-forget = anniversaires oubliés à cause du rappel
parameter-response-nonbirthday = un mot à qui affiche une fausse date
parameter-response-composed_dose = dose de ce qu'on s'écrit
parameter-response-cheap_dose = dose des clics, lectures et vœux
parameter-response-meet_after = un échange mène à une rencontre
parameter-response-reply_half = proximité requise pour une réponse
parameter-response-touch_memory = jours où l'on se sent en contact
parameter-response-exchange_memory = jours où compte un échange
parameter-decay-friend = une amitié se réduit de moitié en (jours)
parameter-contacts-initiated = contacts que l'on prend par jour
parameter-channels-greeting-dose = dose d'un vœu reçu
parameter-channels-greeting-dose_sent = dose d'un vœu envoyé
parameter-channels-greeting-touch = contact entretenu par un vœu
parameter-channels-message-dose = dose d'un message reçu
parameter-channels-message-dose_sent = dose d'un message envoyé
parameter-channels-message-touch = contact entretenu par un message
parameter-channels-message-minutes = durée d'un message
parameter-channels-comment-dose = dose d'un commentaire reçu
parameter-channels-comment-dose_sent = dose d'un commentaire envoyé
parameter-channels-comment-touch = contact entretenu par un commentaire
parameter-channels-comment-minutes = durée d'un commentaire
parameter-channels-group-dose = dose d'un échange de groupe, reçu
parameter-channels-group-dose_sent = dose d'un échange de groupe, envoyé
parameter-channels-group-touch = contact entretenu par un échange de groupe
parameter-channels-group-minutes = durée d'un échange de groupe
parameter-channels-reaction-dose = dose d'un clic reçu
parameter-channels-reaction-dose_sent = dose d'un clic envoyé
parameter-channels-reaction-touch = contact entretenu par un clic
parameter-channels-reaction-minutes = durée d'un clic
parameter-channels-view-dose = dose d'un billet lu
parameter-channels-view-touch = contact entretenu par un billet lu
parameter-people-minutes_spread = dispersion des minutes
parameter-people-links_spread = dispersion du nombre de contacts
parameter-people-posts_spread = dispersion des publications
parameter-people-written_spread = dispersion des écrits
parameter-mobility = mobilité relationnelle, score
parameter-minutes_ratio = minutes de cette culture, rapport
parameter-turnover-mobility_leaving = la mobilité accélère les ruptures
parameter-overlap = contacts en ligne connus dans la vie
parameter-gamma_attend = l'attention va aux proches
parameter-private = part des actes privés
parameter-disclose = publications sur soi
parameter-post = publications de cette culture, rapport
parameter-post_minutes_ratio = minutes lors de la mesure des publications, rapport
parameter-react = réactions de cette culture, rapport
parameter-platform-minutes = minutes par jour sur la plateforme
parameter-platform-adoption = part de la population qui est membre
parameter-links-share = liens faibles mis en contact
parameter-links-link_slope = contacts en ligne selon la proximité
parameter-prompts-active = présence un jour donné
parameter-prompts-slope = vœux après rappel selon la proximité
parameter-prompts-private_effort = vœux privés, par vœu public
parameter-prompts-false_share = membres affichant une fausse date
parameter-prompts-hidden_share = membres sans date affichée
parameter-feed-posts = publications par jour
parameter-feed-items = éléments vus par jour
parameter-feed-item_minutes = durée d'un élément
parameter-feed-reading_share = temps de lecture, part maximale
parameter-feed-friends_share = part des amis dans le fil
parameter-feed-rank_floor = rang des inconnus dans le fil
parameter-feed-rank_slope = rang selon la proximité
parameter-feed-opening = taux d'ouverture des publications
parameter-feed-attend_at = proximité pivot de l'attention
parameter-feed-floor = ouverture chez les inconnus
parameter-feed-visits = visites de profils
parameter-reactions-rate = clics par lecture
parameter-comments-reply = commentaires qui ont une réponse
parameter-messages-rate = messages parmi les actes privés
parameter-messages-reply = messages qui ont une réponse
parameter-groups-rate = échanges de groupe parmi les actes privés
parameter-groups-reply = échanges de groupe qui ont une réponse
parameter-links = contacts d'un membre
parameter-feed-passing = publications passagères, part
parameter-feed-lasting = publications durables sur soi, part
parameter-feed-information = informations, part
parameter-disclose_essay = publications sur soi, selon l'essai
parameter-passing_part = part passagère des publications sur soi
parameter-content-lasting-opening = ouverture des publications durables
parameter-content-lasting-dose = dose des publications durables
parameter-content-lasting-comment = commentaires sur les publications durables
parameter-content-lasting-share = publications durables, dans les groupes
parameter-content-passing-opening = ouverture des publications passagères
parameter-content-passing-dose = dose des publications passagères
parameter-content-passing-comment = commentaires sur les publications passagères
parameter-content-passing-share = publications passagères, dans les groupes
parameter-content-information-opening = ouverture des informations
parameter-content-information-dose = dose des informations
parameter-content-information-comment = commentaires sur les informations
parameter-content-information-share = informations, dans les groupes
parameter-leaning = liberté de vivre à la manière de l'ouest
parameter-minority-share = personnes de la minorité, part
parameter-minority-shifted_mean = déplacement de la minorité
parameter-minority-background_mean = déplacement des autres
parameter-minority-concentration = ressemblance des personnes en cela
parameter-minority-shift = part du déplacement qui agit
parameter-minority-links_follow = part du déplacement que suivent les contacts
parameter-written-rate = actes écrits par minute
parameter-links-cost = coût des contacts
parameter-links-cap = contacts d'un membre, maximum
parameter-prompts-opt_in = membres qui veulent des rappels, part
parameter-feed-adverts = publicités dans le fil, part
parameter-notifications-per_day = notifications par jour
parameter-notifications-pull = temps ajouté par une notification, part
parameter-unlinking-rate = contacts supprimés par mois
parameter-unlinking-half = la suppression épargne les proches
parameter-suggestions-rate = suggestions acceptées par mois
parameter-meeting-through_links = connaissances faites par les contacts, par mois
parameter-meeting-in_communities = connaissances faites en communauté, par mois
parameter-meeting-first_closeness = proximité initiale des liens noués en ligne
parameter-meeting-affinity = affinité des liens noués en ligne
parameter-gate-share = liens noués en ligne qui passent à la vie réelle
parameter-gate-half = proximité requise pour passer à la vie réelle
parameter-gate-far = passage à la vie réelle si l'on vit loin, rapport
parameter-communities-joined = membres d'une communauté, part
parameter-communities-size = personnes par communauté
parameter-meeting-in_feed = connaissances par publication d'inconnu lue
parameter-following-known_share = amis parmi les comptes suivis, part
parameter-following-audience_spread = dispersion des audiences
parameter-pseudonyms-told = proximité requise pour révéler son pseudonyme
parameter-joining-days = jours jusqu'à l'arrivée du dernier membre
parameter-leaving-for_good = départs définitifs, par mois
parameter-leaving-for_a_while = départs temporaires, par mois
parameter-leaving-away = durée d'un départ temporaire, jours
parameter-feed-recommended = éléments recommandés, part
parameter-feed-public = inconnus parmi les éléments recommandés, part
parameter-feed-reposts = on peut relayer des publications
parameter-reactions-crowd = effet des compteurs affichés sur les réactions
parameter-pseudo = comptes sous pseudonyme, part
parameter-recip = paires reliées dans les deux sens, part
parameter-status = préférence pour les grandes audiences
parameter-repost = publications relayées, part

## Figures de presse

press-source = Résultats d'une simulation, non d'une enquête : { $seeds } simulations de { $people } personnes ; { $k } des { $n } nombres du modèle sont supposés. Source : simulateur unbirthday, étude « { $study } »
press-source-sets = Résultats d'une simulation, non d'une enquête : { $n } tirages, chacun de { $seeds } simulations de { $people } personnes. Source : simulateur unbirthday, étude « { $study } »
press-grey = Gris : inchangé (moins de { $margin }).
press-grey-support = Gris : changement de soutien trop petit pour compter.
press-word = { $word } :
press-means-thinned = soutien et heures passées ensemble baissent
press-means-weakened = le soutien baisse, mais pas tout le reste
press-means-hollowed = soutien maintenu, sauf celui des proches
press-means-transformed = autant de soutien, mais autrement
press-means-enriched = le soutien augmente
press-means-inert = presque rien ne change
press-means-undecided = les simulations divergent
wishes-title = Fausse date d'anniversaire : { $share } des vœux arrivent ce jour-là
wishes-how = Simulation : vœux reçus par ceux qui affichent une fausse date, selon la proximité de l'expéditeur
wishes-wrong = à la fausse date
wishes-true = à la vraie date
sender-five = les 5 plus proches
sender-fifteen = les 10 suivants
sender-fifty = les 35 suivants
sender-others = tous les autres
greeters-how = Simulation : combien de personnes vous souhaitent bon anniversaire, avec ou sans les rappels d'une plateforme
greeters-close = les quinze plus proches
greeters-others = tous les autres
greeters-side-arm = avec rappels
greeters-side-control = sans rappels
greeters-title-few = Les rappels ajoutent { $n } vœux, surtout de gens peu proches
greeters-title-many = Les rappels ajoutent { $n } vœux d'anniversaire, dont beaucoup de proches
greeters-total = { $n } en tout
senders-title = Sans rappels, { $without } des vœux viennent de proches ; avec, { $with }
senders-how = Simulation : vœux d'anniversaire, avec ou sans les rappels d'une plateforme. Proches : les liens forts, quinze par personne en moyenne.
senders-close = de proches
senders-others = de tous les autres
senders-side-arm = avec rappels : { $n }{"\u00A0"}vœux
senders-side-control = sans rappels : { $n }{"\u00A0"}vœux
ties-with-platform = Avec une plateforme,{" "}
ties-with-arm = Avec « { $arm } »,{" "}
ties-with-public = Avec des rappels d'anniversaire,{" "}
ties-with-private = Avec des rappels privés,{" "}
ties-title-thinned = les liens s'appauvrissent
ties-title-weakened = les liens s'affaiblissent
ties-title-hollowed = les plus proches y perdent
ties-title-transformed = les liens changent sans perdre de soutien
ties-title-enriched = les liens soutiennent davantage
ties-title-inert = les liens ne changent guère
ties-title-undecided = le sort des liens reste ouvert
ties-title-too-early = il est trop tôt pour conclure
ties-title-not-applicable = il n'y a pas de verdict
ties-title-mixed = tout dépend de ce qu'on suppose
ties-row-S_all = soutien de tout l'entourage
ties-row-core = soutien des quinze plus proches
ties-row-strong = nombre de liens forts
ties-row-real_hours = heures passées ensemble
contact-title-only = Lettres, appels : recul seulement si l'écran remplace les rencontres
contact-title-fall = Avec un mur, lettres et appels reculent
contact-title-rise = Avec un mur, lettres et appels augmentent
contact-title-hold = Avec un mur, lettres et appels se maintiennent
contact-title-mixed = Le recul des lettres dépend de ce qu'on suppose
contact-how = Évolution simulée { $year } avec un réseau social comme en 2009
contact-line-support = soutien de tout l'entourage
contact-line-core = soutien des quinze plus proches
contact-line-letters = lettres et appels
contact-axis = En bas : de combien le contact en ligne réduit l'envie de se voir
thinning-title-never = Temps en ligne : aucun lien appauvri dans les fourchettes plausibles
thinning-title-rarely = Le temps en ligne n'appauvrit les liens qu'à l'extrême
thinning-title-wordless = Les liens ne s'appauvrissent que si s'écrire ne rapproche pas
thinning-how = { $minutes } minutes en ligne par jour ; s'y parler réduit de { $share } l'envie de se voir
thinning-dose-some = Si ce qu'on s'écrit rapproche :
thinning-dose-none = Sinon :
thinning-axis = Temps pris sur la vie réelle :
thinning-beyond = * peu plausible
matters-how-ST = Réseau social simulé : { $n } hypothèses tirées dans leurs fourchettes. Barres : part des écarts de soutien { $year } liée à chacune ; les parts se recoupent.
matters-how-mu_star = Réseau social simulé : chaque hypothèse prend tour à tour ses valeurs plausibles. Barres : variation moyenne du soutien { $year }.
matters-others = chacune des { $n } autres
matters-title-few = { $n ->
        [one] Une hypothèse sur { $all } décide
       *[other] { $n } hypothèses sur { $all } décident
    } de { $share } des écarts de soutien
matters-title-all = Aucune poignée des { $all } hypothèses ne décide du soutien
matters-title-most = Ce qui compte le plus : { $name }
matters-title-beyond = { $n ->
        [one] Une hypothèse sur { $all } fait
       *[other] { $n } hypothèses sur { $all } font
    } varier le soutien de plus de { $margin }
matters-title-none = Aucune des { $all } hypothèses ne fait varier le soutien de { $margin }
matters-name-composed_dose = effet d'un mot écrit
matters-name-cheap_dose = effet d'un clic
matters-name-platform-minutes = minutes en ligne par jour
matters-name-adoption = nombre d'inscrits
matters-name-view-dose = effet d'une publication lue
matters-name-written-rate = nombre de mots écrits
matters-name-comment-dose = effet d'un commentaire
matters-name-substitution = le contact en ligne remplace la rencontre
matters-name-displacement = temps pris à la vie réelle
matters-name-meet_after = s'écrire amène à se voir
matters-name-prompts-slope = les vœux après rappel suivent la proximité
trials-title-lost = { $subject } : baisse dans { $n } tirages sur { $all }
trials-title-gained = { $subject } : hausse dans { $n } tirages sur { $all }
trials-title-same = { $subject } : rien ne change dans { $n } tirages sur { $all }
trials-title-open = { $subject } : effet incertain dans { $n } tirages sur { $all }
trials-title-all-lost = { $subject } : baisse dans tous les tirages
trials-title-all-gained = { $subject } : hausse dans tous les tirages
trials-title-all-same = { $subject } : rien ne change, quel que soit le tirage
trials-title-all-open = { $subject } : effet incertain dans tous les tirages
trials-title-both = { $subject } : baisse dans { $lost } tirages, hausse dans { $gained } (sur { $all })
trials-dot-none = Chaque point : un tirage (trait : intervalle à 95 %), évolution { $year } par rapport à une vie sans réseau social.
trials-dot-off = Chaque point : un tirage (trait : intervalle à 95 %), évolution { $year } par rapport à l'absence de rappels d'anniversaire.
trials-dot-other = Chaque point : un tirage (trait : intervalle à 95 %), évolution { $year } par rapport à « { $control } ».
trials-falls-substitution = { $subject } : d'autant moins que l'écran remplace la rencontre
trials-axis = De gauche à droite, de plus en plus : { $name }
trials-points = En hauteur : points de pourcentage.
settings-title-only = { $subject } : { $ties } à chaque tirage
settings-title-hinges = { $subject } : l'effet sur les liens dépend des hypothèses
settings-title-never = { $subject } : { $ties }
settings-never-weakened = liens souvent affaiblis, jamais appauvris
settings-never-hollowed = cœur souvent vidé, liens jamais appauvris
settings-never-transformed = liens souvent transformés, jamais appauvris
settings-never-enriched = liens souvent enrichis, jamais appauvris
settings-never-inert = liens souvent inchangés, jamais appauvris
settings-never-undecided = souvent incertain, liens jamais appauvris
settings-title-two = { $subject } : { $ties } ({ $share } des tirages), { $word } ({ $next })
settings-how = Simulation : { $n } tirages de { $k } paramètres du modèle, dans leurs fourchettes plausibles.
settings-bars = Barres : part des tirages.
settings-subject-platform = Réseau social
settings-subject-public = Rappels d'anniversaire
settings-subject-private = Rappels privés
settings-subject-arm = « { $arm } »
subject-community-sharing = Partage en groupe
subject-ephemeral-status = Instants racontés
subject-letters-to-wall = Écrire en ligne
subject-minority = Habitudes européennes
subject-minority-long = Habitudes européennes
subject-minority-homes = Habitudes européennes, en Chine
subject-redefine-or-import = Inconnus au lieu d'amis
settings-ties-thinned = liens appauvris
settings-ties-weakened = liens affaiblis
settings-ties-hollowed = cœur vidé
settings-ties-transformed = liens transformés
settings-ties-enriched = liens enrichis
settings-ties-inert = liens inchangés
settings-ties-undecided = non tranché
settings-ties-too-early = trop tôt
settings-ties-not-applicable = sans verdict

## Le rapport

gallery = Résultats
gallery-in-en = In English
gallery-in-fr = En français
gallery-head = Chaque étude pose une question. Ses figures et ses tableaux viennent de simulations, pas d'enquêtes. `make report STUDY=scenarios/NOM.toml` réunit tout un compte rendu en une seule page, prête à rendre.
gallery-licence = Figures et tableaux peuvent être repris sous [licence CC BY, version 4]({ $address }), à condition de citer unbirthday.
gallery-phone = téléphone
gallery-line-press = À imprimer
gallery-line-report = Toute l'étude
gallery-report = compte rendu
gallery-line-play = Une page à curseurs, à télécharger et à ouvrir
gallery-play = jouer
gallery-line-full = Les figures détaillées
gallery-line-tables = Tableaux
gallery-columns = le sens de leurs colonnes (en anglais)
gallery-line-study = Étude
report-study = Étude { $study }.
report-table-verdict = le verdict de chaque comparaison, par combinaison, durée et groupe
report-table-region = la fréquence de chaque verdict parmi des combinaisons tirées au hasard
report-table-flips = les plus petits changements qui donnent un autre verdict
report-table-stretches = les valeurs d'un paramètre qui gardent un verdict
report-table-splits = le paramètre qui dit le mieux où tient le verdict
report-table-why = ce que chaque mécanisme ajoute et enlève
report-table-split = la part de chaque groupe d'habitudes dans l'écart entre deux cultures
report-table-indices = le poids de chaque paramètre
report-table-effects = l'effet de chaque plateforme dans chaque culture
report-table-parts = à quoi tiennent les écarts entre les effets
report-claims = Étude { $study }, sur ce que dit l'essai ({ $claims }).
report-support = { $finding }. Variation du soutien { $year }{ $at } : { $mean } (intervalle à 95 % : de { $low } à { $high }).
report-no-region = On n'a pas vérifié jusqu'où cela tient avec d'autres valeurs des nombres supposés. Pour le savoir : `{ $command }`.
report-sampled-same = Dans les { $n } combinaisons tirées dans les fourchettes de l'étude, le verdict est le même : { $word }.
report-point-middle = Quand une seule combinaison est citée, c'est la plus proche du milieu des fourchettes : { $point }.
report-point-first = Quand une seule combinaison est citée, c'est la première de la liste : { $point }.
report-model = Ce sont les résultats d'un modèle, pas des mesures faites sur des personnes.
report-play = Une page à curseurs : choisissez d'autres valeurs
report-verdict = Le verdict
report-fixed = Ce qui était fixé d'avance
report-expected = Évolution attendue ({ $measure }) : { $thinning } si les liens s'appauvrissent, { $transforming } s'ils se transforment.
report-sign-plus = hausse
report-sign-much-plus = nette hausse
report-sign-minus = baisse
report-sign-much-minus = nette baisse
report-sign-none = aucun changement
report-or = {" "}ou{" "}
report-size = { $seeds } sociétés simulées de { $people } personnes, jugées { $years }.
report-assumed = Sur quoi cela repose
report-numbers = Tous ces nombres, et ce qu'on en sait
report-long = Les figures détaillées
report-workbook = ces tableaux en un seul classeur, pour Excel ou LibreOffice
report-tables = Les tableaux
report-again = Pour refaire cette page
report-cite-head = Pour citer
report-cite = Les auteurs d'unbirthday, unbirthday, version { $version }, étude « { $study } », scénario { $hash }. Données et figures simulées.
report-licence = Figures et tableaux : licence CC BY, version 4. Le programme : licence MIT.

## La page pour jouer

play-how = Déplacez un curseur : la réponse change avec ce qu'on suppose. { $points } combinaisons ont été simulées ; un émulateur remplit les intervalles.
play-far = Peu de combinaisons proches ont été simulées : ces nombres peuvent être moins sûrs que ce qui est dit plus bas.
play-assume = Ce qu'on suppose
play-reset = Revenir aux valeurs des fichiers
play-comes-out = Ce qui en sort, { $year }
play-grey = Gris : changement trop petit pour compter. Tous à la même échelle.
play-verdict = Le verdict
play-here = Simulé ici :
play-near = Au point simulé le plus proche :
play-go = Aller à ce point
play-chart = Points : ce qui a été simulé. Ligne : l'émulateur, les autres curseurs restant où ils sont. Tirets : la place de ce curseur.
play-differs = Les effets ci-dessus s'écartent de ceux de ce point, et l'écart dépasse le plus petit changement qui compte.
play-trust = De combien l'émulateur se trompe
play-fit = un point mis de côté est prévu à { $error } point de pourcentage près ; { $explained } de la variance sont expliqués
play-source = unbirthday, étude { $study } : { $points } combinaisons, { $seeds } de { $people } personnes chacune ; résultats d'une simulation, non d'une enquête ; nombres supposés : { $k } sur { $n }.
known-computed = calculé
known-read = lu dans une publication
known-secondhand = de seconde main
known-recalled = de mémoire
known-proxy = indirect
known-assumed = supposé
known-claimed = ce que dit l'essai
known-set = fixé par l'étude
sender-all = tous
ties-how-none = Évolution simulée { $year }, par rapport à une société sans plateforme
ties-how-off = Évolution simulée { $year }, par rapport à une plateforme sans ces rappels
ties-how-other = Évolution simulée { $year }, par rapport à { $control }
press-way-measured = temps en ligne : celui du pays
press-way-minutes-equal = temps en ligne : États-Unis
press-platform-wall-2009 = réseau comme en 2009

## La page pour jouer, en direct

live-how = Déplacez un curseur : des mondes sont aussitôt simulés, avec un changement et sans lui, avec les mêmes personnes et les mêmes hasards. Ils sont mesurés { $year }.
live-other = English
live-profile = Habitudes
live-mixed = plusieurs pays, comme dans le fichier
live-platform = Plateforme
live-people = Personnes
live-seeds = Répétitions
live-run = Lancer
live-stop = Arrêter
live-toml = Enregistrer comme étude
live-toml-how = Un fichier de ce qui est à l'écran, pour `sim sweep`. Gardez-le à côté de l'étude dont il vient.
live-before = agit avant que les deux côtés se séparent : les sociétés sont reformées
live-interval = Barres : intervalles à 95 % ; il leur faut deux répétitions, et elles se resserrent quand il y en a plus.
live-control = Sans le changement
live-arm = Avec lui
live-picture = Les liens forts de { $n } personnes
live-who = Personne
live-picture-how = Un échantillon au hasard d'une répétition ; chaque personne est à la même place des deux côtés. Cliquez sur une personne pour voir ses liens les plus proches. Un lien est fort si sa proximité dépasse le niveau où l'on a en moyenne 15 liens de ce genre.
live-closest = Les cinq liens les plus proches de la personne { $person }
live-closest-how = Proximité de 0 à 1, moyenne de la dernière année.
live-only = de ce côté seulement
live-person = personne
live-waiting = La première répétition est en route.
live-stopped = Arrêté.
live-ended = Toutes les répétitions sont faites.
live-gone = Le programme qui fournit cette page s'est terminé. Relancez-le.
live-doing-growing = Répétition { $seed } sur { $all } : sa société se forme. Elle est gardée pour la prochaine fois.
live-doing-running = Répétition { $seed } sur { $all } en cours.
live-decided-early = { $n ->
    [one] Après { $n } répétition sur { $planned }.
   *[other] Après { $n } répétitions sur { $planned }.
  } Un mot qui vient tôt peut encore changer.
live-decided-all = Après toutes les { $planned } répétitions.
live-needs = { $n ->
    [one] Après { $n } répétition. Environ { $needed } peuvent trancher.
   *[other] Après { $n } répétitions. Environ { $needed } peuvent trancher.
  }
live-undecided = { $n ->
    [one] Après { $n } répétition.
   *[other] Après { $n } répétitions.
  }
live-yet = Pas encore tranché. { $after }
live-no-word = { $why }.
live-lost = Un processus de calcul s'est terminé ({ $text }) : il a été tué, ou la mémoire manque. Rien de la page n'est perdu. « Lancer » recommence.
live-message = Le programme répond, en anglais : { $text }
live-address-long = L'adresse a trop de valeurs. Elle peut en avoir { $most }.
live-address-number = L'adresse donne « { $text } » pour { $which }. Il y faut un nombre.
live-address-whole = L'adresse donne « { $text } » pour { $which }. Il y faut un nombre entier de { $low } à { $high }.
live-address-unknown = L'adresse donne { $which }. Cette page n'a pas de curseur pour cela.
live-address-range = L'adresse donne { $number } pour { $which }. Son curseur va de { $low } à { $high }.
live-many = { $n } pages calculent en même temps. Arrêtez-en une, puis appuyez sur « Lancer ».
live-elsewhere = Cette page est réservée à cette machine.
live-nothing = Il n'y a rien à cette adresse. La page est à /.
