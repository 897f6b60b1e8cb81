import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { createAddressGuard, type GuardPolicy } from "./guard-address";

const strict: GuardPolicy = { allowCidrs: [], allowPorts: [], allowPrefixes: [] };

function judge(url: string, policy: Partial<GuardPolicy> = {}): boolean {
  return createAddressGuard({ ...strict, ...policy }).judgeUrl(new URL(url)).allowed;
}

function allows(address: string, policy: Partial<GuardPolicy> = {}, onlyAllowedNetworks = false): boolean {
  return createAddressGuard({ ...strict, ...policy }).allowsAddress(address, onlyAllowedNetworks);
}

describe("URLs that are refused", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://%31%32%37.0.0.1/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://00000.0/",
    "http://10.0.0.1/",
    "http://10.1/",
    "http://167772161/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://0xC0A80101/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:a00:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::8.8.8.8]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:808:808::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2606:4700::5efe:7f00:1]/",
    "http://[2606:4700::200:5efe:10.0.0.1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[5f00::1]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://app.localhost/",
    "http://printer.local/",
    "http://printer.local./",
    "http://metadata.google.internal/",
    "http://intranet/",
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
    const paths = ["/samples/news.xml", "/", "/api/trpc/x", "/samples", "/samples/../api/trpc/x", "/samples/%2e%2e/api"];
    expect(paths.map((path) => judge(`http://127.0.0.1:3000${path}`, policy))).toEqual([true, false, false, false, false, false]);
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
