## What stands beside a field
look-must = required
look-why = Why we ask: { $why }
look-seen-by = Who sees it: { $who }
look-kept = How long it stays: { $until }

seen-by-everybody = everybody
seen-by-members = people registered on this site
seen-by-firm-applied = of the firms, only those you apply to
seen-by-desk = only the staff of your regional desk
seen-by-self = only you
seen-by-nobody-else = nobody but you

kept-account = until you leave this site
kept-round = until the round is over, and then only for the time kept for checking
kept-posting = until the opening ends, and then only as long as the law asks

## Samples
look-sample-title = Samples of components
look-sample-lead = Everything this site's pages are made of, in every state. Only an invented region shows this page.
look-sample-fields = Samples of fields
look-sample-states = States
look-sample-state-empty = Empty
look-sample-state-filled = Filled in
look-sample-state-wrong = With mistakes
look-sample-fault = This sample is wrong on purpose. Choose “Filled in” and it is gone.
look-sample-send = Go on with this
look-sample-days-none = not decided
look-sample-days-one = 1 day a week
look-sample-days-two = 2 days a week
field-sample-headline = You in one line
field-sample-headline-hint = For example: twenty years of selling sake
field-sample-headline-why = it is the first line a firm reads
field-sample-story = Your work so far
field-sample-story-hint = It need not be in order of years.
field-sample-story-why = so that firms can think about what to entrust
field-sample-days = Days you can work
field-sample-days-hint = Choose what comes nearest.
field-sample-days-why = to see whether it fits the opening
field-sample-contract = The contract you wish for
field-sample-contract-hint = You can change it later.
field-sample-contract-why = the conditions we tell you depend on it
field-sample-wishes = Days you would talk about
field-sample-wishes-hint = Choose as many as you like.
field-sample-wishes-why = so that the talk can begin before you meet
field-sample-agree = I have checked it
field-sample-agree-hint = You can still change it after sending.
field-sample-agree-why = so that nothing is sent by accident
