/** Minutes east of UTC. RFC 822, section 5.1, and what feeds use besides; where two zones share a name, the one that feeds mean. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  "etc/gmt": 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  met: 60,
  cest: 120,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  hkt: 480,
  sgt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  acst: 570,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  nst: -210,
  ndt: -150,
  ast: -240,
  adt: -180,
  brt: -180,
  art: -180,
  est: -300,
  edt: -240,
  et: -300,
  cst: -360,
  cdt: -300,
  ct: -360,
  mst: -420,
  mdt: -360,
  mt: -420,
  pst: -480,
  pdt: -420,
  pt: -480,
  akst: -540,
  akdt: -480,
  hst: -600,
};

/** Minutes east of UTC; undefined for an offset that no place has. An unknown name counts as UTC (RFC 2822, section 4.3). */
export function zoneOffset(zone: string | undefined): number | undefined {
  const name = (zone ?? "").toLowerCase();
  const match = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/.exec(name);
  if (!match) return ZONES[name] ?? 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 15 * 60 || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === "-" ? -minutes : minutes;
}
