# NumPy on one thread, its products by OpenBLAS: the seconds of single products and softmaxes.
from kernels_task import answer
import numpy as np


def product(a, b):
    c = np.empty((a.shape[0], b.shape[1]), a.dtype)
    return lambda: np.matmul(a, b, out=c)


def rows(x):
    out = np.empty_like(x)

    def softmax():
        np.subtract(x, x.max(axis=1, keepdims=True), out=out)
        np.exp(out, out=out)
        return np.divide(out, out.sum(axis=1, keepdims=True), out=out)

    return softmax


answer(f"NumPy {np.__version__} OpenBLAS", product, rows)
