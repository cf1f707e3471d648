/** The page's only style sheet; no font, image or script is loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --fg: #1c1e21; --bg: #fff; --soft: #f4f5f7; --line: #d9dce1; --bad: #b3261e; --warn: #8a5a00; --good: #1b6e3c; --accent: #2456b8; }
@media (prefers-color-scheme: dark) { :root { --fg: #e4e6ea; --bg: #16181c; --soft: #1f2227; --line: #363b43; --bad: #ff8a80; --warn: #f0c060; --good: #7fd6a0; --accent: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--fg); background: var(--bg); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
a { color: var(--accent); }
code, pre { font: 12.5px/1.45 ui-monospace, SFMono-Regular, Menlo, monospace; }
pre { margin: .3rem 0; padding: .6rem .75rem; background: var(--soft); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32rem; overflow-y: auto; }
blockquote { margin: .3rem 0; padding: .3rem .75rem; border-left: 3px solid var(--accent); background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere; font: 12.5px/1.45 ui-monospace, Menlo, monospace; }
.meta { color: color-mix(in srgb, var(--fg) 70%, transparent); }
.verdict { display: inline-block; padding: .1rem .6rem; border-radius: 999px; border: 1px solid currentColor; font-weight: 600; }
.decisive-failure, .onset, .incorrect { color: var(--bad); }
.no-decisive-failure { color: var(--good); }
.infrastructure-failure, .undecided, .unuseful { color: var(--warn); }
.tag { font-size: 12px; font-weight: 600; margin-left: .4rem; }
details { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: .3rem 0; overflow-wrap: anywhere; }
summary .num { display: inline-block; min-width: 3.2rem; font-variant-numeric: tabular-nums; font-weight: 600; }
.label { margin: .5rem 0 0; font-size: 12px; font-weight: 600; text-transform: uppercase; letter-spacing: .04em; }
ol, ul { padding-left: 1.4rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
`;
