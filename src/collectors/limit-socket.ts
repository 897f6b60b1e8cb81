import type { Socket } from "node:net";
import { tooLargeError } from "./read-body";

/**
 * Ends a connection on which one answer takes more than this many bytes, whatever they are: a body's bytes are counted elsewhere, but
 * what stands around them (hints, a status line, the extensions of chunks) may be endless too. Requests must be sent one after the other.
 */
export function limitAnswers(socket: Socket, maxBytes: number): void {
  let [sent, seen, answerBegan] = [socket.bytesWritten, socket.bytesRead, socket.bytesRead];
  socket.on("readable", () => {
    // Something was sent since the last look: this is another answer.
    if (socket.bytesWritten > sent) [sent, answerBegan] = [socket.bytesWritten, seen];
    seen = socket.bytesRead;
    if (seen - answerBegan > maxBytes) socket.destroy(tooLargeError(maxBytes));
  });
}
