import type { Metadata } from "next";
import { listApiOperations } from "@/api/api-operations";
import { sharedApiEnvironment } from "@/api/environment";
import { ApiReference } from "@/ui/api-reference/api-reference";

export const metadata: Metadata = { title: "API" };

/** What programs may call, written by the server from the procedures themselves. */
export default function ApiPage() {
  const { baseUrl } = sharedApiEnvironment().settings;
  const operations = listApiOperations(baseUrl).map(({ path, type, scopes, curl }) => ({ path, type, scopes, curl }));
  return <ApiReference baseUrl={baseUrl} operations={operations} />;
}
