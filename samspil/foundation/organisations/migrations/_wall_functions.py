"""The SQL of organisations: what must be true whatever code runs, and the only way to write a post."""

NO_TWO_EQUAL_POSTS = """
-- One member of staff has a post (unit, role) at most once on any day. The post is hashed to one number, so
-- that no extension is needed; two posts with the same hash are less likely than a broken disk.
ALTER TABLE organisations_membership ADD CONSTRAINT membership_once_a_day EXCLUDE USING gist (
    int8range(
        hashtextextended(staff_id::text || unit_id::text || role, 0),
        hashtextextended(staff_id::text || unit_id::text || role, 0), '[]') WITH &&,
    daterange(starts, ends) WITH &&
);
"""

TREE_WITHOUT_CIRCLES = """
CREATE FUNCTION organisations_unit_tree() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One writer of an authority's tree at a time: two moves at once could otherwise close a circle.
    PERFORM pg_advisory_xact_lock(hashtextextended('organisations_unit' || NEW.authority_id::text, 0));
    IF EXISTS (
        WITH RECURSIVE above(id, parent) AS (
            SELECT u.id, u.parent_id FROM organisations_unit u WHERE u.id = NEW.parent_id
            UNION SELECT u.id, u.parent_id FROM organisations_unit u JOIN above ON u.id = above.parent
        ) SELECT FROM above WHERE above.id = NEW.id
    ) OR NEW.parent_id = NEW.id THEN
        RAISE EXCEPTION 'a unit cannot stand below itself' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'unit_tree_without_circles';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION organisations_unit_tree() FROM PUBLIC;
CREATE TRIGGER unit_tree_without_circles BEFORE INSERT OR UPDATE OF parent_id ON organisations_unit
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION organisations_unit_tree();
"""

ROLE_FITS_KIND = """
-- Which roles an organisation of a kind may have: an agency, a ministry or a supplier has no role that can
-- stand towards a person. The same table stands in rules.py; a test compares the two.
CREATE FUNCTION organisations_role_fits(kind text, role text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp AS $$
SELECT role IN ('administrator', 'privacy-officer') OR CASE
    WHEN kind IN ('municipality', 'region') THEN role IN ('caseworker', 'clinician', 'school-contact',
        'jobcentre-worker', 'substance-worker', 'provider-worker', 'leader', 'volunteer')
    WHEN kind IN ('provider', 'self-governing') THEN role IN ('provider-worker', 'substance-worker', 'leader')
    WHEN kind = 'agency' THEN role IN ('implementation-adviser', 'evaluator')
    WHEN kind = 'ministry' THEN role = 'ministry-official'
    WHEN kind = 'research' THEN role IN ('researcher', 'evaluator')
    WHEN kind = 'evaluator' THEN role = 'evaluator'
    WHEN kind = 'supplier' THEN role = 'supplier'
    WHEN kind = 'association' THEN role = 'volunteer'
    ELSE false END
$$;
CREATE FUNCTION organisations_membership_role() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT organisations_role_fits(
        (SELECT a.kind FROM organisations_authority a WHERE a.id = NEW.authority_id), NEW.role) THEN
        RAISE EXCEPTION 'this kind of organisation has no such role' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'membership_role_fits_kind';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION organisations_role_fits(text, text), organisations_membership_role() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organisations_role_fits(text, text) TO samspil_guard;
CREATE TRIGGER membership_role_fits_kind BEFORE INSERT OR UPDATE OF role, authority_id
    ON organisations_membership FOR EACH ROW EXECUTE FUNCTION organisations_membership_role();
"""

FUNCTIONS = """
CREATE SCHEMA IF NOT EXISTS wall;
GRANT USAGE ON SCHEMA wall TO samspil_app;
GRANT USAGE, CREATE ON SCHEMA wall TO samspil_guard;

-- The authority whose posts the one who asks may change. `wall.ctx()` knows who asks; nothing handed in does.
CREATE FUNCTION wall.administered_authority() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c record;
BEGIN
    SELECT x.authority, x.role INTO c FROM wall.ctx() x;
    IF c.role IS DISTINCT FROM 'administrator' OR c.authority IS NULL THEN
        RAISE EXCEPTION 'only an administrator may do this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN c.authority;
END $$;

-- Ids are made here and never handed in: a post with the id of somebody else's unit would hold its relations.
CREATE FUNCTION wall.create_unit(
    parent uuid, unit_kind text, unit_name text, from_day date, OUT unit uuid
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    unit := gen_random_uuid();
    INSERT INTO organisations_unit (id, authority_id, parent_id, kind, name, is_sharing_unit, starts, ends)
    VALUES (unit, wall.administered_authority(), parent, unit_kind, unit_name, false, from_day, '3000-01-01');
END $$;

CREATE FUNCTION wall.declare_sharing_unit(of_unit uuid, declared boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE organisations_unit SET is_sharing_unit = declared
    WHERE id = of_unit AND authority_id = wall.administered_authority();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such unit' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION wall.register_staff(
    account_login text, staff_name text, staff_title text, staff_phone text, OUT staff uuid
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine uuid := wall.administered_authority();
    account uuid := gen_random_uuid();
BEGIN
    -- Names with a colon are those of the system's own actors.
    IF lower(account_login) !~ '^[a-z0-9æøå][a-z0-9æøå._@+-]*$' THEN
        RAISE EXCEPTION 'no log-in name for a human' USING ERRCODE = 'check_violation';
    END IF;
    staff := gen_random_uuid();
    -- '!' is a password that nothing matches: the person chooses one by the link they are handed.
    INSERT INTO accounts_account (id, login, email, password, is_citizen, is_demo, is_active)
    VALUES (account, lower(account_login), '', '!' || gen_random_uuid(), false, false, true);
    INSERT INTO organisations_staff (id, authority_id, account_id, name, title, phone)
    VALUES (staff, mine, account, staff_name, staff_title, staff_phone);
END $$;

CREATE FUNCTION wall.appoint(
    of_staff uuid, in_unit uuid, as_role text, from_day date, to_day date, OUT membership uuid
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine uuid := wall.administered_authority();
    today date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    IF EXISTS (
        SELECT FROM organisations_staff s, wall.ctx() c WHERE s.id = of_staff AND s.account_id = c.account
    ) THEN
        RAISE EXCEPTION 'nobody gives themselves a post' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF from_day < today OR from_day >= to_day THEN
        RAISE EXCEPTION 'a post begins today or later, and ends after that' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM organisations_staff s WHERE s.id = of_staff AND s.authority_id = mine)
        OR NOT EXISTS (SELECT FROM organisations_unit u WHERE u.id = in_unit AND u.authority_id = mine
            AND u.starts <= from_day AND u.ends >= to_day) THEN
        RAISE EXCEPTION 'no such staff or unit' USING ERRCODE = 'insufficient_privilege';
    END IF;
    membership := gen_random_uuid();
    INSERT INTO organisations_membership (id, authority_id, staff_id, unit_id, role, starts, ends)
    VALUES (membership, mine, of_staff, in_unit, as_role, from_day, to_day);
END $$;

-- A post is only ever made shorter, and never so that a day that was worked disappears.
CREATE FUNCTION wall.end_membership(of_membership uuid, on_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    UPDATE organisations_membership SET ends = greatest(on_day, starts)
    WHERE id = of_membership AND authority_id = wall.administered_authority()
        AND on_day >= today AND on_day < ends;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such post' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

DO $$
DECLARE f text;
BEGIN
    FOREACH f IN ARRAY ARRAY[
        'wall.administered_authority()',
        'wall.create_unit(uuid, text, text, date)',
        'wall.declare_sharing_unit(uuid, boolean)',
        'wall.register_staff(text, text, text, text)',
        'wall.appoint(uuid, uuid, text, date, date)',
        'wall.end_membership(uuid, date)'
    ] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samspil_app', f);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f);
    END LOOP;
    REVOKE EXECUTE ON FUNCTION wall.administered_authority() FROM samspil_app;
END $$;
"""
