import { FORBIDDEN_HOSTS, PRIVATE_NAMES } from "./forbidden-hosts";

/** Something that a tenant, a site or a name server tries, so that Milkrun connects to what it must not. */
export interface OutgoingAttack {
  kind: string;
  /** Unique in the table. */
  name: string;
  /** What is typed as the address of a source. */
  url: string;
  /** What the name server answers, question by question; the last answer stays. A host without answers does not exist. */
  answers?: string[][];
  /** How often the source is collected; once unless told. */
  times?: number;
  /** `refused` unless told. `harmless`: the public site that the address really names may answer. */
  expected?: "refused" | "harmless";
  /** Aims at nothing but this machine, so that it can be tried without a network of its own. */
  loopback?: boolean;
}

/** Where the attacks are carried out. */
export interface AttackScene {
  /** The origin of a public site; `/to/STATUS?URL` redirects there, `/hops/N?URL` after N redirects more. */
  site: string;
  /** Added to the host of every forbidden address that is given without a port, for instance `:8080`. */
  port: string;
}

/** Addresses of the world in which the attacks are carried out. */
export const PUBLIC_ADDRESS = "93.184.215.14";
export const PUBLIC_ADDRESS_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c";
/** The machine's own, which look public. */
export const OWN_ADDRESSES = ["198.41.0.4", "2620:fe::fe"] as const;
/** Milkrun itself, at its own address; only what lies under /samples/ may be fetched of it. */
export const OWN_ORIGIN = `http://${OWN_ADDRESSES[0]}:3000`;

/** Where names of attackers lead, one for each kind of address. */
const FORBIDDEN_ANSWERS = [
  "127.0.0.1",
  "::1",
  "0.0.0.0",
  "::",
  "::ffff:127.0.0.1",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "168.63.129.16",
  "fd00:ec2::254",
  "fe80::1",
  "fec0::1",
  "2002:7f00:1::1",
  "64:ff9b::7f00:1",
  "::7f00:1",
  "2606:4700::5efe:a00:1",
  "::ffff:10.0.0.1",
  ...OWN_ADDRESSES,
];
const LOOPBACK_ANSWERS = ["127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1"];
/** Behind these something answers that nobody may reach. */
export const CLOSED_PORTS = [22, 25, 110, 2375, 3000, 3306, 5432, 6379, 9200, 11211, 65535];
const SCHEMES = ["ftp", "file", "gopher", "data", "javascript", "ws", "blob:http", "view-source:http", "unix"];
const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/** The whole table. */
export function outgoingAttacks(scene: AttackScene): OutgoingAttack[] {
  return [
    ...hostAttacks(scene),
    ...privateNameAttacks(scene),
    ...answerAttacks(scene),
    ...rebindingAttacks(scene),
    ...urlAttacks(scene),
    ...redirectAttacks(scene),
    ...ownAddressAttacks(scene),
  ];
}

const redirect = ({ site }: AttackScene, target: string, status = 302) => `${site}/to/${status}?${encodeURIComponent(target)}`;

/** Every spelling of every address: typed, and as the target of a redirect. */
function hostAttacks(scene: AttackScene): OutgoingAttack[] {
  return Object.entries(FORBIDDEN_HOSTS).flatMap(([network, hosts]) =>
    hosts.flatMap((host) => {
      const url = `http://${host}${scene.port}/`;
      const loopback = network === "this machine";
      return [
        { kind: `typed: ${network}`, name: host, url, loopback },
        { kind: `redirect to: ${network}`, name: `redirect to ${host}`, url: redirect(scene, url), loopback },
      ];
    }),
  );
}

function privateNameAttacks(scene: AttackScene): OutgoingAttack[] {
  return PRIVATE_NAMES.map((name) => ({
    kind: "private names",
    name: `the name ${name}`,
    url: `http://${name}${scene.port}/`,
    answers: [["127.0.0.1"]],
    loopback: true,
  }));
}

/** Names that look public: with one bad answer, and with a bad one hidden before, behind and among good ones. */
function answerAttacks({ port }: AttackScene): OutgoingAttack[] {
  const hidden = [...Array.from({ length: 15 }, (_, index) => `93.184.215.${index + 20}`), "10.0.0.1", PUBLIC_ADDRESS_6];
  return [
    ...FORBIDDEN_ANSWERS.map((address) => ({ name: `a name with the address ${address}`, answers: [[address]], loopback: LOOPBACK_ANSWERS.includes(address) })),
    ...FORBIDDEN_ANSWERS.map((address) => ({ name: `a name with a public address, then ${address}`, answers: [[PUBLIC_ADDRESS, address]] })),
    ...FORBIDDEN_ANSWERS.map((address) => ({ name: `a name with ${address}, then a public address`, answers: [[address, PUBLIC_ADDRESS]] })),
    { name: "a name with a bad address among 16 public ones", answers: [hidden] },
  ].map((attack) => ({ kind: "name servers", url: `http://inside.example${port}/`, ...attack }));
}

/** Name servers that answer differently the next time. */
function rebindingAttacks(scene: AttackScene): OutgoingAttack[] {
  const url = `http://rebind.example${scene.port}/`;
  const toItself = `http://rebind.example${scene.port}/to/302?${encodeURIComponent(url)}`;
  const targets = ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", OWN_ADDRESSES[0]];
  return targets.flatMap((target): OutgoingAttack[] => {
    const attack = { kind: "rebinding", answers: [[PUBLIC_ADDRESS], [target]] };
    return [
      { ...attack, name: `asked once, then ${target}`, url, expected: "harmless" },
      { ...attack, name: `collected again, then ${target}`, url, times: 2 },
      { ...attack, name: `redirected to itself, then ${target}`, url: toItself },
    ];
  });
}

/** Ports, schemes, user names, and addresses that parsers disagree about. */
function urlAttacks({ site, port }: AttackScene): OutgoingAttack[] {
  const host = new URL(site).host;
  const bad = `127.0.0.1${port}`;
  const confusing: [string, OutgoingAttack["expected"]][] = [
    [`http://${host}@${bad}/`, "refused"],
    [`http://user:password@${host}/`, "refused"],
    [`http://user@${host}/`, "refused"],
    [`http://${bad}@${host}/`, "refused"],
    [`http://${host}:80@${bad}:80/`, "refused"],
    [`http://${bad}\\@${host}/`, "refused"],
    [`http://${bad}#@${host}/`, "refused"],
    [`http://${bad}?@${host}/`, "refused"],
    [`http://${host}#@${bad}/`, "harmless"],
    [`http://${host}\\@${bad}/`, "harmless"],
    [`http://${host}/@${bad}/`, "harmless"],
    [`http://${host} ${bad}/`, "refused"],
    [`http:\\\\${bad}\\`, "refused"],
    [`http:${bad}`, "refused"],
    [`http:///${bad}/`, "refused"],
    [`\thttp://1\n27.0.0.1${port}/`, "refused"],
    [`HTTP://${bad}/`, "refused"],
    [`https://${bad}/`, "refused"],
    [`//${bad}/`, "refused"],
  ];
  return [
    ...CLOSED_PORTS.map((closed) => ({ kind: "ports", name: `port ${closed} of a public site`, url: `http://${PUBLIC_ADDRESS}:${closed}/` })),
    ...SCHEMES.map((scheme) => ({ kind: "schemes", name: `${scheme}:`, url: `${scheme}://${bad}/`, loopback: true })),
    ...confusing.map(([url, expected]) => ({ kind: "user names and confusing addresses", name: JSON.stringify(url), url, expected, loopback: true })),
  ];
}

/** Redirects that differ in how they lead to a forbidden address; to each address they are tried elsewhere. */
function redirectAttacks(scene: AttackScene): OutgoingAttack[] {
  const { site, port } = scene;
  const bad = `127.0.0.1${port}`;
  const spelled = [`//${bad}/`, `\\\\${bad}\\`, `http:/\\${bad}/`, ` http://${bad}/`, `http://1\t27.0.0.1${port}/`, `https://${bad}/`];
  const refused = [`http://user:password@${new URL(site).host}/`, "file:///etc/passwd", "ftp://127.0.0.1/", "data:text/html,hello"];
  const local = [
    ...REDIRECT_STATUSES.map((status) => ({ name: `by status ${status}`, url: redirect(scene, `http://${bad}/`, status) })),
    ...[...spelled, ...refused].map((target) => ({ name: `to ${JSON.stringify(target)}`, url: redirect(scene, target) })),
    { name: "after four harmless ones", url: `${site}/hops/4?${encodeURIComponent(`http://${bad}/`)}` },
    { name: "to a name with a bad address", url: redirect(scene, `http://inside.example${port}/`), answers: [["127.0.0.1"]] },
    { name: "to a private name", url: redirect(scene, `http://localhost${port}/`), answers: [["127.0.0.1"]] },
  ].map((attack) => ({ ...attack, loopback: true }));
  const elsewhere = [{ name: "to a closed port of the same site", url: redirect(scene, `http://${PUBLIC_ADDRESS}:6379/`) }];
  return [...local, ...elsewhere].map((attack) => ({ kind: "ways to redirect", ...attack }));
}

/** This machine under its own, public-looking addresses; and its samples, which may be fetched, as a way to the rest of it. */
function ownAddressAttacks(scene: AttackScene): OutgoingAttack[] {
  const [own, own6] = OWN_ADDRESSES;
  const urls = [
    `http://${own}/`,
    `http://[${own6}]/`,
    `http://[::ffff:${own}]/`,
    `http://${own}:8080/`,
    "http://0xc6290004/",
    `${OWN_ORIGIN}/`,
    `${OWN_ORIGIN}/samples`,
  ];
  const beside = [
    "/samples/../api/",
    "/samples/%2e%2e/api/",
    "/samples/..%2fapi/",
    "/samples/%2e%2e%2fapi/",
    "/samples/..%5capi/",
    "/samples/..\\api/",
    "/SAMPLES/x",
  ];
  const all = [...urls, ...beside.map((path) => OWN_ORIGIN + path)];
  return [
    ...all.map((url) => ({ name: url, url })),
    ...all.map((url) => ({ name: `redirect to ${url}`, url: redirect(scene, url) })),
    { name: "a name for it", url: "http://me.example/", answers: [[own]] },
    { name: "a name for it, by IPv6", url: "http://me.example/", answers: [[own6]] },
  ].map((attack) => ({ kind: "our own address", ...attack }));
}
