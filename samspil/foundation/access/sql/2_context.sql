-- Who asks. A transaction carries nothing but the secret of its session; every use reads the session again.

CREATE TYPE wall.context AS (
    account uuid, membership uuid, unit uuid, authority uuid, role text, system text, citizen boolean,
    mask integer,               -- categories of the role; all for a citizen, whose relations are narrow
    permissions text[],
    receives boolean,           -- may the role answer referrals, and so use the unit's inbox?
    open_mask integer,          -- categories open inside the own authority
    led_units uuid[], led_mask integer,
    holders uuid[],             -- every id under which relations are held
    blocked uuid[],             -- spaces and subjects that are refused
    day date
);

CREATE FUNCTION wall.new_id() RETURNS uuid LANGUAGE sql VOLATILE
SET search_path = pg_catalog, public, pg_temp AS $$
SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

CREATE FUNCTION wall.refuse(why text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = why;
END $$;

CREATE FUNCTION wall.today() RETURNS date LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
SELECT (now() AT TIME ZONE 'Europe/Copenhagen')::date
$$;

-- The unit whose boundary a unit stands inside: itself or the nearest above that is declared one.
CREATE FUNCTION wall.sharing_unit(of_unit uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE above(id, parent, declared, depth) AS (
    SELECT u.id, u.parent_id, u.is_sharing_unit, 0 FROM organisations_unit u WHERE u.id = of_unit
    UNION ALL
    SELECT u.id, u.parent_id, u.is_sharing_unit, above.depth + 1
    FROM organisations_unit u JOIN above ON u.id = above.parent AND NOT above.declared
)
SELECT coalesce((SELECT id FROM above WHERE declared ORDER BY depth LIMIT 1), of_unit)
$$;

CREATE FUNCTION wall.units_below(of_unit uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE below(id) AS (
    SELECT of_unit
    UNION
    SELECT u.id FROM organisations_unit u JOIN below ON u.parent_id = below.id
)
SELECT array_agg(id) FROM below
$$;

-- The units a membership leads today, and for which categories.
CREATE FUNCTION wall.led_by(of_membership uuid, OUT units uuid[], OUT categories integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE day date := wall.today();
BEGIN
    SELECT bit_or(l.categories & r.categories) INTO categories
    FROM access_ledger l
    JOIN organisations_membership m ON m.id = l.holder AND m.starts <= day AND m.ends > day
    JOIN wall.role_mask r ON r.role = m.role
    WHERE l.holder = of_membership AND l.kind = 'leader' AND l.starts <= day AND l.ends > day;
    IF categories IS NOT NULL THEN
        SELECT wall.units_below(m.unit_id) INTO units FROM organisations_membership m WHERE m.id = of_membership;
    END IF;
    categories := coalesce(categories, 0);
    units := coalesce(units, '{}');
END $$;

CREATE FUNCTION wall.ctx() RETURNS wall.context LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    secret text := current_setting('samspil.wall', true);
    c wall.context;
    s record;
BEGIN
    IF coalesce(secret, '') = '' THEN
        PERFORM wall.refuse('no context');
    END IF;
    c.day := (now() AT TIME ZONE 'Europe/Copenhagen')::date;  -- as wall.today(); this runs forty times a page
    SELECT w.account, w.membership, w.system, a.is_citizen, m.id AS post, m.unit_id, m.authority_id, m.role,
        u.is_sharing_unit, r.categories, r.permissions, coalesce(o.categories, 4 | 16) AS open_mask INTO s
    FROM wall.session w JOIN accounts_account a ON a.id = w.account
    LEFT JOIN (organisations_membership m
        JOIN organisations_staff f ON f.id = m.staff_id
        JOIN organisations_unit u ON u.id = m.unit_id
        JOIN wall.role_mask r ON r.role = m.role)
        ON m.id = w.membership AND f.account_id = w.account AND m.starts <= c.day AND m.ends > c.day
    LEFT JOIN wall.open_category o ON o.authority = m.authority_id
    WHERE w.digest = sha256(convert_to(secret, 'UTF8')) AND w.revoked IS NULL AND w.expires > now()
        AND a.is_active AND w.proof = sha256(convert_to(a.password, 'UTF8'));
    IF NOT FOUND THEN
        PERFORM wall.refuse('no such session');
    END IF;
    c.account := s.account;
    c.system := s.system;
    c.citizen := s.is_citizen;
    c.holders := ARRAY[s.account];
    c.mask := CASE WHEN s.is_citizen THEN 511 ELSE 0 END;
    c.permissions := '{}';
    c.receives := false;
    c.open_mask := 0;
    c.led_units := '{}';
    c.led_mask := 0;
    IF s.membership IS NOT NULL THEN
        IF s.post IS NULL THEN
            PERFORM wall.refuse('no such membership today');
        END IF;
        c.membership := s.post;
        c.authority := s.authority_id;
        c.role := s.role;
        c.mask := s.categories;
        c.permissions := s.permissions;
        c.unit := CASE WHEN s.is_sharing_unit THEN s.unit_id ELSE wall.sharing_unit(s.unit_id) END;
        c.holders := ARRAY[c.account, c.membership, c.unit, c.authority];
        c.receives := 'referral.receive' = ANY(c.permissions);
        c.open_mask := s.open_mask;
        IF c.role = 'leader' THEN
            SELECT l.units, l.categories INTO c.led_units, c.led_mask FROM wall.led_by(c.membership) l;
        END IF;
    END IF;
    c.blocked := coalesce((
        SELECT array_agg(coalesce(l.subject_id, l.space_id)) FROM access_ledger l
        WHERE l.holder = ANY(c.holders) AND l.kind = 'block' AND l.starts <= c.day AND l.ends > c.day), '{}');
    RETURN c;
END $$;

-- First in every transaction. '' leaves the actor of the former one behind and lets nobody in. What the header
-- of a page says of the one who asks rides along, so that no page needs a query of its own for it.
CREATE FUNCTION wall.enter(
    secret text,
    OUT account uuid, OUT membership uuid, OUT unit uuid, OUT authority uuid, OUT role text,
    OUT name text, OUT acting_for text, OUT posts integer
) RETURNS SETOF record LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('samspil.wall', coalesce(secret, ''), true);
    IF coalesce(secret, '') <> '' THEN
        RETURN QUERY SELECT c.account, c.membership, c.unit, c.authority, c.role,
            coalesce(f.name, '')::text, coalesce(u.name || ', ' || a.name, '')::text,
            (SELECT count(*)::integer FROM organisations_staff s
                JOIN organisations_membership p ON p.staff_id = s.id AND p.starts <= c.day AND p.ends > c.day
                WHERE s.account_id = c.account)
        FROM wall.ctx() c
        LEFT JOIN organisations_membership m ON m.id = c.membership
        LEFT JOIN organisations_staff f ON f.id = m.staff_id
        LEFT JOIN organisations_unit u ON u.id = m.unit_id
        LEFT JOIN organisations_authority a ON a.id = m.authority_id;
    END IF;
END $$;

-- What the Python twin of the rule needs to know of the actor: nothing that the context does not hold.
CREATE FUNCTION wall.me() RETURNS TABLE (
    account uuid, membership uuid, unit uuid, authority uuid, role text, citizen boolean, mask integer,
    receives boolean, open_mask integer, led_units uuid[], led_mask integer, blocked uuid[], day date
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT c.account, c.membership, c.unit, c.authority, c.role, c.citizen, c.mask, c.receives, c.open_mask,
    c.led_units, c.led_mask, c.blocked, c.day FROM wall.ctx() c
$$;

-- The door alone may call these three: it stands beside the log-in, not beside the pages.
CREATE FUNCTION wall.open(
    for_account uuid, for_membership uuid, lasts interval DEFAULT '10 hours', why text DEFAULT ''
) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    secret text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    day date := wall.today();
    a record;
    system_name text := '';
BEGIN
    SELECT x.login, x.password, x.is_citizen INTO a FROM accounts_account x WHERE x.id = for_account AND x.is_active;
    IF NOT FOUND OR lasts > interval '10 hours' THEN
        PERFORM wall.refuse('no such account');
    END IF;
    -- Relations name their holder by id alone: one id may never be two things.
    IF EXISTS (SELECT FROM organisations_membership WHERE id = for_account)
        OR EXISTS (SELECT FROM organisations_unit WHERE id = for_account)
        OR EXISTS (SELECT FROM organisations_authority WHERE id = for_account) THEN
        PERFORM wall.refuse('an id that is two things');
    END IF;
    IF a.login LIKE 'system:%' THEN
        system_name := substr(a.login, 8);
    END IF;
    IF for_membership IS NULL AND NOT a.is_citizen AND system_name = '' THEN
        PERFORM wall.refuse('staff act for a unit');
    END IF;
    IF for_membership IS NOT NULL AND (a.is_citizen OR NOT EXISTS (
        SELECT FROM organisations_membership m JOIN organisations_staff f ON f.id = m.staff_id
        WHERE m.id = for_membership AND f.account_id = for_account AND m.starts <= day AND m.ends > day)) THEN
        PERFORM wall.refuse('no such membership today');
    END IF;
    INSERT INTO wall.session (digest, account, membership, system, proof, reason, expires) VALUES (
        sha256(convert_to(secret, 'UTF8')), for_account, for_membership, system_name,
        sha256(convert_to(a.password, 'UTF8')), left(why, 500), now() + lasts);
    RETURN secret;
END $$;

CREATE FUNCTION wall.revoke(secret text) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
UPDATE wall.session SET revoked = now() WHERE digest = sha256(convert_to(secret, 'UTF8')) AND revoked IS NULL
$$;

-- A citizen has logged in with a proven CPR number: the own record at every authority that knows the number.
CREATE FUNCTION wall.recognise(for_account uuid, cpr_hash bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made integer;
BEGIN
    IF NOT EXISTS (SELECT FROM accounts_account WHERE id = for_account AND is_citizen AND is_active) THEN
        PERFORM wall.refuse('no such account');
    END IF;
    INSERT INTO access_ledger (id, kind, holder_kind, holder, subject_id, categories, purpose, authority_id,
        starts, ends, baton, made_by_id, made_at, reason)
    SELECT wall.new_id(), 'own-record', 'account', for_account, k.subject, 511, '', k.authority,
        wall.today(), '3000-01-01', '', for_account, now(), ''
    FROM wall.cpr_key k
    WHERE k.hash = cpr_hash AND NOT EXISTS (
        SELECT FROM access_ledger l WHERE l.holder = for_account AND l.subject_id = k.subject
            AND l.kind = 'own-record' AND l.ends > wall.today());
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END $$;
