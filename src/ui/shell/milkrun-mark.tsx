/** The mark: a milk bottle, and in it the route that the milk takes. Drawn as in src/app/icon.svg. */
export function MilkrunMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden focusable="false">
      <rect width="64" height="64" rx="14" fill="#0f6a8f" />
      <g transform="translate(32 32) scale(1.12) translate(-32 -32.5)">
        <path d={BOTTLE} fill="#fff" />
        <path d={MILK} fill="#a8cfe0" />
        <path d={ROUTE} fill="none" stroke="#064866" strokeWidth="2.6" strokeLinecap="round" strokeDasharray=".1 4.6" />
        <circle cx="24" cy="48.5" r="2.6" fill="#064866" />
        <circle cx="40" cy="41.5" r="2.6" fill="#e8590c" />
      </g>
    </svg>
  );
}

const BOTTLE =
  "M25 10h14a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-.5v5.2c0 1.9.6 3.7 1.7 5.2l2.9 4c1.6 2.2 2.4 4.8 2.4 7.5V51a4 4 0 0 1-4 4h-19a4 4 0 0 1-4-4V39.9" +
  "c0-2.7.8-5.3 2.4-7.5l2.9-4a8.8 8.8 0 0 0 1.7-5.2V18H25a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2z";
const MILK = "M18.5 42c4.5-3.2 9 2.6 13.5 0s9-3.2 13.5 0v9a4 4 0 0 1-4 4h-19a4 4 0 0 1-4-4z";
const ROUTE = "M24.5 48.5H29c3 0 3-7 6-7h4.5";
