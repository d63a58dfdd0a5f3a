-- A referral is accepted before the receiver steers anything. While its unit has the referral in the inbox, it
-- writes down who takes part from the start: colleagues of its own in the team, and the one who sent it.
CREATE OR REPLACE FUNCTION wall.answers(of_space uuid, of_membership uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c wall.context := wall.staff();
BEGIN
    RETURN c.receives AND NOT of_space = ANY(c.blocked) AND EXISTS (
        SELECT FROM access_ledger l
        JOIN organisations_membership m ON m.id = of_membership AND m.starts <= c.day AND m.ends > c.day
        JOIN organisations_staff f ON f.id = m.staff_id
        WHERE l.holder = c.unit AND l.space_id = of_space AND l.kind = 'inbox' AND l.subject_id IS NULL
            AND l.starts <= c.day AND l.ends > c.day
            AND (wall.sharing_unit(m.unit_id) = c.unit
                OR f.account_id = l.made_by_id AND wall.sharing_unit(m.unit_id) = l.giver_id)
            AND EXISTS (
                SELECT FROM access_ledger t WHERE t.holder = of_membership AND t.space_id = of_space
                    AND t.kind = 'team' AND t.starts <= c.day AND t.ends > c.day));
END $$;
REVOKE ALL ON FUNCTION wall.answers(uuid, uuid) FROM PUBLIC;
ALTER FUNCTION wall.answers(uuid, uuid) OWNER TO samspil_guard;
GRANT EXECUTE ON FUNCTION wall.answers(uuid, uuid) TO samspil_app;

DROP POLICY chosen ON courses_participant;
CREATE POLICY chosen ON courses_participant FOR INSERT TO samspil_app WITH CHECK (
    (wall.steers(space_id) OR wall.answers(space_id, membership_id)) AND accepted_on IS NULL AND coalesce((
        SELECT true FROM organisations_membership m
        WHERE m.id = courses_participant.membership_id AND m.unit_id = courses_participant.unit_id), false));
