import net, { type AddressInfo, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { UNTRUSTED_CERTIFICATE } from "./untrusted-certificate";

/** A mail as the server got it. */
export interface SunkMail {
  from: string;
  to: string[];
  /** Headers and text. */
  content: string;
  /** Who the sender logged in as; null where nobody did. */
  user: string | null;
  isEncrypted: boolean;
}

export interface SmtpSink {
  port: number;
  mails: SunkMail[];
  /** Resolves with the next mail that comes. */
  next(): Promise<SunkMail>;
  close(): Promise<void>;
}

export interface SmtpSinkOptions {
  /** Who may send, as `user:password`; anybody unless told. */
  login?: string;
  /** Answers to these commands, instead of a friendly one: `{ "RCPT": "550 No such user" }`. */
  answers?: Record<string, string>;
  /** Recipients that it does not take. */
  refuses?: readonly string[];
  /** Recipients that it does not take yet. */
  defers?: ReadonlySet<string>;
  /** What it says first. */
  greeting?: string;
  /** Takes connections and says nothing. */
  silent?: boolean;
  /** Offers STARTTLS, with a certificate that nobody trusts. */
  startTls?: boolean;
  /** Hangs up with a mail in its hands, without a word. */
  hangsUp?: boolean;
}

/** A mail server on this machine that keeps what it is sent. It speaks as much SMTP as a sender needs (RFC 5321, RFC 4954, RFC 3207). */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const waiting: ((mail: SunkMail) => void)[] = [];
  const sockets = new Set<Socket>();
  const take = (mail: SunkMail) => {
    mails.push(mail);
    for (const tell of waiting.splice(0)) tell(mail);
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    if (options.silent) return;
    socket.write(`${options.greeting ?? "220 sink"}\r\n`);
    converse(socket, options, take);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, options: SmtpSinkOptions, take: (mail: SunkMail) => void): void {
  const { login, answers = {}, refuses = [], defers, startTls, hangsUp } = options;
  const isEncrypted = socket instanceof TLSSocket;
  let mail: SunkMail = { from: "", to: [], content: "", user: null, isEncrypted };
  let unread = "";
  let inContent = false;
  const say = (line: string) => socket.write(`${line}\r\n`);

  const commands: Record<string, (line: string) => string> = {
    EHLO: () => ["250-sink", ...(startTls ? ["250-STARTTLS"] : []), login === undefined ? "250 8BITMIME" : "250 AUTH PLAIN"].join("\r\n"),
    STARTTLS() {
      if (!startTls) return "502 Not here";
      socket.removeAllListeners("data");
      socket.write("220 Go on\r\n", () => {
        const encrypted = new TLSSocket(socket, { isServer: true, ...UNTRUSTED_CERTIFICATE });
        encrypted.on("error", () => {});
        converse(encrypted, { ...options, startTls: false }, take);
      });
      return "";
    },
    AUTH(line) {
      const [, user, password] = Buffer.from(line.split(" ")[2] ?? "", "base64")
        .toString()
        .split("\0");
      if (`${user}:${password}` !== login) return "535 Wrong password";
      mail.user = user ?? null;
      return "235 Welcome";
    },
    MAIL(line) {
      mail = { ...mail, from: addressIn(line), to: [], content: "" };
      return "250 OK";
    },
    RCPT(line) {
      if (refuses.includes(addressIn(line))) return "550 No such user";
      if (defers?.has(addressIn(line))) return "451 4.7.1 Greylisted";
      mail.to.push(addressIn(line));
      return "250 OK";
    },
    DATA() {
      inContent = true;
      return "354 Go on";
    },
    QUIT: () => "221 Bye",
  };

  function hear(line: string) {
    const verb = line.split(" ", 1)[0]?.toUpperCase() ?? "";
    const answer = answers[verb] ?? commands[verb]?.(line) ?? "502 Not here";
    if (answer !== "") say(answer);
  }

  function readContent() {
    const end = unread.indexOf("\r\n.\r\n");
    if (end < 0) return false;
    mail.content = unread.slice(0, end);
    unread = unread.slice(end + 5);
    inContent = false;
    take(mail);
    if (hangsUp) socket.destroy();
    else say("250 Taken");
    return true;
  }

  function readLine() {
    const end = unread.indexOf("\r\n");
    if (end < 0) return false;
    const line = unread.slice(0, end);
    unread = unread.slice(end + 2);
    hear(line);
    return true;
  }

  socket.on("data", (chunk) => {
    unread += chunk.toString();
    while (inContent ? readContent() : readLine());
  });
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? "";
