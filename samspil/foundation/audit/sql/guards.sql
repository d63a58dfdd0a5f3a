-- What is written stays: nobody changes or removes a row, the owner of the tables included. (An owner can
-- take the guard away; the seals and the anchor show what was done then.)

CREATE FUNCTION audit.stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the log is never changed: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION audit.stays() FROM PUBLIC;

-- Row triggers of a partitioned table reach its partitions; those of TRUNCATE do not.
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON log_event FOR EACH ROW EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON log_subject FOR EACH ROW EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON log_block FOR EACH ROW EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON log_event EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON log_subject EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON log_block EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON log_event_default EXECUTE FUNCTION audit.stays();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON log_subject_default EXECUTE FUNCTION audit.stays();

-- Closed to everybody until `access`, which knows relations, adds the read policy (sql/read_policy.sql).
ALTER TABLE log_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_event FORCE ROW LEVEL SECURITY;
ALTER TABLE log_subject ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_subject FORCE ROW LEVEL SECURITY;
ALTER TABLE log_event_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_event_default FORCE ROW LEVEL SECURITY;
ALTER TABLE log_subject_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_subject_default FORCE ROW LEVEL SECURITY;
ALTER TABLE log_horizon ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_horizon FORCE ROW LEVEL SECURITY;
