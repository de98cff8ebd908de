import { expectClose, golden } from "@rnnkit/testing";
import { expect, it } from "vitest";
import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  linearWarmUp,
  reduceOnPlateau,
  stepSchedule,
  type Schedule,
} from "../src/index.ts";

interface Cases {
  readonly schedules: Record<string, number[]>;
  readonly plateaus: {
    readonly options: { factor?: number; patience?: number; threshold?: number; cooldown?: number; min_lr?: number };
    readonly losses: number[];
    readonly factors: number[];
  }[];
}

const SCHEDULES: Record<string, Schedule> = {
  constant: constantSchedule(),
  step: stepSchedule({ every: 7, gamma: 0.3 }),
  exponential: exponentialSchedule({ gamma: 0.93 }),
  cosine: cosineSchedule({ numSteps: 39, minFactor: 0.05 }),
  "warm-up": linearWarmUp({ numSteps: 9 }),
  "warm-up, then cosine": linearWarmUp({ numSteps: 8, startFactor: 0.1, after: cosineSchedule({ numSteps: 31 }) }),
};

const { source, cases } = golden<Cases>(import.meta.url, "schedules");

it.each(Object.entries(cases.schedules))(`the schedule %s is that of ${source}`, (name, factors) => {
  expectClose(
    factors.map((_, step) => SCHEDULES[name]!(step)),
    factors,
    { label: name, source, tolerance: 1e-12 },
  );
});

it.each(cases.plateaus)(`reduceOnPlateau($options) reduces where ${source} does`, ({ options, losses, factors }) => {
  const { min_lr: minFactor, ...others } = options;
  const plateau = reduceOnPlateau({ ...others, ...(minFactor !== undefined && { minFactor }) });
  let state = plateau.initial;
  const seen = losses.map((loss) => (state = plateau.next(state, loss)).factor);
  // Where PyTorch leaves out reductions by less than 1e-8, the factors are the same to that.
  expectClose(seen, factors, { source, tolerance: 1e-8 });
  expect(new Set(factors).size).toBeGreaterThan(1);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});

it.each([
  [() => constantSchedule(0), "constantSchedule: factor must be positive and finite, got 0"],
  [() => stepSchedule({ every: 0 }), "stepSchedule: every must be a positive integer, got 0"],
  [() => stepSchedule({ every: 1, gamma: NaN }), "stepSchedule: gamma must be positive and finite, got NaN"],
  [() => exponentialSchedule({ gamma: 0 }), "exponentialSchedule: gamma must be positive and finite, got 0"],
  [() => cosineSchedule({ numSteps: 1.5 }), "cosineSchedule: numSteps must be a positive integer, got 1.5"],
  [
    () => cosineSchedule({ numSteps: 1, minFactor: -1 }),
    "cosineSchedule: minFactor must be at least 0 and below Infinity, got -1",
  ],
  [() => linearWarmUp({ numSteps: 0 }), "linearWarmUp: numSteps must be a positive integer, got 0"],
  [
    () => linearWarmUp({ numSteps: 1, startFactor: NaN }),
    "linearWarmUp: startFactor must be at least 0 and below Infinity, got NaN",
  ],
  [() => reduceOnPlateau({ factor: 1 }), "reduceOnPlateau: factor must be below 1, got 1"],
  [() => reduceOnPlateau({ patience: -1 }), "reduceOnPlateau: patience must be a non-negative integer, got -1"],
])("refuses a nonsense constant: %s", (make, message) => {
  expect(make).toThrow(message);
});
