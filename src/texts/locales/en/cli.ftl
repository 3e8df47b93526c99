# English help stands beside the code; the keys below without a text here are Japanese only by design (help-…).
cli-unknown-argument = There is no option “{ $arg }”.
cli-unknown-command = There is no command “{ $name }”.
cli-no-value = “{ $arg }” needs a value.
cli-invalid-value = “{ $arg }” cannot be “{ $value }”. It can be { $valid }.
cli-unreadable-value = The value “{ $value }” of “{ $arg }” cannot be read.
cli-missing-argument = Something is missing: { $arg }
cli-missing-command = Name a command.
cli-conflict = “{ $arg }” cannot go together with the other options.
cli-see-help = migiude --help shows how.

store-unreachable = The database cannot be opened ({ $at }). Nothing was created and nothing removed. Check the place and the permissions. ({ $cause })
store-bad-url = The database address cannot be read. Write it as postgres://user:password@host/name. ({ $cause })
store-old-engine = SQLite { $found } is too old ({ $needed } or newer is needed). Build this program again.
store-migration = The database schema could not be brought up to date. The data is unchanged. Was it made by a newer migiude? ({ $cause })
store-busy = Something else is using the database. Wait a moment and do the same again.
store-damaged = A stored record cannot be read ({ $what } { $id }). It has to be restored from a backup. ({ $cause })
store-sql = The database refused the operation. Nothing has changed. ({ $cause })
data-dir-unusable = The data directory { $path } cannot be used. Check the place and the permissions. ({ $cause })

serve-open =
    Migiude is open at {"{"}url{"}"}
    Press Ctrl-C to end.
serve-setup =
    There is no operator yet. Open {"{"}url{"}"}/setup in a browser and enter this set-up code.
    Set-up code (works once): { $code }
serve-lock-unusable = The data directory cannot be written to ({ $path }). Check the place and the permissions.
serve-already = Another migiude is already serving this data directory ({ $path }). End that one first.
serve-port-taken = Another program uses { $at }. Choose another with --listen 127.0.0.1:PORT.
serve-cannot-listen = Cannot listen at { $at }. ({ $cause })
serve-no-mail = Letters cannot be sent like this: { $cause }

import-reading = Reading the sheets
import-checking = Checking row by row and storing
import-indexing = Preparing the search
import-ignored = Not a sheet, so not read: { $file }
import-rejects-at = Rejected rows were written out (mend them and import the file again): { $path }
import-rejects-unwritable = The rejected rows cannot be written to { $path }. Check the place and the permissions. The accepted rows are stored. ({ $cause })
import-dry-run = This was a rehearsal; nothing was stored.
import-no-change = Nothing differs from what was imported before.
import-took = Time taken: { $seconds } s

demo-hello =
    This is the demo of Migiude. Every firm and person is fictional.
    It walks from spreadsheets to published results exactly as real work does.
demo-seconds = s
demo-invented = 1. Invented a region: { $desk } (seed { $seed })
demo-imported = 2. Imported its sheets: { $rows } rows ({ $accepted } accepted, { $warned } with a warning, { $rejected } rejected)
demo-indexed = 3. Made them searchable: { $openings } openings, { $candidates } candidates
demo-already = 4–6. Round { $number } is published already.
demo-frozen = 4. Froze the rank-order lists of round { $number }
demo-proposed = 5. Computed the pairings and audited them independently
demo-published = 6. Published the result of round { $number }
demo-took = Time so far: { $seconds } s
demo-desk-about = A fictional regional desk that brings firms without a successor together with people who may become one.
demo-open = Open in a browser: {"{"}url{"}"}
demo-login = Operator's log-in ({"{"}url{"}"}/login): { $login } / password { $password }
demo-login-kept = Operator's log-in ({"{"}url{"}"}/login): { $login } (the password was printed by the first demo in this directory)
demo-president = A president's log-in: { $login } / password { $password }
demo-candidate = A candidate's log-in: { $login } / password { $password }
demo-question = How do you do. I have read your opening. Could I see on some day how you work?
demo-answer = Thank you for writing. Please do come. You are welcome to talk with our people, too.
demo-link-matched = Result link (candidate { $key }, opens once):
demo-link-firm = Result link (the firm of opening { $key }, opens once):
demo-link-unmatched = Result link (candidate { $key }, opens once):
demo-end = Press Ctrl-C to end.
cli-unlocked = Passkeys and app of { $login } are gone. The password is as it was.
cli-unlock-nobody = Nobody has the log-in name { $login }.
