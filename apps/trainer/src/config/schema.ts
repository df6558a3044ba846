// The configuration file as a JSON Schema, made from the table of rules, for editors that complete and check.
import { ruleOf, SETTING_NAMES } from "./check-setting.ts";
import type { SettingRule } from "./setting-rules.ts";

/** A part of a JSON Schema, draft 2020-12. */
export type Schema = { readonly [key: string]: unknown };

/** The whole file's schema. */
export function configSchema(): Schema {
  const properties = SETTING_NAMES.map((name): [string, Schema] => {
    const { meaning, values } = ruleOf(name);
    return [name, { description: meaning, ...typeOf(values) }];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of gradloom train",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      versions: { type: "object", description: "who wrote the file; changes nothing" },
      ...Object.fromEntries(properties),
    },
  };
}

function typeOf(values: SettingRule["values"]): Schema {
  switch (values.kind) {
    case "whole":
      return { type: "integer", minimum: values.min, maximum: values.max };
    case "positive":
      return { type: "number", exclusiveMinimum: 0 };
    case "amount":
      return { type: "number", minimum: 0 };
    case "share":
      return { type: "number", [values.zero ? "minimum" : "exclusiveMinimum"]: 0, exclusiveMaximum: 1 };
    case "choice":
      return { enum: values.choices };
    case "positive or choice":
      return { anyOf: [{ type: "number", exclusiveMinimum: 0 }, { enum: values.choices }] };
    case "list": {
      const items = { type: "integer", minimum: values.min, maximum: values.max };
      return { anyOf: [items, { type: "array", items, minItems: 1, maxItems: values.most }] };
    }
    case "switch":
      return { type: "boolean" };
    case "text or whole":
      return { anyOf: [{ type: "string", minLength: 1 }, { type: "integer" }] };
    case "text":
    case "path":
      return { type: "string", minLength: 1 };
  }
}
