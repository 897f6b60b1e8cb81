import type { GuardPolicy } from "@/collectors/guard-address";
import { startLocalSite } from "./local-site";

/** What a receiver was sent. */
export interface Received {
  headers: Record<string, string>;
  body: string;
}

interface Answer {
  status: number;
  body?: string;
}

/** A receiver of webhooks on this machine. */
export interface Receiver {
  url: string;
  policy: GuardPolicy;
  /** The oldest first. */
  received: Received[];
  /** How it answers from now on; with 204 unless told. */
  answers(answer: Answer): void;
  /** As if nothing had come yet. */
  forget(): void;
  close(): Promise<void>;
}

/** Takes whatever is posted to it. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer: Answer = { status: 204 };
  const { origin, policy, close } = await startLocalSite((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status).end(answer.body);
    });
  });
  return {
    ...{ policy, received, close },
    url: `${origin}/hook`,
    answers(next) {
      answer = next;
    },
    forget() {
      received.length = 0;
      answer = { status: 204 };
    },
  };
}
