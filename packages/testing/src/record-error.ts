import { TestRunner } from "vitest";

/** How far a test found the values of a golden from its own, relative to the largest of them. */
export interface GoldenError {
  /** The reference implementation. */
  readonly source: string;
  /** What was compared. */
  readonly label: string;
  readonly tolerance: number;
  readonly error: number;
}

declare module "vitest" {
  interface TaskMeta {
    /** The worst error of each source and tolerance. */
    goldenErrors?: GoldenError[];
  }
}

/** Leaves an error with the running test, where the reporter of `npm run errors` finds it. */
export function recordError(found: GoldenError): void {
  const meta = TestRunner.getCurrentTest()?.meta;
  if (!meta) return;
  const errors = (meta.goldenErrors ??= []);
  const known = errors.findIndex(({ source, tolerance }) => source === found.source && tolerance === found.tolerance);
  if (known < 0) errors.push(found);
  else if (errors[known]!.error < found.error) errors[known] = found;
}
