-- Everybody who may log in, what they may do, and how they prove who they are.
-- Secrets are kept as SHA-256 (tokens and codes are random) or Argon2id (passwords).

-- A person logs in by `login`: the mail address of everybody who registered or was invited. The operators of before
-- may have a plain name, and then no address.
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL CONSTRAINT people_login UNIQUE,
    mail TEXT,
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    password_hash TEXT,
    totp_secret TEXT,
    -- the last time step whose code was used: a code works once
    totp_step BIGINT,
    created_at BIGINT NOT NULL,
    verified_at BIGINT,
    disabled_at BIGINT
);

-- What a person may act as: candidate (of a profile), firm (member of it), operator (of a desk), partner (of an
-- organisation), secretariat, administrator. `scope_id` names the profile, firm, desk or organisation; '' where there
-- is none. `standing` is 'admin' or 'member'.
CREATE TABLE roles (
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    standing TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    granted_by TEXT,
    until BIGINT,
    PRIMARY KEY (person_id, kind, scope_id)
);
CREATE INDEX roles_scope ON roles (kind, scope_id);

INSERT INTO people (id, login, mail, name, lang, password_hash, created_at, verified_at)
    SELECT id, login, CASE WHEN login LIKE '%_@_%' THEN login END, login, 'ja', password_hash, created_at, created_at
    FROM operators;
INSERT INTO roles (person_id, kind, scope_id, standing, granted_at)
    SELECT id, 'operator', desk_id, 'admin', created_at FROM operators;
INSERT INTO roles (person_id, kind, scope_id, standing, granted_at)
    SELECT id, 'administrator', '', 'admin', created_at FROM operators;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    -- what the owner's list of sessions names it by; opens nothing
    id TEXT NOT NULL CONSTRAINT sessions_id UNIQUE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    -- a passkey or a second factor was shown
    strong BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- when the person last proved who they are: grave steps ask for a recent proof
    proved_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE passkeys (
    credential_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_person ON passkeys (person_id);

-- The server's half of a passkey ceremony under way, and of a log-in that waits for its second factor.
CREATE TABLE ceremonies (
    token_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id TEXT,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (person_id, code_hash)
);

-- One-time links that went out by mail: to register, to take up an invitation, to choose a new password.
CREATE TABLE tickets (
    token_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    mail TEXT NOT NULL,
    person_id TEXT REFERENCES people (id) ON DELETE CASCADE,
    facts TEXT NOT NULL,
    made_by TEXT,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX tickets_mail ON tickets (mail);

-- Partners of the desk: municipalities, support bodies, schools, associations, banks.
CREATE TABLE partners (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What somebody is filling in, as typed, saved by itself; shared by those who may write the same thing.
CREATE TABLE drafts (
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    PRIMARY KEY (kind, subject_id)
);

-- A form that came in after its sender's session had ended: kept for that person until they are back.
CREATE TABLE stashes (
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    fields TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, path)
);

-- Who did what, and who looked at whom. Rows are only ever added.
INSERT INTO counters (name, n) VALUES ('journal', 0);
CREATE TABLE journal (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id TEXT,
    acted_as TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE INDEX journal_subject ON journal (subject_kind, subject_id, seq);
CREATE INDEX journal_person ON journal (person_id, seq);
