import path from "node:path";
import { failureOf, writeReport } from "./write-report.mjs";

/** Reports to `npm test`. A file that fails as a whole, and an error outside of all tests, are failures beside those of tests. */
export default class {
  onTestRunEnd(files, outsideErrors) {
    const tests = files.flatMap((file) => [...file.children.allTests()]);
    const of = (state) => tests.filter((test) => test.result().state === state);
    const failures = [
      ...of("failed").map((test) => failureOf(`${nameOf(test.module)} › ${test.fullName}`, reasonOf(test.result().errors[0]))),
      ...files.flatMap((file) => outsideTests(file).map((error) => failureOf(nameOf(file), reasonOf(error)))),
      ...outsideErrors.map((error) => failureOf("Outside of all tests", reasonOf(error))),
    ];
    writeReport({ passed: of("passed").length, failed: failures.length, skipped: of("skipped").length, failures });
  }
}

const outsideTests = (file) => [file, ...file.children.allSuites()].flatMap((part) => part.errors());

const nameOf = (file) => path.relative(process.cwd(), file.moduleId);

const reasonOf = (error) => error && [error.message, error.stack?.split("\n").find((line) => line.includes("/src/"))].filter(Boolean).join("\n");
