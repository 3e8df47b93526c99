-- Rounds of matching. Input and proposal are whole records, sealed by a hash when they are written and never
-- changed; what is read back is held against the hash.

INSERT INTO counters (name, n) VALUES ('round', 0);
-- The order of publications. Whoever publishes takes the next number first, so publications never overlap.
INSERT INTO counters (name, n) VALUES ('publication', 0);

CREATE TABLE rounds (
    number BIGINT PRIMARY KEY,
    stage TEXT NOT NULL CONSTRAINT rounds_stage CHECK (stage IN ('draft', 'frozen', 'proposed', 'published')),
    settings TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    -- from frozen on
    input TEXT,
    input_hash TEXT,
    frozen_at BIGINT,
    frozen_by TEXT,
    freeze_ms BIGINT,
    -- from proposed on
    proposal TEXT,
    proposal_hash TEXT,
    proposed_at BIGINT,
    proposed_by TEXT,
    matching_ms BIGINT,
    audit_ms BIGINT,
    -- published
    publication BIGINT CONSTRAINT rounds_publication UNIQUE,
    published_at BIGINT,
    published_by TEXT
);

-- Published pairs. A round in which placed people took part again replaces the earlier ones.
CREATE TABLE placements (
    round BIGINT NOT NULL REFERENCES rounds (number),
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    opening_id TEXT NOT NULL REFERENCES openings (id),
    replaced_by BIGINT REFERENCES rounds (number),
    PRIMARY KEY (round, candidate_id)
);
CREATE INDEX placements_candidate ON placements (candidate_id);
CREATE INDEX placements_opening ON placements (opening_id);
