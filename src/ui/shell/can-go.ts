import { onlineManager } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";

/**
 * False while the browser has no connection, which it says: asked for another page then, the browser would put an error of its own in the
 * place of this one, and with it would go what is shown, typed or waits to be sent.
 */
export function canGo(): boolean {
  if (onlineManager.isOnline()) return true;
  notify({ color: "yellow", title: "You are offline", message: "So you stay on this page. Go on once you are back online." });
  return false;
}
