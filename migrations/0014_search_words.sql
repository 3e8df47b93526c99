-- Words that the desk has said mean the same: every choice it ever made, in order; the last one is in force. Rows are only
-- ever added.
CREATE TABLE search_words (
    version BIGINT PRIMARY KEY,
    words TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT NOT NULL
);
