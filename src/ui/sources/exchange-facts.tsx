import { Code } from "@mantine/core";
import type { SourceTestResult } from "@/domain/source-test";
import { Fact, FactList } from "@/ui/display/fact-list";
import { formatBytes } from "@/ui/display/format-bytes";
import { formatDuration } from "@/ui/time/duration";

/** The request of a test and how the site answered, as far as it did. */
export function ExchangeFacts({ result }: { result: SourceTestResult }) {
  const { exchange } = result;
  if (!exchange) return result.httpStatus !== null && <FactList>{<Fact term="Status">{result.httpStatus}</Fact>}</FactList>;
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
      </FactList>
    </>
  );
}
