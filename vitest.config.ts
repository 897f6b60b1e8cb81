import { defineConfig } from "vitest/config";

const shared = { resolve: { tsconfigPaths: true } };
const limits = { setupFiles: ["src/testing/console-guard.ts", "src/testing/process-guard.ts"], testTimeout: 60_000, hookTimeout: 120_000 };
const globalSetup = ["src/testing/global-setup.ts"];

/** They measure how long something takes: with another test beside them they would measure that one, too. */
const MEASURING = [
  "src/domain/occurrences-speed.test.ts",
  "src/metrics/metrics.test.ts",
  "src/worker/{host-gate,hostile-neighbours,three-hundred-feeds}.test.ts",
  "src/collectors/attacks/{hostile-documents,hostile-responses,silent-name-servers}.test.ts",
  "src/testing/bench.test.ts",
  "src/testing/faults/{memory,descriptors,polite-processes}.test.ts",
];

/** They start, end and watch processes, this one among them: each has one of its own. */
const PROCESSES = ["src/testing/**/*.test.ts", "src/*.test.ts"];

/** Much of what is tested is waiting, so two tests at a time pay on two cores, too. */
const AT_A_TIME = 2;

/**
 * Unit tests need nothing but Node; integration tests share one PostgreSQL cluster and clone a migrated database per file. Files share the
 * process of their worker, as requests share a server's: loading the program anew for each of 300 took two minutes of two cores.
 */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          ...limits,
          name: "unit",
          include: ["src/{domain,config,log,collectors,files,notifications,ui}/**/*.test.{ts,tsx}"],
          exclude: MEASURING,
          maxWorkers: AT_A_TIME,
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          ...limits,
          name: "integration",
          include: ["src/{db,scheduler,worker,metrics,auth,api}/**/*.test.ts"],
          exclude: MEASURING,
          globalSetup,
          maxWorkers: AT_A_TIME,
          isolate: false,
        },
      },
      { ...shared, test: { ...limits, name: "processes", include: PROCESSES, exclude: MEASURING, globalSetup, maxWorkers: AT_A_TIME } },
      {
        ...shared,
        test: { ...limits, name: "measuring", include: MEASURING, globalSetup, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
