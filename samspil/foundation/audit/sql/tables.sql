-- The log's tables. Months are partitions; what no month takes stands in the default partition.
-- Ids are bare: the log must outlive what it tells about.

CREATE SCHEMA audit;
CREATE SEQUENCE audit.position;

CREATE TABLE log_event (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    position bigint NOT NULL,
    authority uuid NOT NULL,            -- of the actor; all zeroes: nobody's (a citizen, a stranger)
    unit uuid,
    account uuid,
    membership uuid,
    role text NOT NULL,
    route text NOT NULL,
    act text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('read', 'search', 'change', 'export', 'other')),
    reason text NOT NULL,
    criterion text NOT NULL,
    space uuid,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'attempted')),
    subjects integer NOT NULL,          -- how many rows of log_subject belong to it
    about uuid,                         -- an earlier event that this one corrects
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX log_event_position ON log_event (position);
CREATE INDEX log_event_chain ON log_event (authority, position);

-- `space` and `kind` are repeated so that the read policy needs no look-up in log_event, whose own policy
-- looks here: two policies that read each other recurse for ever. `position` is repeated so that the newest
-- rows of a person are found by the index, however many there are.
CREATE TABLE log_subject (
    event uuid NOT NULL,
    at timestamptz NOT NULL,
    position bigint NOT NULL,
    subject uuid NOT NULL,
    owner uuid NOT NULL,                -- the authority whose information was shown
    categories integer NOT NULL CHECK (categories > 0),
    space uuid,
    kind text NOT NULL,
    PRIMARY KEY (event, subject, owner, at)
) PARTITION BY RANGE (at);
CREATE INDEX log_subject_person ON log_subject (subject, position);

CREATE TABLE log_event_default PARTITION OF log_event DEFAULT;
CREATE TABLE log_subject_default PARTITION OF log_subject DEFAULT;

-- Seals: one chain an authority. A block covers the rows with from_position < position <= to_position.
CREATE TABLE log_block (
    authority uuid NOT NULL,
    number bigint NOT NULL,
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    count bigint NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    rows_hash bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    PRIMARY KEY (authority, number)
);

-- How far the log is sealed, and the next mark: once every transaction up to `xid` has ended, no row with a
-- position up to `position` can appear any more.
CREATE TABLE log_horizon (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    sealed bigint NOT NULL,
    position bigint NOT NULL,
    xid xid8 NOT NULL
);
INSERT INTO log_horizon (sealed, position, xid) VALUES (0, 0, '0');
