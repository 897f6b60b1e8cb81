import path from "node:path";
import { failureOf, writeReport } from "./write-report.mjs";

/** Reports to `npm test`. A test that passed only when repeated is not a passed one; an error outside of all tests is a failure, too. */
export default class {
  #outside = [];

  onBegin(_config, suite) {
    this.suite = suite;
  }

  onError(error) {
    this.#outside.push(failureOf("Outside of all tests", error.message ?? error.value));
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    const of = (...outcomes) => tests.filter((test) => outcomes.includes(test.outcome()));
    const failures = [
      ...of("unexpected", "flaky").map((test) => failureOf(nameOf(test), test.results.flatMap((result) => result.errors)[0]?.message)),
      ...this.#outside,
    ];
    writeReport({ passed: of("expected").length, failed: failures.length, skipped: of("skipped").length, failures });
  }

  printsToStdio() {
    return false;
  }
}

const nameOf = (test) => `${path.relative(process.cwd(), test.location.file)}:${test.location.line} › ${test.titlePath().slice(3).join(" › ")}`;
