import { sharedAuth } from "@/auth/auth";

function handle(request: Request): Promise<Response> {
  return sharedAuth().handler(request);
}

export { handle as GET, handle as POST };
