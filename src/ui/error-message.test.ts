import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { appErrorOf, errorMessage, fieldErrorsOf, formErrorsOf, isRefusal } from "./error-message";

/** An error as the API answers with it. */
function answered(message: string, data: object) {
  return new TRPCClientError(message, { result: { error: { message, code: -32_600, data } } });
}

const lost = new TRPCClientError("Failed to fetch");

describe("a refusal of fields", () => {
  const error = answered("Minute must be 0 to 59. You have 60.", {
    httpStatus: 400,
    appError: null,
    fieldErrors: [
      { path: "cronExpression", message: "Minute must be 0 to 59. You have 60.", cronField: "minute" },
      { path: "cronExpression", message: "A second message." },
      { path: "timeZone", message: "Pick a time zone from the list." },
    ],
  });

  it("keeps the first message of each field, however often it is read", () => {
    const expected = { cronExpression: "Minute must be 0 to 59. You have 60.", timeZone: "Pick a time zone from the list." };
    expect(formErrorsOf(error)).toEqual(expected);
    expect(formErrorsOf(error)).toEqual(expected);
  });

  it("is final", () => {
    expect(isRefusal(error)).toBe(true);
  });
});

describe("a refusal of the state of the world", () => {
  it("names the field that it is about", () => {
    const error = answered("Pick the preset to collect.", {
      httpStatus: 400,
      appError: { code: "validation", details: { field: "presetId" } },
      fieldErrors: [],
    });
    expect(fieldErrorsOf(error)).toEqual([{ path: "presetId", message: "Pick the preset to collect." }]);
  });

  it("carries the facts to act on", () => {
    const error = answered("Run 7 is going.", { httpStatus: 409, appError: { code: "run_in_progress", details: { runId: "r" } }, fieldErrors: [] });
    expect(appErrorOf(error)).toEqual({ code: "run_in_progress", details: { runId: "r" } });
    expect(errorMessage(error)).toBe("Run 7 is going.");
    expect(formErrorsOf(error)).toEqual({});
  });
});

describe("what is worth another try", () => {
  it("is a lost connection and a failing server", () => {
    expect(isRefusal(lost)).toBe(false);
    expect(isRefusal(answered("Something went wrong.", { httpStatus: 500 }))).toBe(false);
    expect(isRefusal(new Error("a fault of the page"))).toBe(false);
  });

  it("has a message of our own when the server said nothing", () => {
    expect(errorMessage(lost)).toBe("The server did not answer.");
    expect(appErrorOf(lost)).toBeNull();
    expect(fieldErrorsOf(lost)).toEqual([]);
  });
});
