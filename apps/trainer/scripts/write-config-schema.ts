// Writes config.schema.json from the table of settings: run it by `pnpm run schema` after the table has changed.
import { writeFileSync } from "node:fs";
import { configSchema } from "../src/config/schema.ts";

writeFileSync(
  new URL("../config.schema.json", import.meta.url),
  `${JSON.stringify(configSchema(), null, 2)}\n`,
);
