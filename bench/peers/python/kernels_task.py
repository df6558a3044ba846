# What every Python peer of kernels/gemm.ts does alike: one thread, operands, checked results, timed calls.
# The task is {"products": [[m, k, n, layout]], "rows": [[r, c]]}; the answer is the seconds of each, per dtype.
# Import this before NumPy or PyTorch: their libraries look at the environment when they are loaded.
import json
import os
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np


def best(call, work):
    """Seconds of one call: the least over many short runs, after a warm-up."""
    repeat = max(1, int(4e6 / work))
    least = float("inf")
    for i in range(3 + 25):
        start = time.perf_counter()
        for _ in range(repeat):
            call()
        if i >= 3:
            least = min(least, (time.perf_counter() - start) / repeat)
    return least


def check(found, expected, bound, what):
    """Ends the program unless every entry is within `bound` of what float64 says."""
    off = np.abs(np.asarray(found, np.float64) - expected).max()
    if not off <= bound:
        sys.exit(f"{what} is off by {off}")


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def answer(name, product, rows):
    """product(a, b) and rows(x) give a call without arguments, which is checked once and then timed."""
    task = json.load(sys.stdin)
    result = {"name": name}
    for dtype in ("float32", "float64"):
        unit = float(np.finfo(dtype).eps)
        rng = np.random.default_rng(1)
        times = {"products": [], "rows": []}
        for m, k, n, layout in task["products"]:
            a = rng.uniform(-1, 1, (k, m) if layout == "tn" else (m, k)).astype(dtype)
            b = rng.uniform(-1, 1, (n, k) if layout == "nt" else (k, n)).astype(dtype)
            a, b = a.T if layout == "tn" else a, b.T if layout == "nt" else b
            call = product(a, b)
            check(call(), a.astype(np.float64) @ b.astype(np.float64), k * unit, f"{dtype} {m}x{k}x{n}")
            times["products"].append(best(call, 2 * m * k * n))
        for r, c in task["rows"]:
            x = rng.uniform(-1, 1, (r, c)).astype(dtype)
            call = rows(x)
            check(call(), softmax(x.astype(np.float64)), 64 * unit, f"{dtype} softmax {r}x{c}")
            times["rows"].append(best(call, 50 * r * c))
        result[dtype] = times
    json.dump(result, sys.stdout)
