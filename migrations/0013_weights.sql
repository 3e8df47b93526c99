-- What counts how much in a shortlist: every choice the desk ever made, in order; the last one is in force. Rows are only
-- ever added. A round keeps the weights it was frozen with among its own settings.
CREATE TABLE shortlist_weights (
    version BIGINT PRIMARY KEY,
    weights TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT NOT NULL
);
