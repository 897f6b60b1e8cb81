import { TRPCClientError } from "@trpc/client";
import type { ErrorCode, ErrorDetails } from "@/domain/errors";

/** The server's account of a refusal: which one, and the facts to act on. */
export interface AppErrorData {
  code: ErrorCode;
  details: ErrorDetails;
}

/** One input field that the server refused. */
export interface FieldError {
  /** For instance `cronExpression` or `definition.url`. */
  path: string;
  message: string;
  /** For cron errors: which of the five fields failed. */
  cronField?: string;
}

interface ErrorData {
  appError?: AppErrorData | null;
  fieldErrors?: FieldError[];
  httpStatus?: number;
}

function dataOf(error: unknown): ErrorData | undefined {
  return error instanceof TRPCClientError ? (error.data as ErrorData | undefined) : undefined;
}

/** The refusal that the server named, or null when it named none (a lost connection, a fault). */
export function appErrorOf(error: unknown): AppErrorData | null {
  return dataOf(error)?.appError ?? null;
}

/** The input fields that the server refused; empty when the error is not about input. */
export function fieldErrorsOf(error: unknown): FieldError[] {
  const data = dataOf(error);
  const fields = data?.fieldErrors ?? [];
  const { field, cronField } = data?.appError?.details ?? {};
  if (fields.length > 0 || field === undefined) return fields;
  return [{ path: field, message: errorMessage(error), ...(cronField === undefined ? {} : { cronField }) }];
}

/** Field path → message, as @mantine/form's `setErrors` takes it; the first message of a field wins. */
export function formErrorsOf(error: unknown): Record<string, string> {
  return Object.fromEntries(
    fieldErrorsOf(error)
      .toReversed()
      .map(({ path, message }) => [path, message]),
  );
}

/** True when the server answered and said no; trying again would give the same answer. */
export function isRefusal(error: unknown): boolean {
  const status = dataOf(error)?.httpStatus;
  return status !== undefined && status < 500;
}

/** What to tell the person. The server's messages are written for them; a lost connection has no message of its own. */
export function errorMessage(error: unknown): string {
  if (error instanceof TRPCClientError && error.data) return error.message;
  return "The server did not answer.";
}
