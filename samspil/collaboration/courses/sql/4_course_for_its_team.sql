-- That there is a course, under which model and since when, is known to whoever stands in its space: somebody who
-- may read about one child of two would otherwise not find the way in. Names and everything else stay items.
CREATE FUNCTION wall.course_is_blocked(of_item uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
SELECT i.subjects && c.blocked FROM access_item i, wall.ctx() c WHERE i.id = of_item
$$;
REVOKE ALL ON FUNCTION wall.course_is_blocked(uuid) FROM PUBLIC;
ALTER FUNCTION wall.course_is_blocked(uuid) OWNER TO samspil_guard;
GRANT EXECUTE ON FUNCTION wall.course_is_blocked(uuid) TO samspil_app;

DROP POLICY seen ON courses_course;
CREATE POLICY seen ON courses_course FOR SELECT TO samspil_app USING (
    coalesce((SELECT true FROM access_item i WHERE i.id = courses_course.item_id LIMIT 1), false)
    OR coalesce((SELECT true FROM access_space s WHERE s.id = courses_course.space_id LIMIT 1), false)
        AND NOT coalesce(wall.course_is_blocked(courses_course.item_id), true));
