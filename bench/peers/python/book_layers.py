# The net as chapter 5 of "Deep Learning from Scratch" builds it: layer objects, one-hot labels, float64, the loss
# computed on the way to the gradient, batches drawn with replacement.
import sys

import numpy as np

import contestant


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t, self.y = t, softmax(x)
        classes = t.argmax(axis=1)
        return -np.sum(np.log(self.y[np.arange(len(t)), classes] + 1e-7)) / len(t)

    def backward(self, dout=1):
        return (self.y - self.t) / len(self.t)


class BookNet:
    def __init__(self, task):
        self.description = f"NumPy {np.__version__}, float64, Python {sys.version.split()[0]}"
        self.rows, self.batch, self.lr = task["rows"], task["batch"], task["learningRate"]
        self.x = contestant.images(task["mnist"], "train", self.rows, np.float64)
        self.t = np.eye(10)[contestant.labels(task["mnist"], "train", self.rows)]
        inputs, hidden, outputs = task["inputs"], task["hidden"], task["outputs"]
        self.layers = [
            Affine(0.01 * np.random.randn(inputs, hidden), np.zeros(hidden)),
            Relu(),
            Affine(0.01 * np.random.randn(hidden, outputs), np.zeros(outputs)),
        ]
        self.last = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def train(self, steps):
        for _ in range(steps):
            rows = np.random.choice(self.rows, self.batch)
            self.last.forward(self.predict(self.x[rows]), self.t[rows])
            dout = self.last.backward()
            for layer in reversed(self.layers):
                dout = layer.backward(dout)
            for layer in self.layers:
                if isinstance(layer, Affine):
                    layer.W -= self.lr * layer.dW
                    layer.b -= self.lr * layer.db

    def probabilities(self, images):
        return softmax(self.predict(images.astype(np.float64)))
