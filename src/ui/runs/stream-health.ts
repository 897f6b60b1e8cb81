/** How the live stream of a page is doing. */
export interface StreamHealth {
  connected: boolean;
  /** Connects that failed in a row; a line that drops after it stood is no failed connect. */
  failedConnects: number;
}

export const NEW_STREAM: StreamHealth = { connected: false, failedConnects: 0 };

/** From this many failed connects on, the page asks by itself instead: some proxies let no stream through. */
const MAX_FAILED_CONNECTS = 2;

export function streamOpened(): StreamHealth {
  return { connected: true, failedConnects: 0 };
}

export function streamLost(health: StreamHealth): StreamHealth {
  return { connected: false, failedConnects: health.connected ? 0 : health.failedConnects + 1 };
}

/** The server said no, at once or after it had let the stream begin: it will say so again. */
export function streamRefused(): StreamHealth {
  return { connected: false, failedConnects: MAX_FAILED_CONNECTS };
}

export function streamWorks(health: StreamHealth): boolean {
  return health.failedConnects < MAX_FAILED_CONNECTS;
}

/** How a page keeps up with the run it shows; `off` when there is nothing to keep up with. */
export type LiveMode = "live" | "connecting" | "reconnecting" | "polling" | "off";

/** `answering` = the last question the page asked by itself was answered. */
export function liveModeOf(wanted: boolean, health: StreamHealth, hasBeenLive: boolean, answering: boolean): LiveMode {
  if (!wanted) return "off";
  if (health.connected) return "live";
  if (!streamWorks(health)) return answering ? "polling" : "reconnecting";
  return hasBeenLive ? "reconnecting" : "connecting";
}
