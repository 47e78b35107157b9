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
    met
    since
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
quoted = “{ $text }”
against = { $arm } compared with { $control }
against-prompts = { $arm } compared with { $control }
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
word-not-applicable = no word: two societies
brief-thinned = thinned
brief-weakened = weakened
brief-hollowed = hollowed
brief-transformed = transformed
brief-enriched = enriched
brief-inert = inert
brief-undecided = undecided
ties-thinned = the ties thin out: support, core support and real-life hours all fall
ties-weakened = the ties weaken, though not in every way
ties-hollowed = support holds, but the core of the ties gives way
ties-transformed = the ties change without losing support
ties-enriched = the ties grow richer
ties-inert = the ties hardly change (by less than { $margin })
ties-undecided = what happens to the ties is not decided after { $seeds }
ties-not-applicable = two societies side by side, without a verdict
ties-mixed = what happens to the ties depends on the values assumed: { $words }
ties-mixed-of-many = what happens to the ties depends on the values assumed
ties-counted = Of { $all } combinations: { $words }.
word-at = { $word } at { $points }
word-in = { $word } in{"\u00A0"}{ $n }
others = others
verdict = Verdict { $year }: { $word }
verdict-everywhere = Verdict { $year }, in all { $all } combinations tried: { $word }
everywhere = the same word in all { $all } combinations
same-word = the same word in { $same } of { $all } combinations
margin = margin { $margin }
tipping = the word changes at a margin of { $tipping }
no-tipping = no margin changes the word
floor = noise floor { $floor } of support
needed = about { $seeds } would decide
tipping-undecided = a margin of { $tipping } would give a word
one-more = one society alone decides nothing
never = no foreseeable number of societies would decide
primary = primary
source = { $n ->
        [one] Source: unbirthday { $version }, study “{ $study }”. { $seeds } of { $people } people (seed { $which }), { $years }: one alone gives no interval; means over the last 365 days.
       *[other] Source: unbirthday { $version }, study “{ $study }”. { $seeds } of { $people } people (one per seed: { $which }), { $years }: means over the last 365 days, 95 % intervals over societies.
    }
margins = Margins, set beforehand: { $margins }.
margins-changed = Margins, changed after sealing: { $margins }.
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
assumed = { $share } of the { $all } driving parameters are only assumed.
explain-prompts-slope = Slope: how much closeness, rather than the prompt alone (0), decides who follows a prompt.
given = Given this graph: { $graph }.
subset = { $shown ->
        [one] One of { $all } combinations is shown.
       *[other] { $shown } of { $all } combinations are shown.
    }
societies = { $n ->
        [one] { $n } simulated society
       *[other] { $n } simulated societies
    }
society-bands = Bands: Zhou et al. 2005 (circles), Dunbar's time budgets (time).
society-counting = A visit, a call or a chance meeting counts for both people, a letter or a card for the one who gets it.

## The figure verdict

verdict-title = { $contrast }: { $ties }
verdict-legend = Thick and thin lines: 90 and 95 % intervals. Shaded: within the margin. Grey bar: noise floor (placebo).
verdict-legend-points = Large marks: { $point }; small dots: the other combinations.
measure-S_all = support
measure-core = core support
measure-strong = strong ties
measure-real_hours = real-life hours
measure-partners = partners
measure-carriers = carriers
measure-S_old = support from old ties
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
reason-two_societies = two different societies: each one's own platform effect has a word
change-axis = { $control ->
        [none] change from the society without a platform, %
        [off] change from the society without prompts, %
       *[other] change, % of the control
    }
shift-axis =
    distance beyond
    the placebo
verdict-stricter = Words of contrasts that are not primary use stricter (Bonferroni) intervals than those drawn.

## The figure region

region-everywhere = The verdict is { $word } everywhere: no parameter alone, at either end of its range, and none of { $n } random combinations changes the word
region-no-other = The verdict is { $word } in { $share } of { $n } random combinations, undecided in the others; nothing changes it to another word
region-share = The verdict is { $word } in { $share } of { $n } random combinations; { $flip }
region-flip-above = “{ $name }” at { $value } or more makes it { $word }
region-flip-below = “{ $name }” at { $value } or less makes it { $word }
region-no-flip = no parameter alone changes it
region-how = The { $all } parameters that act once the platform is there, each over its plausible range; the base is what the study's files and arms say. A share is no probability: nobody knows how likely a combination is.
region-refused = { $n ->
        [one] { $n } combination that an arm refuses was left out.
       *[other] { $n } combinations that an arm refuses were left out.
    }
region-sample = All at random: { $n } combinations
region-part = { $word } { $share }
region-interval = { $word }: { $share }, 95 % interval { $low } to { $high }.
region-split = What tells best where the word holds: “{ $name }”. Up to { $cut } it holds in { $below } of { $n_below } combinations, above in { $above } of { $n_above }.
region-split-within = Within the { $side ->
        [below] lower
       *[above] upper
    } ones, “{ $name }”: up to { $cut } in { $below } of { $n_below }, above in { $above } of { $n_above }.
region-no-split = No parameter alone tells, better than chance would, where the word holds.
region-alone = One at a time, all others at the base
region-key-base = base
region-key-between = undecided
region-row = { $old } → { $new }: { $word }
region-more-flips = { $n ->
        [one] { $n } more changes the word.
       *[other] { $n } more change the word.
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
region-together = Several at once: the smallest changes found (one range counts as 1)
region-change = { $word }, { $distance } away: { $moves }.
region-move = “{ $name }” { $old }{"\u00A0"}→{"\u00A0"}{ $new }
region-smaller = { $n ->
        [one] one smaller move
       *[other] { $n } smaller moves
    }
region-no-change = None found that gives another definite word.
region-no-change-of = None found that gives another definite word, among { $n } more combinations where the search looked.
region-source = Source: unbirthday { $version }, study “{ $study }”. { $simulated } combinations, each run with { $seeds } of { $people } people, { $years }: means over the last 365 days, words from 95 % intervals over societies, shares with Wilson's. “Smallest found”: there may be smaller ones.
region-line = holds in { $share } [{ $low }–{ $high }] of { $n } combinations drawn over the ranges ({ $seeds } of { $people } people each)
region-line-flip = nearest change: “{ $name }” { $old } → { $new } makes it { $word }
region-line-none = no parameter alone changes it
region-line-other = at the base, so few societies: { $word }

## The figure society

society-title = { $when ->
        [before] Before any platform
       *[with] With the platform
    }, distant ties depend on occasions: cards and chance meetings make up { $outer } of the contacts from beyond the closest fifty people, and { $inner } of those from the closest five
society-even = { $when ->
        [before] Before any platform
       *[with] With the platform
    }, cards and chance meetings make up { $outer } of the contacts from beyond the closest fifty people, and { $inner } of those from the closest five
society-circles = Circles of contact: { $inside } of { $all } inside the published bands (grey)
society-contacted-weekly = weekly
society-contacted-monthly = monthly
society-contacted-half-yearly = every half-year
society-contacted-yearly = yearly
society-people-axis =
    people contacted at least so often
    (logarithmic)
society-signature = Support (●) and time (◇) by rank
society-rank = { $ranks ->
        [rest] beyond 50
       *[other] ranks { $ranks }
    }
society-share-axis = % of a person's total
society-mix = How contacts arrive, by circle
society-per-tie =
    received
    a year
society-mix-axis = % of what is received from the circle

## The figure greetings

greetings-title-public = With prompts, each birthday brings { $greetings } public greetings, { $share } of them from outside the closest fifteen; { $ties }
greetings-title-private = With private prompts, each birthday brings { $greetings } messages, { $share } of them from outside the closest fifteen; { $ties }
greetings-who = Who greets because of a prompt, and from which circle
greetings-a-year =
    per person
    and year
greetings-inner-share =
    from the
    closest 15
greetings-prompted-axis = prompted greetings received per person and year
greetings-season-contacts = Real-life contacts after a birthday (its greetings apart): effect of prompts{ $at }
greetings-season-closeness = Closeness in the same months: effect of prompts{ $at }
greetings-month-axis = months since the birthday
greetings-percent-axis = change, %
greetings-replaced = Do prompts replace the greetings of those who remember?{ $at }
greetings-replaced-fewer = Without prompts { $before } people remember a birthday by card, call or visit. For every hundred { $greetings }, { $n } fewer do.
greetings-replaced-more = Without prompts { $before } people remember a birthday by card, call or visit. For every hundred { $greetings }, { $n } more do.
greetings-replaced-open = Without prompts { $before } people remember a birthday by card, call or visit; no clear change: { $n } for every hundred { $greetings }.
greetings-of-public = public greetings
greetings-of-private = prompted messages
greetings-from-inner = from the closest fifteen
greetings-from-outer = from everybody else
greetings-difference-axis = difference from the society without prompts, received per person and year
at = {" "}({ $point })

## The figure birthdays

birthdays-title = If people show a false date, { $wrong } of their birthday wishes come on the wrong day, but { $inner } of those from the closest fifteen
birthdays-title-too = If people show a false date, { $wrong } of their birthday wishes come on the wrong day, and { $inner } of those from the closest fifteen
birthdays-knowing = A “happy non-birthday” comes { $knowing } times a year.
birthdays-wrong-day = { $points ->
        [1] Share of wishes on the wrong day: from the closest five { $five }, from the closest fifteen { $inner }, from beyond the fifty and online { $outer }.
       *[other] Share of wishes on the wrong day, over all combinations tried: from the closest five { $five }, from the closest fifteen { $inner }, from beyond the fifty and online { $outer }.
    }
span = { $low } to { $high }
birthdays-wish-prompt = on a prompt, on the date shown
birthdays-wish-birthday = remembered, on the true date
birthdays-wish-nonbirthday = “happy non-birthday”, on the false date
birthdays-dates-false = A false date shown ({ $n } a society)
birthdays-dates-true = The true date shown ({ $n } a society)
birthdays-share-false =
    share on the
    wrong day
birthdays-share-true =
    share on
    a prompt
birthdays-all-circles = all
birthdays-wishes-axis = wishes received per person and year, by what the other is to the receiver
birthdays-wrong-day-rule = Assumed, not found: whoever knows the true date does not follow a prompt on another, and how often they then say so.

## The figure telling

telling-title = With prompts{ $at }, { $with } of the people who send birthday wishes are strong ties, without prompts { $without }; wishes tell strong ties from weak ones { $rank }
telling-auc = AUC of a wish{ $at }: { $auc }, without prompts { $before }.
telling-rank-more = better
telling-rank-less = less well
telling-rank-same = just as well
telling-rank-open = about as well
telling-greeting-tells = The prompted greeting by itself tells a strong tie at every slope tried.
telling-greeting-mute = The prompted greeting by itself does not tell a strong tie at any of the values tried.
telling-greeting-partly = The prompted greeting by itself does not tell a strong tie at { $points }.
telling-others-tell = Of the other gestures { $best } tell most (AUC{"\u00A0"}{ $auc }), { $change }.
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
telling-line-greeting = ◆ the prompted greeting alone
telling-line-without = ▬ wishes without prompts
telling-panel-strong_given =
    Of those who wish: %
    strong (dotted: any tie)
telling-panel-auc =
    Strong from weak:
    AUC (dotted: { $least })
telling-panel-information =
    What a wish tells:
    bits per 1,000 ties
telling-axis-prompts-slope = slope of the prompt
telling-gestures = Which gesture comes from a strong tie?{ $at }
telling-gestures-axis = % strong among the ties on which it is made
telling-gestures-key = ● with prompts   ○ without   dotted: any tie
telling-bits = All in all a wish tells { $bits } bits per 1,000 ties, without prompts { $before }.
telling-knowing-tells = A “happy non-birthday” comes from a strong tie in { $share } of cases.
telling-column-told =
    made on … of
    strong ties
telling-column-auc = AUC
telling-universe = Ties: ordered pairs of linked members; strong: closer, both together, than where the mean person has fifteen. AUC: the chance that the gesture ranks a strong tie above a weak one; { $half } tells nothing, and a gesture is said to tell a strong tie if its interval lies above { $least }; differences of AUC below { $small } count as none.
telling-messages-assumed = That messages and comments go mostly to close ties is assumed.

## The figure letters

letters-title = With { $wall }, letters and calls change { $letters }, depending on how far being in touch replaces them; support between people who used to write changes { $support }
letters-title-at = With { $wall }, letters and calls change { $letters } ({ $at }); support between people who used to write changes { $support }
letters-free-wall = a wall that takes no time
letters-a-wall = a wall
letters-from-to = by { $first } to { $last }
letters-by = by { $change }
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
letters-effort = Time put into words
letters-ties = Letters and calls, support of the ties
letters-number = { $n } ({ $change })
letters-time-effort_real = letters, cards and calls
letters-time-effort_online = words on the wall
letters-effort-axis = minutes a day
letters-line-letters = letters and calls
letters-line-pairs = support between people who wrote
letters-line-core = core support (closest fifteen)
letters-verdict-head = verdict
explain-substitution = Substitution: how far being in touch replaces the wish to meet, call or write (0: not at all, 1: wholly).
letters-narrow = Where no line is seen, the interval is narrower than its mark.
letters-counting = A visit or a call counts for both people; people who wrote: pairs that exchanged a letter in the year before the wall. Grey: within the margin of support. Being in touch replaces visits, calls and letters alike.

## The figure displacement

displacement-thins = Ties thin out in { $share } of the combinations tried
displacement-thins-only = Ties thin out only if { $where }
displacement-thinned = Ties thin out in { $n } of { $all } combinations: { $minutes }.
displacement-thins-nowhere = Ties thin out in none of { $all } combinations
displacement-thins-everywhere = Ties thin out in all { $all } combinations tried
displacement-minutes-first = { $n } of { $all } at { $minutes } minutes a day
displacement-minutes = { $n } of { $all } at { $minutes }
displacement-where-least-displacement = a platform is meant to take { $value } or more of its time from real life
displacement-where-all-displacement = a platform is meant to take all its time from real life
displacement-where-most-displacement = a platform is meant to take { $value } or less of its time from real life
displacement-where-no-displacement = a platform is meant to take none of its time from real life
displacement-where-least-substitution = being in touch replaces { $value } or more of the wish to meet
displacement-where-all-substitution = being in touch replaces all wish to meet
displacement-where-most-substitution = being in touch replaces { $value } or less of the wish to meet
displacement-where-no-substitution = being in touch replaces no wish to meet
displacement-where-least-composed_dose = messages strengthen ties { $value } or more as much as assumed
displacement-where-all-composed_dose = messages strengthen ties as much as assumed or more
displacement-where-most-composed_dose = messages strengthen ties { $value } or less as much as assumed
displacement-where-no-composed_dose = messages do not strengthen ties at all
displacement-falls = With a platform, { $year }, real-life hours change by { $least } to { $most } compared with no platform; they fall by more than { $margin } in { $real } of { $all } combinations, core support (the closest fifteen) in { $core }, support as a whole in { $support }. Other verdicts: { $others }.
displacement-key = In the cells: the verdict and the change of support. Lines, by arithmetic alone: what is gained online equals what is lost in real life, for the closest five (———) and the next ten (– – –); above its line a circle gains, below it loses.
displacement-agrees = All { $all } clear changes of these circles' support go where the lines say.
displacement-errs = { $right } of { $all } clear changes of these circles' support go where the lines say; the others are of { $most } at most.
displacement-saturates = How much is lost, only simulating says: at worst the closest five lose { $dose } of what contact gave them, and { $support } of their support.
displacement-column = Being in touch online replaces up to { $value } of the wish to meet
displacement-row = { $minutes } minutes a day on the platform
displacement-across = minutes meant to come from real-life contact
displacement-up =
    effect of messages
    and comments
displacement-factor = × { $value }
displacement-line-above-support = the line of the closest five runs above all cells
displacement-line-above-sympathy = the line of the next ten runs above all cells
displacement-line-below-support = the line of the closest five runs below all cells
displacement-line-below-sympathy = the line of the next ten runs below all cells
displacement-taken = Nobody gives more than they have: really taken are { $taken } (as asked, from left to right).
displacement-taken-of = { $shares } of { $minutes } minutes
displacement-unfinished = { $n ->
        [one] { $n } of { $all } combinations is not finished.
       *[other] { $n } of { $all } combinations are not finished.
    }
displacement-computed = Lines: rates measured where the platform takes and replaces least.
point-platform-minutes = { $value } minutes
point-displacement = displacement { $value }
point-composed_dose = composed dose × { $value }
displacement-cell-change = { $mean } ± { $half } %
displacement-cell-change-alone = { $mean } %
displacement-cell-unfinished = not run

## The figure precision

precision-title = Simulating the same people with the same luck in both arms gives the precision of { $factors }
precision-times = { $factor } times as many societies for { $leg }
precision-further = { $factor } times for { $leg }
precision-not = Simulating the same people with the same luck in both arms is not yet shown to save societies
precision-still = The change in { $leg } is the same in every society: one pair of runs says as much as any number
precision-no-change = No change beyond { $most } in { $legs }; { $seeds }, with the same people and luck in both arms, are enough to say so
the-measure-S_all = support
the-measure-core = core support
the-measure-real_hours = real-life hours
the-measure-strong = strong ties
precision-head = { $contrast }, { $year }{ $point }. { $leg }: { $seeds } tell the change to within { $half } of the control; with other people and other luck in each arm they would to within { $apart }.
precision-points = Over all { $all } combinations the factor is { $least } to { $most }.
precision-together = same societies in both arms (———)
precision-apart = different societies in each arm (– – –)
precision-factor = factor { $factor } [{ $low }, { $high }]
precision-factor-alone = factor { $factor }
precision-same = in pairs nothing varies
precision-across = societies in each arm
precision-up = half-width, % of the control
precision-margin = margin { $margin }
precision-study = this study: { $n }
precision-wanted = ± { $within } takes { $together }; if different, { $apart } in each arm
precision-between = { $n } [{ $low }, { $high }]
precision-never = over 10⁹
precision-reading = Factor: the variance of the change if arm and control were run on different societies, over the one found on the same. Half-width: of its 95 % interval. Bands and brackets: 95 % intervals, as few societies know their spread badly.

## The figure sensitivity

sensitivity-few = { $n ->
        [one] One of { $all } parameters explains { $share } { $about }
       *[other] { $n } of { $all } parameters explain { $share } { $about }
    }
sensitivity-all = No small group of the { $all } parameters explains most { $about }: all of them count
sensitivity-open = Too few points or societies yet to say which of { $all } parameters explain most { $about }
sensitivity-constant = None of { $all } parameters changes { $measure }
sensitivity-beyond = { $n ->
        [one] One of { $all } parameters moves { $measure } by more than the margin ({ $margin })
       *[other] { $n } of { $all } parameters each move { $measure } by more than the margin ({ $margin })
    }
sensitivity-sure = , { $n } of them beyond doubt
sensitivity-unsure = , though not beyond doubt
sensitivity-most = Of { $all } parameters, “{ $name }” moves { $measure } most, by { $size }
sensitivity-none-beyond = { $most }: none reaches the margin of { $margin }
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
sensitivity-key-ST = Share of the variance over all points that a parameter explains ● alone and ○ with all it has to do with others; what lies between is interplay. Lines: 95 % intervals, cut at 0 and 100. Below each name: from the 5th to the 95th percentile of the points.
sensitivity-key-mu_star = By how much the result moves over a parameter's whole range, averaged over the points: ▲ up, ▼ down, ● either way or not told from none. Lines: 95 % intervals, ▸ on beyond the axis. Bar │: how much that differs from point to point (curves or interplay). Shaded: within the margin. Below each name: from the 5th to the 95th percentile of the points.
sensitivity-sampled-ST = Sobol indices (SALib) of { $n } samples in { $seeds }, less the societies' noise; their intervals are over samples and societies.
sensitivity-sampled-mu_star = Elementary effects (Morris, SALib) on { $n } trajectories in { $seeds }; their intervals are over both.
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
sensitivity-noise = { $spread }: the societies' noise alone
sensitivity-share-axis = % of variance
sensitivity-effect-axis = % of the control
sensitivity-distance-axis = distance

## The figure why

why-label-being-in-touch = being in touch replaces meeting
why-label-writing-leads-on = writing leads to meeting
why-label-time-taken = time taken from real life
why-label-written-words = written words bind
why-label-clicks-and-reading = clicks and reading bind
why-label-prompts-remember = prompts stand in for remembering
why-label-rest = links alone, all else off
why-label-left = all of these off
why-label-all = together
why-noun-being-in-touch = being in touch
why-noun-writing-leads-on = writing that leads to meeting
why-noun-time-taken = lost time
why-noun-written-words = written words
why-noun-clicks-and-reading = clicks and reading
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
why-unclear = { $seeds } are too few to tell what any mechanism does to { $leg }
why-nothing = No mechanism moves support, core support, strong ties or real-life hours by more than { $most }: all stays within the margin of { $margin }
why-at = , at { $point }
why-without = without { $what }
why-word = { $without }: { $word }
why-same-word = the same with any one mechanism off
why-key = Bars: what each mechanism adds (blue) or takes (orange), on average over all that the others may do: its Shapley share, from { $all } combinations run with the same people and the same luck. With what is left when all are off, they add up to the change. Lines: 95 % intervals. Shaded: within the margin.
why-rest = All off, a platform is its links alone: a linked tie never ends.
why-left-out = Off in both arms already: { $some }.
why-head =
    verdict
    without it
why-mechanism = mechanism
why-word-without = without it
why-word-alone = alone

## The figure tie

tie-in = in { $arm }
tie-in-none = without a platform
tie-title = { $One } { $n }; { $other } { $m }: { $closeness }
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
tie-ended-apart = closeness at the end { $x } and { $y }
tie-ended-equal = closeness at the end { $x } in both
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
tie-why-apart = Picked of { $n } ties: closeness at the end differs most between arms (it was { $before } in the year before).
tie-why-thinned = Picked of { $n } ties: of those with somebody's closest fifteen, closeness fell most in { $arm }, from { $before } in the year before.
tie-why-warmed = Picked of { $n } ties: of those beyond everybody's closest fifty, closeness rose most in { $arm }, from { $before } in the year before.
tie-why-steady = Picked of { $n } ties: of the good ones, closeness moved least in any arm, from { $before } in the year before.
tie-control = { $arm }, the control
tie-same = day by day the same in { $others }
tie-shows = { $who } shows a false birthday (dashed)
tie-show = A and B show false birthdays (dashed)
tie-platform-comes = “{ $name }” comes (black line)
tie-platform-goes = the platform goes (black line)
tie-by = by { $who }
tie-key-lines = Lines: closeness, A→B what A feels for B; at their ends the mean of the last { $last } days.
tie-key-control = Grey: the control.
tie-key-marks = Marks: begun by A up, by B down; right of them, how many.
tie-key-weeks = Bars: by week, each row on its own scale.
tie-key-months = Bars: by thirty days, each row on its own scale.
tie-key-birthday = ●{"\u00A0"}birthday remembered
tie-key-prompt = ○{"\u00A0"}on a prompt
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
tie-source = Source: unbirthday { $version }, study “{ $study }”, { $at }; one simulated society of { $people } people, the same people and luck in every arm. One pair is an example: verdicts rest on all ties of many societies.
tie-seed = seed { $seed }

## What parameters are called: the end of a dotted name

parameter-response-substitution = being in touch replaces meeting
parameter-response-complement = writing leads to meeting
parameter-response-displacement = minutes taken from real contact
parameter-response-suppression = a public wish replaces one's own
parameter-response-forget = birthdays forgotten for the prompt
parameter-response-nonbirthday = a word to who shows a false date
parameter-response-composed_dose = dose of what people write
parameter-response-cheap_dose = dose of clicks, views, greetings
parameter-response-meet_after = an exchange leads to a meeting
parameter-response-reply_half = closeness it takes to be answered
parameter-response-touch_memory = days that being in touch lasts
parameter-response-exchange_memory = days that an exchange lasts
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
parameter-people-comments_spread = spread of commenting
parameter-minutes_ratio = minutes of this culture, ratio
parameter-overlap = links that are real-life ties
parameter-gamma_attend = attention goes to the close
parameter-private = share of private acts
parameter-disclose = posts about oneself
parameter-post = posting of this culture, ratio
parameter-react = reacting of this culture, ratio
parameter-platform-minutes = minutes a day on the platform
parameter-platform-adoption = members, share of people
parameter-links-share = faint ties that are linked
parameter-links-link_slope = linking follows closeness
parameter-prompts-active = there on a given day
parameter-prompts-slope = slope of prompted wishes
parameter-prompts-private_effort = private wishes, to public ones
parameter-prompts-false_share = members who show a false date
parameter-prompts-hidden_share = members who show no date
parameter-feed-posts = posts a day
parameter-feed-items = items seen a day
parameter-feed-item_minutes = minutes an item takes
parameter-feed-friends_share = friends' share of the feed
parameter-feed-rank_floor = rank of strangers in the feed
parameter-feed-rank_slope = rank follows closeness
parameter-feed-opening = opening of posts
parameter-feed-floor = opening of strangers' posts
parameter-feed-visits = profile visits
parameter-feed-ephemeral = passing statuses, share
parameter-reactions-rate = clicks per view
parameter-comments-rate = comments per view
parameter-comments-budget = comments a person can write a day
parameter-comments-reply = comments that are answered
parameter-messages-rate = messages a day
parameter-messages-usual_private = usual share of private acts
parameter-messages-reply = messages that are answered
parameter-groups-rate = group exchanges a day
parameter-groups-reply = group exchanges that are answered
parameter-disclosure-opening = opening of posts about oneself
parameter-disclosure-dose = dose of posts about oneself
parameter-disclosure-comment = comments on posts about oneself
parameter-disclosure-share = posts about oneself, in groups
parameter-information-opening = opening of information
parameter-information-dose = dose of information
parameter-information-comment = comments on information
parameter-information-share = information, in groups
parameter-ephemeral-opening = opening of passing statuses
parameter-ephemeral-dose = dose of passing statuses
parameter-ephemeral-comment = comments on passing statuses
parameter-ephemeral-share = passing statuses, in groups
parameter-links = links of a member
