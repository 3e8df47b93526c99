market-stdin = standard input
market-candidate = candidate
market-opening = opening
market-unreadable = { $file } cannot be read: { $cause }. Check the name and the permissions.
market-not-utf8 = { $file }, line { $line }: this is not UTF-8 text. Save the file as UTF-8 and try again.
market-unknown-format = { $file } is neither Glasgow text, suite text nor JSON. Say which with --format glasgow, suite or json.
market-two-stdins = Only one of FILE and RESULT can be standard input (-). Put the other into a file.
market-couples = { $file } holds couples ({ $one } and { $other }). Matching couples is not built yet; leave them out or enter them as single candidates.
market-impossible = { $file } is not a possible market: { $cause }.
market-at-line = { $file }, line { $line }: { $fault }
market-at-member = { $file }, at { $member }: { $fault }
market-fault-json = this is not the JSON that is expected here ({ $cause }).
market-fault-number = “{ $text }” is not a whole number from 0 to 4294967295.
market-fault-count = the number of { $side }s is expected here, alone on its line.
market-fault-too-few = the counts ask for { $expected } lines of candidates and openings, but there are { $found }.
market-fault-extra = there are more lines than the counts of candidates and openings ask for.
market-fault-no-quota = an opening needs an id and then its quota.
market-fault-no-id = the id is missing.
market-fault-unknown = there is no { $side } “{ $id }”.
market-fault-agent-twice = { $side } “{ $id }” is described twice. Keep one of the two.
market-fault-entry-twice = “{ $id }” is listed twice. Keep the first of the two.
market-fault-nested-tie = a tie inside a tie is not possible.
market-fault-unmatched-tie = the parentheses of a tie do not match.
market-fault-empty-tie = a tie needs at least one entry.
market-fault-unknown-line = a line begins with r (candidate), c (couple) or p (opening), not with “{ $word }”.
market-fault-half-pair = a couple needs two members and then pairs of openings.
market-fault-empty-pair = a joint choice needs at least one opening.
market-fault-pair-twice = the same joint choice is listed twice.
market-fault-member-with-list = “{ $id }” is member of a couple and cannot have a list of its own.
market-fault-member-twice = “{ $id }” is member of a couple twice.
market-misfit-unknown = { $side } “{ $key }” is not in the market.
market-misfit-several-seats = candidate “{ $candidate }” has several seats: { $openings }.
market-misfit-not-held = candidate “{ $candidate }” is said to have opening “{ $opening }”, but that opening does not name the candidate.
market-misfit-not-holding = opening “{ $opening }” is said to have candidate “{ $candidate }”, but the candidate does not name that opening.

solve-unbuilt-mechanism = The mechanism { $mechanism } is not built yet. Use candidate-optimal or opening-optimal.
solve-unbuilt-option = The option { $option } is not built yet. Leave it out.
solve-audit-failed = The result did not pass the audit and is not shown. Please report this with the file.
solve-column-candidate = candidate
solve-column-opening = opening
solve-column-candidate-rank = candidate's rank
solve-column-opening-rank = opening's rank
solve-unmatched = unmatched
solve-summary =
    mechanism: { $mechanism }
    placed: { $placed } of { $candidates }
    sum of the candidates' ranks: { $candidate_cost }, of the openings': { $opening_cost }
    blocking pairs: { $blocking }
solve-lottery = ties broken by the lottery of seed { $seed }
solve-dropped-candidate = left out: candidate { $agent } lists { $entry }, which does not list the candidate
solve-dropped-opening = left out: opening { $agent } lists { $entry }, who does not list the opening

audit-candidates = the result speaks of { $found } candidates, the market of { $expected }.
audit-unknown-opening = candidate “{ $candidate }” has opening number { $opening }, which does not exist.
audit-unacceptable = candidate “{ $candidate }” and opening “{ $opening }” do not both list each other.
audit-over-quota = opening “{ $opening }” has { $quota } seats and { $holders } candidates.

why-unknown-candidate = There is no candidate “{ $key }” in the market. Check --candidate.
why-unknown-opening = There is no opening “{ $key }” in the market. Check --opening.
why-not-a-result =
    The result is not one of this market, so nothing can be explained:
    { $problems }
why-matched = The two are matched with each other.
why-you-did-not-list = The candidate did not list the opening.
why-not-listed-by-opening = The opening did not list the candidate.
why-you-did-better = The candidate got an opening it likes at least as much.
why-filled-with-preferred = The opening's seats went to people it placed higher, or as high and ahead in the lottery.
why-rule = A rule beyond the two lists stopped it: the opening offers no seat, or the result follows rules that this file does not hold.
