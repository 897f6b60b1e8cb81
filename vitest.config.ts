import { defineConfig } from "vitest/config";

const shared = { resolve: { tsconfigPaths: true } };
const setupFiles = ["src/testing/console-guard.ts"];

/** Unit tests need nothing but Node; integration tests share one PostgreSQL cluster and clone a migrated database per file. */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["src/{domain,config,log,collectors,notifications,ui}/**/*.test.{ts,tsx}"],
          setupFiles,
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["src/{db,scheduler,worker,metrics,auth,api,testing}/**/*.test.ts", "src/*.test.ts"],
          globalSetup: ["src/testing/global-setup.ts"],
          setupFiles,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
