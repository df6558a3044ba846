// The report's type and layout: one column on a phone, more where there is room, and sections kept whole on paper.

const TYPE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0 auto;max-width:1160px;padding:0 20px;background:var(--paper);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1{margin:.1em 0 .25em;font-size:clamp(2.1rem,6vw,3.4rem);line-height:1.08;letter-spacing:-.025em;font-weight:700;text-wrap:balance}
h2{margin:0 0 .35em;font-size:1.65rem;line-height:1.2;letter-spacing:-.015em;scroll-margin-top:16px}
h3{margin:0;font-size:1.02rem;line-height:1.35}
p{margin:0}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
a{color:var(--a);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--a);outline-offset:2px;border-radius:2px}
.kicker{color:var(--a);font-size:.82rem;font-weight:650;letter-spacing:.09em;text-transform:uppercase}
.lead{max-width:46em;color:var(--muted);font-size:1.1rem}
.note{max-width:48em;color:var(--muted);margin-bottom:1.2rem}
.legend,.small{color:var(--muted);font-size:.84rem}
`;

const HEAD = `
header{padding:44px 0 26px}
.figures{display:flex;flex-wrap:wrap;gap:1px;margin:30px 0 0;
background:var(--line);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.card{flex:1 1 140px;padding:15px 18px 16px;background:var(--card)}
.card dt{color:var(--muted);font-size:.84rem}
.card dd{margin:0}
.card strong{display:block;font-size:1.5rem;line-height:1.3;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.01em;white-space:nowrap}
.card span{color:var(--muted);font-size:.84rem}
.card .digits{font:600 1.18rem/1.65 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;letter-spacing:0}
.card.hero{flex:2 1 290px}
.hero strong{color:var(--a);font-size:2.7rem;line-height:1.12;letter-spacing:-.03em}
.sha{margin-top:14px;color:var(--muted);font-size:.84rem}
.sha code{color:var(--ink);font-size:.95em;user-select:all}
nav ul{display:flex;flex-wrap:wrap;gap:4px 22px;margin:0;padding:12px 0;list-style:none;border-block:1px solid var(--line)}
nav a{display:block;padding:3px 0;font-size:.94rem;text-decoration:none}
nav a:hover{text-decoration:underline}
section{padding:44px 0 6px}
section+section{border-top:1px solid var(--line);margin-top:38px}
footer{margin-top:46px;padding:18px 0 40px;border-top:1px solid var(--line);color:var(--muted);font-size:.84rem}
`;

const CHARTS = `
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:20px}
.histograms{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,500px),1fr));gap:20px}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,235px),1fr));background:var(--card);border:1px solid var(--line);border-radius:10px}
.chart{container-type:inline-size;margin:0;padding:16px 18px 10px;background:var(--card);border:1px solid var(--line);border-radius:10px;min-width:0;display:flex;flex-direction:column}
.pair .chart{border:0;background:none}
.chart figcaption p{margin:2px 0 10px;color:var(--muted);font-size:.9rem;line-height:1.45}
.chart svg{display:block;width:100%;height:auto;margin-top:auto;overflow:visible}
svg text{fill:var(--muted);font-size:11.5px;font-variant-numeric:tabular-nums}
.pair svg text{font-size:12px}
svg .end{text-anchor:end}
svg .middle{text-anchor:middle}
svg .label{fill:var(--series);font-size:12.5px;font-weight:600}
.grid{stroke:var(--grid);fill:none}
.axis{stroke:var(--muted);stroke-opacity:.55;fill:none}
.mark{stroke:var(--ink);stroke-opacity:.5;stroke-dasharray:2 4;fill:none}
.line{fill:none;stroke:var(--series);stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
.line.s1{stroke-dasharray:6 5}
.dot{fill:var(--card);stroke:var(--series);stroke-width:1.75}
.dot.s0{fill:var(--series)}
.bars{fill:var(--series)}
.track{fill:var(--grid)}
@container (max-width:400px){svg text{font-size:13.5px}svg .label{font-size:14px}}
@container (max-width:260px){.pair svg text{font-size:14.5px}}
`;

const TABLES = `
.scroll{overflow-x:auto;margin:10px 0 12px;border:1px solid var(--line);border-radius:10px;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{padding:11px 14px;color:var(--muted);font-size:.84rem;text-align:left}
caption span{display:inline-block;position:sticky;left:14px;max-width:min(100%,calc(100vw - 72px))}
th,td{padding:6px 12px;text-align:right;white-space:nowrap;border-top:1px solid var(--line)}
thead th,thead td{color:var(--muted);font-weight:600;font-size:.84rem}
tbody th,tfoot th{font-weight:600;text-align:left}
tr>:first-child{position:sticky;left:0;background:var(--card)}
thead th:first-child,.name{text-align:left}
tfoot th,tfoot td{border-top:2px solid var(--line);font-weight:600}
td.bar{width:32%;min-width:110px}
td.bar svg{display:block;width:100%;height:8px}
.wrong{color:var(--b)}
.matrix thead td,.matrix th[scope=row]{width:1px}
.matrix td,.matrix th{border:1px solid var(--card);padding:7px 8px;min-width:48px}
.matrix tbody td{text-align:center}
.matrix thead th{text-align:center}
.matrix thead td{text-align:left;font-weight:400}
.matrix.many td,.matrix.many th{padding:4px 3px;min-width:31px;font-size:.78rem}
.matrix .right{font-weight:700}
.matrix .none{color:var(--muted);font-weight:400}
.swatch{display:inline-block;width:22px;height:13px;border:1px solid var(--line);vertical-align:-2px}
.swatch.w1{margin-left:14px}
details{margin-top:18px}
summary{cursor:pointer;color:var(--a);font-size:.94rem;width:fit-content}
h3+.scroll{margin-top:8px}
.legend+h3,.scroll+h3{margin-top:26px}
`;

const GALLERIES = `
.gallery,.filters{display:grid;gap:12px;margin:0;padding:0;list-style:none}
.gallery{grid-template-columns:repeat(auto-fill,minmax(118px,1fr))}
.gallery li{padding:10px;background:var(--card);border:1px solid var(--line);border-radius:10px}
.gallery p{margin-top:7px;font-size:.86rem;line-height:1.35}
.gallery p>span{display:block}
.filters{grid-template-columns:repeat(auto-fill,minmax(78px,1fr));margin-top:14px}
.filters span{display:block;text-align:center}
img{display:block;width:100%;height:auto;image-rendering:pixelated;border-radius:4px}
.filters img{background:var(--card);border:1px solid var(--line)}
.scale svg{width:160px;height:12px;vertical-align:-1px;border:1px solid var(--line)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:20px 40px}
.facts dl{margin:8px 0 0}
.facts dl div{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:14px;padding:6px 0;border-top:1px solid var(--line);font-size:.9rem}
.facts dt{color:var(--muted)}
.facts dd{margin:0}
`;

const PAPER = `
@media (max-width:520px){body{padding:0 16px}header{padding-top:28px}section{padding-top:32px}.gallery{grid-template-columns:repeat(auto-fill,minmax(96px,1fr))}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{body{max-width:none;font-size:11pt}nav{display:none}.chart,.gallery li,.filters li,tr{break-inside:avoid}h2,h3{break-after:avoid}
.scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;

export const LAYOUT: string = `${TYPE}${HEAD}${CHARTS}${TABLES}${GALLERIES}${PAPER}`;
