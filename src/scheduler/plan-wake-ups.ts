/** Nearer than this an instant is waited for with a timer: node-cron's whole seconds are too coarse. */
const NEAR_MS = 1_500;
/** A smaller difference between the two clocks is the network's. */
const SKEW_IGNORED_MS = 20;

export interface WakeUpPlan {
  /** Look again after this long; null when nothing comes that soon. Zero or less: something is due already. */
  nearMs: number | null;
  /** Whole seconds of this process's clock to arm a wake-up for. */
  far: Date[];
}

/**
 * How the next instants are waited for. A wake-up that falls between two whole seconds comes early, not late: it finds nothing and a
 * timer waits for the rest.
 * @param instants In order, by the database's clock.
 * @param now The database's time.
 * @param skewMs This process's clock minus the database's.
 */
export function planWakeUps(instants: readonly Date[], now: Date, skewMs: number): WakeUpPlan {
  const [next] = instants;
  const untilNextMs = next ? next.getTime() - now.getTime() : Number.POSITIVE_INFINITY;
  const shiftMs = Math.abs(skewMs) > SKEW_IGNORED_MS ? skewMs : 0;
  const far = instants.filter((at) => at.getTime() - now.getTime() >= NEAR_MS).map((at) => Math.floor((at.getTime() + shiftMs) / 1000) * 1000);
  return { nearMs: untilNextMs < NEAR_MS ? untilNextMs : null, far: [...new Set(far)].map((at) => new Date(at)) };
}
