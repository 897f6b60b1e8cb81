import { handleItemLink } from "@/api/open-link";

export { handleItemLink as GET };
