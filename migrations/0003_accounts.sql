-- Who may do what: regional desks, their operators, sessions, and the one-time links of participants.
-- Secrets are kept as SHA-256 (tokens and codes are random) or Argon2id (passwords); a copy of these tables opens nothing.

CREATE TABLE desks (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    prefecture TEXT NOT NULL,
    about TEXT NOT NULL,
    fictional BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL REFERENCES desks (id) ON DELETE CASCADE,
    login TEXT NOT NULL CONSTRAINT operators_login UNIQUE,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE operator_sessions (
    token_hash TEXT PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- At most one is open, and only while there is no operator.
CREATE TABLE setup_codes (
    code_hash TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

-- What is counted is a hash of the log-in name or address that was tried, so that nothing typed by mistake is kept.
CREATE TABLE login_attempts (
    subject_hash TEXT NOT NULL,
    tried_at BIGINT NOT NULL
);
CREATE INDEX login_attempts_subject ON login_attempts (subject_hash, tried_at);

CREATE TABLE result_links (
    token_hash TEXT PRIMARY KEY,
    round BIGINT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX result_links_owner ON result_links (round, owner_kind, owner_id);

-- A table of its own: the session of a participant can never be taken for an operator's.
CREATE TABLE participant_sessions (
    token_hash TEXT PRIMARY KEY,
    round BIGINT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
