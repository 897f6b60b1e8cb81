import cron from "node-cron";
import { bePeer, createRecorder, scheduleOf } from "./peer";

await bePeer((specification) => {
  const record = createRecorder(specification.connection);
  const tolerance = specification.toleranceMs === null ? {} : { missedExecutionTolerance: specification.toleranceMs };
  for (let id = 0; id < specification.schedules; id++) {
    const { expression, zone } = scheduleOf(specification, id);
    cron.schedule(expression, ({ date }) => record(id, date.getTime()), { timezone: zone, name: `s${id}`, suppressMissedWarning: true, ...tolerance });
  }
});
