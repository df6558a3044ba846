// The report's colours, light and dark. Text keeps a contrast of 4.5 : 1 on its ground in both, which a test measures.

/** `a` is the first series and what is right, `b` the second and what is wrong: blue and orange, for any eye. */
const LIGHT = `
--paper:#fbfaf7;--card:#ffffff;--ink:#1b2430;--muted:#566072;--line:#dcd9d1;--grid:#e9e6df;
--a:#1d5fa6;--b:#b4480f;--on-strong:#ffffff;
--r1:#eef4fb;--r2:#dbe9f7;--r3:#bcd7f1;--r4:#96c0e9;--r5:#2f72b8;--r6:#1a5493;
--w1:#fdf0e8;--w2:#fbdcca;--w3:#f8c3a4;--w4:#f2a073;--w5:#bb4d12;--w6:#8f3506;`;

const DARK = `
--paper:#10151c;--card:#171e27;--ink:#e7ebf1;--muted:#9fabbb;--line:#2c3644;--grid:#232c38;
--a:#7fb8f2;--b:#f4a56d;--on-strong:#0d1218;
--r1:#15212f;--r2:#182b41;--r3:#1c3857;--r4:#214a75;--r5:#6ba9e4;--r6:#9fcaf5;
--w1:#271b14;--w2:#3a2216;--w3:#512b15;--w4:#6f3812;--w5:#ec9355;--w6:#f9bd93;`;

const SHADES = [1, 2, 3, 4, 5, 6]
  .map((k) => {
    const strong = k > 4 ? ";color:var(--on-strong)" : "";
    return `.r${k}{background:var(--r${k})${strong}}.w${k}{background:var(--w${k})${strong}}`;
  })
  .join("\n");

export const COLORS: string = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}--paper:#ffffff;}}
${SHADES}
.s0{--series:var(--a)}.s1{--series:var(--b)}
`;
