-- Rank-order lists that their owners make themselves, for one round, sealed from everybody else.

-- When lists of a round may be certified; a round without a window is held on imported lists.
CREATE TABLE round_windows (
    round BIGINT PRIMARY KEY REFERENCES rounds (number),
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    ties BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT NOT NULL,
    CONSTRAINT round_windows_order CHECK (opens_at < closes_at)
);

-- Every version is kept; the latest is the one being worked on. `owner_kind` is 'candidate' or 'opening'.
CREATE TABLE rank_versions (
    round BIGINT NOT NULL REFERENCES rounds (number),
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    entries TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    -- the versions whose lists the buttons 元に戻す and やり直す lead to: steps are taken by adding a version
    undo BIGINT,
    redo BIGINT,
    PRIMARY KEY (round, owner_kind, owner_id, version)
);

-- A certified version takes part in the round until it is withdrawn by a change; the receipt names it by `number`.
CREATE TABLE rank_certificates (
    number TEXT PRIMARY KEY,
    round BIGINT NOT NULL REFERENCES rounds (number),
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    ranks BIGINT NOT NULL,
    -- SHA-256 of tag, salt and list: shows that this list was certified, and nothing of what it says
    commitment TEXT NOT NULL,
    salt TEXT NOT NULL,
    certified_at BIGINT NOT NULL,
    certified_by TEXT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX rank_certificates_owner ON rank_certificates (round, owner_kind, owner_id);

-- Two candidates who want to move together; `couples` holds those who both said yes.
CREATE TABLE couple_links (
    id TEXT PRIMARY KEY,
    asked_by TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    asked_mail TEXT NOT NULL,
    partner_id TEXT REFERENCES candidates (id) ON DELETE CASCADE,
    facts TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    agreed_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX couple_links_asked ON couple_links (asked_by);
CREATE INDEX couple_links_partner ON couple_links (partner_id);

CREATE TABLE reminders_sent (
    round BIGINT NOT NULL REFERENCES rounds (number),
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    step TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (round, owner_kind, owner_id, step)
);
