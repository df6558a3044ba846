# NumPy on one thread (OpenBLAS for products): reads {"products": [[m, k, n, layout]], "rows": [[r, c]]}, writes seconds.
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


def softmax(x, out):
    np.subtract(x, x.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    np.divide(out, out.sum(axis=1, keepdims=True), out=out)


task = json.load(sys.stdin)
answer = {}
for dtype in ("float32", "float64"):
    rng = np.random.default_rng(1)
    times = []
    for m, k, n, layout in task["products"]:
        a = rng.standard_normal((k, m) if layout == "tn" else (m, k)).astype(dtype)
        b = rng.standard_normal((n, k) if layout == "nt" else (k, n)).astype(dtype)
        a, b = a.T if layout == "tn" else a, b.T if layout == "nt" else b
        c = np.empty((m, n), dtype)
        times.append(best(lambda: np.matmul(a, b, out=c), 2 * m * k * n))
    rows = []
    for r, c in task["rows"]:
        x = rng.standard_normal((r, c)).astype(dtype)
        out = np.empty_like(x)
        rows.append(best(lambda: softmax(x, out), 50 * r * c))
    answer[dtype] = {"products": times, "rows": rows}
json.dump({"name": f"NumPy {np.__version__}, OpenBLAS, 1 thread", **answer}, sys.stdout)
