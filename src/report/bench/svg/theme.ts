/** Series that have a colour of their own; the ones after them share the last. Told apart by readers with any colour vision. */
export const SERIES_COLOURS = 7;

/** The style sheet of every figure; a reader's dark theme changes the colours, nothing is loaded. */
export const CHART_STYLE = `
svg { --bg: #ffffff; --fg: #1f2328; --soft: #59636e; --grid: #dfe3e8; --rule: #8b949e; --limit: #b08800; --bad: #b3261e;
  --s0: #0b62c4; --s1: #b8500c; --s2: #117a4b; --s3: #8a3fa8; --s4: #a3195b; --s5: #5f6b00; --s6: #007a87; }
@media (prefers-color-scheme: dark) { svg { --bg: #14171c; --fg: #e6e9ed; --soft: #a3acb8; --grid: #2d333b; --rule: #7d8794; --limit: #d9b13b; --bad: #ff8a80;
  --s0: #66aaff; --s1: #ff9e5e; --s2: #5fd39a; --s3: #cf9bea; --s4: #ff8fbc; --s5: #c7d35a; --s6: #56cfe1; } }
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: 12px; fill: var(--fg); }
.head { font-size: 15px; font-weight: 600; } .note, .tick { fill: var(--soft); font-size: 11px; } .strong { font-weight: 600; }
.bg { fill: var(--bg); } .grid { stroke: var(--grid); stroke-width: 1; } .axis { stroke: var(--soft); stroke-width: 1; }
.reference { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; fill: none; }
.whisker { stroke: var(--fg); stroke-width: 1.3; } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.rule { fill: var(--rule); } .rule-line { stroke: var(--rule); } .limit-line { stroke: var(--limit); }
.dash0 { stroke-dasharray: 8 3; } .dash1 { stroke-dasharray: 2 3; } .dash2 { stroke-dasharray: 9 3 2 3; } .dash3 { stroke-dasharray: 4 4; } .limit { fill: var(--limit); } .bad { fill: var(--bad); }
${Array.from({ length: SERIES_COLOURS }, (_, i) => `.s${i} { fill: var(--s${i}); } .s${i}-line { stroke: var(--s${i}); }`).join(' ')}
`;
