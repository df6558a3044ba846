"""What OpenBLAS gives two threads that each multiply a half, beside one call that it shares out to two threads itself.

python3 bench/kernels/two_callers.py [rounds]     needs libopenblas0-pthread, and nothing of ours

The products are those of work B: x·W and xᵀ·dout, with x (1024, 784), W (784, 1024) and dout (1024, 1024).
"""

import ctypes
import statistics
import sys
import threading
import time

ROW_MAJOR, PLAIN, TURNED = 101, 111, 112
BATCH, INPUTS, WIDTH = 1024, 784, 1024
CALLS = 20

blas = ctypes.CDLL("libopenblas.so.0")
blas.cblas_sgemm.restype = None


def matrix(rows, columns):
    numbers = [((i * 2654435761) % 2**32) / 2**32 - 0.5 for i in range(rows * columns)]
    return (ctypes.c_float * len(numbers))(*numbers)


x, W, dout = matrix(BATCH, INPUTS), matrix(INPUTS, WIDTH), matrix(BATCH, WIDTH)
out, dW = matrix(BATCH, WIDTH), matrix(INPUTS, WIDTH)


def at(array, element):
    return ctypes.byref(array, 4 * element)


def sgemm(turned, m, n, k, a, lda, b, ldb, c, ldc):
    one, zero = ctypes.c_float(1), ctypes.c_float(0)
    blas.cblas_sgemm(ROW_MAJOR, turned, PLAIN, m, n, k, one, a, lda, b, ldb, zero, c, ldc)


def forward(first, rows):
    sgemm(PLAIN, rows, WIDTH, INPUTS, at(x, first * INPUTS), INPUTS, at(W, 0), WIDTH, at(out, first * WIDTH), WIDTH)


def gradient(first, rows):
    sgemm(TURNED, rows, WIDTH, BATCH, at(x, first), INPUTS, at(dout, 0), WIDTH, at(dW, first * WIDTH), WIDTH)


def one_call():
    blas.openblas_set_num_threads(2)
    forward(0, BATCH)
    gradient(0, INPUTS)


def two_callers():
    blas.openblas_set_num_threads(1)

    def half(rank):
        forward(rank * BATCH // 2, BATCH // 2)
        gradient(rank * INPUTS // 2, INPUTS // 2)

    other = threading.Thread(target=half, args=(1,))
    other.start()
    half(0)
    other.join()


def gflops(work):
    """As a run of training would have it: the mean of a while, with whatever disturbs it."""
    times = [timed(work) for _ in range(CALLS)]
    return 4 * BATCH * INPUTS * WIDTH * CALLS / sum(times) / 1e9


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
measured = [(gflops(one_call), gflops(two_callers)) for _ in range(rounds + 2)][2:]
ratios = sorted(two / one for one, two in measured)
print(f"one call on two threads   {statistics.median(one for one, _ in measured):6.1f} GFLOP/s")
print(f"two callers, half each    {statistics.median(two for _, two in measured):6.1f} GFLOP/s")
print(f"two callers ÷ one call    {statistics.median(ratios):6.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}), {rounds} rounds")
