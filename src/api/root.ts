import type { inferRouterOutputs } from "@trpc/server";
import { createCallerFactory, router } from "./init";
import { accountRouter } from "./routers/account";
import { apiKeyRouter } from "./routers/api-key";
import { auditRouter } from "./routers/audit";
import { exportRouter } from "./routers/export";
import { invitationRouter } from "./routers/invitation";
import { itemRouter } from "./routers/item";
import { linkRouter } from "./routers/link";
import { memberRouter } from "./routers/member";
import { notificationRouter } from "./routers/notification";
import { organizationRouter } from "./routers/organization";
import { presetRouter } from "./routers/preset";
import { runRouter } from "./routers/run";
import { scheduleRouter } from "./routers/schedule";
import { setupRouter } from "./routers/setup";
import { sourceRouter } from "./routers/source";
import { systemRouter } from "./routers/system";
import { viewRouter } from "./routers/view";

/** Everything that a page can call. */
export const appRouter = router({
  setup: setupRouter,
  account: accountRouter,
  member: memberRouter,
  invitation: invitationRouter,
  organization: organizationRouter,
  schedule: scheduleRouter,
  run: runRouter,
  preset: presetRouter,
  source: sourceRouter,
  item: itemRouter,
  export: exportRouter,
  link: linkRouter,
  view: viewRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  notification: notificationRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** Calls procedures in this process, without HTTP. */
export const createCaller = createCallerFactory(appRouter);
