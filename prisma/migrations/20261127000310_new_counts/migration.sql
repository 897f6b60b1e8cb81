-- ---------------------------------------------------------------- what is there already
-- Apart from the new column, which locks the table against all who read it until its transaction ends.
-- Row-level security is forced, for the owner too.
SELECT set_config('app.scope', 'system', true);

UPDATE "run" r SET new_count = totals.new_count
  FROM (SELECT org_id, run_id, sum(new_count) AS new_count FROM "run_source" GROUP BY org_id, run_id) AS totals
  WHERE r.org_id = totals.org_id AND r.id = totals.run_id AND r.finished_at IS NOT NULL AND totals.new_count > 0;
