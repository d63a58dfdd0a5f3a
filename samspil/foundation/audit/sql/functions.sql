-- The only ways into the log. Their owner, samspil_guard, may add rows and read them; nobody else may.

-- Every value with its length before it, so that no two lists of values give the same text.
CREATE FUNCTION audit.canonical(parts text[]) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(coalesce(octet_length(u.part) || ':' || u.part, '-'), '' ORDER BY u.place)
    FROM unnest(parts) WITH ORDINALITY u(part, place)
$$;

CREATE FUNCTION audit.micros(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (extract(epoch FROM moment) * 1000000)::bigint::text
$$;

-- One event and whom it was about. The transaction's number is taken before the position: see audit.seal.
CREATE FUNCTION audit.append(
    new_event uuid, authority uuid, unit uuid, account uuid, membership uuid, role text,
    route text, act text, kind text, reason text, criterion text, space uuid, outcome text, about uuid,
    subjects uuid[], owners uuid[], categories integer[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place bigint;
BEGIN
    PERFORM pg_current_xact_id();
    place := nextval('audit.position');
    INSERT INTO log_event (id, at, position, authority, unit, account, membership, role, route, act, kind,
        reason, criterion, space, outcome, subjects, about)
    VALUES (new_event, now(), place,
        coalesce(append.authority, '00000000-0000-0000-0000-000000000000'), append.unit, append.account,
        append.membership, coalesce(append.role, ''), append.route, append.act, append.kind, append.reason,
        append.criterion, append.space, append.outcome, cardinality(append.subjects), append.about);
    IF cardinality(append.subjects) > 0 THEN
        INSERT INTO log_subject (event, at, position, subject, owner, categories, space, kind)
        SELECT new_event, now(), place, u.subject, u.owner, u.categories, append.space, append.kind
        FROM unnest(append.subjects, append.owners, append.categories) u(subject, owner, categories);
    END IF;
END $$;

-- Over the door's connection the server says who it was: it has just asked the wall.
CREATE FUNCTION audit.write(
    new_event uuid, authority uuid, unit uuid, account uuid, membership uuid, role text,
    route text, act text, kind text, reason text, criterion text, space uuid, outcome text, about uuid,
    subjects uuid[], owners uuid[], categories integer[]
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT audit.append(new_event, authority, unit, account, membership, role, route, act, kind, reason,
        criterion, space, outcome, about, subjects, owners, categories)
$$;

-- Over the application's own connection the wall says who it was; nothing handed in does.
CREATE FUNCTION audit.record(
    new_event uuid, route text, act text, kind text, reason text, criterion text, space uuid, outcome text,
    about uuid, subjects uuid[], owners uuid[], categories integer[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    authority uuid;
    unit uuid;
    account uuid;
    membership uuid;
    role text;
BEGIN
    BEGIN
        SELECT c.authority, c.unit, c.account, c.membership, c.role
        INTO authority, unit, account, membership, role FROM wall.ctx() c;
    EXCEPTION WHEN OTHERS THEN
        NULL;  -- no wall session: the row says that nobody known did it
    END;
    PERFORM audit.append(new_event, authority, unit, account, membership, role, route, act, kind, reason,
        criterion, space, outcome, about, subjects, owners, categories);
END $$;

-- Seal what can no longer change, at most 10,000 positions a call, and set the next mark.
--
-- A mark is a position read from the sequence, and then a transaction number taken. Whoever took a position
-- up to the mark had a transaction number before that, so a smaller one. When all of those have ended, the
-- rows up to the mark are complete; a later call seals them. It appends only, reads no argument and can be
-- called by anybody at any time without harm.
CREATE FUNCTION audit.seal() RETURNS SETOF log_block LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest bigint;
    mark log_horizon;
    snapshot pg_snapshot;
    moment timestamptz := clock_timestamp();
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RAISE EXCEPTION 'sealing stands alone in its transaction';
    END IF;
    IF NOT pg_try_advisory_xact_lock(5316403) THEN
        RETURN;
    END IF;
    SELECT CASE WHEN p.is_called THEN p.last_value ELSE 0 END INTO newest FROM audit.position p;
    snapshot := pg_current_snapshot();
    SELECT * INTO mark FROM log_horizon;
    IF mark.position > mark.sealed THEN
        -- A number from the future means that the tables were restored on another server: nothing is open.
        IF pg_snapshot_xmin(snapshot) <= mark.xid AND mark.xid < pg_snapshot_xmax(snapshot) THEN
            RETURN;
        END IF;
        RETURN QUERY
        WITH line AS (
            SELECT e.authority, e.position, e.at, sha256(convert_to(
                audit.canonical(ARRAY[e.id::text, audit.micros(e.at), e.position::text, e.authority::text,
                    e.unit::text, e.account::text, e.membership::text, e.role, e.route, e.act, e.kind,
                    e.reason, e.criterion, e.space::text, e.outcome, e.subjects::text, e.about::text])
                || coalesce(s.lines, ''), 'UTF8')) AS hash
            FROM log_event e
            LEFT JOIN LATERAL (
                SELECT string_agg(audit.canonical(ARRAY[x.subject::text, x.owner::text, x.categories::text,
                    x.space::text, x.kind, x.position::text]), '' ORDER BY x.subject, x.owner) AS lines
                FROM log_subject x WHERE x.event = e.id AND x.at = e.at
            ) s ON true
            WHERE e.position > mark.sealed AND e.position <= mark.position
        ), block AS (
            SELECT l.authority, count(*) AS rows, min(l.at) AS first_at, max(l.at) AS last_at,
                sha256(string_agg(l.hash, ''::bytea ORDER BY l.position)) AS rows_hash
            FROM line l GROUP BY l.authority
        ), linked AS (
            SELECT b.*, coalesce(p.number, 0) + 1 AS number,
                coalesce(p.hash, decode(repeat('00', 32), 'hex')) AS previous
            FROM block b LEFT JOIN LATERAL (
                SELECT x.number, x.hash FROM log_block x WHERE x.authority = b.authority
                ORDER BY x.number DESC LIMIT 1
            ) p ON true
        )
        INSERT INTO log_block AS sealed
        SELECT k.authority, k.number, mark.sealed, mark.position, k.rows, k.first_at, k.last_at, k.rows_hash,
            k.previous, sha256(convert_to(audit.canonical(ARRAY[k.authority::text, k.number::text,
                mark.sealed::text, mark.position::text, k.rows::text, audit.micros(k.first_at),
                audit.micros(k.last_at), encode(k.rows_hash, 'hex'), encode(k.previous, 'hex'),
                audit.micros(moment)]), 'UTF8')), moment
        FROM linked k
        RETURNING sealed.*;
    END IF;
    IF mark.position > mark.sealed OR newest > mark.position THEN
        UPDATE log_horizon SET sealed = mark.position, xid = pg_current_xact_id(),
            position = greatest(mark.position, least(newest, mark.position + 10000));
    END IF;
END $$;

GRANT USAGE, CREATE ON SCHEMA audit TO samspil_guard;
GRANT USAGE ON SCHEMA audit TO samspil_app, samspil_door;
GRANT USAGE, SELECT ON SEQUENCE audit.position TO samspil_guard;
GRANT SELECT, INSERT ON log_event, log_subject, log_block TO samspil_guard;
GRANT SELECT, UPDATE ON log_horizon TO samspil_guard;
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY[
        'audit.canonical(text[])', 'audit.micros(timestamptz)', 'audit.seal()',
        'audit.append(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,uuid[],uuid[],int[])',
        'audit.write(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,uuid[],uuid[],int[])',
        'audit.record(uuid,text,text,text,text,text,uuid,text,uuid,uuid[],uuid[],int[])'
    ]::regprocedure[] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f);
    END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION audit.write(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,
    uuid[],uuid[],int[]) TO samspil_door;
GRANT EXECUTE ON FUNCTION audit.record(uuid,text,text,text,text,text,uuid,text,uuid,uuid[],uuid[],int[]),
    audit.seal() TO samspil_app;
REVOKE CREATE ON SCHEMA audit FROM samspil_guard;
