import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { verifyScopeArrives } from "./system-connection";

let server: TestDatabase;

beforeAll(async () => {
  server = await createTestDatabase();
});

afterAll(() => server.drop());

/** What a pooler does with the first bytes of a connection, which say who wants what. */
async function poolerThat(treats: (first: Buffer, client: net.Socket, postgres: net.Socket) => void) {
  const { host, port } = server.connection;
  const pooler = net.createServer((client) => {
    const postgres = net.connect(path.join(host, `.s.PGSQL.${port}`));
    for (const socket of [client, postgres]) socket.on("error", () => {});
    client.once("data", (first) => {
      treats(first, client, postgres);
      client.pipe(postgres).pipe(client);
    });
  });
  onTestFinished(() => void pooler.close());
  pooler.listen(0, "127.0.0.1");
  await once(pooler, "listening");
  return { ...server.connection, host: "127.0.0.1", port: (pooler.address() as net.AddressInfo).port };
}

/** As PgBouncer answers, in PostgreSQL's protocol. */
function refusal(): Buffer {
  const fields = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0";
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

test("a connection that reaches PostgreSQL as it began is taken, directly and through a pooler", async () => {
  await verifyScopeArrives(server.connection);
  await verifyScopeArrives(await poolerThat((first, _, postgres) => postgres.write(first)));
});

test.each([
  ["refuses", (_: Buffer, client: net.Socket) => client.end(refusal())],
  ["drops", (first: Buffer, _: net.Socket, postgres: net.Socket) => postgres.write(first.toString("latin1").replace("app.scope", "app.other"), "latin1")],
])("a pooler that %s what a connection begins with is refused with a sentence that names the setting", async (_, treats) => {
  const connection = await poolerThat(treats);
  await expect(verifyScopeArrives(connection)).rejects.toThrow(/^What DATABASE_URL leads to does not pass on .* PostgreSQL itself\.$/);
});
