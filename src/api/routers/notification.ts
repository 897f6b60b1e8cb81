import { router } from "../init";
import { notificationChannels } from "./notification-channels";
import { notificationDeliveries } from "./notification-deliveries";
import { notificationRules } from "./notification-rules";

/** Who is told of what. For people only. */
export const notificationRouter = router({ ...notificationChannels, ...notificationRules, ...notificationDeliveries });
