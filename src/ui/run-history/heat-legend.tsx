import { formatCount } from "@/ui/display/count";
import classes from "./day-heatmap.module.css";
import { type HeatScale, scaleSteps } from "./heat-scale";

/** Which colour stands for how many. */
export function HeatLegend({ scale }: { scale: HeatScale }) {
  return (
    <ul className={classes.legend} aria-label="Colours">
      <Entry shade={0} words="None" />
      {scaleSteps(scale).map(({ shade, from, to }) => (
        <Entry key={shade} shade={shade} words={from === to ? formatCount(to) : `${formatCount(from)} to ${formatCount(to)}`} />
      ))}
      <Entry shade={0} words="Hatched: slots were missed" isMissed />
    </ul>
  );
}

function Entry({ shade, words, isMissed = false }: { shade: number; words: string; isMissed?: boolean }) {
  return (
    <li>
      <span className={classes.swatch} data-shade={shade} data-missed={isMissed || undefined} aria-hidden />
      {words}
    </li>
  );
}
