import { handleItemExport } from "@/api/export-items";

export { handleItemExport as GET };
