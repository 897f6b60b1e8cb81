import type { Instrumentation } from "next";
import { sharedApiEnvironment } from "@/api/environment";

/** Next calls it when a page cannot be rendered. The page then shows the error's digest, under which the log has it. */
export const onRequestError: Instrumentation.onRequestError = (error, { path }) => {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  // Without the query: an invitation's link has its token there.
  sharedApiEnvironment().log.error({ err: error, errorId: digest, path: path.split("?", 1)[0] }, "a page could not be rendered");
};
