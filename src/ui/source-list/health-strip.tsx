import type { RunSourceStatus } from "@/domain/run-status";
import type { SourceCollection } from "@/domain/source-page";
import type { Tone } from "@/ui/display/status-badge";
import classes from "./health-strip.module.css";
import { collectionTitle, historyWords } from "./source-words";

const [BAR, GAP, HEIGHT, GLYPH] = [6, 3, 16, 6];
/** As many as the server tells of; a younger source has empty places at the left. */
const PLACES = 20;

/** Colour, height and shape say the same three times. */
const LOOKS: Record<RunSourceStatus, { tone: Tone; height: number; shape: string }> = {
  succeeded: { tone: "good", height: HEIGHT, shape: "M.6 3.2 2.4 5 5.4 1.2" },
  not_modified: { tone: "good", height: 6, shape: "M2 3H4" },
  not_due: { tone: "quiet", height: 6, shape: "M3 1V3H5" },
  failed: { tone: "bad", height: HEIGHT, shape: "M1 1 5 5M5 1 1 5" },
  cancelled: { tone: "quiet", height: 6, shape: "M1 3H5" },
  queued: { tone: "quiet", height: 3, shape: "M2 3H4" },
  fetching: { tone: "busy", height: 6, shape: "M2 3H4" },
};

/** The last collections of a source as small bars, the newest at the right; as one sentence to who hears it. */
export function HealthStrip({ history }: { history: readonly SourceCollection[] }) {
  if (history.length === 0) return null;
  const empty = Math.max(0, PLACES - history.length);
  return (
    <svg className={classes.strip} width={xOf(PLACES) - GAP} height={HEIGHT + GLYPH + 3} role="img" aria-label={historyWords(history)}>
      <path className={classes.empty} d={Array.from({ length: empty }, (_, place) => `M${xOf(place)} ${HEIGHT - 2}h${BAR}v2h-${BAR}z`).join("")} />
      {history.map((collection, index) => (
        <Collection key={collection.runId} collection={collection} x={xOf(empty + index)} />
      ))}
    </svg>
  );
}

function xOf(place: number): number {
  return place * (BAR + GAP);
}

function Collection({ collection, x }: { collection: SourceCollection; x: number }) {
  const { tone, height, shape } = LOOKS[collection.status];
  return (
    <g className={classes.collection} data-tone={tone}>
      <title>{collectionTitle(collection)}</title>
      <rect className={classes.bar} x={x} y={HEIGHT - height} width={BAR} height={height} rx={1} />
      <path className={classes.glyph} d={shape} transform={`translate(${x} ${HEIGHT + 3})`} />
    </g>
  );
}
