# Accuracy of scikit-learn's MLPClassifier, trained by plain SGD on the raw rows of an .npz, once for each seed.
# python3 mlp-classifier.py split.npz HIDDEN EPOCHS BATCH LEARNING_RATE SEEDS
import json
import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
split = np.load(sys.argv[1], allow_pickle=False)
hidden, epochs, batch, rate, seeds = (float(word) if "." in word else int(word) for word in sys.argv[2:])
scaler = StandardScaler().fit(split["x_train"])
x_train = scaler.transform(split["x_train"]).astype(np.float32)
x_test = scaler.transform(split["x_test"]).astype(np.float32)
accuracies = []
for seed in range(seeds):
    net = MLPClassifier(
        (hidden,),
        solver="sgd",
        momentum=0,
        alpha=0,
        batch_size=batch,
        learning_rate_init=rate,
        max_iter=epochs,
        n_iter_no_change=epochs,
        random_state=seed,
    )
    net.fit(x_train, split["y_train"])
    accuracies.append(net.score(x_test, split["y_test"]))
print(json.dumps(accuracies))
