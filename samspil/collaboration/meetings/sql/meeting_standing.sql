-- How a meeting stands, for who takes part in its course: its newest time, and that it was held or called off.
-- A unit may move or close a meeting whose own rows the others have no basis to read: without this they would
-- come at the old time, and a meeting that is over would look open for ever. No reason, name or word is told.
CREATE FUNCTION wall.meeting_standing(of_meetings uuid[])
RETURNS TABLE (meeting uuid, outcome text, happened_on date, starts_at timestamptz, length smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT m.item_id, e.outcome, e.happened_on, coalesce(v.starts_at, m.starts_at), coalesce(v.length, m.length)
FROM meetings_meeting m
LEFT JOIN LATERAL (
  SELECT x.outcome, x."on" AS happened_on FROM meetings_meetingend x WHERE x.meeting_id = m.item_id ORDER BY x.item_id LIMIT 1
) e ON true
LEFT JOIN LATERAL (
  SELECT x.starts_at, x.length FROM meetings_meetingmove x WHERE x.meeting_id = m.item_id ORDER BY x.item_id DESC LIMIT 1
) v ON true
WHERE m.item_id = ANY(of_meetings) AND wall.held_in(wall.staff(), m.space_id, ARRAY['team', 'leader']) <> 0
$$;
ALTER FUNCTION wall.meeting_standing(uuid[]) OWNER TO samspil_guard;
REVOKE ALL ON FUNCTION wall.meeting_standing(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall.meeting_standing(uuid[]) TO samspil_app;
