import { handleItemFeed } from "@/api/handle-feed";

export { handleItemFeed as GET };
