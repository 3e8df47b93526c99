## On every page
web-skip = Skip to the text
web-nav = Main pages
web-nav-openings = Find openings
web-nav-operators = Regional HR desks
web-nav-login = Operators’ log-in
web-nav-op = Operator’s pages
web-nav-logout = Log out
web-other-language = 日本語
web-crumbs = Where you are
web-pages = Pages
web-before = Previous page
web-after = Next page
web-next = What to do next
web-choose = Please choose
web-help = If you need help, ask the HR desk of your region. They are listed under “Regional HR desks”.
web-no-tracking = This site sends nothing to anybody else’s service.
web-fictional-word = Fictional
web-fictional = The firms, people and openings here were invented for a demonstration. They do not exist.
web-go-home = To the first page
web-go-openings = Find openings
web-form-errors = Please mend the following
web-as-of = As of { $day }.
web-year = { $year }
web-round-number = Round { $n }

## First page
web-home-name = Home
web-home-title = A right hand for firms that look for someone to carry on
web-home-lead = Small regional firms look for a successor or a right hand. People want to help. Regional HR desks bring them together, and it begins with a trial: first they work together, then they decide.
web-home-whom = For whom this is
web-home-person = For people who want to help
web-home-person-text = There are openings from one day a week, remote too, as a successor or as the owner’s right hand. You see the firm’s name, what it entrusts and its conditions from the start.
web-home-firm = For firms that look for someone
web-home-firm-text = The HR desk of your region posts your opening. Please talk to them first.
web-home-desk = For regional HR desks
web-home-desk-text = Open a round, compute the pairings from both sides’ rank-order lists, have them audited and publish them.
web-home-how = How the pairings are made
web-home-how-1 = You look at openings and talk to firms.
web-home-how-2 = You put the firms in the order in which you would like to work there. Firms put people in order too.
web-home-how-3 = After the deadline both orders are turned into pairings in which no two miss a partner whom both would like better. A second procedure checks the result.
web-home-how-4 = Everybody gets the result by a private link, and the trials begin.
web-home-rounds = Calendar of rounds
web-home-no-rounds = No round is planned at present. It will be shown here as soon as there is one.

## Finding openings
web-search-title = Find openings
web-search-label = Search by words
web-search-example = e.g. 番頭 週一 酒
web-search-button = Search
web-search-hint = Work, region, way of working: any words will do (openings are written in Japanese). Words of like meaning are found too.
web-search-narrow = Narrow down
web-search-more = Show others
web-search-in-force = In force:
web-search-remove = Remove “{ $what }”
web-search-results = Openings found
web-search-total = { $total ->
    [1] 1 opening
   *[other] { $total } openings
}
web-search-span = ({ $from } to { $to })
web-search-sort = Order:
web-search-best = best match
web-search-newest = newest
web-search-why = Why it was found:
web-search-nothing = No opening fits at present. With fewer conditions there are some.
web-search-nothing-yet = No opening is published yet. As soon as a regional HR desk posts one, it is shown here.
web-search-past-end = The openings end before this page. Please begin with the first page.
web-search-without = Search without “{ $what }”
web-search-words-only = Search by the words alone
web-search-everything = Show all openings
web-search-too-long = Please search for at most { $most } characters.
web-search-bad-page = That is not a page. Please use a number from 0 to { $most }.
web-until = until { $day }
web-remote = remote: { $share }

## An opening
web-opening-mission = What is entrusted
web-opening-work = The work
web-opening-limits = What is not entrusted
web-opening-wanted = Who is wanted
web-opening-skills = Welcome experience
web-opening-conditions = Conditions
web-opening-contract = Contract
web-opening-pay = Pay
web-opening-days = Days
web-opening-hours = Hours
web-opening-remote = Remote
web-opening-place = Place
web-opening-length = Length
web-opening-start = Start
web-opening-seats = Seats
web-opening-deadline = Apply by
web-opening-changes = Possible changes
web-opening-probation = Probation
web-opening-insurance = Social insurance
web-opening-smoking = Second-hand smoke
web-opening-over = The deadline for applications has passed.
web-opening-next = If this interests you, please talk to a regional HR desk first. They arrange the meeting with the firm.
web-opening-ask = Find a regional HR desk
web-seats = { $seats }
web-days-week = { $days } days a week
web-days-month = { $times } times a month
web-remote-none = none
web-remote-full = entirely
web-pay-month = monthly
web-pay-hour = hourly
web-pay-day = daily
web-pay-year = yearly
web-pay-success = by result
web-pay-unpaid = unpaid
web-length-months = { $months } months
web-length-unlimited = no fixed end
web-start-any = any time

## A firm
web-firm-kana = Reading
web-firm-place = Place
web-firm-industry = Industry
web-firm-founded = Founded
web-firm-number = Corporate number
web-firm-about = About the firm
web-firm-openings = Openings of this firm
web-firm-no-openings = No opening is published at present.

## Regional HR desks
web-operators-title = Regional HR desks
web-operators-lead = They stand between firms and people, from preparing an opening until after the trial.
web-operators-none = No regional HR desk is registered yet.

## Log-in and set-up
web-login-title = Operators’ log-in
web-login-lead = For those who run a regional HR desk. You need no log-in to look at openings.
web-login-name = Log-in name
web-login-password = Password
web-login-button = Log in
web-login-help = You will be asked to log in again after 30 minutes without a click, and 12 hours after the log-in.
web-setup-title = First set-up
web-setup-lead = With the set-up code that the server printed when it started you register the first operator. It works once.
web-setup-code = Set-up code
web-setup-code-hint = For example ABCD-EFGH-JKLM-NPQR. Capitals and dashes do not matter.
web-setup-desk = Name of the regional HR desk
web-setup-desk-hint = Shown to everybody under “Regional HR desks”.
web-setup-prefecture = Prefecture
web-setup-about = Introduction (may be left out)
web-setup-about-hint = Shown to everybody. Up to 1000 characters.
web-setup-login-hint = Latin letters, digits and “- _ . @”, at least 3. Nobody else sees it.
web-setup-password-hint = At least 12 characters. It needs no signs or digits: a short sentence is easy to remember.
web-setup-button = Register and begin

## A result
web-result-title = Result of the round
web-link-lead = This link is for you alone. The button below opens the page with your result.
web-link-open = Show my result
web-link-once = The link works once. Afterwards you can see the result again on this device for two weeks.
web-link-new = To see the result again, please ask the regional HR desk that sent the link for a new one. They can make it at once.
web-link-back = If you opened it on this device, you can see the result here
web-result-waiting = The result is not published yet. As soon as it is, you will see it on this page.
web-result-pairs = There is a pairing
web-result-none = There is no pairing for you this time
web-result-next = The regional HR desk will contact you. If it is urgent, please contact them.
web-result-who-sees = Only you and the regional HR desk that published the pairings can see this page.

## When something goes wrong
web-error-400-title = This cannot be shown
web-error-400 = Please mend the address or the conditions.
web-error-403-title = This cannot be done
web-error-403 = It may have been sent by another site, so it was not taken. Please open the page on this site again and retry.
web-error-404-title = There is no such page
web-error-404 = The address is wrong, the page is no longer published, or it is not for you.
web-error-405-title = This cannot be done
web-error-405 = The page does not take that. Please go back and use its buttons.
web-error-408-title = It took too long
web-error-408 = The form stopped half-way, so nothing was kept. Please try again.
web-error-409-title = Things have changed
web-error-409 = Something changed after you opened the page, so this was not done. Nothing has changed.
web-error-413-title = Too much was sent
web-error-413 = Nothing was kept. Please shorten it and try again.
web-error-422-title = What was sent cannot be read
web-error-422 = A field is missing or has the wrong form. Please go back and try again.
web-error-429-title = Please wait
web-error-429 = There were too many tries in a row. Please try again in about 15 minutes.
web-error-500-title = Something failed on our side
web-error-500 = We are sorry. Something failed half-way; nothing was left half-done.
web-error-503-title = Many people are here
web-error-503 = Please wait a moment and do the same again.
web-error-no-link = Please open the result with the private link from your regional HR desk. If you opened it more than two weeks ago, please ask the desk for a new one.
web-error-incident = When you ask us, please give this number:

## Operator’s pages
web-op-title = Operator’s pages
