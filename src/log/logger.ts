import pino, { type DestinationStream, type Logger } from "pino";
import type { Env } from "@/config/env";
import { redact, redactEntries, redactText } from "./redact";

export type { Logger } from "pino";

interface LoggerOptions {
  level: Env["LOG_LEVEL"];
  /** Where the lines go; standard output when left out. */
  destination?: DestinationStream;
}

/** What cannot be written is kept up to this length and written as soon as that works again. */
const KEPT_BYTES = 1024 * 1024;

/** A logger of JSON lines from which secrets are removed: by key, in addresses and in error texts. It never throws: lines that nobody takes are lost. */
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
    destination ?? standardOutput(),
  );
  // Children are made without the formatter for their bindings.
  const child = logger.child;
  logger.child = function (this: Logger, bindings: object, ...options: unknown[]) {
    return Reflect.apply(child, this, [redactEntries(bindings), ...options]);
  } as typeof child;
  return logger;
}

function standardOutput(): DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, maxLength: KEPT_BYTES });
  // A closed terminal and a full disk would else throw out of whatever just had something to say.
  output.on("error", () => {});
  // All that pino may know of it: after a fatal line it would flush, which tries again for ever where nothing can be written.
  return { write: (line) => void output.write(line) };
}

/** Readable, coloured lines for `npm run dev`. In this process: a worker thread would lose the last lines of a crash. */
export async function prettyDestination(): Promise<DestinationStream> {
  const { default: pretty } = await import("pino-pretty");
  return pretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss.l" });
}
