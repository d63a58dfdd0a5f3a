-- One block at the end: every function of this schema belongs to the guard, PUBLIC may call none, and the
-- application and the door may call those named here.
DO $$
DECLARE
    f record;
    for_app text[] := ARRAY['ctx', 'enter', 'me', 'grant_relation', 'end_relation', 'offer_baton', 'take_baton',
        'new_subject', 'new_space', 'new_item', 'release_item', 'relations', 'find_cpr', 'put_cpr', 'unite', 'part',
        'lock_space', 'join_team'];
    for_door text[] := ARRAY['open', 'revoke', 'recognise'];
    others text[] := ARRAY['administered_authority', 'create_unit', 'declare_sharing_unit', 'register_staff',
        'appoint', 'end_membership'];
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS signature, p.proname::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'wall'::regnamespace
    LOOP
        CONTINUE WHEN f.name = ANY(others);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
        EXECUTE format('ALTER FUNCTION %s OWNER TO samspil_guard', f.signature);
        IF f.name = ANY(for_app) THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samspil_app', f.signature);
        ELSIF f.name = ANY(for_door) THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO samspil_door', f.signature);
        END IF;
    END LOOP;
END $$;
