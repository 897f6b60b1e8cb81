import type { NotificationData } from "@mantine/notifications";
import { loadPart } from "./load-part";

/** Shows a message over the page for a few seconds, or until it is closed. The code that does it is loaded with the first one. */
export function notify(message: NotificationData): void {
  void loadPart(() => import("./notices")).then(({ showNotice }) => showNotice(message));
}
