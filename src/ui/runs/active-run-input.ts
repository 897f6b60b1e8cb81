import { ACTIVE_RUN_STATUSES } from "@/domain/run-status";

/** What the API is asked for to learn which run is going: pages' prefetches and what shows it take it from here. Apart from the list's, which bring schemas. */
export const ACTIVE_RUN_INPUT = { limit: 1, status: [...ACTIVE_RUN_STATUSES] };
