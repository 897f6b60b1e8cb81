import { readableStack } from "./readable-stack";

/** Why Milkrun cannot start. The message is written for the person: what is wrong and what to do; it is printed without a stack. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartError";
  }
}

/** What to print when the start failed: the sentence, or everything there is when it is a fault of ours. */
export function describeStartError(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return `Milkrun could not start: ${error instanceof Error ? readableStack(error.stack ?? String(error)) : String(error)}`;
}
