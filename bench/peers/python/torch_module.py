# PyTorch as its users write it: modules, autograd, torch.optim.SGD; the data as one tensor, batches by row numbers.
import numpy as np
import torch
from torch import nn

import contestant


class TorchModule:
    def __init__(self, task):
        torch.set_num_threads(task["threads"])
        self.description = f"PyTorch {torch.__version__}, {torch.get_num_threads()} thread(s)"
        self.rows, self.batch = task["rows"], task["batch"]
        self.x = torch.from_numpy(contestant.images(task["mnist"], "train", self.rows, np.float32))
        self.t = torch.from_numpy(contestant.labels(task["mnist"], "train", self.rows))
        self.net = nn.Sequential(
            nn.Linear(task["inputs"], task["hidden"]),
            nn.ReLU(),
            nn.Linear(task["hidden"], task["outputs"]),
        )
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=task["learningRate"])
        self.order = iter(())

    def next_rows(self):
        rows = next(self.order, None)
        if rows is None:
            self.order = iter(torch.randperm(self.rows).split(self.batch))
            rows = next(self.order)
        return rows

    def train(self, steps):
        for _ in range(steps):
            rows = self.next_rows()
            self.optimizer.zero_grad()
            self.loss(self.net(self.x[rows]), self.t[rows]).backward()
            self.optimizer.step()

    def probabilities(self, images):
        with torch.no_grad():
            return torch.softmax(self.net(torch.from_numpy(images)), dim=1).numpy()


contestant.run(TorchModule)
