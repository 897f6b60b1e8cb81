import { createSocket } from "node:dgram";
import ipaddr from "ipaddr.js";

export interface TestNameServer {
  /** For instance 127.0.0.1:41234. */
  address: string;
  close(): Promise<void>;
}

const HEADER_BYTES = 12;
const TYPES: Record<number, "ipv4" | "ipv6"> = { 1: "ipv4", 28: "ipv6" };
const NO_SUCH_NAME = 3;

/** A name server (RFC 1035) on this machine that knows these names. Those without an address do not exist; about all others it keeps silent. */
export async function startNameServer(records: Record<string, string[]>, port = 0): Promise<TestNameServer> {
  const socket = createSocket("udp4");
  socket.on("message", (question, sender) => {
    const { name, type, end } = readQuestion(question);
    const addresses = records[name];
    if (addresses) socket.send(answerTo(question.subarray(0, end), addresses, TYPES[type]), sender.port, sender.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
  return { address: `127.0.0.1:${socket.address().port}`, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, addresses: string[], kind?: "ipv4" | "ipv6"): Buffer {
  const records = addresses.map((address) => ipaddr.parse(address)).filter((address) => address.kind() === kind);
  const header = Buffer.from(question.subarray(0, HEADER_BYTES));
  // An answer, recursion available.
  header.writeUInt16BE(0x8180 | (addresses.length === 0 ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, question.subarray(HEADER_BYTES), ...records.map((address) => recordOf(address.toByteArray()))]);
}

/** The name that was asked for, the type by the length of the address, class IN, not to be kept. */
function recordOf(address: number[]): Buffer {
  const type = address.length === 4 ? 1 : 28;
  return Buffer.from([0xc0, HEADER_BYTES, 0, type, 0, 1, 0, 0, 0, 0, 0, address.length, ...address]);
}
