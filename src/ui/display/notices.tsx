"use client";
import { type NotificationData, Notifications, notifications } from "@mantine/notifications";

/** Where messages appear: not over the buttons of a bar at the lower edge, as a message under the pointer stays. */
export function Notices() {
  return <Notifications position="bottom-left" />;
}

export function showNotice(message: NotificationData): void {
  notifications.show(message);
}
