import { expect, test } from "vitest";
import { findReason } from "./embedded-cluster";

test.each([
  [
    `2026-11-27 19:01:53.574 UTC [5895] FATAL:  could not extend file "base/1/2691": No space left on device
2026-11-27 19:01:53.574 UTC [5895] HINT:  Check free disk space.
2026-11-27 19:01:53.574 UTC [5895] PANIC:  cannot abort transaction 1, it was already committed
Aborted
child process exited with exit code 134
initdb: removing data directory "/data/pg18"`,
    'could not extend file "base/1/2691": No space left on device',
  ],
  [`initdb: error: could not change permissions of directory "/data/pg18": Operation not permitted\n`, /^could not change permissions/],
  ["spawn /app/initdb ENOENT", "spawn /app/initdb ENOENT"],
])("of what initdb says, the reason is told and not what came last", (said, reason) => {
  expect(findReason(said)).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
});
