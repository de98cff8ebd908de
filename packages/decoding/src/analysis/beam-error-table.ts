import type { BeamErrorCase } from "./beam-errors.ts";

/** How the errors of a corpus are shared out. */
export interface BeamErrorTable {
  readonly numCases: number;
  /** The cases in which something was at fault. */
  readonly numErrors: number;
  /** A row for each possible fault: how often, and which share of `numErrors`, NaN where there is no error. */
  readonly rows: readonly { readonly fault: "search" | "model"; readonly count: number; readonly share: number }[];
}

/** Counts the cases of `analyzeBeamErrors`: those of several calls may stand in one array. */
export function beamErrorTable(cases: readonly Pick<BeamErrorCase, "fault">[]): BeamErrorTable {
  const countOf = (fault: BeamErrorCase["fault"]) => cases.filter((each) => each.fault === fault).length;
  const numErrors = cases.length - countOf("none");
  const row = (fault: "search" | "model") => ({ fault, count: countOf(fault), share: countOf(fault) / numErrors });
  return { numCases: cases.length, numErrors, rows: [row("search"), row("model")] };
}
