// A picture within the page: its bytes are part of the text, so that nothing is loaded.
import { html, type Markup } from "../markup.ts";
import type { Picture } from "../report.ts";

/** @param alternative what the picture is, for those who do not see it; "" where the text beside it says so */
export function pictureTag({ width, height, png }: Picture, alternative: string): Markup {
  const address = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  return html`<img src="${address}" width="${width}" height="${height}" alt="${alternative}">`;
}
