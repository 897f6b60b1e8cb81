import { handleOpenApi } from "@/api/open-api";

export { handleOpenApi as GET };

/** The address that people type is a setting of the server, not of the build. */
export const dynamic = "force-dynamic";
