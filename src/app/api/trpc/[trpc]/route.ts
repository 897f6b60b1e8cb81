import { handleApiRequest } from "@/api/handle-request";

export { handleApiRequest as GET, handleApiRequest as POST };
