import { afterAll, expect, vi } from "vitest";

/** What the modules and the machine look at, and what a test could leave changed. Globals are not among it: Node and libraries make some as they go. */
const lookAtProcess = () => ({
  environment: { ...process.env },
  folder: process.cwd(),
  exitCode: process.exitCode,
  fakeTimers: vi.isFakeTimers(),
});

const before = lookAtProcess();

/** Most test files share a process, one after another: what one leaves changed would be a condition of the next, so it fails. */
afterAll(() => {
  expect(lookAtProcess(), "what the test file leaves of the process").toEqual(before);
});
