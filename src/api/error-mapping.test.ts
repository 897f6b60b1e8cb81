import { TRPCError } from "@trpc/server";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { saysDatabaseAway } from "@/domain/error-id";
import { AppError, ERROR_CODES } from "@/domain/errors";
import { publicMessage, readFieldErrors, toTrpcError } from "./error-mapping";

const newLog = () => ({ warn: vi.fn(), error: vi.fn() });

/** As tRPC does with what a procedure throws. */
const wrapped = (cause: Error) => new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: cause.message, cause });

test.each(ERROR_CODES)("the refusal %s keeps its message and is not logged", (code) => {
  const log = newLog();
  const refusal = new AppError(code, "What happened and what to do.", { field: "name" });
  for (const error of [refusal, wrapped(refusal)]) {
    const mapped = toTrpcError(error, log);
    expect(mapped).toMatchObject({ message: refusal.message, cause: refusal });
    expect(mapped.code).not.toBe("INTERNAL_SERVER_ERROR");
  }
  expect(log.warn.mock.calls.concat(log.error.mock.calls)).toEqual([]);
});

test("a refusal from another copy of the program's modules is recognised too", () => {
  const foreign = Object.assign(new Error("Gone."), { name: "AppError", code: "gone", details: {} });
  expect(toTrpcError(wrapped(foreign), newLog())).toMatchObject({ code: "PRECONDITION_FAILED", message: "Gone." });
});

test("an unexpected error shows nothing but an id, under which the details are logged once", () => {
  const log = newLog();
  const cause = new Error("select secret from account");
  const mapped = toTrpcError(wrapped(cause), log);
  const [, errorId = ""] = /tell the operator error ([0-9a-f]{8})\.$/.exec(mapped.message) ?? [];
  expect(JSON.stringify(mapped)).not.toContain("secret");
  expect(log.error.mock.calls).toEqual([[{ err: cause, errorId }, "a request failed"]]);
  expect(toTrpcError(mapped, log)).toBe(mapped);
  expect(log.error).toHaveBeenCalledTimes(1);
  expect(publicMessage(mapped)).toBe(mapped.message);
});

test("what tRPC itself finds wrong with a request passes as it is", () => {
  const error = new TRPCError({ code: "NOT_FOUND", message: 'No procedure found on path "x"' });
  expect(toTrpcError(error, newLog())).toBe(error);
});

test("an error that went past the mapping shows none of its text", () => {
  expect(publicMessage(wrapped(new Error("select secret")))).toBe("Something went wrong on the server. Your change was not saved.");
});

test.each(["ECONNREFUSED", "P1001", "57P01"])("a database that is away (%s) is said to be away, and is no fault of the program", (code) => {
  const log = newLog();
  const mapped = toTrpcError(wrapped(Object.assign(new Error("connect"), { code })), log);
  expect(mapped).toMatchObject({ code: "SERVICE_UNAVAILABLE", cause: { code: "unavailable" } });
  expect(log.error).not.toHaveBeenCalled();
  expect(log.warn).toHaveBeenCalledTimes(1);
  expect(toTrpcError(mapped, log)).toBe(mapped);
  expect(log.warn).toHaveBeenCalledTimes(1);
});

test("a database that is just starting up is away, too, however Prisma wraps it", () => {
  const wrappedState = Object.assign(new Error("starting up"), { code: "P2039", meta: { driverAdapterError: { cause: { originalCode: "57P03" } } } });
  expect(toTrpcError(wrapped(wrappedState), newLog()).code).toBe("SERVICE_UNAVAILABLE");
});

test.each(["22021", "22P05"])("a text that the database has no characters for (%s) is refused, and is no fault of the program", (originalCode) => {
  const log = newLog();
  const cause = Object.assign(new Error("invalid byte sequence"), { code: "P2010", meta: { driverAdapterError: { cause: { originalCode } } } });
  expect(toTrpcError(wrapped(cause), log)).toMatchObject({ code: "BAD_REQUEST", message: expect.stringContaining("the character zero") });
  expect(log.error).not.toHaveBeenCalled();
});

test("a database that is away while a session is looked up is said to be away, too", () => {
  const away = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  expect(toTrpcError(wrapped(new Error("Failed to get session", { cause: away })), newLog()).code).toBe("SERVICE_UNAVAILABLE");
  expect(toTrpcError(wrapped(new Error("Failed to get session", { cause: new Error("other") })), newLog()).code).toBe("INTERNAL_SERVER_ERROR");
});

test("a page that the error stops finds the log's id for it in its digest, which also says when the database is away", () => {
  const ids = [new Error("fault"), Object.assign(new Error("connect"), { code: "ECONNREFUSED" })].map((cause) => {
    const log = newLog();
    const mapped = toTrpcError(wrapped(cause), log);
    const digest = "digest" in mapped ? String(mapped.digest) : "";
    expect([...log.error.mock.calls, ...log.warn.mock.calls]).toMatchObject([[{ errorId: digest }, expect.any(String)]]);
    return digest;
  });
  expect(ids.map(saysDatabaseAway)).toEqual([false, true]);
});

test("refused input names each field, and the first of its sentences is the message", () => {
  const schema = z.object({ definition: z.object({ url: z.string().min(1, "Enter the address.") }), pages: z.array(z.int("Whole pages only.")) });
  const { error: cause } = schema.safeParse({ definition: { url: "" }, pages: [1, 1.5] });
  const error = new TRPCError({ code: "BAD_REQUEST", ...(cause && { cause }) });
  expect(readFieldErrors(error)).toEqual([
    { path: "definition.url", message: "Enter the address." },
    { path: "pages.1", message: "Whole pages only." },
  ]);
  expect(publicMessage(error)).toBe("Enter the address.");
});
