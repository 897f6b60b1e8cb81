import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

export interface HealthOptions {
  /** Whether work can be taken on now: the process is not stopping, has what it needs, and the database answers. */
  isReady(): Promise<boolean>;
  /** Answers /metrics; without it the path is nobody's. It decides itself who may read them. */
  metrics?: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Answers what those who watch the process ask: `/livez` (200 while it runs), `/readyz` (200 or 503) and, where there are any,
 * `/metrics`. The answers never say why: that is in the log.
 * @returns true when the request was answered; otherwise it is untouched.
 */
export function createHealthAnswers(options: HealthOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const answers: Record<string, ((request: IncomingMessage, response: ServerResponse) => void) | undefined> = {
    "/livez": (_request, response) => answerHealth(response, true),
    "/readyz": (_request, response) =>
      void options
        .isReady()
        .catch(() => false)
        .then((ready) => answerHealth(response, ready)),
    "/metrics": options.metrics,
  };
  return (request, response) => {
    const answer = answers[request.url?.split("?", 1)[0] ?? ""];
    answer?.(request, response);
    return answer !== undefined;
  };
}

/** All that a process without pages serves: the health answers, and 404 for everything else. */
export function createHealthListener(options: HealthOptions): RequestListener {
  const answered = createHealthAnswers(options);
  return (request, response) => {
    if (answered(request, response)) return;
    answerText(response, 404, "This process serves no pages.\n");
    request.resume();
  };
}

function answerHealth(response: ServerResponse, healthy: boolean): void {
  answerText(response, healthy ? 200 : 503, healthy ? "ok\n" : "unavailable\n");
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}
