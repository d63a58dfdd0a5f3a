-- Who may touch what lies on a desk. Each row is its account's; the outbox is written by all and read by one.

ALTER TABLE desk_submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_submission FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON desk_submission TO samspil_app
    USING (account_id = (SELECT c.account FROM wall.ctx() c))
    WITH CHECK (account_id = (SELECT c.account FROM wall.ctx() c));
GRANT SELECT, INSERT, UPDATE (location), DELETE ON desk_submission TO samspil_app;

ALTER TABLE desk_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON desk_draft TO samspil_app
    USING (account_id = (SELECT c.account FROM wall.ctx() c))
    WITH CHECK (account_id = (SELECT c.account FROM wall.ctx() c));
ALTER TABLE desk_draft ADD CONSTRAINT draft_is_not_too_long CHECK (octet_length(sealed) <= 262144);
GRANT SELECT, INSERT, UPDATE (sealed, saved_at), DELETE ON desk_draft TO samspil_app;

-- Closed: only the two functions below reach it.
ALTER TABLE desk_held ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_held FORCE ROW LEVEL SECURITY;
ALTER TABLE desk_held ADD CONSTRAINT held_is_short CHECK (
    octet_length(sealed) <= 65536 AND octet_length(claim) = 32 AND octet_length(session) = 32);
GRANT SELECT, INSERT, UPDATE, DELETE ON desk_held TO samspil_guard;

-- Whoever acts may write that there is news; only the outbox reads to whom, and notes how it went.
ALTER TABLE desk_news ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_news FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON desk_news FOR INSERT TO samspil_app
    WITH CHECK (sent_at IS NULL AND given_up_at IS NULL AND tries = 0
        AND (SELECT c.account FROM wall.ctx() c) IS NOT NULL);
CREATE POLICY sent ON desk_news FOR SELECT TO samspil_app
    USING ((SELECT c.system FROM wall.ctx() c) = 'outbox');
CREATE POLICY settled ON desk_news FOR UPDATE TO samspil_app
    USING ((SELECT c.system FROM wall.ctx() c) = 'outbox');
GRANT SELECT, INSERT, UPDATE (tries, next_try_at, sent_at, given_up_at) ON desk_news TO samspil_app;

-- A text that arrived when its session had ended. The door alone calls this: there is no actor. The secret of
-- the session says whose the text is; one text a session, so that nobody fills the table.
CREATE FUNCTION wall.hold(secret text, new_claim bytea, new_sealed bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    ended bytea := sha256(convert_to(secret, 'UTF8'));
    whose uuid;
BEGIN
    SELECT s.account INTO whose FROM wall.session s JOIN accounts_account a ON a.id = s.account
    WHERE s.digest = ended AND a.is_active AND s.system = '' AND s.expires > now() - interval '24 hours';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO desk_held (claim, session, account_id, sealed, held_at)
    VALUES (new_claim, ended, whose, new_sealed, now())
    ON CONFLICT (session) DO UPDATE
    SET claim = excluded.claim, sealed = excluded.sealed, held_at = excluded.held_at;
    RETURN true;
END $$;

-- After log-in: the text of the same account, once and within a day. In every case it is gone afterwards.
CREATE FUNCTION wall.claim_held(by_claim bytea) RETURNS TABLE (session bytea, sealed bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := (SELECT c.account FROM wall.ctx() c);
BEGIN
    RETURN QUERY
        WITH gone AS (DELETE FROM desk_held h WHERE h.claim = by_claim RETURNING h.*)
        SELECT g.session, g.sealed FROM gone g
        WHERE g.account_id = me AND g.held_at > now() - interval '24 hours';
END $$;

-- What has outlived its time. It takes no argument: whoever calls it can delete nothing else.
CREATE FUNCTION wall.forget_desk() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found integer;
    total integer := 0;
BEGIN
    DELETE FROM desk_submission WHERE made_at < now() - interval '24 hours';
    GET DIAGNOSTICS found = ROW_COUNT; total := total + found;
    DELETE FROM desk_held WHERE held_at < now() - interval '24 hours';
    GET DIAGNOSTICS found = ROW_COUNT; total := total + found;
    DELETE FROM desk_draft WHERE saved_at < now() - interval '30 days';
    GET DIAGNOSTICS found = ROW_COUNT; total := total + found;
    DELETE FROM desk_news WHERE coalesce(sent_at, given_up_at) < now() - interval '30 days';
    GET DIAGNOSTICS found = ROW_COUNT; total := total + found;
    RETURN total;
END $$;
GRANT SELECT, DELETE ON desk_submission, desk_draft, desk_news TO samspil_guard;

DO $$
DECLARE f text;
BEGIN
    FOREACH f IN ARRAY ARRAY[
        'wall.hold(text, bytea, bytea)', 'wall.claim_held(bytea)', 'wall.forget_desk()'
    ] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f,
            CASE WHEN f LIKE 'wall.hold%' THEN 'samspil_door' ELSE 'samspil_app' END);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f);
    END LOOP;
END $$;
