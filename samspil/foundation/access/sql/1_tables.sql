-- The wall's own tables. The application reads the three that are no secret, and writes none.
CREATE SCHEMA IF NOT EXISTS wall;
GRANT USAGE ON SCHEMA wall TO samspil_app, samspil_door;
GRANT USAGE, CREATE ON SCHEMA wall TO samspil_guard;

-- Who acts for whom, by a secret that only the browser and one request hold. `proof` is the account's password
-- at that time: changing the password ends every session.
CREATE TABLE wall.session (
    digest bytea PRIMARY KEY,
    account uuid NOT NULL REFERENCES accounts_account (id),
    membership uuid REFERENCES organisations_membership (id),
    system text NOT NULL DEFAULT '' CHECK (system IN ('', 'due', 'outbox', 'demo')),
    proof bytea NOT NULL,
    reason text NOT NULL DEFAULT '',
    opened timestamptz NOT NULL DEFAULT now(),
    expires timestamptz NOT NULL,
    revoked timestamptz
);
CREATE INDEX session_of_account ON wall.session (account) WHERE revoked IS NULL;
GRANT SELECT, INSERT, UPDATE (revoked) ON wall.session TO samspil_guard;

-- Whose CPR number hashes to this, inside one authority. Closed: a UNIQUE that the application could try
-- would answer for the whole country.
CREATE TABLE wall.cpr_key (
    authority uuid NOT NULL REFERENCES organisations_authority (id),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    subject uuid NOT NULL REFERENCES access_subject (id),
    PRIMARY KEY (authority, hash)
);
CREATE INDEX cpr_key_of_subject ON wall.cpr_key (subject);
CREATE INDEX cpr_key_of_hash ON wall.cpr_key (hash);
GRANT SELECT, INSERT, UPDATE (hash) ON wall.cpr_key TO samspil_guard;

-- The grid of kernel/roles.py as the wall needs it. A test compares the two.
CREATE TABLE wall.role_mask (
    role text PRIMARY KEY,
    categories integer NOT NULL CHECK (categories BETWEEN 0 AND 511),
    permissions text[] NOT NULL
);
-- Which categories the units of one authority see of each other without a basis. No row: the default.
CREATE TABLE wall.open_category (
    authority uuid PRIMARY KEY REFERENCES organisations_authority (id),
    categories integer NOT NULL CHECK (categories BETWEEN 0 AND 511)
);
-- What a citizen's page may show: by how the citizen stands to the person, kind of item and category. Empty:
-- nothing. Widened by migrations only.
CREATE TABLE wall.audience (
    standing text NOT NULL CHECK (standing IN ('own-record', 'custody')),
    item_kind text NOT NULL,
    categories integer NOT NULL CHECK (categories BETWEEN 1 AND 511),
    PRIMARY KEY (standing, item_kind)
);
-- Which relations a system actor may make. The due and the outbox actor make none.
CREATE TABLE wall.system_kind (
    system text NOT NULL,
    kind text NOT NULL,
    PRIMARY KEY (system, kind)
);
INSERT INTO wall.system_kind VALUES ('demo', 'leader');
GRANT SELECT ON wall.role_mask, wall.open_category, wall.audience TO samspil_app;
GRANT SELECT ON wall.role_mask, wall.open_category, wall.audience, wall.system_kind TO samspil_guard;

GRANT SELECT, INSERT ON access_subject, access_space, access_item, access_item_subject, access_ledger
    TO samspil_guard;
GRANT UPDATE (united_into_id, united_by_id) ON access_subject TO samspil_guard;
GRANT UPDATE (released_at) ON access_item TO samspil_guard;
GRANT UPDATE (ends, until, baton) ON access_ledger TO samspil_guard;
GRANT SELECT ON access_subject, access_space, access_item, access_item_subject, access_ledger TO samspil_app;

-- The three system actors log in as nobody: their password matches nothing.
INSERT INTO accounts_account (id, login, email, password, is_citizen, is_demo, is_active) VALUES
    ('00000000-0000-7000-8000-000000000001', 'system:due', '', '!', false, false, true),
    ('00000000-0000-7000-8000-000000000002', 'system:outbox', '', '!', false, false, true),
    ('00000000-0000-7000-8000-000000000003', 'system:demo', '', '!', false, false, true);
