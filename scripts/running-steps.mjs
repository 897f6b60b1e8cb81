// What ends the steps of `npm start` before their end. Only Node's own modules: node_modules may not exist yet.
import os from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const running = new Set();

/** Has a command of a step end with this process. */
export function endTogether(child) {
  running.add(child);
  child.on("close", () => running.delete(child));
}

/**
 * Until the function that is returned is called, ends this process with its commands when it is told to, or when npm, which started it, is
 * gone: a signal to npm never reaches us, and installing or serving on beside the next `npm start` would break both.
 */
export function endWhenTold() {
  const handlers = SIGNALS.map((signal) => [signal, () => end(128 + os.constants.signals[signal])]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const look = onceNpmIsGone(() => end(1));
  return () => {
    look.now();
    look.end();
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Calls `then` when npm, which started this process, has gone without it. Looks often until told to `end`; `now` looks at once. */
export function onceNpmIsGone(then) {
  const parent = process.ppid;
  const now = () => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) then();
  };
  const watch = setInterval(now, 500);
  return { now, end: () => clearInterval(watch) };
}

function end(exitCode) {
  for (const child of running) child.kill("SIGTERM");
  process.exit(exitCode);
}
