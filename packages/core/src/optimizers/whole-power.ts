// Powers with a whole exponent, by multiplication alone: Math.pow differs between engines.

/** base^exponent for a whole exponent ≥ 0, by repeated squaring in float64: the same bits everywhere. */
export function wholePower(base: number, exponent: number): number {
  let power = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power *= square;
    square *= square;
  }
  return power;
}
