import { Code } from "@mantine/core";
import type { SourceTestResult } from "@/domain/source-test";
import { Fact, FactList } from "@/ui/display/fact-list";
import { formatBytes } from "@/ui/display/format-bytes";
import { formatDuration } from "@/ui/time/duration";
import { robotsWords } from "./test-words";

interface ExchangeFactsProps {
  result: SourceTestResult;
  /** The source that was tested does not ask robots.txt. */
  ignoresRobots: boolean;
}

/** The request of a test and how the site answered, as far as it did. */
export function ExchangeFacts({ result, ignoresRobots }: ExchangeFactsProps) {
  const { exchange } = result;
  const robots = robotsWords(result.robots, ignoresRobots);
  if (!exchange) return <FewFacts status={result.httpStatus} robots={robots} />;
  const { url, headers, status, redirects, finalUrl, contentType, wireBytes, durationMs } = exchange;
  return (
    <>
      <FactList cols={1}>
        <Fact term="Request">
          <Code>GET {url}</Code>
          {headers.length > 0 && ` with ${headers.join(", ")}`}
        </Fact>
        {redirects.length > 0 && <Fact term={redirects.length === 1 ? "1 redirect, to" : `${redirects.length} redirects, at last to`}>{finalUrl}</Fact>}
      </FactList>
      <FactList>
        <Fact term="Status">{status}</Fact>
        <Fact term="Time">{formatDuration(result.ok ? result.durationMs : durationMs)}</Fact>
        <Fact term="Size">{formatBytes(result.ok ? result.wireBytes : wireBytes)}</Fact>
        <Fact term="Type">{contentType ?? "Not stated"}</Fact>
        {result.ok && <Fact term="Title">{result.title ?? "Not stated"}</Fact>}
        {robots && <Fact term="robots.txt">{robots}</Fact>}
      </FactList>
    </>
  );
}

function FewFacts({ status, robots }: { status: number | null; robots: string | null }) {
  if (status === null && robots === null) return null;
  return (
    <FactList>
      {status !== null && <Fact term="Status">{status}</Fact>}
      {robots && <Fact term="robots.txt">{robots}</Fact>}
    </FactList>
  );
}
