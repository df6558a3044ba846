// The names of what a run leaves in its folder.

export const CONFIG_FILE = "config.json";
/** One line an epoch, without any time in it: the same for the same run. */
export const METRICS_FILE = "metrics.jsonl";
/** One line an epoch: how long it took here. */
export const TIMING_FILE = "timing.jsonl";
/** The best weights so far. */
export const MODEL_FILE = "model.safetensors";
export const REPORT_FILE = "report.html";
/** The folder of TensorBoard's event files. */
export const TENSORBOARD_FOLDER = "tensorboard";
