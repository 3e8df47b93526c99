-- Between a candidate and a firm, before any round: interest and application, what may be seen, what was said,
-- visits and proposals.

-- One for each candidate and opening; the level ('interested', 'applied') is mirrored in `interests`.
CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    opening_id TEXT NOT NULL REFERENCES openings (id) ON DELETE CASCADE,
    level TEXT NOT NULL,
    -- new, talk, visit, proposal, interview, ready (may be ranked), declined (by the firm), withdrawn (by the candidate)
    stage TEXT NOT NULL,
    stage_at BIGINT NOT NULL,
    -- who owes an answer ('firm', 'candidate', ''), and until when
    waits_for TEXT NOT NULL,
    answer_by BIGINT,
    reason TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT applications_pair UNIQUE (candidate_id, opening_id)
);
CREATE INDEX applications_opening ON applications (opening_id, stage);

CREATE TABLE application_steps (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    note TEXT,
    at BIGINT NOT NULL,
    by_person TEXT,
    acted_as TEXT NOT NULL
);
CREATE INDEX application_steps_of ON application_steps (application_id, at);

-- The consent ledger: which firm may see what of a candidate ('profile' without the name, 'identity' with it).
CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    firm_id TEXT NOT NULL REFERENCES firms (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX grants_candidate ON grants (candidate_id, firm_id);

-- Who opened a candidate's profile, for the candidate to read.
CREATE TABLE views (
    id TEXT PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    acted_as TEXT NOT NULL,
    firm_id TEXT,
    what TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX views_candidate ON views (candidate_id, at);

CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    firm_id TEXT NOT NULL REFERENCES firms (id) ON DELETE CASCADE,
    opening_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    latest_at BIGINT NOT NULL,
    CONSTRAINT threads_of UNIQUE (candidate_id, opening_id)
);
CREATE INDEX threads_firm ON threads (firm_id, latest_at);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    person_id TEXT,
    acted_as TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX messages_thread ON messages (thread_id, sent_at, id);

CREATE TABLE thread_reads (
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (thread_id, person_id)
);

CREATE TABLE visit_slots (
    id TEXT PRIMARY KEY,
    opening_id TEXT NOT NULL REFERENCES openings (id) ON DELETE CASCADE,
    -- talk, visit, interview
    kind TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    place TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    facts TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    cancelled_at BIGINT
);
CREATE INDEX visit_slots_opening ON visit_slots (opening_id, starts_at);

CREATE TABLE visit_bookings (
    slot_id TEXT NOT NULL REFERENCES visit_slots (id) ON DELETE CASCADE,
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    booked_at BIGINT NOT NULL,
    cancelled_at BIGINT,
    attended BOOLEAN,
    PRIMARY KEY (slot_id, candidate_id)
);
CREATE INDEX visit_bookings_candidate ON visit_bookings (candidate_id);

-- The proposal sheet (提案シート): every submitted version.
CREATE TABLE proposals (
    application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    fields TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    PRIMARY KEY (application_id, version)
);
