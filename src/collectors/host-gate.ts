import { CollectError } from "./collect-error";

/** Runs what waits without taking up the room of those who could work meanwhile. */
export type StepOut = <T>(wait: () => Promise<T>) => Promise<T>;

/** For visitors who take up no room. */
export const stayIn: StepOut = (wait) => wait();

/** Who wants to ask a host for something. */
export interface Visitor {
  /** Groups that wait take turns, however many each has waiting. */
  group: string;
  /** Ends the wait. */
  signal: AbortSignal;
  stepOut: StepOut;
  /** Waits behind no other visitor of this process: one that is let in may have to wait for this one. Turns at the host it takes like any other. */
  passesOthers?: boolean;
  /** How long a request of theirs may take, in milliseconds; the fetcher's own limit unless told. */
  requestMs?: number;
}

/** The right to make one request to a host. */
export interface HostPass {
  readonly host: string;
  /** False once so much time has passed that a request begun now could outlast the turn. */
  isFresh(): boolean;
  /** Ends the turn after a request. `pauseMs`: before the next one, where that is longer than usual. `closedForMs`: the site asked to be left alone. */
  leave(after: { pauseMs?: number; closedForMs?: number }): Promise<void>;
  /** Ends the turn without a request. */
  giveBack(): Promise<void>;
}

/** Lets requests to a host through one at a time and with a pause between them, whoever makes them. */
export interface HostGate {
  /**
   * Waits for the turn; null when the visitor's signal fires first.
   * @throws CollectError `asked_to_wait` when the site wants to be left alone for longer than is worth waiting for.
   */
  enter(host: string, visitor: Visitor): Promise<HostPass | null>;
}

/**
 * What counts as one host: name and port. The port tells servers apart that stand behind one name and may be different people's; the scheme
 * need not be in it, as it follows from the port.
 */
export function hostOf({ protocol, hostname, port }: URL): string {
  return `${hostname.replace(/\.+$/, "")}:${port || (protocol === "https:" ? "443" : "80")}`;
}

/** The error for a site that asked, whoever asked it, to be left alone for so much longer. */
export function askedToWaitError(retryAfterMs: number): CollectError {
  const wait = `The site asked to be left alone for another ${Math.ceil(retryAfterMs / 1000)} s, so it was not asked.`;
  return new CollectError("asked_to_wait", `${wait} The next run tries again.`, { retryable: true, retryAfterMs });
}
