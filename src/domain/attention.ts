import { z } from "zod";

/** What the navigation shows on every page. */
export const attentionSchema = z.object({
  organizationId: z.uuid(),
  /** Sources whose last collection failed, or that are in quarantine. */
  failingSources: z.int(),
  /** Channels of notifications that messages do not get through, or that Milkrun turned off for that. */
  failingChannels: z.int(),
  /** The run that is queued or going. */
  activeRun: z.object({ id: z.uuid(), number: z.int() }).nullable(),
});
export type Attention = z.infer<typeof attentionSchema>;
