import { handleExportDownload } from "@/api/download-export";

export { handleExportDownload as GET };
