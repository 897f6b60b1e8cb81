import { Cron } from "croner";
import { bePeer, createRecorder, scheduleOf } from "./peer";

const SECOND_MS = 1000;
/** A job that nobody holds may be collected. */
const held: Cron[] = [];

await bePeer((specification) => {
  const record = createRecorder(specification.connection);
  // It does not say which slot it fires for.
  const slotAt = () => specification.dueAt ?? Math.floor(Date.now() / SECOND_MS) * SECOND_MS;
  for (let id = 0; id < specification.schedules; id++) {
    const { expression, zone } = scheduleOf(specification, id);
    held.push(new Cron(expression, { timezone: zone }, () => record(id, slotAt())));
  }
});
