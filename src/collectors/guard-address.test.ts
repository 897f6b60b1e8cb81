import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { FORBIDDEN_HOSTS, PRIVATE_NAMES } from "./attacks/forbidden-hosts";
import { createAddressGuard, type GuardPolicy } from "./guard-address";

const strict: GuardPolicy = { allowCidrs: [], allowPorts: [], allowPrefixes: [] };

function judge(url: string, policy: Partial<GuardPolicy> = {}): boolean {
  return createAddressGuard({ ...strict, ...policy }).judgeUrl(new URL(url)).allowed;
}

function allows(address: string, policy: Partial<GuardPolicy> = {}, onlyAllowedNetworks = false): boolean {
  return createAddressGuard({ ...strict, ...policy }).allowsAddress(address, onlyAllowedNetworks);
}

describe("URLs that are refused", () => {
  it.each(Object.values(FORBIDDEN_HOSTS).flat())("for the host %s", (host) => {
    expect(judge(`http://${host}/`)).toBe(false);
  });

  it.each(PRIVATE_NAMES)("for the name %s", (name) => {
    expect(judge(`https://${name}/`)).toBe(false);
  });

  it.each([
    "http://user:secret@example.com/",
    "http://user@example.com/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "https://example.com:8081/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "data:text/html,hello",
    "javascript:alert(1)",
  ])("%s", (url) => {
    expect(judge(url)).toBe(false);
  });
});

describe("URLs that are allowed", () => {
  it.each([
    "http://example.com/",
    "https://example.com/feed?page=2",
    "http://example.com:80/",
    "http://example.com:443/",
    "http://example.com:8080/",
    "https://example.com:8443/",
    "http://8.8.8.8/",
    "http://1.1.1.1/",
    "http://172.32.0.1/",
    "http://[2606:4700:4700::1111]/",
    "http://[::ffff:8.8.8.8]/",
    "http://localhost.example.com/",
    "http://münchen.example/",
  ])("%s", (url) => {
    expect(judge(url)).toBe(true);
  });
});

describe("addresses that a name resolved to, or a socket reached", () => {
  it.each(["127.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254", "fe80::1%eth0", "0.0.0.0", "", "not-an-address", "2002:a00:1::"])(
    "refuses %j",
    (address) => {
      expect(allows(address)).toBe(false);
    },
  );

  it.each(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])("allows %s", (address) => {
    expect(allows(address)).toBe(true);
  });

  it("refuses every address of this machine", () => {
    const own = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((address) => allows(address))).toEqual([]);
  });

  it("refuses this machine's public addresses, unless the operator allows them", () => {
    const own = () => ["127.0.0.1", "93.184.216.34", "2606:2800:220:1:0:0:0:1"];
    const guard = createAddressGuard(strict, own);
    expect(["93.184.216.34", "::ffff:93.184.216.34", "2606:2800:220:1::1"].filter((address) => guard.allowsAddress(address))).toEqual([]);
    expect(guard.allowsAddress("93.184.216.35")).toBe(true);
    expect(createAddressGuard({ ...strict, allowCidrs: ["93.184.216.34/32"] }, own).allowsAddress("93.184.216.34")).toBe(true);
  });
});

describe("what the operator allows", () => {
  it("is exactly the named network", () => {
    const policy = { allowCidrs: ["10.1.0.0/16", "fd00:1::/32"] };
    expect([allows("10.1.2.3", policy), allows("fd00:1::5", policy), judge("http://10.1.2.3/", policy)]).toEqual([true, true, true]);
    expect([allows("10.2.0.1", policy), allows("127.0.0.1", policy), judge("http://192.168.0.1/", policy)]).toEqual([false, false, false]);
  });

  it("covers the IPv4-mapped spelling of an allowed address", () => {
    expect(allows("::ffff:10.1.2.3", { allowCidrs: ["10.1.0.0/16"] })).toBe(true);
  });

  it("opens private names only towards allowed networks", () => {
    const guard = createAddressGuard({ ...strict, allowCidrs: ["127.0.0.0/8"] });
    expect(guard.judgeUrl(new URL("http://localhost/"))).toEqual({ allowed: true, onlyAllowedNetworks: true });
    expect(guard.judgeUrl(new URL("http://example.com/"))).toEqual({ allowed: true, onlyAllowedNetworks: false });
    expect([guard.allowsAddress("127.0.0.1", true), guard.allowsAddress("93.184.216.34", true)]).toEqual([true, false]);
  });

  it("adds ports", () => {
    expect([judge("http://example.com:9000/", { allowPorts: [9000] }), judge("http://example.com:9001/", { allowPorts: [9000] })]).toEqual([true, false]);
  });

  it("opens exact origins, whatever their port, and nothing beside them", () => {
    const policy = { allowPrefixes: ["http://127.0.0.1:3000"] };
    expect(judge("http://127.0.0.1:3000/samples/news.xml", policy)).toBe(true);
    expect([judge("http://127.0.0.1:3001/", policy), judge("https://127.0.0.1:3000/", policy), judge("http://127.0.0.1/", policy)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("opens only what lies under the prefix's path", () => {
    const policy = { allowPrefixes: ["http://127.0.0.1:3000/samples/"] };
    const beside = ["/", "/api/trpc/x", "/samples", "/samples/../api/trpc/x", "/samples/%2e%2e/api", "/samples/..%2fapi", "/samples/..%5Capi"];
    const opened = ["/samples/news.xml", ...beside].filter((path) => judge(`http://127.0.0.1:3000${path}`, policy));
    expect(opened).toEqual(["/samples/news.xml"]);
  });

  it("never opens other schemes or user names", () => {
    const policy = { allowPrefixes: ["http://127.0.0.1:3000"] };
    expect([judge("ftp://127.0.0.1:3000/", policy), judge("http://me:pw@127.0.0.1:3000/", policy)]).toEqual([false, false]);
  });

  it("is refused when it cannot be read", () => {
    expect(() => createAddressGuard({ ...strict, allowCidrs: ["10.0.0.0"] })).toThrow("10.0.0.0/8");
  });
});

describe("an address of the operator's own", () => {
  const guard = createAddressGuard({ allowCidrs: ["10.0.0.0/8"], allowPorts: [], allowPrefixes: ["http://public.example.org/samples/"] });

  it.each([
    ["http://10.1.2.3/", true],
    ["http://[::ffff:10.1.2.3]/", true],
    ["http://intranet/", true],
    ["http://wiki.internal/", true],
    ["http://public.example.org/samples/news.xml", true],
    ["http://public.example.org/", false],
    ["http://93.184.216.34/", false],
    ["http://[2606:4700::1]/", false],
  ])("%s: %s", (address, own) => expect(guard.isOperators(new URL(address))).toBe(own));

  it("is none where nothing is allowed", () => expect(createAddressGuard(strict).isOperators(new URL("http://localhost/"))).toBe(false));
});
