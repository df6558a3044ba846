// The run epoch by epoch: loss, accuracy, learning rate and speed.
import { formatAccuracy, formatCount, formatLoss } from "../../format.ts";
import { lineChart } from "../charts/line-chart.ts";
import { significant } from "../charts/numbers.ts";
import { html, type Markup } from "../markup.ts";
import type { EpochTiming, Report } from "../report.ts";
import { accuracyFinding, lossFinding, rateFinding, speedFinding } from "./curve-findings.ts";
import { epochTable } from "./epoch-table.ts";
import { section } from "./section.ts";

export function curves(report: Report): Markup | undefined {
  const { history, timings, figures } = report;
  const judge = history[0]?.judgedBy;
  if (judge === undefined) return timings.length === 0 ? undefined : untold(timings);
  const best = figures.bestEpoch;
  const mark = best === undefined ? undefined : { x: best, label: `best: epoch ${best}` };
  const charts = [
    lineChart({
      id: "loss",
      title: "Loss",
      finding: lossFinding(history),
      unit: "mean loss",
      axis: { from: 0 },
      mark,
      series: [
        {
          name: "training",
          points: history.map(({ epoch, loss }) => ({ x: epoch, y: loss })),
          text: formatLoss,
        },
        {
          name: judge,
          points: history.map(({ epoch, judgedLoss }) => ({ x: epoch, y: judgedLoss })),
          text: formatLoss,
        },
      ],
    }),
    lineChart({
      id: "accuracy",
      title: "Accuracy",
      finding: accuracyFinding(history),
      unit: "% of rows right",
      axis: { most: 100 },
      mark,
      series: [
        {
          name: judge,
          points: history.map(({ epoch, judgedAccuracy }) => ({ x: epoch, y: 100 * judgedAccuracy })),
          text: (y) => formatAccuracy(y / 100),
        },
      ],
    }),
    lineChart({
      id: "learning-rate",
      title: "Learning rate",
      finding: rateFinding(history),
      unit: "at the epoch’s last step",
      axis: { from: 0 },
      series: [
        {
          name: "rate",
          points: history.map(({ epoch, learningRate }) => ({ x: epoch, y: learningRate })),
          text: (y) => significant(y, 3),
        },
      ],
    }),
    timings.length === 0 ? undefined : throughput(timings),
  ];
  return section({
    id: "training",
    title: "Training",
    body: html`<p class="note">${judgedNote(judge, figures.validationRows)}</p>
<div class="charts">
${charts}</div>
${epochTable(history, timings)}`,
  });
}

/** A run whose epochs were not judged has its speed to show. */
function untold(timings: readonly EpochTiming[]): Markup {
  return section({
    id: "training",
    title: "Training",
    body: html`<p class="note">The epochs of this run were not judged one by one, so that there are no curves of loss and accuracy.</p>
<div class="charts">
${throughput(timings)}</div>
`,
  });
}

function throughput(timings: readonly EpochTiming[]): Markup {
  return lineChart({
    id: "throughput",
    title: "Throughput",
    finding: speedFinding(timings),
    unit: "samples/s",
    axis: { from: 0 },
    series: [
      {
        name: "speed",
        points: timings.map(({ epoch, samplesPerSecond }) => ({ x: epoch, y: samplesPerSecond })),
        text: formatCount,
      },
    ],
  });
}

function judgedNote(judge: "validation" | "test", rows: number | undefined): string {
  const training = "The training loss is the mean over an epoch’s steps, while the weights were changing.";
  if (judge === "test") {
    return `${training} After an epoch the net was measured on the test rows, which chose nothing: neither the weights nor when to stop.`;
  }
  const count = rows === undefined ? "the" : formatCount(rows);
  return `${training} After an epoch the net was measured on ${count} validation rows. The test rows were looked at only once, at the end.`;
}
