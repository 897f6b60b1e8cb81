import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signedHeaders } from "./sign-webhook";

const KEY = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const body = JSON.stringify({ type: "run.failed", data: { title: "Lauf 3 – „Märkte“ 🚂" } });
/** The library takes what was sent within five minutes. */
const SENT_AT = Math.floor(Date.now() / 1000);
const message = { id: "msg_1", timestamp: SENT_AT, body };

describe("the signature of a webhook", () => {
  test("is one that the specification's own library accepts", () => {
    expect(new Webhook(KEY).verify(body, signedHeaders(message, [KEY]))).toEqual(JSON.parse(body));
  });

  test("with two keys, is accepted with either", () => {
    const headers = signedHeaders(message, [KEY, OTHER]);
    for (const key of [KEY, OTHER]) expect(() => new Webhook(key).verify(body, headers)).not.toThrow();
  });

  test.each([
    ["another key", OTHER, body, {}],
    ["another body", KEY, body.replace("3", "4"), {}],
    ["another id", KEY, body, { "webhook-id": "msg_2" }],
    ["another time", KEY, body, { "webhook-timestamp": String(SENT_AT + 1) }],
  ])("is refused with %s", (_, key, text, changed) => {
    expect(() => new Webhook(key).verify(text, { ...signedHeaders(message, [KEY]), ...changed })).toThrow("No matching signature");
  });

  test("is the one of the specification's example", () => {
    const example = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
    expect(signedHeaders(example, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });
});
