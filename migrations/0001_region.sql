-- What a desk knows: firms, openings, candidates, their interests and lists, and the outbox that feeds the index.
-- One text for SQLite and PostgreSQL: ids are TEXT (uuid v7), instants BIGINT (milliseconds), facts JSON as TEXT.

-- Numbers that others follow come from a row updated in the same transaction, so that they become visible in order.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    n BIGINT NOT NULL
);
INSERT INTO counters (name, n) VALUES ('outbox', 0);

CREATE TABLE firms (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    corporate_number TEXT CONSTRAINT firms_corporate_number UNIQUE,
    facts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- A coordinator's numbers; position 0 is the current one, the others keep working.
CREATE TABLE firm_codes (
    code TEXT PRIMARY KEY,
    firm_id TEXT NOT NULL REFERENCES firms (id) ON DELETE CASCADE,
    position BIGINT NOT NULL
);
CREATE INDEX firm_codes_firm ON firm_codes (firm_id);

CREATE TABLE openings (
    id TEXT PRIMARY KEY,
    firm_id TEXT NOT NULL REFERENCES firms (id) ON DELETE CASCADE,
    code TEXT CONSTRAINT openings_code UNIQUE,
    facts TEXT NOT NULL,
    blocks TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX openings_firm ON openings (firm_id);

CREATE TABLE candidates (
    id TEXT PRIMARY KEY,
    mail TEXT NOT NULL CONSTRAINT candidates_mail UNIQUE,
    facts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE candidate_codes (
    code TEXT PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    position BIGINT NOT NULL
);
CREATE INDEX candidate_codes_candidate ON candidate_codes (candidate_id);

CREATE TABLE interests (
    candidate_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    opening_id TEXT NOT NULL REFERENCES openings (id) ON DELETE CASCADE,
    facts TEXT NOT NULL,
    PRIMARY KEY (candidate_id, opening_id)
);

-- A rank-order list is kept whole: it is read, replaced and certified whole.
CREATE TABLE rank_lists (
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    source TEXT NOT NULL,
    entries TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner_kind, owner_id, source)
);

CREATE TABLE couples (
    first_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    second_id TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    facts TEXT NOT NULL,
    PRIMARY KEY (first_id, second_id)
);

-- What the index has to look at again, in order.
CREATE TABLE outbox (
    seq BIGINT PRIMARY KEY,
    topic TEXT NOT NULL,
    subject_id TEXT NOT NULL
);
