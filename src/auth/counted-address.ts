import { getIP } from "better-auth/api";

/** The request guard sets this header anew for every request, to one address. */
export const IP_ADDRESS = { ipAddressHeaders: ["x-forwarded-for"] };

/** Who is counted when tries are limited: the client's address; of IPv6 the 64 bits that one subscriber has. */
export function countedAddress(headers: Headers): string {
  return getIP(headers, { advanced: { ipAddress: IP_ADDRESS } }) ?? "unknown";
}
