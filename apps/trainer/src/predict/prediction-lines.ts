// Predictions as CSV or as JSON Lines.
import { likeliest, type Prediction } from "./predict-rows.ts";
import { floatText } from "./shortest-float.ts";

/** Turns predictions into lines, each with its line break. */
export interface LineFormat {
  /** The first line, if there is one. */
  readonly header: string;
  readonly line: (prediction: Prediction) => string;
}

/**
 * RFC 4180, but with plain line feeds: `row,class,probability`, then the probability of each class as `p_<class>`;
 * with `top` k instead `class_2,probability_2` and so on to k.
 */
export function csvFormat(classNames: readonly string[], top: number | undefined): LineFormat {
  const shown = Math.min(top ?? 0, classNames.length);
  const more =
    top === undefined
      ? classNames.map((name) => `p_${name}`)
      : Array.from({ length: shown - 1 }, (_, i) => [`class_${i + 2}`, `probability_${i + 2}`]).flat();
  return {
    header: csvLine(["row", "class", "probability", ...more]),
    line: ({ row, predicted, probabilities }) => {
      const text = (k: number): string => floatText(probabilities[k] ?? 0, probabilities);
      const name = (k: number): string => classNames[k] ?? String(k);
      if (top === undefined) {
        return csvLine([row, name(predicted), text(predicted), ...classNames.map((_, k) => text(k))]);
      }
      return csvLine([row, ...likeliest(probabilities, shown).flatMap((k) => [name(k), text(k)])]);
    },
  };
}

/** One object a line: row, class, probability, and `probabilities` by class, or `top` as a list. */
export function jsonFormat(classNames: readonly string[], top: number | undefined): LineFormat {
  return {
    header: "",
    line: ({ row, predicted, probabilities }) => {
      // Written by hand, because JSON.stringify would write a float32 with the digits of a float64.
      const number = (k: number): string => floatText(probabilities[k] ?? 0, probabilities);
      const name = (k: number): string => JSON.stringify(classNames[k] ?? String(k));
      const answer = (k: number): string => `"class":${name(k)},"probability":${number(k)}`;
      const rest =
        top === undefined
          ? `"probabilities":{${classNames.map((_, k) => `${name(k)}:${number(k)}`).join(",")}}`
          : `"top":[${likeliest(probabilities, top)
              .map((k) => `{${answer(k)}}`)
              .join(",")}]`;
      return `{"row":${JSON.stringify(row)},${answer(predicted)},${rest}}\n`;
    },
  };
}

function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(",")}\n`;
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
