import { z } from "zod";
import { CLOCK_STYLES, FIRST_WEEKDAYS, type Preferences } from "./preferences";

/** Apart from `Preferences`, which every page needs, so that not every page loads zod. */
export const preferencesSchema = z.object({
  clockStyle: z.enum(CLOCK_STYLES),
  firstWeekday: z.literal(FIRST_WEEKDAYS),
  singleKeys: z.boolean(),
}) satisfies z.ZodType<Preferences>;
