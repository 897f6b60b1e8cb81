/** A session's address as people write it. Of IPv6 only the network is stored, with all its zeros: "2001:db8:1:2::/64". */
export function addressWords(address: string): string {
  if (!address.includes(":")) return address;
  const groups = address.split(":").slice(0, 4);
  return `${groups.map((group) => group.replace(/^0{1,3}(?=.)/, "")).join(":")}::/64`;
}
