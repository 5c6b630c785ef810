/** The style sheet of a report: light and dark, no web fonts, colours that people with colour blindness tell apart. */
export const STYLE: string = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1c1e21; --quiet: #667078; --rule: #d9dde1; --grid: #eceef0; --soft: #f6f7f8;
  --good: #0b6e4f; --bad: #a8321f;
  --series-0: #0072b2; --series-1: #d55e00; --series-2: #009e73; --series-3: #b0508c; --series-4: #8a6d00; --series-5: #4a5560;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15181b; --ink: #e4e7ea; --quiet: #98a2ab; --rule: #353b41; --grid: #262b30; --soft: #1c2024;
    --good: #58c79b; --bad: #f08a73;
    --series-0: #56b4e9; --series-1: #f0883e; --series-2: #3fcf9f; --series-3: #e293c4; --series-4: #e3c53c; --series-5: #b4bec8;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 80rem; padding: 2.5rem 1.5rem 4rem; background: var(--page); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 1.7rem; font-weight: 600; line-height: 1.25; margin: 0 0 .4rem; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 3rem 0 .5rem; padding-top: 1.2rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; font-weight: 600; margin: 2rem 0 .4rem; }
p { margin: .4rem 0; max-width: 46rem; }
.quiet, figcaption, caption { color: var(--quiet); font-size: .87rem; }
code { font: .87em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--soft); padding: .1em .35em;
  border-radius: 3px; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; font-size: .87rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .4rem; }
th, td { padding: .32rem .9rem .32rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--grid); white-space: nowrap; }
td.name { white-space: normal; min-width: 9rem; max-width: 17rem; }
thead th { font-weight: 600; border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 400; }
td.text { white-space: normal; min-width: 14rem; max-width: 34rem; }
td.n, th.n { text-align: right; padding-left: .6rem; }
table:not(.sorted) tr.last > * { border-bottom-color: var(--quiet); }
th button { all: unset; cursor: pointer; }
th button:hover, th button:focus-visible { text-decoration: underline; text-underline-offset: 3px; }
th[aria-sort="ascending"] button::after { content: " \\2191"; }
th[aria-sort="descending"] button::after { content: " \\2193"; }
.plot { display: inline-block; width: 12rem; height: 1.2rem; vertical-align: middle; }
.plot .band { fill: var(--rule); } .plot .one { stroke: var(--quiet); } .plot .whisker { stroke: var(--series-0); stroke-width: 2; }
.plot .dot { fill: var(--series-0); } .plot.flagged .whisker { stroke: var(--series-1); } .plot.flagged .dot { fill: var(--series-1); }
.good { color: var(--good); } .bad { color: var(--bad); } .range { color: var(--quiet); }
figure { margin: 1.2rem 0 2rem; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem 2rem; }
.panels svg { width: 100%; height: auto; max-width: 34rem; color: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .87rem; margin: .2rem 0 .6rem; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: .4rem; }
figcaption { max-width: 60rem; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--quiet); font-size: .87rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; font-size: .87rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
pre { font: .82rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--soft); padding: .7rem .9rem;
  overflow-x: auto; white-space: pre-wrap; margin: .3rem 0; }
@media print { body { max-width: none; padding: 0; } details { display: none; } }
`;
