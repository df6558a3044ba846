# PyTorch on one thread: the seconds of single products and softmaxes.
from kernels_task import answer
import torch

torch.set_num_threads(1)


def product(a, b):
    x, y = torch.from_numpy(a), torch.from_numpy(b)
    out = torch.empty((x.shape[0], y.shape[1]), dtype=x.dtype)
    return lambda: torch.mm(x, y, out=out)


def rows(x):
    given = torch.from_numpy(x)
    return lambda: torch.softmax(given, 1)


answer(f"PyTorch {torch.__version__}", product, rows)
