import { config } from "zod";

// Next runs this before any module of a page. zod would otherwise try `new Function` when the first schema is made, which the
// content security policy forbids and reports.
config({ jitless: true });
