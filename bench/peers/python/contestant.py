# What every Python contestant's program does around its net: take the task, say when the first step is done,
# then train and be judged as often as it is asked. One line of JSON for each question and each answer.
import json
import sys
import time

import numpy as np

JUDGED = 1000


def images(folder, split, count, dtype):
    """The first `count` images of a split, (count, 784), as pixels / 255."""
    pixels = np.fromfile(f"{folder}/{split}-images-idx3-ubyte", np.uint8, offset=16)
    return pixels[: count * 784].reshape(count, 784).astype(dtype) / dtype(255)


def labels(folder, split, count):
    """The first `count` labels of a split, 0 to 9."""
    return np.fromfile(f"{folder}/{split}-labels-idx1-ubyte", np.uint8, offset=8)[:count].astype(np.int64)


def batches(task):
    """Row numbers for one batch after another, without end: all rows in a new order, then all again."""
    rng = np.random.default_rng()
    rows, batch = task["rows"], task["batch"]
    while True:
        order = rng.permutation(rows)
        for start in range(0, rows, batch):
            yield order[start : start + batch]


def say(**answer):
    print(json.dumps(answer), flush=True)


def judged(probabilities, answers):
    right = probabilities[np.arange(len(answers)), answers]
    loss = float(-np.log(np.maximum(right, 1e-30)).mean())
    return {"loss": loss, "accuracy": float((probabilities.argmax(axis=1) == answers).mean())}


def run(make):
    """`make(task)` loads the data and builds a net with `description`, `train(steps)` and `probabilities(images)`."""
    task = json.loads(sys.argv[1])
    net = make(task)
    net.train(1)
    say(event="first-step", description=net.description)

    pixels = images(task["mnist"], "t10k", JUDGED, np.float32)
    answers = labels(task["mnist"], "t10k", JUDGED)
    for line in sys.stdin:
        question = json.loads(line)
        if question["command"] == "train":
            steps = question["steps"]
            start = time.perf_counter()
            net.train(steps)
            say(seconds=time.perf_counter() - start, samples=steps * task["batch"])
        else:
            say(**judged(net.probabilities(pixels), answers))
