// cos(π·x) by a polynomial: engines differ in the last bits of Math.cos, and a learning rate reaches every weight.

/** 1/3!, 1/5!, … 1/23! with alternating signs: the Taylor series of sine after its first term, from the far end. */
const COEFFICIENTS = Array.from({ length: 11 }, (_, k) => 11 - k).map((k) => {
  let factorial = 1;
  for (let i = 2; i <= 2 * k + 1; i++) factorial *= i;
  return (k % 2 === 0 ? 1 : -1) / factorial;
});

/** cos(π·x) for 0 ≤ x ≤ 1, within 5e-16: sin(π·(½ − x)) by its series, whose first left-out term is below 1e-20. */
export function cosPi(x: number): number {
  const y = Math.PI * (0.5 - x);
  let sum = 0;
  for (const coefficient of COEFFICIENTS) sum = (sum + coefficient) * y * y;
  return y + y * sum;
}
