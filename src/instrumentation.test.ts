import { expect, test, vi } from "vitest";
import { type ApiEnvironment, shareApiEnvironment } from "@/api/environment";
import { onRequestError } from "./instrumentation";

const CONTEXT = {
  routerKind: "App Router",
  routePath: "/invitation",
  routeType: "render",
  renderSource: "server-rendering",
  revalidateReason: undefined,
} as const;

test("a page that cannot be rendered stands in the log under the id that it shows, and no token of its address does", async () => {
  const log = { warn: vi.fn(), error: vi.fn() };
  shareApiEnvironment({ log, settings: {} as ApiEnvironment["settings"], mailer: null });
  const error = Object.assign(new Error("fault"), { digest: "1a2b3c4d" });
  await onRequestError(error, { path: "/invitation?token=secret", method: "GET", headers: {} }, CONTEXT);
  expect(log.error.mock.calls).toEqual([[{ err: error, errorId: "1a2b3c4d", path: "/invitation" }, "a page could not be rendered"]]);
});
