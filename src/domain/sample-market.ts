import { escapeMarkup, minuteOf, pickOne, scatter, startOfMinute } from "./sample-numbers";

const LOTS_LISTED = 24;
/** A new lot comes in every 2 minutes, and the oldest one leaves. */
const MINUTES_PER_LOT = 2;
const MINUTES_PER_BID = 5;

const THINGS = [
  "milk churn",
  "butter press",
  "copper kettle",
  "hay cart",
  "cheese mould",
  "bottle crate",
  "cream separator",
  "weather vane",
  "wool blanket",
] as const;
const STATES = ["Restored", "Old", "Nearly new", "Hand-made", "Painted", "Well-kept"] as const;
const SELLERS = ["A. Byre", "C. Meadow", "F. Dale", "H. Barn", "M. Stile", "R. Brook"] as const;

function renderLot(lot: number, minute: number): string {
  const listedAt = startOfMinute(lot * MINUTES_PER_LOT);
  const bids = Math.floor((minute - lot * MINUTES_PER_LOT) / MINUTES_PER_BID);
  const price = 20 + scatter(180, lot, 1) + bids * (1 + scatter(5, lot, 2));
  return `<article class="lot" id="lot-${lot}">
<h2><a href="/samples/market.html?lot=${lot}">${escapeMarkup(`${pickOne(STATES, lot, 3)} ${pickOne(THINGS, lot, 4)}`)}</a></h2>
<p>Offered by <span class="seller">${escapeMarkup(pickOne(SELLERS, lot, 5))}</span> since <time datetime="${listedAt.toISOString()}">${listedAt.toUTCString()}</time></p>
<p class="price">${price} crowns</p>
</article>`;
}

/** An HTML page that lists the 24 newest lots of a market; bids rise every few minutes. */
export function renderMarket(at: Date): string {
  const minute = minuteOf(at);
  const newest = Math.floor(minute / MINUTES_PER_LOT);
  const lots = Array.from({ length: LOTS_LISTED }, (_, age) => renderLot(newest - age, minute));
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Milkrun sample market</title></head>
<body>
<h1>Milkrun sample market</h1>
<p>A new lot every ${MINUTES_PER_LOT} minutes, made up by Milkrun itself.</p>
<main>
${lots.join("\n")}
</main>
</body>
</html>
`;
}
