-- Questions that people keep, to be told by mail what fits them anew.

CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    -- whose: somebody with an account, or a mail address whose owner confirmed it; one of the two
    person_id TEXT REFERENCES people (id) ON DELETE CASCADE,
    address TEXT,
    -- of letters to an address; a person's account says it for a person
    lang TEXT NOT NULL,
    -- as its owner calls it; '' for the words of the question
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    -- at_once, daily, weekly
    often TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- an owner's stop, or the end that nobody put off
    stopped_at BIGINT,
    -- only of an address: when it ends unless its owner goes on, and how many letters have said so
    ends_at BIGINT,
    warned BIGINT NOT NULL,
    -- up to which entry of the outbox was looked
    seen BIGINT NOT NULL,
    -- when to look next; 0 for as soon as something changes
    due_at BIGINT NOT NULL,
    told_at BIGINT,
    CONSTRAINT alerts_owner CHECK ((person_id IS NULL) <> (address IS NULL))
);
CREATE INDEX alerts_person ON alerts (person_id);
CREATE INDEX alerts_address ON alerts (address);
CREATE INDEX alerts_due ON alerts (due_at, seen) WHERE stopped_at IS NULL;
CREATE INDEX alerts_ending ON alerts (ends_at);

-- What an owner knows: what was there from the start (told_at is empty), and what was told. An opening is told once; the
-- key is the last guard of that.
CREATE TABLE alert_openings (
    alert_id TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    opening_id TEXT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (alert_id, opening_id)
);
