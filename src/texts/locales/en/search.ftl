search-store = The database has a problem, so nothing can be searched. ({ $cause })
search-busy = Another process is writing the search index. Wait a little and try again.
search-index = The search index has a problem and could not be made anew. No data is lost. Check free disk space and permissions, then run migiude index rebuild. ({ $cause })
search-disk = The folder of the search index { $at } cannot be used. No data is lost. Check its place, permissions and free disk space. ({ $cause })
search-interrupted = The search was interrupted. Try again.
search-bad-filter = The filter "{ $typed }" cannot be read. Give it as name=value, such as pref=Okayama. Names are: { $known }.
search-bad-filter-name = There is no filter "{ $name }". There are: { $known }.
search-bad-filter-value = The filter { $facet } has no value "{ $value }". It takes, for example: { $known }.

reason-word = matches "{ $asked }"
reason-synonym = matches "{ $found }", which means the same as "{ $asked }"
reason-typo = matches "{ $found }", which is spelt much like "{ $asked }"
reason-part = matches a longer word that contains "{ $asked }"
reason-filter = { $facet }: { $value }
note-cut = The text was long; only "{ $kept }" was searched for.
note-fewer = Nothing has all the words; shown is what has { $found } of the { $asked }.
note-ignored = "{ $word }" has only signs that cannot be searched for and was left out.

facet-pref = Prefecture
facet-muni = Municipality
facet-industry = Industry
facet-kind = Kind
facet-contract = Contract
facet-days = Days a week
facet-days-le1 = Up to 1 day
facet-days-1to2 = Up to 2 days
facet-days-2to3 = Up to 3 days
facet-days-over3 = More than 3 days
facet-remote = Remote work
facet-remote-none = None
facet-remote-part = Some
facet-remote-full = All
facet-start = Start
facet-start-any_time = At any time
facet-track = Track
facet-move = Moving

part-text = Texts alike
part-skills = Skills
part-region = Region
part-days = Days
part-remote = Remote work
part-pay = Pay
part-track = Role sought
part-industry = Industry
part-contract = Contract
part-move = Willing to move
part-side_job = Main employer's permission

search-title = Title
search-key = Number
search-score = Score
search-firm = Firm
search-place = Place
search-areas = Areas wanted
search-reasons = Reasons
search-draft = (draft)
search-no-consent = (no consent)
search-total = { $total } found
search-total-first = { $shown } of { $total } found
search-none = Nothing was found. Try fewer words or fewer filters.
search-behind = The search is being prepared: { $behind } changes are not in it yet, so the answer may be incomplete.
index-rebuilt = The search index was made anew ({ $count } documents).
index-sound = The search index is sound and agrees with the database ({ $openings } openings, { $profiles } candidates).
index-doubt = The search index has a problem. migiude index rebuild makes it anew. ({ $cause })
index-behind = The search index does not agree with the database (position { $position } of { $head }, openings { $openings } of { $openings_stored }, candidates { $profiles } of { $profiles_stored }). migiude index rebuild makes it anew.

help-search = Find openings or candidates by words
help-search--what = openings or profiles
help-search--text = Words to look for, with spaces between them; without any, everything
help-search--filter = Filter as name=value, such as pref=Okayama; may be repeated
help-search--limit = How many to print
help-index = Check the search index or make it anew
help-index-rebuild = Make the index anew from the database
help-index-check = Check that the index is sound and agrees with the database
search-too-long = Please search for at most { $most } characters.
search-words = "{ $words }"
search-everything = All openings
