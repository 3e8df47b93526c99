-- What a firm heard in an interview, question by question: the firm's own record, one for each application.
CREATE TABLE interviews (
    application_id TEXT PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
    fields TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL
);
