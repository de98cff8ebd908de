/** What a field of a config must be. */
export interface Field {
  readonly isValid: (value: unknown) => boolean;
  /** How an error says it, after the name: `must be a positive integer`. */
  readonly rule: string;
  /** What stands for a field that is left out. */
  readonly fallback?: unknown;
  readonly isOptional?: boolean;
}

export const SIZE: Field = {
  isValid: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  rule: "must be a positive integer",
};
export const RATE: Field = {
  isValid: (value) => typeof value === "number" && value >= 0 && value < 1,
  rule: "must be at least 0 and below 1",
  isOptional: true,
};
export const FLAG: Field = {
  isValid: (value) => typeof value === "boolean",
  rule: "must be true or false",
  isOptional: true,
};
export const NUMBER: Field = { isValid: Number.isFinite, rule: "must be a finite number", isOptional: true };

export function oneOf(choices: readonly unknown[]): Field {
  return { isValid: (value) => choices.includes(value), rule: `must be one of ${choices.join(", ")}` };
}

export function optional(field: Field): Field {
  return { ...field, isOptional: true };
}

export function withDefault(field: Field, fallback: unknown): Field {
  return { ...field, fallback };
}

/**
 * The config of a model with its defaults, in the order of `fields`, and nothing left undefined.
 *
 * @param config what a caller wrote or a file holds.
 * @throws RangeError that names `caller` when a field is none of `fields`, is missing, or is not what it must be.
 */
export function checkConfig<Config extends object>(
  caller: string,
  config: Config,
  fields: Readonly<Record<string, Field>>,
): Config {
  const given = config as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    throw new RangeError(`${caller}: config must hold ${Object.keys(fields).join(", ")} alone, got ${unknown}`);
  }
  const entries = Object.entries(fields).flatMap(([name, { isValid, rule, fallback, isOptional }]) => {
    const value = given[name] ?? fallback;
    if (value === undefined && isOptional) return [];
    if (!isValid(value)) throw new RangeError(`${caller}: ${name} ${rule}, got ${String(value)}`);
    return [[name, value] as const];
  });
  return Object.fromEntries(entries) as Config;
}
