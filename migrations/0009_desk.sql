-- The operators' own work. Nothing here is ever shown to firms or candidates.

-- What the desk does about a firm or a candidate; one case for each. `name` is the subject's at the last save, for search.
CREATE TABLE cases (
    -- 'firm' or 'candidate'
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    next_step TEXT NOT NULL,
    -- the day in Japan by which the next step is due: '2026-12-05'
    due_on TEXT,
    assigned_to TEXT,
    -- counts up; who saves names the version they began from
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
);
CREATE INDEX cases_due ON cases (due_on);

-- What was written down about a firm or candidate, in order; rows are only ever added. `kind` is 'note', 'confirmation'
-- (of what the desk entered on somebody's behalf) or 'diagnosis' (the questionnaire about succession).
CREATE TABLE case_entries (
    id TEXT PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_person TEXT
);
CREATE INDEX case_entries_of ON case_entries (subject_kind, subject_id, at);

-- Letters that the desk writes again and again.
CREATE TABLE letter_templates (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CONSTRAINT letter_templates_name UNIQUE,
    lang TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT
);

-- One letter to many, as it was sent. Who got it stands in `letters`, once for each batch and reader.
CREATE TABLE letter_batches (
    id TEXT PRIMARY KEY,
    template_name TEXT NOT NULL,
    audience TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    readers BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    sent_by TEXT
);

CREATE INDEX letters_made ON letters (made_at);

-- Addresses whose owners want no more letters to many. Letters about their own matters still come.
CREATE TABLE letter_stops (
    address TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);

-- A spreadsheet between its preview and its taking in; thrown away after either.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    person_id TEXT,
    name TEXT NOT NULL,
    content BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);
