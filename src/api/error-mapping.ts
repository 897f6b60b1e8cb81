import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { isRefusedText, sqlState } from "@/db/sql-state";
import { errorIdOf } from "@/domain/error-id";
import { AppError, type ErrorCode, isAppError } from "@/domain/errors";
import type { ApiEnvironment } from "./environment";

const TRPC_CODES = {
  validation: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  version_conflict: "CONFLICT",
  run_in_progress: "CONFLICT",
  in_use: "CONFLICT",
  // tRPC has no word for 410; the route handler sets that status.
  gone: "PRECONDITION_FAILED",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

const FAULT = "Something went wrong on the server. Your change was not saved.";

/** From a program, as no keyboard has that character. */
const REFUSED_TEXT = "The text holds a character that cannot be stored, such as the character zero. Nothing was changed. Take it out and try again.";

/** Prisma's codes for a database that cannot be reached, hung up, or has no connection free. */
const DATABASE_AWAY = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "ECONNREFUSED", "ECONNRESET", "ENOENT", "57P01", "57P03"]);

/**
 * The error to answer with. Refusals keep their message; anything unexpected becomes a general sentence with an id,
 * under which the details are logged.
 */
export function toTrpcError(error: unknown, log: ApiEnvironment["log"]): TRPCError {
  // It went through here before.
  if (isTrpcError(error) && "digest" in error) return error;
  const cause = isTrpcError(error) ? error.cause : error;
  if (isAppError(cause)) return new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  if (isTrpcError(error) && error.code !== "INTERNAL_SERVER_ERROR") return error;
  if (isRefusedText(cause)) return toTrpcError(new AppError("validation", REFUSED_TEXT), log);
  const databaseAway = isDatabaseAway(cause);
  const errorId = errorIdOf(randomUUID().slice(0, 8), databaseAway);
  if (databaseAway) {
    log.warn({ err: cause ?? error, errorId }, "a request failed because the database does not answer");
    const unavailable = new AppError("unavailable", "The database does not answer at the moment. Your change was not saved. Try again in a minute.");
    return withDigest(new TRPCError({ code: TRPC_CODES.unavailable, message: unavailable.message, cause: unavailable }), errorId);
  }
  log.error({ err: cause ?? error, errorId }, "a request failed");
  const message = `${FAULT} Try again; if it happens again, tell the operator error ${errorId}.`;
  return withDigest(new TRPCError({ code: "INTERNAL_SERVER_ERROR", message }), errorId);
}

/** A page that the error stops shows its digest and nothing else of it; Next takes one that is there. */
function withDigest(error: TRPCError, digest: string): TRPCError {
  return Object.assign(error, { digest });
}

/** What the person is told: never the text of an error that did not pass through `toTrpcError`. */
export function publicMessage(error: TRPCError): string {
  if (error.code === "INTERNAL_SERVER_ERROR" && !isReported(error)) return FAULT;
  return readFieldErrors(error)[0]?.message ?? error.message;
}

function isReported(error: TRPCError): boolean {
  return error.message.startsWith(FAULT);
}

/** By name, as two copies of tRPC may meet in one process. */
function isTrpcError(error: unknown): error is TRPCError {
  return error instanceof Error && error.name === "TRPCError" && "code" in error;
}

/** better-auth puts an error of its own around it. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const codes = ["code" in error ? String(error.code) : "", sqlState(error) ?? ""];
  return codes.some((code) => DATABASE_AWAY.has(code)) || isDatabaseAway(error.cause);
}

/** One input field that was refused. */
export interface FieldError {
  /** For instance `cronExpression` or `definition.url`; empty for the input as a whole. */
  path: string;
  message: string;
  /** For cron errors: which of the five fields failed. */
  cronField?: string;
}

interface Issue {
  path: PropertyKey[];
  message: string;
  params?: { cronField?: unknown };
}

/** The fields that the input schema refused; empty for any other error. */
export function readFieldErrors(error: TRPCError): FieldError[] {
  if (error.code !== "BAD_REQUEST" || !hasIssues(error.cause)) return [];
  return error.cause.issues.map(({ path, message, params }) => ({
    path: path.map(String).join("."),
    message,
    ...(typeof params?.cronField === "string" ? { cronField: params.cronField } : {}),
  }));
}

function hasIssues(cause: Error | undefined): cause is Error & { issues: Issue[] } {
  return cause !== undefined && "issues" in cause && Array.isArray(cause.issues);
}
