REVOKE SELECT ON log_event, log_subject FROM samspil_app;
DROP POLICY log_event_read ON log_event;
DROP POLICY log_subject_read ON log_subject;
