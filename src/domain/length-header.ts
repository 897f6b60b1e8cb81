/** The response header by which a route says how long its answer is: Next leaves Content-Length out of what routes answer. */
export const LENGTH_HEADER = "x-milkrun-length";
