# scikit-learn: MLPClassifier with plain SGD; partial_fit goes once over the rows it is given, batch by batch.
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

import contestant


class SklearnNet:
    def __init__(self, task):
        # It warns that a batch smaller than the one it was made for is cut.
        warnings.filterwarnings("ignore")
        self.description = f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}"
        self.batch, self.per_pass = task["batch"], task["rows"] // task["batch"]
        self.x = contestant.images(task["mnist"], "train", task["rows"], np.float32)
        self.t = contestant.labels(task["mnist"], "train", task["rows"])
        self.net = MLPClassifier(
            (task["hidden"],),
            solver="sgd",
            learning_rate_init=task["learningRate"],
            batch_size=self.batch,
            momentum=0,
            nesterovs_momentum=False,
            alpha=0,
        )

    def train(self, steps):
        while steps > 0:
            now = min(steps, self.per_pass)
            rows = slice(0, now * self.batch)
            self.net.partial_fit(self.x[rows], self.t[rows], classes=np.arange(10))
            steps -= now

    def probabilities(self, images):
        return self.net.predict_proba(images)


contestant.run(SklearnNet)
