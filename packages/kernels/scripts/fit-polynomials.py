# Prints the polynomial coefficients of exp and log: near-minimax fits, by interpolation at Chebyshev nodes, in 60 digits.
# python3 scripts/fit-polynomials.py
from mpmath import mp, mpf, exp, log, cos, pi, lu_solve, matrix
import numpy as np

mp.dps = 60


def fit(function, low, high, degree, leading=None):
    """Coefficients c0 … c_degree of the polynomial that agrees with `function` at the Chebyshev nodes of [low, high]."""
    count = degree + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    powers = matrix(count, count)
    values = matrix(count, 1)
    for i, x in enumerate(nodes):
        values[i] = function(x)
        for j in range(count):
            powers[i, j] = x**j
    return list(lu_solve(powers, values))


def show(name, coefficients, kind):
    print(name, [float(kind(str(mp.nstr(c, 30)))) for c in coefficients])


# exp(r) = 1 + r + r²·(½ + r·Q(r)) on |r| ≤ ln2/2 (a little wider: n is rounded from a rounded product).
half = log(2) / 2 * mpf("1.001")
Q = lambda r: (exp(r) - 1 - r - r * r / 2) / r**3 if abs(r) > mpf("1e-12") else mpf(1) / 6
show("exp float32", fit(Q, -half, half, 3), np.float32)
show("exp float64", fit(Q, -half, half, 8), np.float64)

# ln 2 = hi + lo, where hi has so few bits that n·hi is exact for every n that occurs (8 and 11 bits).
for name, bits, kind in [("float32", 16, np.float32), ("float64", 42, np.float64)]:
    hi = mp.nint(log(2) * mpf(2) ** bits) / mpf(2) ** bits
    show("ln 2 hi, lo, 1/ln 2 " + name, [hi, log(2) - hi, 1 / log(2)], kind)

# log((1+s)/(1−s)) = 2s + s·z·R(z), z = s², for m in [√½, √2): |s| ≤ 3 − 2√2.
top = (3 - 2 * mp.sqrt(2)) ** 2 * mpf("1.001")


def R(z):
    if z < mpf("1e-12"):
        return mpf(2) / 3 + mpf(2) * z / 5
    s = mp.sqrt(z)
    return (log((1 + s) / (1 - s)) - 2 * s) / (s * z)


show("log float64", fit(R, mpf(0), top, 6), np.float64)
