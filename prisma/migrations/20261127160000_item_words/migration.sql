-- Of two transactions that do not see each other, one could write the words of an item that the other deletes: they would stay. Now whoever
-- deletes waits for the writer's batch, and it leaves off while somebody deletes (the same lock, which "write_words" takes for itself alone).
CREATE OR REPLACE FUNCTION "app"."forget_items"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('milkrun.item_words'));
  DELETE FROM app.item_words w USING removed WHERE w.item_id = removed.id;
  RETURN NULL;
END
$$;

-- What stayed so far. Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);
DELETE FROM "app"."item_words" w WHERE NOT EXISTS (SELECT FROM "item" i WHERE i.id = w.item_id);

-- How many items are yet to be indexed; null in a transaction that does not see every organization.
CREATE FUNCTION "app"."unindexed_count"() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT coalesce(sum(cardinality(item_ids)), 0)::integer FROM app.unindexed_items HAVING app.is_system() $$;
