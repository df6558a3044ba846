// Numbers as a page shows them: enough digits to follow a calculation by hand.

const DIGITS = 4;

/** At most four significant digits, but whole numbers in full: 0.7311, 220, 2.146e-5. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value + 0); // + 0: no "-0"
  if (Math.abs(value) < 1e-3) return value.toExponential(DIGITS - 1).replace(/\.?0+e/, "e");
  return String(Number(value.toPrecision(DIGITS)));
}

/** As `shortNumber`, with eight digits: money that adds up. */
export function exactEnough(value: number): string {
  return String(Number(value.toPrecision(8)));
}
