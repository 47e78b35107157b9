### English. One text a key; the keys and the values in braces are the same in every language.
### A line end in a text is one in the figure. Spaces and quotes are set as the language wants them (sim/figures/words.py).

## What several figures say

circle-support =
    closest
    5
circle-sympathy =
    next
    10
circle-affinity =
    next
    35
circle-rest =
    beyond
    the 50
circle-new =
    new
    ties
circle-online =
    online
    only
channel-visit = visits
channel-call = calls
channel-letter = letters
channel-card = cards
channel-chance =
    chance
    meetings
arm-none = no platform
arm-off = no prompts
arm-public = public prompts
arm-private = private prompts
control-none = no platform
control-off = no prompts
control-public = public prompts
control-private = private prompts
whose = Only these people: { $group }.
group-minority = the minority
group-contacts-none = outside the minority, without ties to it
group-contacts-some = outside the minority, with a few ties to it
group-contacts-many = outside the minority, with many ties to it
quoted = “{ $text }”
against = { $arm } compared with { $control }
with-prompts = with { $arm }
with-platform = with a platform
with-free-platform = with a platform that takes no time
with-arm = in arm { $arm }
with-other = in arm { $arm }, compared with { $control }
cell = { $platform }, profile { $profile }
cell-way = { $cell }, { $way }
against-cell = { $cell }, compared with { $control }
against-platform = a platform with { $arm } compared with { $control }
against-free-platform = a platform that takes no time compared with { $control }
point-prompts-slope = slope { $value }
point-substitution = substitution { $value }
point-other = { $name } { $value }
point-number = combination { $number }
fraction-none = none
fraction-few = almost none
fraction-1-10 = about one in ten
fraction-1-5 = about one in five
fraction-1-4 = about one in four
fraction-1-3 = about one in three
fraction-1-2 = about half
fraction-2-3 = about two in three
fraction-3-4 = about three in four
fraction-4-5 = about four in five
fraction-9-10 = about nine in ten
fraction-most = almost all
fraction-all = all
some-points = { $some } of { $all } combinations
point-whole = { $number } ({ $values })
semicolon = ;{" "}
year = { $n ->
        [one] after one year
       *[other] after { $n } years
    }
day = after { $n } days
word-thinned = thinned
word-weakened = weakened
word-hollowed = hollowed
word-transformed = transformed
word-enriched = enriched
word-inert = inert
word-undecided = undecided
word-too-early = no verdict yet: people are still joining
word-not-applicable = no verdict
means = { $word }: { $text }.
means-thinned = support, core support and real-life hours all fall
means-weakened = support falls, but core support or real-life hours hold
means-hollowed = support holds, but core support or strong ties fall
means-transformed = as much support, from other people or in other ways
means-enriched = support rises, and the closest ties hold
means-inert = nothing moves beyond its margin
means-undecided = the replicates do not settle it
brief-thinned = thinned
brief-weakened = weakened
brief-hollowed = hollowed
brief-transformed = transformed
brief-enriched = enriched
brief-inert = inert
brief-undecided = undecided
ties-thinned = ties thin out: support, core support and real-life hours all fall
ties-weakened = ties weaken: support falls, but the core or real-life hours hold
ties-hollowed = ties hollow out: support holds, but the closest ties lose
ties-transformed = ties change without losing support
ties-enriched = ties give more support
ties-inert = ties hardly change (by less than { $margin })
ties-undecided = { $seeds } do not settle what happens to ties
ties-too-early = it is too early for a verdict, since people are still joining
ties-not-applicable = there is no verdict
ties-mixed = what happens to ties depends on what is assumed
ties-listed = By combination: { $words }.
cells-counted = Of { $all } pairs of a culture and a platform, as measured: { $words }.
ties-counted = Of { $all } combinations: { $words }.
word-at = { $word } at { $points }
word-in = { $word } in{"\u00A0"}{ $n }
others = others
verdict = Verdict { $year }: { $word }
verdict-everywhere = Verdict { $year }, in all { $all } combinations tried: { $word }
everywhere = the same verdict in all { $all } combinations
same-word = the same verdict in { $same } of { $all } combinations
margin = margin { $margin }
tipping = the verdict would change at a margin of { $tipping }
no-tipping = no margin would change the verdict
floor = noise { $floor } of support
needed = about { $seeds } would settle it
tipping-undecided = a margin of { $tipping } would give a verdict
one-more = one society alone settles nothing
never = no foreseeable number of societies would settle it
primary = main comparison
source = { $n ->
        [one] Source: unbirthday { $version }, study “{ $study }”. { $seeds } of { $people } people (seed { $which }), { $years }: one alone gives no interval; means over the last 365 days.
       *[other] Source: unbirthday { $version }, study “{ $study }”. { $seeds } of { $people } people (one per seed: { $which }), { $years }: means over the last 365 days, 95 % intervals over societies.
    }
margins = Margins (smallest changes that count), set beforehand: { $margins }.
margins-changed = Margins (smallest changes that count), changed after sealing: { $margins }.
seal = Study (seal { $hash }): { $standing }.
sealed-before = sealed before running
sealed-after = sealed after runs had begun
sealed-changed = changed after sealing: { $parts }
sealed-part-question = question
sealed-part-margins = margins
sealed-part-scenario = scenario
sealed-part-code = code
sealed-runs = earlier runs: { $n }
sealed-seals = earlier seals: { $n }
again = To make this figure again: { $command }.
again-after = , then { $then }
margin-of-support = support
margin-of-core = core
margin-of-real = real hours
margin-of-strong = strong ties
margin-of-partners = partners
margin-of-carriers = carriers
content-alike = What posts are about changes nothing here: content_effects is 'alike', or all factors of [content] are 1.
assumed = Of the { $n } numbers behind these results, { $k ->
        [one] one is
       *[other] { $k } are
    } only assumed.
explain-prompts-slope = Slope: how strongly closeness decides who follows a prompt (0: not at all).
given = Starting graph: { $graph }. The intervals hold for this graph alone.
subset = { $shown ->
        [one] One of { $all } combinations is shown.
       *[other] { $shown } of { $all } combinations are shown.
    }
societies = { $n ->
        [one] { $n } simulated society
       *[other] { $n } simulated societies
    }
society-bands = Grey bands: Zhou et al. 2005 (circles), Dunbar's time budgets (time).
society-counting = A visit, a call or a chance meeting counts for both people. A letter or a card counts for the person who gets it.

## The figure verdict

verdict-title = { $with }, { $ties }
verdict-title-two = { $contrast }: { $ties }
verdict-legend = Shaded: within the margin, too small to count. Thick and thin lines: 90 and 95 % intervals. Grey bars: noise, which is what a change of one day's random events does (the placebo).
verdict-legend-points = Large marks: { $point }. Small dots: the other combinations.
verdict-legend-legs = Core: the closest fifteen people. Partners: how far support comes from other people. Carriers: how far closeness comes through other channels.
measure-S_all = support
measure-core = core support
measure-strong = strong ties
measure-real_hours = real-life hours
measure-partners = partners
measure-carriers = carriers
measure-S_old = support from old ties
measure-S_real = support without online-born ties
measure-online_strong = online-born among strong ties
measure-bridging = bridging
measure-bridges = ties without a common friend
measure-clustering = clustering
measure-views = posts read
measure-engagement = reactions received
measure-ties = weak ties
measure-received_letter = letters
measure-received_call = calls
measure-auc_any_wish = how well a wish tells a strong tie
measure-strong_given_any_wish = share of wishes from close people
value-lost = lost
value-same = same
value-gained = gained
value-below = below
value-moved = moved
leg-value = { $leg } { $value }
leg-and = {" "}and{" "}
reason-legs = { $legs }
reason-stood = what stood: { $legs }
reason-within = nothing beyond its margin
reason-although = although real-life hours fell
reason-replaced = replaced: { $legs }
reason-unsettled = open, without changing the word: { $legs }
reason-open = open: { $legs }
reason-possible = still possible: { $words }
reason-one_seed = one seed has both arms: no interval
reason-no_seed = no seed has both arms: no interval
reason-no_word_by = not measured or on a margin: not decided by { $n } seeds
reason-joining = people are still joining the platform
reason-two_societies = two different societies: each one's own platform effect has a word
reason-two_groups = the difference between two groups: each one's own effect has a word
reason-same_run = the arm and its control have the same values: nothing is compared
reason-village = strangers and bridges hardly exist among fewer than { $n } people
change-axis = { $control ->
        [none] change from the society without a platform, %
        [off] change from the society without prompts, %
       *[other] change, % of the control
    }
shift-axis =
    distance, minus
    the placebo's
verdict-cells = This is the primary cell: one profile on one platform. { $n ->
        [one] The other one is
       *[other] The { $n } others are
    } in the figure cultures, which `sim profiles` draws.
verdict-stricter = The verdicts of the other comparisons use stricter (Bonferroni) intervals than those drawn.

## The figure region

region-everywhere = The verdict is { $word } everywhere: no parameter alone changes it, nor any of { $n } random combinations
region-no-other = The verdict is { $word } in { $share } of { $n } random combinations, and undecided in the others
region-share = The verdict is { $word } in { $share } of { $n } random combinations
region-flip-above = Nearest change by one parameter: “{ $name }” at { $value } or more gives { $word }.
region-flip-below = Nearest change by one parameter: “{ $name }” at { $value } or less gives { $word }.
region-no-flip = No parameter alone gives another definite verdict.
region-how = { $all } parameters act once the platform is there, and each is varied over its plausible range. The base has the values of the study's files. A share is not a probability, because nobody knows how likely a combination is.
region-refused = { $n ->
        [one] { $n } combination that an arm refuses was left out.
       *[other] { $n } combinations that an arm refuses were left out.
    }
region-sample = All parameters at random: { $n } combinations
region-part = { $word } { $share }
region-interval = { $word }: { $share }, 95 % interval { $low } to { $high }.
region-split = “{ $name }” tells best where the verdict holds. Up to { $cut } it holds in { $below } of { $n_below } combinations, above in { $above } of { $n_above }.
region-split-within = Among those { $side ->
        [below] below
       *[above] above
    }, “{ $name }” tells best: up to { $cut } it holds in { $below } of { $n_below }, above in { $above } of { $n_above }.
region-no-split = No parameter alone tells better than chance where the verdict holds.
region-alone = One parameter at a time, all others at the base
region-key-base = base
region-key-between = undecided
region-row = { $old } → { $new }: { $word }
region-more-flips = { $n ->
        [one] { $n } more changes the verdict.
       *[other] { $n } more change the verdict.
    }
region-more-open = { $n ->
        [one] { $n } more leaves it undecided somewhere in its range.
       *[other] { $n } more leave it undecided somewhere in their ranges.
    }
region-others = { $n ->
        [one] { $n } other: { $word } at both ends of its range.
       *[other] { $n } others: { $word } at both ends of their ranges.
    }
region-all = All { $n }: { $word } at both ends of their ranges.
region-together = Several parameters at once: the smallest changes found
region-distance = Distance 1 is one parameter over its whole range.
region-change = { $word } at distance { $distance }: { $moves }.
region-move = “{ $name }” { $old }{"\u00A0"}→{"\u00A0"}{ $new }
region-smaller = { $n ->
        [one] one smaller change
       *[other] { $n } smaller changes
    }
region-no-change = No combination was found with another definite verdict.
region-no-change-of = No combination was found with another definite verdict, among { $n } more that the search tried.
region-source = Source: unbirthday { $version }, study “{ $study }”. { $simulated } combinations, each run with { $seeds } of { $people } people, { $years }: means over the last 365 days, verdicts from 95 % intervals over societies, shares with Wilson intervals. There may be smaller changes than those found.
village = These are { $people } people. Among fewer than { $least }, strangers and bridges between circles hardly exist.
region-line = this verdict holds in { $share } [{ $low }–{ $high }] of { $n } combinations drawn over the ranges ({ $seeds } of { $people } people each)
region-line-flip = nearest change: “{ $name }” { $old } → { $new } makes it { $word }
region-line-none = no parameter alone changes it
region-line-other = with so few societies, the base is { $word }

## The figure society

society-title = { $when ->
        [before] Before any platform
       *[with] With the platform
    }, cards and chance meetings make up { $outer } of the contacts with people beyond the closest fifty
society-even = { $when ->
        [before] Before any platform
       *[with] With the platform
    }, cards and chance meetings make up { $outer } of the contacts with people beyond the closest fifty, and { $inner } of those with the closest five
society-circles = How many people are contacted: { $inside } of { $all } inside the published bands (grey)
society-contacted-weekly = weekly
society-contacted-monthly = monthly
society-contacted-half-yearly = every half-year
society-contacted-yearly = yearly
society-people-axis =
    people contacted at least this often
    (logarithmic)
society-signature = Where support (●) and time (◇) go, by rank of closeness
society-rank = { $ranks ->
        [rest] beyond 50
       *[other] ranks { $ranks }
    }
society-share-axis = % of a person's total
society-mix = How contacts come about, by circle of closeness
society-per-tie =
    received
    a year
society-mix-axis = % of what is received from the circle

## The figure greetings

greetings-title-public = Prompts bring { $greetings } public greetings per birthday, { $share } of them from outside the closest fifteen
greetings-title-private = Private prompts bring { $greetings } messages per birthday, { $share } of them from outside the closest fifteen
greetings-who = Who greets because of a prompt, by circle of closeness
greetings-a-year =
    per person
    and year
greetings-inner-share =
    from the
    closest 15
greetings-prompted-axis = prompted greetings received per person and year
greetings-season-contacts = Effect of prompts{ $at } on real-life contacts after a birthday, birthday greetings left out
greetings-season-closeness = Effect of prompts{ $at } on closeness in the same months
greetings-month-axis = months since the birthday
greetings-percent-axis = change, %
greetings-replaced = Do prompts replace the greetings of those who remember?{ $at }
greetings-replaced-fewer = Without prompts { $before } people remember a birthday by card, call or visit. For every hundred { $greetings }, { $n } fewer do.
greetings-replaced-more = Without prompts { $before } people remember a birthday by card, call or visit. For every hundred { $greetings }, { $n } more do.
greetings-replaced-open = Without prompts { $before } people remember a birthday by card, call or visit. There is no clear change: { $n } for every hundred { $greetings }.
greetings-of-public = public greetings
greetings-of-private = prompted messages
greetings-from-inner = from the closest fifteen
greetings-from-outer = from everybody else
greetings-difference-axis = change in greetings received per person and year, compared with no prompts
at = {" "}({ $point })

## The figure birthdays

birthdays-title = When people show a false birthday, { $wrong } of their wishes come on the wrong day, but only { $inner } of those from the closest fifteen
birthdays-title-few = When people show a false birthday, { $wrong } of their wishes come on the wrong day, but hardly any from the closest fifteen
birthdays-title-too = When people show a false birthday, { $wrong } of their wishes come on the wrong day, and { $inner } of those from the closest fifteen
birthdays-knowing = A “happy non-birthday” comes { $knowing } times a year.
birthdays-wrong-day = { $points ->
        [1] Share of wishes on the wrong day: from the closest five { $five }, from the closest fifteen { $inner }, from beyond the closest fifty and online { $outer }.
       *[other] Share of wishes on the wrong day, over all combinations tried: from the closest five { $five }, from the closest fifteen { $inner }, from beyond the closest fifty and online { $outer }.
    }
span = { $low } to { $high }
birthdays-wish-prompt = after a prompt, on the date shown
birthdays-wish-birthday = remembered, on the true date
birthdays-wish-nonbirthday = “happy non-birthday”, on the false date
birthdays-dates-false = False date shown ({ $n } people per society)
birthdays-dates-true = True date shown ({ $n } people per society)
birthdays-share-false =
    share on the
    wrong day
birthdays-share-true =
    share after
    a prompt
birthdays-all-circles = all
birthdays-wishes-axis = wishes received per person and year, by how close the sender is
birthdays-wrong-day-rule = Two things are assumed: people who know the true date ignore a prompt on a false one, and how often they write a “happy non-birthday”.

## The figure telling

telling-title = With prompts, { $with } of the people who send birthday wishes are strong ties; without prompts, { $without }
telling-strong = Strong ties are a person's closest, fifteen on average.
telling-auc = Wishes show who is a strong tie { $rank }: AUC { $auc } and { $before }. AUC is the chance that a strong tie ranks above a weak one ({ $half }: pure chance).
telling-rank-more = better with prompts{ $at } than without
telling-rank-less = less well with prompts{ $at } than without
telling-rank-same = as well with prompts{ $at } as without
telling-rank-open = about as well with prompts{ $at } as without
telling-greeting-tells = A prompted greeting alone shows a strong tie, at all values tried.
telling-greeting-mute = A prompted greeting alone does not show a strong tie, at any value tried.
telling-greeting-partly = A prompted greeting alone does not show a strong tie at { $points }.
telling-others-tell = Of the other gestures, { $best } show most (AUC{"\u00A0"}{ $auc }), { $change }.
telling-change-more = more than without prompts
telling-change-less = less than without prompts
telling-change-same = as without prompts
telling-change-open = about as without prompts
telling-gesture-greeting = prompted greetings
telling-gesture-wish = remembered wishes
telling-gesture-nonbirthday = “happy non-birthday”
telling-gesture-reaction = reactions
telling-gesture-comment = comments
telling-gesture-message = private messages
telling-gesture-letter = letters
telling-the-nonbirthday = “happy non-birthdays”
telling-the-reaction = reactions
telling-the-comment = comments
telling-the-message = private messages
telling-the-letter = letters
telling-line-any_wish = ● any wish, with prompts
telling-line-greeting = ◆ prompted greetings alone
telling-line-without = ▬ wishes without prompts
telling-panel-strong_given =
    Strong ties among senders,
    % (dotted: among all ties)
telling-panel-auc =
    Strong from weak ties:
    AUC (dotted: { $least })
telling-panel-information =
    Information in a wish:
    bits per 1,000 ties
telling-axis-prompts-slope = slope
telling-gestures = Which gestures come from strong ties?{ $at }
telling-gestures-axis = strong ties among those who make the gesture, %
telling-gestures-key = ● with prompts   ○ without   dotted: among all ties
telling-bits = A wish carries { $bits } bits of information per 1,000 ties, without prompts { $before } (a bit is one yes-or-no answer).
telling-knowing-tells = A “happy non-birthday” comes from a strong tie in { $share } of cases.
telling-column-told =
    strong ties
    that make it
telling-column-auc = AUC
telling-universe = Ties: pairs of members who are linked, each direction by itself. Strong: mutual closeness above the threshold at which the average person has fifteen such ties. A gesture shows a strong tie if the interval of its AUC lies above { $least }. Differences of AUC below { $small } count as none.
telling-messages-assumed = We assume that messages and comments go mostly to close ties.

## The figure letters

letters-title = With a wall, letters and calls { $first }, and { $last }
letters-title-same = With a wall, letters and calls { $first }, however much of the wish to meet being in touch online replaces
letters-end-first = { $change } if being in touch online replaces { $part ->
        [none] none
        [all] all
       *[some] { $share }
    } of the wish to meet
letters-end-last = { $change } if it replaces { $part ->
        [none] none
        [all] all
       *[some] { $share }
    } of it
letters-title-at = With a wall, letters and calls { $first } ({ $at })
letters-rise = rise by { $size }
letters-fall = fall by { $size }
letters-hold = stay the same
letters-support = Support between people who used to write letters changes by { $first }.
letters-support-ends = In these two cases, support between people who used to write letters changes by { $first } and { $last }.
letters-free = This wall takes no time from real life.
letters-channels = What reaches a person in a year, in real life (above) and on the wall (below)
letters-words-visit = visits
letters-words-call = calls
letters-words-letter = letters
letters-words-card = cards
letters-words-message = messages
letters-words-comment = comments
letters-words-group = group exchanges
letters-words-greeting = birthday wishes
letters-column-none =
    no
    platform
letters-column-point =
    substitution
    { $value }
letters-axis = received per person and year (logarithmic)
letters-effort = Time spent on writing and calls
letters-ties = Change of letters, calls and support
letters-number = { $n } ({ $change })
letters-time-effort_real = letters, cards and calls
letters-time-effort_online = words on the wall
letters-effort-axis = minutes a day
letters-line-letters = letters and calls
letters-line-pairs = support between people who wrote letters
letters-line-core = core support (closest fifteen)
letters-verdict-head = verdict
explain-substitution = Substitution: how far being in touch online replaces the wish to meet, call or write (0: not at all, 1: wholly).
letters-narrow = Where you see no line, the interval is narrower than its mark.
letters-counting = A visit or a call counts for both people. People who wrote letters: pairs that exchanged one in the year before the wall. Grey: within the margin of support. Being in touch replaces visits, calls and letters alike.

## The figure displacement

displacement-thins = Ties thin out in { $share } of the combinations tried
displacement-thins-only = Ties thin out only if we assume that { $where }
displacement-and = {" "}and that{" "}
displacement-thinned = Ties thin out in { $n } of { $all } combinations: { $minutes }.
displacement-thins-nowhere = Ties thin out in none of { $all } combinations
displacement-thins-everywhere = Ties thin out in all { $all } combinations tried
displacement-minutes-first = { $n } of { $all } at { $minutes } minutes a day
displacement-minutes = { $n } of { $all } at { $minutes }
displacement-where-least-displacement = a platform takes { $value } or more of its time from real life
displacement-where-all-displacement = a platform takes all its time from real life
displacement-where-most-displacement = a platform takes { $value } or less of its time from real life
displacement-where-no-displacement = a platform takes none of its time from real life
displacement-where-least-substitution = being in touch online replaces { $value } or more of the wish to meet
displacement-where-all-substitution = being in touch online replaces all of the wish to meet
displacement-where-most-substitution = being in touch online replaces { $value } or less of the wish to meet
displacement-where-no-substitution = being in touch online replaces none of the wish to meet
displacement-where-least-composed_dose = messages strengthen ties at least { $value } as much as the files say
displacement-where-all-composed_dose = messages strengthen ties at least as much as the files say
displacement-where-most-composed_dose = messages strengthen ties at most { $value } as much as the files say
displacement-where-no-composed_dose = messages do not strengthen ties at all
displacement-falls = With a platform, { $year }, real-life hours change by { $least } to { $most } compared with no platform. They fall by more than { $margin } in { $real } of { $all } combinations. Core support (from the closest fifteen) falls in { $core }, support as a whole in { $support }. Other verdicts: { $others }.
displacement-key = Each cell shows the verdict and the change of support. On a line, what a circle gains online equals what it loses in real life, by arithmetic alone (closest five ———, next ten – – –). Above its line a circle gains, below it loses.
displacement-agrees = In the simulation, all { $all } clear changes of these circles' support go where the lines say.
displacement-errs = In the simulation, { $right } of { $all } clear changes of these circles' support go where the lines say. The others are at most { $most }.
displacement-saturates = Only the simulation says how much is lost: at worst, the closest five lose { $dose } of what contact gave them, and { $support } of their support.
displacement-column = Being in touch online replaces up to { $value } of the wish to meet
displacement-column-none = Being in touch online replaces none of the wish to meet
displacement-row = { $minutes } minutes a day on the platform
displacement-across = minutes assumed to come from real life
displacement-up =
    effect of messages
    and comments
displacement-factor = × { $value }
displacement-line-above-support = by arithmetic, the closest five always lose
displacement-line-above-sympathy = by arithmetic, the next ten always lose
displacement-line-below-support = by arithmetic, the closest five always gain
displacement-line-below-sympathy = by arithmetic, the next ten always gain
displacement-taken = People cannot give time that they do not have, so the minutes really taken are fewer: { $taken } (columns from left to right).
displacement-taken-of = { $shares } of { $minutes } minutes
displacement-unfinished = { $n ->
        [one] { $n } of { $all } combinations is not finished.
       *[other] { $n } of { $all } combinations are not finished.
    }
displacement-computed = × 1 is the effect of messages and comments that the files assume. The lines use rates from the combination where the platform takes and replaces least.
point-platform-minutes = { $value } minutes
point-displacement = displacement { $value }
point-composed_dose = effect of messages × { $value }
displacement-cell-change = { $mean } ± { $half } %
displacement-cell-change-alone = { $mean } %
displacement-cell-unfinished = not run

## The figure precision

precision-title = With the same people and luck in both arms, one society tells as much as { $factors }
precision-times = { $factor } different ones about { $leg }
precision-further = { $factor } about { $leg }
precision-not = It is not yet clear that the same people and luck in both arms save societies
precision-still = The change in { $leg } is the same in every society: one pair of runs says as much as any number
precision-no-change = { $seeds } are enough to exclude a change of more than { $most } in { $legs }
the-measure-S_all = support
the-measure-core = core support
the-measure-real_hours = real-life hours
the-measure-strong = strong ties
precision-head = { $contrast }, { $year }{ $point }. From { $seeds }, the change of { $leg } is known to ± { $half } of the control. With other people and other luck in each arm, it would be known to ± { $apart }.
precision-points = Over all { $all } combinations, the factor for { $leg } is { $least } to { $most }.
precision-nothing = changes by less than { $most }
precision-together = same societies in both arms (———)
precision-apart = different societies in each arm (– – –)
precision-factor = factor { $factor } [{ $low }, { $high }]
precision-factor-alone = factor { $factor }
precision-same = no variation between pairs
precision-across = societies in each arm
precision-up = precision (±), % of the control
precision-margin = margin { $margin }
precision-study = this study: { $n }
precision-wanted = ± { $within } takes { $together }; { $apart } if different
precision-between = { $n } [{ $low }, { $high }]
precision-never = over 10⁹
precision-reading = Factor: how many times as many societies it would take with different ones in each arm. ±: half the 95 % interval of the change. Bands and brackets: 95 % intervals of these estimates.

## The figure sensitivity

sensitivity-few = { $n ->
        [one] One of { $all } parameters explains { $share } { $about }
       *[other] { $n } of { $all } parameters explain { $share } { $about }
    }
sensitivity-all = No small group of the { $all } parameters explains most { $about }: all of them count
sensitivity-open = Too few combinations or societies yet to say which of { $all } parameters explain most { $about }
sensitivity-constant = None of { $all } parameters changes { $measure }
sensitivity-beyond = { $n ->
        [one] One of { $all } parameters moves { $measure } by more than the margin ({ $margin })
       *[other] { $n } of { $all } parameters each move { $measure } by more than the margin ({ $margin })
    }
sensitivity-sure = , { $n } of them for certain
sensitivity-unsure = , though not for certain
sensitivity-most = Of { $all } parameters, “{ $name }” moves { $measure } most, by { $size }
sensitivity-none-beyond = { $most }; none reaches the margin of { $margin }
sensitivity-names = : { $names }
the-measure-partners = partners
the-measure-carriers = carriers
of-other = of the variation in “{ $measure }”
of-measure-S_all = of the variation in support
of-measure-core = of the variation in core support
of-measure-real_hours = of the variation in real-life hours
of-measure-strong = of the variation in strong ties
of-measure-partners = of the variation in partners
of-measure-carriers = of the variation in carriers
sensitivity-about = { $whose }, { $year }.
sensitivity-arm = the arm “{ $arm }” by itself
sensitivity-circle = {" "}({ $circle })
sensitivity-profile = {" "}(profile { $profile })
sensitivity-key-ST = Share of the variance over all combinations that a parameter explains: ● alone, ○ together with others. The gap is interaction. Lines: 95 % intervals, cut at 0 and 100. Below each measure: its 5th to 95th percentile over the combinations.
sensitivity-key-mu_star = By how much a measure moves over a parameter's whole range, on average over the combinations: ▲ up, ▼ down, ● both ways or not clear. Lines: 95 % intervals, ▸ where they go on beyond the axis. Bar │: how much that differs between combinations (curves or interaction). Shaded: within the margin. Below each measure: its 5th to 95th percentile over the combinations.
sensitivity-sampled-ST = Sobol indices (SALib) of { $n } samples in { $seeds }, with the noise of the societies subtracted. Their intervals are over samples and societies.
sensitivity-sampled-mu_star = Elementary effects (Morris, SALib) on { $n } trajectories in { $seeds }. Their intervals are over both.
sensitivity-left-out = { $n ->
        [one] { $n } more is not complete.
       *[other] { $n } more are not complete.
    }
sensitivity-one-seed = One society alone gives no interval.
sensitivity-others = { $n ->
        [one] { $n } other
       *[other] the greatest of { $n } others
    }
sensitivity-spread = { $low } to { $high }
sensitivity-distances = distance { $low } to { $high }
sensitivity-noise = { $spread }: only noise of the societies
sensitivity-share-axis = % of variance
sensitivity-effect-axis = % of the control
sensitivity-distance-axis = distance

## The figure why

why-label-being-in-touch = being in touch replaces meeting
why-label-writing-leads-on = writing leads to meeting
why-label-time-taken = time taken from real life
why-label-written-words = written words bind
why-label-clicks-and-reading = clicks and reading bind
why-label-ties-made-online = people get to know each other online
why-label-prompts-remember = prompts remember for people
why-label-rest = links alone, all others off
why-label-left = all of these off
why-label-all = together
why-noun-being-in-touch = being in touch
why-noun-writing-leads-on = writing that leads to meeting
why-noun-time-taken = lost time
why-noun-written-words = written words
why-noun-clicks-and-reading = clicks and reading
why-noun-ties-made-online = ties made online
why-noun-prompts-remember = prompts that remember for people
why-adds = { $number ->
        [many] { $what } add { $much } to { $leg }
       *[one] { $what } adds { $much } to { $leg }
    }
why-takes = { $number ->
        [many] { $what } take { $much } from { $leg }
       *[one] { $what } takes { $much } from { $leg }
    }
why-takes-too = { $number ->
        [many] { $what } take { $much }
       *[one] { $what } takes { $much }
    }
why-leg-S_all = support
why-leg-core = core support
why-leg-real_hours = real-life hours
why-leg-strong = strong ties
why-unclear = { $seeds } are too few to say what any mechanism does to { $leg }
why-nothing = No mechanism moves support, core support, strong ties or real-life hours by more than { $most }
why-at = , at { $point }
why-without = without { $what }
why-word = { $without }: { $word }
why-same-word = the same without any one mechanism
why-key = Bars: what each mechanism adds (blue) or takes (orange), averaged over all that the others may do (its Shapley share). With what is left when all are off, the shares add up to the change. They come from { $all } combinations with the same people and the same luck. Lines: 95 % intervals. Shaded: within the margin ({ $margin } for support).
why-rest = With all mechanisms off, only the links of a platform act: a linked tie never ends.
why-left-out = Already off in both arms: { $some }.
why-head =
    verdict
    without it
why-mechanism = mechanism
why-word-without = without it
why-word-alone = alone

## The figure tie

tie-in = in arm { $arm }
tie-in-none = without a platform
tie-title = { $One } { $n }; { $other } { $m }. { $closeness }
tie-online = { $m }, with { $k } acts online
tie-then-same = as often
tie-met-first = { $n ->
        [0] they never saw each other
        [1] they saw each other once
       *[other] they saw each other { $n }{"\u00A0"}times
    }
tie-met-then = { $n ->
        [0] never
        [1] once
       *[other] { $n }{"\u00A0"}times
    }
tie-acts-first = { $n ->
        [0] they had no contact
        [1] they had one contact
       *[other] they had { $n }{"\u00A0"}contacts
    }
tie-acts-then = { $n ->
        [0] none
        [1] one
       *[other] { $n }
    }
tie-ended-apart = Closeness at the end: { $x } and { $y }
tie-ended-equal = Closeness at the end: { $x } in both
tie-who = { $who }: { $origin }, { $where }. { $circles }
tie-who-new = { $who } had no tie when the arms parted.
tie-people = A (person { $a }) and B (person { $b })
tie-labels = A ({ $a }) and B ({ $b })
tie-origin-kin = kin
tie-origin-work = friends from work
tie-origin-neighbourhood = friends from the neighbourhood
tie-origin-club = friends from a club
tie-origin-past = friends from earlier days
tie-origin-friends = friends through friends
tie-origin-online = linked online
tie-near = living near each other
tie-far = living far apart
tie-circles = When the arms part, B is { $of_a } for A, A is { $of_b } for B.
tie-circles-same = When the arms part, each is { $of_a } for the other.
tie-circle-support = among the closest five
tie-circle-sympathy = among the next ten
tie-circle-affinity = among the next thirty-five
tie-circle-rest = beyond the closest fifty
tie-circle-new = newly met
tie-circle-online = a mere link
tie-why-apart = Picked from { $n } ties, because closeness at the end differs most between arms. It was { $before } in the year before.
tie-why-thinned = Picked from { $n } ties, because closeness fell most in { $arm } among ties with somebody's closest fifteen. It was { $before } in the year before.
tie-why-warmed = Picked from { $n } ties, because closeness rose most in { $arm } among ties beyond everybody's closest fifty. It was { $before } in the year before.
tie-why-steady = Picked from { $n } ties, because closeness moved least in any arm among good ties. It was { $before } in the year before.
tie-control = { $arm }, the control
tie-same = day by day the same in { $others }
tie-shows = { $who } shows a false birthday (dashed)
tie-show = A and B show false birthdays (dashed)
tie-platform-comes = “{ $name }” comes (black line)
tie-platform-goes = the platform goes (black line)
tie-by = by { $who }
tie-key-lines = Lines: closeness, from 0 to 1. A→B is what A feels for B. The numbers at their ends are means of the last { $last } days.
tie-key-control = Grey lines: the control.
tie-key-marks = Marks above a line: begun by A; below: by B. The columns on the right count them.
tie-key-weeks = Bars: by week, each row on its own scale.
tie-key-months = Bars: by thirty days, each row on its own scale.
tie-key-birthday = ●{"\u00A0"}birthday remembered
tie-key-prompt = ○{"\u00A0"}after a prompt
tie-key-nonbirthday = ★{"\u00A0"}“happy non-birthday”
tie-key-dotted = Dotted: birthdays.
tie-axis = months since the arms part
tie-arm = arm
tie-began = closeness at first
tie-ended = at the end
tie-closeness = closeness
tie-lane-visit = visits
tie-lane-call = calls
tie-lane-post = letters, cards
tie-lane-chance = by chance
tie-lane-message = messages
tie-lane-comment = comments
tie-lane-reaction = reactions
tie-lane-greeting = greetings
tie-source = Source: unbirthday { $version }, study “{ $study }”, { $at }; one simulated society of { $people } people, with the same people and luck in every arm. One pair is an example: verdicts rest on all ties of many societies.
tie-seed = seed { $seed }

## Two lives of one tie, the press figure

lives-title-other = For these two, { $n ->
    [one] { $n } visit becomes
   *[other] { $n } visits become
  }{"\u00A0"}{ $m }; { $closeness }
lives-title-same = For these two, as many visits; { $closeness }
lives-closeness-stays = closeness unchanged
lives-closeness-rises = closeness grows
lives-closeness-falls = closeness fades
lives-how = A year of two people, simulated twice; only the platform differs. Each mark is one contact. Closeness goes from 0 to 1.
lives-side-without = Without a platform · closeness at the end { $closeness }
lives-side-with = With a platform · closeness at the end { $closeness }
lives-online = online
lives-months = months
lives-source = Simulated, not surveyed: two of { $people } people, only an example. Source: unbirthday (a simulator), study “{ $study }”

## The figure habits, and the notes of `sim habits`

habits-title = Luck aside, members do what is intended in { $n } of { $all } cases
habits-title-all = Luck aside, members do what is intended in all { $all } cases
habits-how = A case is one habit of a profile (how people of a country use platforms) on { $where }. Line: what the profile and the platform intend. Bar: what members do after a year in the simulation. Marked: off by more than { $off }.
habits-platforms = a platform
habits-platform = the platform { $platform }
habits-brackets = In brackets: what is intended, in cases that are off.
habits-lacking = A dash: the platform lacks it.
habits-numbers = { $done } ({ $wanted })
habits-as-intended = as intended
habits-by-luck = off by luck alone (few members)
habits-less = less than intended
habits-more = more than intended
habits-habit-minutes = Minutes a day
habits-habit-links = Links
habits-habit-mutual = Mutual among linked pairs,{"\u00A0"}%
habits-habit-overlap = Links to people met in real life,{"\u00A0"}%
habits-habit-posts = Posts a day
habits-habit-written = Comments, messages, exchanges a day
habits-habit-private = Written in private or in groups,{"\u00A0"}%
habits-habit-passing = Passing posts (“coffee”),{"\u00A0"}%
habits-short-minutes = minutes
habits-short-links = links
habits-short-mutual = mutual links
habits-short-overlap = links to people met in real life
habits-short-posts = posts
habits-short-written = comments, messages and exchanges
habits-short-private = the share written in private or in groups
habits-short-passing = passing posts
habits-others = As intended everywhere, luck aside: { $habits }.
habits-why = Why they differ
habits-cases = { $n ->
        [one] {" "}({ $n } case).
       *[other] {" "}({ $n } cases).
    }
habits-source = Source: unbirthday { $version }, { $study }.toml. { $seeds } of { $people } people for each profile; simulated, not surveyed.
habits-reason-partners = a society of { $people } people has no partners left for so many links
habits-reason-friends = people have too few friends whose account they recognise
habits-reason-chosen = more pairs than intended follow each other on their own
habits-reason-year = links were made or ended during the year
habits-reason-cost = links cost something, so members have fewer
habits-reason-cap = the platform caps how many links a member has
habits-reason-notified = notifications make members stay longer
habits-reason-other-minutes = members do not spend as much time there as the people whose posts were counted
habits-reason-minutes = reading leaves too little time to write more
habits-reason-nobody = some members have nobody to write to
habits-reason-no-private = the platform has no private channel, so all acts are public
habits-reason-no-public = the platform has no comments, so all acts are private
habits-reason-one-way = some members have nobody to write to in private, or nobody in public
habits-reason-luck = luck: a mean of so few members can be this far off
habits-reason-outcome = people choose it themselves, so nothing is intended
habits-reason-unexplained = not explained

## The figures cultures, culture, split and cards

profile-name-us = United States
profile-name-france = France
profile-name-china = China
profile-name-india = India
profile-name-japan = Japan
profile-name-korea = South Korea
profile-name-singapore = Singapore
profile-habits-us = American
profile-habits-france = French
profile-habits-china = Chinese
profile-habits-india = Indian
profile-habits-japan = Japanese
profile-habits-korea = Korean
profile-habits-singapore = Singaporean
platform-name-wall-2009 = wall of 2009
platform-name-feed-2015 = feed of 2015
platform-name-feed-2021 = feed of 2021
platform-name-feed-2025 = feed of 2025
platform-name-closed-groups = closed groups
platform-name-open-follow = open following
platform-name-pseudonymous = pseudonyms
way-name-measured = as measured
way-name-minutes-equal = with equal minutes
way-name-minutes-only = only minutes differ
way-name-essay = contents as the essay says
way-name-essay-minutes-equal = contents as the essay says, equal minutes
way-name-older-scores = older scores
way-name-older-scores-minutes-equal = older scores, equal minutes
way-name-scores-of-2023 = scores of 2023
way-name-scores-of-2023-minutes-equal = scores of 2023, equal minutes
cultures-title-culture = Among these presets, effects differ more by culture than by platform
cultures-title-platform = Among these presets, effects differ more by platform than by culture
cultures-title-both = Among these presets, what a platform does differs by culture
cultures-title-noise = { $n ->
        [one] One society does not show that effects differ among these presets
       *[other] { $n } societies do not show that effects differ among these presets
    }
cultures-title-open = { $n ->
        [one] One society does not show whether culture or platform counts more
       *[other] { $n } societies do not show whether culture or platform counts more
    }
cultures-title-flips = Whether culture or platform counts more hinges on guessed numbers
cultures-title-not-draws = { $title }; guessed numbers were not varied
cultures-title-not-noise = { $title }; draws of guessed numbers do not show it
cultures-title-plain = What platforms do to ties: { $profiles ->
        [one] one profile
       *[other] { $profiles } profiles
    } on { $platforms ->
        [one] one platform
       *[other] { $platforms } platforms
    }
cultures-how = Each mark: the change that a platform makes { $year }, in % of the same society without it. A profile is how people of a country use platforms. Lines: 95 % intervals. Grey: within the margin, too small to count. Assumed: how many of the numbers behind a row are guesses; those of the society count too.
cultures-how-ranges = Pale bar: 90 % of { $draws } draws of the profile's numbers within their ranges ({ $people } people, { $years }).
cultures-how-signs = Other values of the profile's numbers, { $draws } draws within their ranges, tell whether a sign stays ({ $people } people, { $years }).
cultures-table = Support { $year }: change in % of the same society without the platform, with 95 % intervals.
cultures-profile = profile
cultures-platform = platform
cultures-word = verdict
cultures-difference = less { $reference }
cultures-ranges = within ranges
cultures-assumed = assumed
cultures-k-of-n = { $k } of { $n }
cultures-interval = { $mean } ({ $ends })
cultures-undecided = Undecided: { $n } of { $all } cells. A cell is a profile on a platform, as measured.
cultures-no-word = No verdict: { $n ->
        [one] one cell
       *[other] { $n } cells
    } ({ $why }).
cultures-without-village = in fewer than 2,000 people, strangers and bridges hardly exist
cultures-without-same_run = the platform changes nothing, so both runs are one
cultures-without-two_societies = two societies stand side by side
cultures-without-joining = people are still joining
cultures-without-other = see the reasons in verdict.csv
cultures-more = more in { $names }
cultures-less = less in { $names }
cultures-on = { $platform }: { $text }
cultures-names = Difference of support from the profile { $reference } with one sign as measured, with equal minutes and in 90 % of draws: { $clauses }.
cultures-no-name-flips = A difference of support from the profile { $reference } has another sign with equal minutes, or in more than 10 % of draws. Which culture's habits bring more hinges on guessed numbers.
cultures-no-name-chance = { $n ->
        [one] One society does not show that effects on support differ from those of the profile { $reference }.
       *[other] { $n } societies do not show that effects on support differ from those of the profile { $reference }.
    }
cultures-no-name-chance-equal = { $n ->
        [one] One society does not show that effects on support differ from those of the profile { $reference } with equal minutes.
       *[other] { $n } societies do not show that effects on support differ from those of the profile { $reference } with equal minutes.
    }
cultures-no-name-not-drawn = Effects on support differ from those of the profile { $reference }. No culture is named, since guessed numbers were not varied.
cultures-no-name-not-drawn-equal = Effects on support differ from those of the profile { $reference }. No culture is named, since minutes were not equalised.
cultures-draw-files = { $way }
cultures-draw-ranges = { $way }, within ranges
cultures-noise = Differences of support, { $head }: they may be chance alone.
cultures-parts = Differences of support, { $head }: culture { $culture }, platform { $platform }, both together { $both }.
cultures-no-parts-few = With one platform or one profile, nothing can be said of how much goes with culture and how much with platform.
cultures-no-parts = How much goes with culture and how much with platform is not known here.
cultures-ends = { $share } ({ $ends })
cultures-presets = All this is said of these presets. It is no evidence about people of these countries.
cultures-strip = What the differences between these cells go with, in % of their squares
cultures-part-culture = culture
cultures-part-platform = platform
cultures-part-both = both together
cultures-only-noise = may be chance
cultures-source = Source: unbirthday { $version }, study “{ $study }”. { $seeds } of { $people } people, { $years }; simulated, not surveyed.
culture-title-flips = Which culture's habits bring more support hinges on guessed numbers
culture-title-chance = { $n ->
        [one] One society does not show that culture matters for support
       *[other] { $n } societies do not show that culture matters for support
    }
culture-title-chance-equal = { $n ->
        [one] With equal minutes, one society does not show a difference
       *[other] With equal minutes, { $n } societies do not show a difference
    }
culture-title-not-drawn = The effect differs by culture; guessed numbers were not varied
culture-title-not-drawn-equal = The effect differs by culture; minutes were not equalised
culture-plain = { $platform }: what becomes of support
culture-more = { $habits } habits would bring more support than { $others } ones
culture-more-name = Habits of { $name } would bring more support than those of { $other }
culture-less = { $habits } habits would bring less support than { $others } ones
culture-less-name = Habits of { $name } would bring less support than those of { $other }
culture-moves-older-scores = { $n ->
        [one] With other individualism scores, support moves by under a point
       *[other] With other individualism scores, support moves by { $n } points at most
    }
culture-moves-scores-of-2023 = { $n ->
        [one] With other individualism scores, support moves by under a point
       *[other] With other individualism scores, support moves by { $n } points at most
    }
culture-moves-essay = { $n ->
        [one] With the essay's contents, support moves by under a point
       *[other] With the essay's contents, support moves by { $n } points at most
    }
culture-moves-other = { $n ->
        [one] Under other assumptions, support moves by less than a point
       *[other] Under other assumptions, support moves by { $n } points at most
    }
culture-evidence = Some say Asians show less of themselves; yet Japanese students showed parties most (Omori and Allen 2014).
culture-how = Simulated change of support { $year } with { $platform }
split-title-flips = { $title }; whose habits bring more support hinges on guessed numbers
split-title-chance = { $title }; { $n ->
        [one] one society of the study does not show it
       *[other] { $n } societies of the study do not show it
    }
split-title-chance-equal = { $title }; with equal minutes { $n ->
        [one] one society does not show it
       *[other] { $n } societies do not show it
    }
split-title-not-drawn = { $title }; guessed numbers were not varied here
split-title-not-drawn-equal = { $title }; minutes were not equalised
split-named = { $title } ({ $first }, { $second })
split-most = Most of the difference between these two cultures goes with { $habit }
split-several = No single habit makes most of the difference between these two cultures
split-open = { $n ->
        [one] One society does not show which habit makes most of the difference between these two cultures
       *[other] { $n } societies do not show which habit makes most of the difference between these two cultures
    }
split-no-difference = { $n ->
        [one] One society does not show that the platform does something else to the support of these two cultures
       *[other] { $n } societies do not show that the platform does something else to the support of these two cultures
    }
split-how = Bars: what the difference between the effects of a platform goes with, by Shapley shares. They add up to the bar below. Lines: 95 % intervals. No change: both cultures have the same numbers, or no rule reads them here.
split-head = { $platform }: { $second } less { $first }
split-effects = Change of { $measure }: { $first } ({ $first_name }), { $second } ({ $second_name }). Unit of all: % of the society of the profile { $reference } without the platform.
split-no-change = no change
habit-group-minutes = minutes
habit-group-links = links
habit-group-volume = posts and reactions
habit-group-division = private or public
habit-group-content = contents
habit-group-mobility = mobility of ties
habit-group-attention = attention to the close
habit-group-all = all together
cards-title = { $n ->
        [one] One profile
       *[other] { $n } profiles
    }: of { $all } numbers, { $open } are guessed and { $half } are indirect
cards-how = Each panel: one number of every profile. Mark: the value in use. Line: its plausible range. The numbers of the profiles' own files are counted, whether or not a rule reads them; those of society and platforms are not.
cards-key = { $text }: { $n }
cards-mark-full = measured in that country, or computed
cards-mark-half = indirect: a direction, another quantity or another country behind it, or from memory
cards-mark-open = a guess, or what the essay says
cards-source = Source: unbirthday, the profiles of the study “{ $study }”; each number's source stands in its file. A profile is a national average with guesses, not a person.

## The figures combinations and headline

finding-same = Support hardly changes
finding-lost = Support falls
finding-gained = Support rises
finding-open = Whether support changes remains open
finding-hinges = Whether support changes hinges on guessed numbers
finding-turns = What becomes of support changes over the years
finding-some-lost = Support falls in { $lost } of { $all } comparisons
finding-some-gained = Support rises in { $gained } of { $all } comparisons
finding-some-lost-and-gained = Support falls in { $lost }, rises in { $gained } of { $all } comparisons
finding-some-same = Support hardly changes in { $same } of { $all } comparisons
finding-unsettled = Whether support changes is settled in no comparison
finding-minority-same = Living “the European way” hardly changes a minority's support
finding-minority-lost = A minority that lives “the European way” loses support
finding-minority-gained = A minority that lives “the European way” gains support
finding-minority-open = Whether a “European” minority loses support remains open
finding-minority-hinges = Whether a “European” minority loses support hinges on guessed numbers
finding-minority-homes-same = In all { $all } countries, a “European” minority's support hardly changes
finding-minority-homes-lost = In all { $all } countries, a “European” minority loses support
finding-minority-homes-gained = In all { $all } countries, a “European” minority gains support
finding-minority-homes-open = Whether “European” minorities lose support remains open everywhere
finding-minority-homes-hinges = Whether “European” minorities lose support hinges on guessed numbers
finding-minority-homes-some-lost = “European” minorities lose support in { $lost } of { $all } countries
finding-minority-homes-some-gained = “European” minorities gain support in { $gained } of { $all } countries
finding-minority-homes-some-lost-and-gained = “European” minorities: support lost in { $lost ->
        [one] 1 country
       *[other] { $lost } countries
    }, gained in { $gained }
finding-minority-homes-some-same = “European” minorities: support hardly changes in { $same } of { $all } countries
finding-minority-homes-unsettled = Whether “European” minorities lose support is settled in no country
finding-minority-long-same = Even after { $span }, a “European” minority's support hardly changes
finding-minority-long-lost = Even after { $span }, a “European” minority has less support
finding-minority-long-gained = Even after { $span }, a “European” minority has more support
finding-minority-long-open = Whether a “European” minority loses support for good remains open
finding-minority-long-turns = What becomes of a “European” minority's support changes over time
finding-minority-long-hinges = Whether a “European” minority loses support hinges on guessed numbers
finding-community-sharing-same = Sharing in groups or telling everybody: support hardly differs
finding-community-sharing-lost = Sharing in groups gives less support than telling everybody
finding-community-sharing-gained = Sharing in groups gives more support than telling everybody
finding-community-sharing-open = Whether sharing in groups changes support remains open
finding-community-sharing-hinges = What sharing in groups does to support hinges on guesses
finding-ephemeral-status-same = Posts about the passing moment hardly change support
finding-ephemeral-status-lost = Posts about the passing moment cost support
finding-ephemeral-status-gained = Posts about the passing moment add support
finding-ephemeral-status-open = What passing moments do to support remains open
finding-ephemeral-status-hinges = What passing moments do to support hinges on guessed numbers
finding-redefine-or-import-same = New relations online hardly change support from old ones
finding-redefine-or-import-lost = New relations online cost support from old ones
finding-redefine-or-import-gained = New relations online add to support from old ones
finding-redefine-or-import-open = Whether new relations online cost old ones remains open
finding-redefine-or-import-hinges = Whether strangers online weaken old ties hinges on guesses
finding-in-same = { $n } within the margin
finding-in-lost = { $n } lower
finding-in-gained = { $n } higher
finding-in-open = { $n } not settled
finding-tally = { $measure } in the main contrast: { $counted }, of { $all } rows that count for the title.
finding-tally-each = { $measure } in the rows that count for the title. { $each }.
finding-no-margin = Without a margin, higher or lower means that the interval leaves out 0.
finding-tally-one = { $name }: { $counted }
combinations-how = Marks: change{ $days ->
        [one] {" "}{ $year },
       *[other] ,
    } in % of the arm that it is compared with. Lines: 95 % intervals. Grey: within the margin, too small to count.
combinations-term-online_strong = Online-born among strong ties: a difference in points.
combinations-term-core = Core support: that of the closest fifteen.
combinations-term-bridging = Bridging: ties whose two people share hardly any friends.
combinations-term-bridges = Ties without a common friend: the two share no friend at all.
combinations-term-clustering = Clustering: how often two friends of a person know each other.
combinations-term-ties = Weak ties: those beyond the closest fifty.
combinations-term-views = Posts read: of friends, a year. People post as much in all arms, so this is also the change per post.
combinations-term-S_old = Old ties: those from before the platform.
combinations-term-S_real = Online-born: ties that began on the platform.
combinations-table = The combinations that were tried (0: the main one)
combinations-row = { $number }, { $year }
combinations-of-profile = { $name }, { $profile }
combinations-posts-kept = Where minutes are made equal, people post as many times a day as before.
years-short = { $n ->
        [one] 1 year
       *[other] { $n } years
    }
days-short = { $n } days
combinations-mixing = assortativity
combinations-of-all = { $measure } (all people)
combinations-everybody = All people.
combinations-against = These people: { $group }. Less these: { $against }. The difference of two groups has no word.
combinations-word-verdict = verdict
combinations-word-without_online = online-born left out
combinations-alike = no word: contents act alike
combinations-same-run = no word: both arms are the same
combinations-unmoved = At no combination does the change of any measure differ by more than { $most } between them.
combinations-ties = Without the change, the first have { $own } ties on average, the others { $other }.
combinations-assortativity = Assortativity: how much more often than by chance people of the minority have ties with each other. 0: by chance. 1: only with each other.
combinations-without-online = A stranger's closeness counts in full. This is an assumption. If ties that began online did not count, { $n } of { $all } words would differ.
combinations-without-online-same = A stranger's closeness counts in full. This is an assumption. If ties that began online did not count, the words would be the same.
combinations-few = † In these rows, one of the groups has fewer than { $fewest } people over all seeds. They tell little.
combinations-note-minority = Homophilous: people of the minority know each other more often. Habits of others spread only by learning, which the model does not have.
combinations-note-minority-homes = The European way is another step from each country. People in China and India then post less and have more links. In Singapore they post less and have fewer links. In Korea they post as before and have more links. Singapore's minutes are equal already: its rows 0 and 2 are the same.
combinations-note-minority-long = Habits of others spread only by learning, which the model does not have.
combinations-note-community-sharing = If all factors are 1, contents act alike: only where people write differs then.
combinations-note-ephemeral-status = The number of posts is the same in all arms. Only the share of posts that pass differs.
combinations-note-redefine-or-import = The title counts only combinations in which the closest friends, or some at random, keep their links.
contrast-minority-minority = The minority: habits shifted towards France, compared with habits as the others have them
contrast-minority-minority-to-us = The minority: habits shifted towards the United States
contrast-minority-minority-away = The minority, a placebo: habits shifted in the other direction
contrast-minority-people-around = The people around the minority, while it is shifted towards France
contrast-minority-homes-china = China: the minority with habits shifted towards France, compared with habits like others'
contrast-minority-homes-india = India: the minority with habits shifted towards France, compared with habits like others'
contrast-minority-homes-singapore = Singapore: the minority with habits shifted towards France, compared with habits like others'
contrast-minority-homes-korea = Korea: the minority with habits shifted towards France, compared with habits like others'
contrast-minority-long-minority = The minority: habits shifted towards France, compared with habits as the others have them
contrast-community-sharing-sharing = Most posts share information, mostly in groups; compared with most about oneself, to everybody
contrast-community-sharing-between = Half-way, compared with most about oneself, to everybody
contrast-community-sharing-contents-alone = Contents alone: information compared with posts about oneself, both mostly in groups
contrast-ephemeral-status-many-moments = Of all posts, 60 % are about the passing moment, compared with none
contrast-ephemeral-status-some-moments = Of all posts, 30 % are about the passing moment, compared with none
contrast-redefine-or-import-instead = Strangers instead of friends: 30 % of links are to people whom one knows, compared with 95 %
contrast-redefine-or-import-half-way = Half-way: 60 % of links are to people whom one knows, compared with 95 %
contrast-redefine-or-import-beside = Strangers beside friends: as many strangers, and all friends; compared with 95 %
choice-random = at random
choice-homophilous = homophilous
choice-evidence = evidence
choice-essay = essay
choice-closest = the closest
choice-faintest = the faintest
varied-minority-share = minority
varied-minority-placed = placed
varied-content = contents
varied-minutes_ratio = minutes (US:{"\u00A0"}1)
varied-links-kept = friends kept
varied-gate-share = enter real life
headline-how-minority = One Japanese in ten uses a platform as the French do: change of support { $year }
headline-how-community-sharing = Change of support { $year }, compared with telling everybody about oneself
headline-how-ephemeral-status = Simulated change of support { $year }, compared with no such posts
headline-how-redefine-or-import = Change of support { $year } if people link to strangers
headline-how-minority-homes = One in ten uses a platform as the French do: change of support { $year }
headline-how-minority-long = One Japanese in ten uses a platform as the French do: change of support
headline-how-support = { $days ->
        [one] Simulated change of support { $year }
       *[other] Simulated change of support
    }
headline-how-measures = { $days ->
        [one] Simulated change { $year }
       *[other] Simulated change
    }
headline-evidence-minority = Nobody seems to have counted this minority; Chinese users shared less on Facebook than on a Chinese network (Qiu 2013).
headline-evidence-minority-homes = Some say only Europeans tell of themselves; yet more users posted in Chinese and Indian cities than in Europe (2012).
headline-evidence-minority-long = Nobody seems to have counted such a minority.
headline-evidence-community-sharing = Some say the Chinese share information; yet American forums gave more (Fong and Burton 2008).
headline-evidence-ephemeral-status = Some say nobody in China posts the passing moment; yet Weibo has millions of “I am here” from Shanghai (Rizwan 2018).
headline-evidence-redefine-or-import = The Japanese are said to meet strangers online; yet fewer made friends there than Americans (survey, 2018).
headline-row-minority-minority = the minority
headline-row-minority-people-around = people around them
headline-row-minority-homes-china = China
headline-row-minority-homes-india = India
headline-row-minority-homes-singapore = Singapore
headline-row-minority-homes-korea = South Korea
headline-row-minority-long-minority = minority
headline-row-community-sharing-sharing = information, in groups
headline-row-community-sharing-between = halfway there
headline-row-community-sharing-contents-alone = only topics differ, both in groups
headline-row-ephemeral-status-many-moments = 60 % such posts
headline-row-ephemeral-status-some-moments = 30 % such posts
headline-row-redefine-or-import-instead-old = replacing friends: old ties' support
headline-row-redefine-or-import-instead = replacing friends: all support
headline-row-redefine-or-import-beside-old = besides friends: old ties' support
headline-own-community-sharing = time online: China
headline-own-ephemeral-status = time online: China
headline-own-minority = time online: Japan
headline-own-minority-homes = time online: each country's
headline-own-minority-long = time online: Japan
headline-own-redefine-or-import = time online: Japan
headline-own-other = time online as measured
headline-equal = time online: US

## What parameters are called: the end of a dotted name

parameter-response-substitution = being in touch replaces meeting
parameter-response-complement = writing leads to meeting
parameter-response-displacement = minutes taken from real contact
parameter-response-suppression = a public wish replaces a personal one
parameter-response-forget = birthdays forgotten for the prompt
parameter-response-nonbirthday = a word to somebody with a false date
parameter-response-composed_dose = dose of what people write
parameter-response-cheap_dose = dose of clicks, views, greetings
parameter-response-meet_after = an exchange leads to a meeting
parameter-response-reply_half = closeness needed for a reply
parameter-response-touch_memory = days that being in touch lasts
parameter-response-exchange_memory = days that an exchange lasts
parameter-decay-friend = friendship fades to half in (days)
parameter-contacts-initiated = contacts that people initiate a day
parameter-channels-greeting-dose = dose of a birthday wish, received
parameter-channels-greeting-dose_sent = dose of a birthday wish, sent
parameter-channels-greeting-touch = touch of a birthday wish
parameter-channels-message-dose = dose of a message, received
parameter-channels-message-dose_sent = dose of a message, sent
parameter-channels-message-touch = touch of a message
parameter-channels-message-minutes = minutes a message takes
parameter-channels-comment-dose = dose of a comment, received
parameter-channels-comment-dose_sent = dose of a comment, sent
parameter-channels-comment-touch = touch of a comment
parameter-channels-comment-minutes = minutes a comment takes
parameter-channels-group-dose = dose of a group exchange, received
parameter-channels-group-dose_sent = dose of a group exchange, sent
parameter-channels-group-touch = touch of a group exchange
parameter-channels-group-minutes = minutes a group exchange takes
parameter-channels-reaction-dose = dose of a click, received
parameter-channels-reaction-dose_sent = dose of a click, sent
parameter-channels-reaction-touch = touch of a click
parameter-channels-reaction-minutes = minutes a click takes
parameter-channels-view-dose = dose of a post that is read
parameter-channels-view-touch = touch of a post that is read
parameter-people-minutes_spread = spread of minutes
parameter-people-links_spread = spread of links
parameter-people-posts_spread = spread of posting
parameter-people-written_spread = spread of writing
parameter-mobility = relational mobility, score
parameter-minutes_ratio = minutes of this culture, ratio
parameter-turnover-mobility_leaving = mobility speeds up endings
parameter-overlap = links that are real-life ties
parameter-gamma_attend = attention goes to the close
parameter-private = share of private acts
parameter-disclose = posts about oneself
parameter-post = posting of this culture, ratio
parameter-post_minutes_ratio = minutes when posting was measured, ratio
parameter-react = reacting of this culture, ratio
parameter-platform-minutes = minutes a day on the platform
parameter-platform-adoption = members, share of people
parameter-links-share = faint ties that are linked
parameter-links-link_slope = linking follows closeness
parameter-prompts-active = members active on a given day
parameter-prompts-slope = prompted greetings follow closeness
parameter-prompts-private_effort = private wishes per public wish
parameter-prompts-false_share = members who show a false date
parameter-prompts-hidden_share = members who show no date
parameter-feed-posts = posts a day
parameter-feed-items = items seen a day
parameter-feed-item_minutes = minutes an item takes
parameter-feed-reading_share = reading time, largest share
parameter-feed-friends_share = friends' share of the feed
parameter-feed-rank_floor = rank of strangers in the feed
parameter-feed-rank_slope = rank follows closeness
parameter-feed-opening = opening of posts
parameter-feed-attend_at = closeness at which attention pivots
parameter-feed-floor = opening of strangers' posts
parameter-feed-visits = profile visits
parameter-reactions-rate = clicks per view
parameter-comments-reply = comments that are answered
parameter-messages-rate = messages among private acts
parameter-messages-reply = messages that are answered
parameter-groups-rate = group exchanges among private acts
parameter-groups-reply = group exchanges that are answered
parameter-links = links of a member
parameter-feed-passing = passing posts, share
parameter-feed-lasting = lasting posts about oneself, share
parameter-feed-information = information, share
parameter-disclose_essay = posts about oneself, by the essay
parameter-passing_part = passing part of posts about oneself
parameter-content-lasting-opening = opening of lasting posts
parameter-content-lasting-dose = dose of lasting posts
parameter-content-lasting-comment = comments on lasting posts
parameter-content-lasting-share = lasting posts, in groups
parameter-content-passing-opening = opening of passing posts
parameter-content-passing-dose = dose of passing posts
parameter-content-passing-comment = comments on passing posts
parameter-content-passing-share = passing posts, in groups
parameter-content-information-opening = opening of information
parameter-content-information-dose = dose of information
parameter-content-information-comment = comments on information
parameter-content-information-share = information, in groups
parameter-leaning = how far people can live the way of the west
parameter-minority-share = people in the minority, share
parameter-minority-shifted_mean = how far the minority is shifted
parameter-minority-background_mean = how far all others are shifted
parameter-minority-concentration = how alike people are in that
parameter-minority-shift = part of the shift that acts
parameter-minority-links_follow = how far links follow the shift
parameter-written-rate = written acts a minute
parameter-links-cost = cost of links
parameter-links-cap = links of a member, at most
parameter-prompts-opt_in = members who want prompts, share
parameter-feed-adverts = adverts in the feed, share
parameter-notifications-per_day = notifications a day
parameter-notifications-pull = time that a notification adds, share
parameter-unlinking-rate = links ended a month
parameter-unlinking-half = unlinking spares the close
parameter-suggestions-rate = suggestions accepted a month
parameter-meeting-through_links = acquaintances through links, a month
parameter-meeting-in_communities = acquaintances in communities, a month
parameter-meeting-first_closeness = first closeness of ties made online
parameter-meeting-affinity = affinity of ties made online
parameter-gate-share = ties made online that enter real life
parameter-gate-half = closeness needed to enter real life
parameter-gate-far = entering real life from far away, ratio
parameter-communities-joined = members in a community, share
parameter-communities-size = people in a community
parameter-meeting-in_feed = acquaintances per stranger's post read
parameter-following-known_share = friends among followed accounts, share
parameter-following-audience_spread = spread of audiences
parameter-pseudonyms-told = closeness needed to reveal a pseudonym
parameter-joining-days = days until the last member has joined
parameter-leaving-for_good = members who leave for good, a month
parameter-leaving-for_a_while = members who leave for a while, a month
parameter-leaving-away = days of leaving for a while
parameter-feed-recommended = recommended items, share
parameter-feed-public = strangers among recommended items, share
parameter-feed-reposts = posts can be passed on
parameter-reactions-crowd = effect of shown counts on reactions
parameter-pseudo = accounts under a pseudonym, share
parameter-recip = mutual among linked pairs, share
parameter-status = preference for large audiences
parameter-repost = posts passed on, share

## Press figures

press-source = Simulated, not surveyed: { $seeds } runs of { $people } people; { $k } of the model's { $n } numbers are assumed. Source: unbirthday (a simulator), study “{ $study }”
press-source-sets = Simulated, not surveyed: { $n } trials of { $seeds } runs with { $people } people each. Source: unbirthday (a simulator), study “{ $study }”
press-grey = Grey: no change (under { $margin }).
press-grey-support = Grey: too small a change of support to count.
press-word = { $word }:
press-means-thinned = support and shared hours fall
press-means-weakened = support falls, but not all else
press-means-hollowed = support holds, the closest give less
press-means-transformed = as much support, by other ways
press-means-enriched = support rises
press-means-inert = hardly any change
press-means-undecided = the runs disagree
wishes-title = Show a false birthday, and { $share } of wishes follow it
wishes-how = Simulated: wishes to people who show a false birthday, by how close the sender is
wishes-wrong = on the false date
wishes-true = on the true date
sender-five = closest five
sender-fifteen = next ten
sender-fifty = next 35
sender-others = everybody else
greeters-how = Simulated: people who wish somebody a happy birthday, with and without a platform's reminders
greeters-close = the closest fifteen
greeters-others = everybody else
greeters-side-arm = with reminders
greeters-side-control = without reminders
greeters-title-few = Reminders bring { $n } more birthday wishes, few from close people
greeters-title-many = Reminders bring { $n } more birthday wishes, many from close people
greeters-total = { $n } in all
senders-title = Without reminders { $without } of wishes come from close people; with, { $with }
senders-how = Simulated: birthday wishes, with and without a platform's reminders. Close people: the strong ties, fifteen on average.
senders-close = from close people
senders-others = from everybody else
senders-side-arm = with reminders: { $n }{"\u00A0"}wishes
senders-side-control = without reminders: { $n }{"\u00A0"}wishes
ties-with-platform = With a platform,{" "}
ties-with-arm = With “{ $arm }”,{" "}
ties-with-public = With birthday reminders,{" "}
ties-with-private = With private birthday reminders,{" "}
ties-title-thinned = ties thin out
ties-title-weakened = ties weaken
ties-title-hollowed = the closest ties give less
ties-title-transformed = ties change without losing support
ties-title-enriched = ties give more support
ties-title-inert = ties hardly change
ties-title-undecided = what becomes of ties stays open
ties-title-too-early = it is too early to say
ties-title-not-applicable = there is no verdict
ties-title-mixed = it depends on what is assumed
ties-row-S_all = support from all ties
ties-row-core = support from the closest fifteen
ties-row-strong = number of strong ties
ties-row-real_hours = hours together in person
contact-title-only = Letters and calls fall only if online contact replaces meeting
contact-title-fall = With a wall, letters and calls fall
contact-title-rise = With a wall, letters and calls rise
contact-title-hold = With a wall, letters and calls hold
contact-title-mixed = Letters and calls: whether they fall depends on what is assumed
contact-how = Simulated change { $year } with a social network like those of 2009
contact-line-support = support from all ties
contact-line-core = support from the closest fifteen
contact-line-letters = letters and calls
contact-axis = Across: how much being in touch online reduces the wish to meet
thinning-title-never = Within plausible ranges, platform time never thins out ties
thinning-title-rarely = Platform time thins out ties only in extreme cases
thinning-title-wordless = Ties thin out only if writing online brings nobody closer
thinning-how = Simulated: { $minutes } minutes a day online; people in touch there want to meet { $share } less
thinning-dose-some = If writing brings people closer:
thinning-dose-none = If it does not:
thinning-axis = Share of this time taken from real-life contact:
thinning-beyond = * implausible
matters-how-ST = A simulated social network: { $n } guesses vary within plausible ranges. Bars: share of the differences in support { $year } that goes with each; shares overlap.
matters-how-mu_star = A simulated social network: one guess after another is moved over its plausible range. Bars: how far support moves { $year }, on average.
matters-others = each of { $n } others
matters-title-few = { $n ->
        [one] One of { $all } guesses decides
       *[other] { $n } of { $all } guesses decide
    } { $share } of the differences in support
matters-title-all = No few of { $all } guesses decide what support is
matters-title-most = What matters most: { $name }
matters-title-beyond = { $n ->
        [one] One of { $all } guesses alone moves
       *[other] { $n } of { $all } guesses alone move
    } support by over { $margin }
matters-title-none = None of { $all } guesses alone moves support by { $margin }
matters-name-composed_dose = closeness per written word
matters-name-cheap_dose = closeness per click
matters-name-platform-minutes = minutes a day online
matters-name-adoption = people who join
matters-name-view-dose = closeness per post read
matters-name-written-rate = how much people write
matters-name-comment-dose = closeness per comment
matters-name-substitution = contact online replaces meeting
matters-name-displacement = time taken from real life
matters-name-meet_after = writing leads to meeting
matters-name-prompts-slope = wishes after a reminder follow closeness
trials-title-lost = { $subject }: down in { $n } of { $all } trials
trials-title-gained = { $subject }: up in { $n } of { $all } trials
trials-title-same = { $subject }: unchanged in { $n } of { $all } trials
trials-title-open = { $subject }: unclear in { $n } of { $all } trials
trials-title-all-lost = { $subject }: down in every trial
trials-title-all-gained = { $subject }: up in every trial
trials-title-all-same = { $subject }: unchanged in every trial
trials-title-all-open = { $subject }: unclear in every trial
trials-title-both = { $subject }: down in { $lost }, up in { $gained } of { $all } trials
trials-dot-none = Each dot: one trial (line: 95 % interval), change { $year } compared with no social network.
trials-dot-off = Each dot: one trial (line: 95 % interval), change { $year } compared with no birthday reminders.
trials-dot-other = Each dot: one trial (line: 95 % interval), change { $year } compared with “{ $control }”.
trials-falls-substitution = { $subject }: fewer, the more contact online replaces meeting
trials-axis = From left to right, ever more: { $name }
trials-points = Upwards: percentage points.
settings-title-only = { $subject }: { $ties } in every trial
settings-title-hinges = { $subject }: what becomes of ties hinges on guesses
settings-title-never = { $subject }: { $ties }
settings-never-weakened = ties often weakened, never thinned out
settings-never-hollowed = ties often hollowed, never thinned out
settings-never-transformed = ties often transformed, never thinned out
settings-never-enriched = ties often enriched, never thinned out
settings-never-inert = ties often unchanged, never thinned out
settings-never-undecided = often unclear, but ties never thinned out
settings-title-two = { $subject }: { $ties } in { $share } of trials, { $next } { $word }
settings-how = Simulated: { $n } trials draw { $k } of the model's numbers at random, within plausible ranges.
settings-bars = Bars: share of the trials.
settings-subject-platform = Social network
settings-subject-public = Birthday reminders
settings-subject-private = Private reminders
settings-subject-arm = “{ $arm }”
subject-community-sharing = Sharing in groups
subject-ephemeral-status = Posts of the moment
subject-letters-to-wall = Writing online
subject-minority = European habits
subject-minority-long = European habits
subject-minority-homes = European habits, in China
subject-redefine-or-import = Strangers instead of friends
settings-ties-thinned = ties thinned
settings-ties-weakened = ties weakened
settings-ties-hollowed = ties hollowed
settings-ties-transformed = ties transformed
settings-ties-enriched = ties enriched
settings-ties-inert = ties unchanged
settings-ties-undecided = undecided
settings-ties-too-early = too early
settings-ties-not-applicable = no verdict

## The report

gallery = Results
gallery-in-en = In English
gallery-in-fr = En français
gallery-head = Each study asks one question. Its figures and tables are simulated, not surveyed. `make report STUDY=scenarios/NAME.toml` puts a whole report into one page, to hand in.
gallery-licence = Figures and tables may be reused under [CC BY 4.0]({ $address }), with the name unbirthday.
gallery-phone = phone
gallery-line-press = To print
gallery-line-report = The whole study
gallery-report = report
gallery-line-play = A page with sliders, to download and open
gallery-play = play
gallery-line-full = Figures in full
gallery-line-tables = Tables
gallery-columns = what their columns mean
gallery-line-study = Study
report-study = Study { $study }.
report-table-verdict = a verdict for each contrast, combination, horizon and group
report-table-region = how often random combinations have each verdict
report-table-flips = the smallest changes that give another verdict
report-table-stretches = the values of one parameter that keep a verdict
report-table-splits = which parameter best tells where the verdict holds
report-table-why = what each mechanism adds and takes
report-table-split = what each group of habits adds to a difference of two cultures
report-table-indices = how much each parameter counts
report-table-effects = what each platform does in each culture
report-table-parts = what the differences of effects go with
report-claims = Study { $study }, on what the essay claims ({ $claims }).
report-support = { $finding }. Support changes by { $mean } { $year }{ $at } (95 % interval { $low } to { $high }).
report-no-region = How far this holds for other values of the assumed numbers was not looked at: `{ $command }` does.
report-sampled-same = At all { $n } combinations within the ranges of the study the word is { $word }.
report-point-middle = Where one combination is named, it is the one nearest to the middle of the ranges: { $point }.
report-point-first = Where one combination is named, it is the first of the list: { $point }.
report-model = These are results of a model, not measurements of people.
report-play = A page with sliders: choose other values yourself
report-verdict = The verdict
report-fixed = What was fixed beforehand
report-expected = Expected sign of { $measure }: { $thinning } if ties thin out, { $transforming } if they are transformed.
report-sign-plus = rise
report-sign-much-plus = clear rise
report-sign-minus = fall
report-sign-much-minus = clear fall
report-sign-none = no change
report-or = {" "}or{" "}
report-size = { $seeds } simulated societies of { $people } people, judged { $years }.
report-assumed = What it rests on
report-numbers = All these numbers, and how well each is known
report-long = The figures in full
report-workbook = these tables as one spreadsheet, for Excel or LibreOffice
report-tables = The tables
report-again = How to make this again
report-cite-head = How to cite
report-cite = The unbirthday authors, unbirthday, version { $version }, study “{ $study }”, scenario { $hash }. Simulated data and figures.
report-licence = Figures and tables: CC BY 4.0. The program: MIT licence.

## The page to play with

play-how = Move a slider: the answer changes with what one assumes. { $points } combinations were simulated; an emulator fills between them.
play-far = Little was simulated near here: the numbers may be further off than it says below.
play-assume = What one assumes
play-reset = Back to the values of the files
play-comes-out = What comes out, { $year }
play-grey = Grey: too small a change to count. All on one scale.
play-verdict = The verdict
play-here = Simulated here:
play-near = At the nearest point that was simulated:
play-go = Go to that point
play-chart = Dots: what was simulated. Line: the emulator, with the other sliders where they are. Dashes: where this slider is.
play-differs = The effects above differ from those at that point by more than the least change that counts.
play-trust = How far the emulator errs
play-fit = a point that was held out is predicted to within { $error } percentage points; { $explained } of the variance is explained
play-source = unbirthday, study { $study }: { $points } combinations, { $seeds } of { $people } people each; simulated, not surveyed; { $k } of { $n } numbers assumed.
known-computed = computed
known-read = read from a publication
known-secondhand = secondhand
known-recalled = from memory
known-proxy = indirect
known-assumed = assumed
known-claimed = what the essay says
known-set = set by the study
sender-all = all
ties-how-none = Simulated change { $year }, compared with no platform
ties-how-off = Simulated change { $year }, compared with a platform without these reminders
ties-how-other = Simulated change { $year }, compared with { $control }
press-way-measured = time online: each country's
press-way-minutes-equal = time online: US
press-platform-wall-2009 = a social network like those of 2009

## The page to play with, live

live-how = Move a slider: worlds are simulated at once, with a change and without it, with the same people and the same luck. They are measured { $year }.
live-other = Français
live-profile = Habits of
live-mixed = several countries, as in the file
live-platform = Platform
live-people = People
live-seeds = Replicates
live-run = Run
live-stop = Stop
live-toml = Save as a study
live-toml-how = A file of what is on the screen, for `sim sweep`. Keep it beside the study that it comes from.
live-before = acts before the two sides part: societies are grown again
live-interval = Bars: 95 % intervals; they need two replicates, and shrink with more.
live-control = Without the change
live-arm = With it
live-picture = Strong ties of { $n } people
live-who = Person
live-picture-how = A random sample of one replicate, each person at the same place on both sides. Click a person to see its closest ties. A tie is strong if its closeness is above the level at which people have 15 such ties on average.
live-closest = The five closest ties of person { $person }
live-closest-how = Closeness from 0 to 1, mean of the last year.
live-only = on this side only
live-person = person
live-waiting = The first replicate is on its way.
live-stopped = Stopped.
live-ended = All replicates have run.
live-gone = The program that serves this page has ended. Start it again.
live-doing-growing = Replicate { $seed } of { $all }: its society grows. It is kept for the next time.
live-doing-running = Replicate { $seed } of { $all } runs.
live-decided-early = { $n ->
    [one] After { $n } replicate of { $planned }.
   *[other] After { $n } replicates of { $planned }.
  } A word that comes early may still change.
live-decided-all = After all { $planned } replicates.
live-needs = { $n ->
    [one] After { $n } replicate. About { $needed } may decide it.
   *[other] After { $n } replicates. About { $needed } may decide it.
  }
live-undecided = { $n ->
    [one] After { $n } replicate.
   *[other] After { $n } replicates.
  }
live-yet = Not decided yet. { $after }
live-no-word = { $why }.
live-lost = A worker process has ended ({ $text }): it was killed, or there is too little memory. Nothing of the page is lost. “Run” starts again.
live-message = { $text }
live-address-long = The address has too many values. It can have { $most }.
live-address-number = The address has “{ $text }” for { $which }. A number is expected.
live-address-whole = The address has “{ $text }” for { $which }. A whole number from { $low } to { $high } is expected.
live-address-unknown = The address has { $which }. This page has no slider for it.
live-address-range = The address has { $number } for { $which }. Its slider goes from { $low } to { $high }.
live-many = { $n } pages run at the same time. Stop one of them, then press “Run”.
live-elsewhere = This page is for this machine alone.
live-nothing = There is nothing at this address. The page is at /.
