import { readableStack } from "./readable-stack";

/** Why Milkrun cannot start. The message is written for the person: what is wrong and what to do; it is printed without a stack. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartError";
  }
}

const NO_RIGHT = "this user may not: give it the right to read and write there";

/** What the system says of a file that nothing in the program can mend. */
const FILE_REASONS: Record<string, string> = {
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  EROFS: "the file system is read-only: make it writable",
  ENOSPC: "the disk is full: make room",
  EDQUOT: "this user may use no more of the disk: make room",
  ENOTDIR: "a part of this path is a file and no folder: correct it",
  EEXIST: "a file is there where a folder is to be: remove it",
};

/** What to print when the start failed: the sentence, or everything there is when it is a fault of ours. */
export function describeStartError(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return describeFileError(error) ?? `Milkrun could not start: ${error instanceof Error ? readableStack(error.stack ?? String(error)) : String(error)}`;
}

function describeFileError(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code = "", path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const reason = FILE_REASONS[code];
  return reason && path ? `Milkrun cannot use ${dest ?? path}: ${reason}, or set MILKRUN_DATA_DIR to another folder.` : null;
}
