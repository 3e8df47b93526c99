-- Openings that are written in the product: the form as typed, its way to publication, and every version of it.
-- What may be shown stands in `openings` (facts, and blocks that are empty only while it may); an opening gets its row
-- there when it is first published.

CREATE TABLE postings (
    opening_id TEXT PRIMARY KEY,
    firm_id TEXT NOT NULL REFERENCES firms (id) ON DELETE CASCADE,
    stage TEXT NOT NULL CONSTRAINT postings_stage CHECK
        (stage IN ('draft', 'submitted', 'returned', 'scheduled', 'published', 'unpublished', 'closed')),
    -- what was last saved, and its number: who saves names the version they began from
    form TEXT NOT NULL,
    version BIGINT NOT NULL,
    submitted_at BIGINT,
    reviewed_by TEXT,
    review_note TEXT,
    -- from when on it is to be public
    publish_at BIGINT,
    published_at BIGINT,
    published_version BIGINT,
    -- as of when the firm last said that everything still holds, and when it ends without another such word
    confirmed_at BIGINT,
    expires_at BIGINT,
    ruleset TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX postings_firm ON postings (firm_id);
CREATE INDEX postings_stage_at ON postings (stage, updated_at);

CREATE TABLE posting_versions (
    opening_id TEXT NOT NULL REFERENCES postings (opening_id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    form TEXT NOT NULL,
    -- saved, submitted, returned, approved, published, unpublished, confirmed, closed
    act TEXT NOT NULL,
    note TEXT,
    at BIGINT NOT NULL,
    by_person TEXT,
    by_proxy BOOLEAN NOT NULL,
    PRIMARY KEY (opening_id, version)
);

-- Consent to recruit under the own name: who gave it, who has been told before the public is, and what will be said.
CREATE TABLE firm_openness (
    firm_id TEXT PRIMARY KEY REFERENCES firms (id) ON DELETE CASCADE,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);
