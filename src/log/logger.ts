import pino, { type DestinationStream, type Logger } from "pino";
import type { Env } from "@/config/env";
import { redact, redactEntries, redactText } from "./redact";

export type { Logger } from "pino";

interface LoggerOptions {
  level: Env["LOG_LEVEL"];
  /** Where the lines go; standard output when left out. */
  destination?: DestinationStream;
}

/** A logger of JSON lines from which secrets are removed: by key, in addresses and in error texts. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactEntries, bindings: redactEntries },
      // The default serializers would run after ours and expect real errors.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as unknown[];
          // A bare error would be wrapped before `formatters.log` sees it.
          const safe = first instanceof Error ? [{ err: redact(first) }, ...(rest.length > 0 ? rest : [first.message])] : [first, ...rest];
          method.apply(this, safe.map((part) => (typeof part === "string" ? redactText(part) : part)) as Parameters<typeof method>);
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  // Children are made without the formatter for their bindings.
  const child = logger.child;
  logger.child = function (this: Logger, bindings: object, ...options: unknown[]) {
    return Reflect.apply(child, this, [redactEntries(bindings), ...options]);
  } as typeof child;
  return logger;
}

/** Readable, coloured lines for `npm run dev`. In this process: a worker thread would lose the last lines of a crash. */
export async function prettyDestination(): Promise<DestinationStream> {
  const { default: pretty } = await import("pino-pretty");
  return pretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss.l" });
}
