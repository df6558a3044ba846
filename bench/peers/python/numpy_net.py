# NumPy: the net written out in a dozen lines, in float64 or float32, or layer by layer in the way of the book.
import sys

import numpy as np

import book_layers
import contestant


class PlainNet:
    """Every line of the step in one place, no layer objects, no loss: as fast as NumPy can be asked for it."""

    def __init__(self, task, dtype):
        self.description = f"NumPy {np.__version__}, {dtype.__name__}, Python {sys.version.split()[0]}"
        self.batches = contestant.batches(task)
        self.lr = dtype(task["learningRate"])
        self.x = contestant.images(task["mnist"], "train", task["rows"], dtype)
        self.t = contestant.labels(task["mnist"], "train", task["rows"])
        rng = np.random.default_rng(0)
        sizes = task["inputs"], task["hidden"], task["outputs"]
        self.W1 = (0.01 * rng.standard_normal((sizes[0], sizes[1]))).astype(dtype)
        self.b1 = np.zeros(sizes[1], dtype)
        self.W2 = (0.01 * rng.standard_normal((sizes[1], sizes[2]))).astype(dtype)
        self.b2 = np.zeros(sizes[2], dtype)

    def forward(self, x):
        a = np.maximum(x @ self.W1 + self.b1, 0)
        scores = a @ self.W2 + self.b2
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        return a, p

    def train(self, steps):
        for _ in range(steps):
            rows = next(self.batches)
            x = self.x[rows]
            a, d = self.forward(x)
            d[np.arange(len(rows)), self.t[rows]] -= 1
            d /= len(rows)
            da = d @ self.W2.T
            da *= a > 0
            self.W2 -= self.lr * (a.T @ d)
            self.b2 -= self.lr * d.sum(axis=0)
            self.W1 -= self.lr * (x.T @ da)
            self.b1 -= self.lr * da.sum(axis=0)

    def probabilities(self, images):
        return self.forward(images.astype(self.W1.dtype))[1]


def make(task):
    if task["variant"] == "book":
        return book_layers.BookNet(task)
    return PlainNet(task, np.float32 if task["variant"] == "float32" else np.float64)


contestant.run(make)
