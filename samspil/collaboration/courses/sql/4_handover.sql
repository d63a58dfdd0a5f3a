-- Who hands the coordination to whom says nothing of the family: whoever stands in the space sees it, as with
-- who takes part. Rows are added, never changed. The baton itself stands in the ledger.
ALTER TABLE courses_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE courses_handover FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON courses_handover FOR SELECT TO samspil_app USING (coalesce((
    SELECT true FROM access_space s WHERE s.id = courses_handover.space_id LIMIT 1), false));
CREATE POLICY asked ON courses_handover FOR INSERT TO samspil_app WITH CHECK (
    wall.steers(space_id) AND asked_by_id = (SELECT c.membership FROM wall.ctx() c));

-- The one who is asked says yes or no; who asked, or who steers the course, takes it back.
ALTER TABLE courses_handoveranswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE courses_handoveranswer FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON courses_handoveranswer FOR SELECT TO samspil_app USING (coalesce((
    SELECT true FROM courses_handover h WHERE h.id = courses_handoveranswer.handover_id LIMIT 1), false));
CREATE POLICY given ON courses_handoveranswer FOR INSERT TO samspil_app WITH CHECK (
    by_id = (SELECT c.membership FROM wall.ctx() c) AND coalesce((
        SELECT CASE WHEN courses_handoveranswer.answer = 'withdrawn'
            THEN h.asked_by_id = courses_handoveranswer.by_id OR wall.steers(h.space_id)
            ELSE h.receiver_id = courses_handoveranswer.by_id END
        FROM courses_handover h WHERE h.id = courses_handoveranswer.handover_id LIMIT 1), false));

GRANT SELECT, INSERT ON courses_handover, courses_handoveranswer TO samspil_app;
