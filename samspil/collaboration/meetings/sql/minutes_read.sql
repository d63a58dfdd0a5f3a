-- How many of those invited have read the minutes: a number and no names, for who takes part in the course.
-- The rows themselves are each reader's alone (never released), so nobody can tell who has read.
CREATE FUNCTION wall.minutes_read(of_minutes uuid[]) RETURNS TABLE (minutes uuid, readers bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT m.item_id, count(DISTINCT r.post_id)
FROM meetings_minutes m
JOIN meetings_readreceipt r ON r.minutes_id = m.item_id
JOIN meetings_invitation v ON v.meeting_id = m.meeting_id AND v.post_id = r.post_id
WHERE m.item_id = ANY(of_minutes) AND wall.held_in(wall.staff(), m.space_id, ARRAY['team', 'leader']) <> 0
GROUP BY m.item_id
$$;
ALTER FUNCTION wall.minutes_read(uuid[]) OWNER TO samspil_guard;
REVOKE ALL ON FUNCTION wall.minutes_read(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall.minutes_read(uuid[]) TO samspil_app;
