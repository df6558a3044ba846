# PyTorch as a matrix library: the gradient written out by hand, no autograd, updates in place.
import numpy as np
import torch

import contestant


class TorchByHand:
    def __init__(self, task):
        torch.set_num_threads(task["threads"])
        torch.set_grad_enabled(False)
        self.description = f"PyTorch {torch.__version__}, {torch.get_num_threads()} thread(s)"
        self.rows, self.batch, self.lr = task["rows"], task["batch"], task["learningRate"]
        self.x = torch.from_numpy(contestant.images(task["mnist"], "train", self.rows, np.float32))
        t = torch.from_numpy(contestant.labels(task["mnist"], "train", self.rows))
        self.t = torch.nn.functional.one_hot(t, task["outputs"]).float()
        inputs, hidden, outputs = task["inputs"], task["hidden"], task["outputs"]
        self.W1, self.b1 = 0.01 * torch.randn(inputs, hidden), torch.zeros(hidden)
        self.W2, self.b2 = 0.01 * torch.randn(hidden, outputs), torch.zeros(outputs)
        self.order = iter(())

    def next_rows(self):
        rows = next(self.order, None)
        if rows is None:
            self.order = iter(torch.randperm(self.rows).split(self.batch))
            rows = next(self.order)
        return rows

    def forward(self, x):
        a = torch.addmm(self.b1, x, self.W1).relu_()
        return a, torch.softmax(torch.addmm(self.b2, a, self.W2), dim=1)

    def train(self, steps):
        rate = -self.lr / self.batch
        for _ in range(steps):
            rows = self.next_rows()
            x = self.x[rows]
            a, d = self.forward(x)
            d -= self.t[rows]
            da = torch.mm(d, self.W2.t())
            da.mul_(a > 0)
            self.W2.addmm_(a.t(), d, alpha=rate)
            self.b2.add_(d.sum(0), alpha=rate)
            self.W1.addmm_(x.t(), da, alpha=rate)
            self.b1.add_(da.sum(0), alpha=rate)

    def probabilities(self, images):
        return self.forward(torch.from_numpy(images))[1].numpy()


contestant.run(TorchByHand)
