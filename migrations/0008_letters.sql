-- Mail as an outbox: a letter is asked for in the transaction that causes it, written and sent by a job. What it says is
-- drawn at the first try and kept, so that every try sends the same message under the same Message-ID.

CREATE TABLE letters (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id TEXT,
    address TEXT NOT NULL,
    lang TEXT NOT NULL,
    facts TEXT NOT NULL,
    -- the same thing is said once: 'reminder:round-3:…'
    once TEXT CONSTRAINT letters_once UNIQUE,
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- waiting, sent, failed (gave up), cancelled
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    message TEXT,
    sent_at BIGINT,
    trouble TEXT
);
CREATE INDEX letters_due ON letters (state, due_at);
CREATE INDEX letters_person ON letters (person_id, made_at);
