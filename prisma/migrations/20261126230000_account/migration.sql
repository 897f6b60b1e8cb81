-- Whoever ends a session, by whatever way: the streams that it opened end too.
CREATE FUNCTION "app"."tell_session_end"() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    PERFORM pg_notify('milkrun_session', OLD.id::text);
    RETURN NULL;
  END $$;

CREATE TRIGGER "session_end" AFTER DELETE ON "session" FOR EACH ROW EXECUTE FUNCTION "app"."tell_session_end"();
