import { logSoftmax, type Stepper } from "@rnnkit/decoding";
import { describe, expect, it } from "vitest";

/** Three rows of four tokens that part from the first token on, as far as the vocabulary allows. */
const PREFIXES = [
  [0, 1, 2, 3],
  [1, 1, 0, 5],
  [2, 0, 4, 1],
] as const;

const SELECTIONS = {
  "the same": [0, 1, 2],
  permuted: [2, 0, 1],
  repeated: [1, 1, 0],
  fewer: [2],
  more: [0, 2, 2, 1, 0, 1, 2],
} as const;

/**
 * A suite of tests of what {@link Stepper} promises, to be run on every implementation.
 *
 * @param name how the tests call the stepper.
 * @param makeStepper called once in each test. What it makes and a stepper cannot free, an `afterEach` of the enclosing
 * `describe` frees.
 * @param tolerance the largest difference allowed between log-probabilities that should be equal, in nats; default 1e-5.
 */
export function stepperContract<State>(
  name: string,
  makeStepper: () => Stepper<State> | Promise<Stepper<State>>,
  { tolerance = 1e-5 }: { tolerance?: number } = {},
): void {
  describe(`${name} keeps the stepper contract`, () => {
    it("step gives B * V logits that are finite or -Infinity, one in each row being finite", async () => {
      const stepper = await makeStepper();
      expect(stepper.vocabSize).toSatisfy((size: number) => Number.isInteger(size) && size > 0);
      const { logits, state } = await read(stepper, PREFIXES);
      expect(logits).toBeInstanceOf(Float32Array);
      expect(logits).toHaveLength(PREFIXES.length * stepper.vocabSize);
      expect(() => logProbabilities(logits, stepper.vocabSize)).not.toThrow();
      stepper.dispose(state);
    });

    it("step of a batch gives what the rows give one by one", async () => {
      const stepper = await makeStepper();
      const together = await read(stepper, PREFIXES);
      for (const [row, prefix] of PREFIXES.entries()) {
        const alone = await read(stepper, [prefix]);
        const start = row * stepper.vocabSize;
        expectSame(together.logits.subarray(start, start + stepper.vocabSize), alone.logits, stepper.vocabSize);
        stepper.dispose(alone.state);
      }
      stepper.dispose(together.state);
    });

    it("step leaves its state as it was: stepping it again gives the same", async () => {
      const stepper = await makeStepper();
      const { state } = await read(stepper, PREFIXES);
      const first = await stepper.step(ids(stepper, [0, 1, 2]), state);
      const kept = first.logits.slice();
      const other = await stepper.step(ids(stepper, [3, 3, 3]), state);
      const again = await stepper.step(ids(stepper, [0, 1, 2]), state);
      expectSame(again.logits, kept, stepper.vocabSize);
      expect(first.logits, "logits changed by a later step").toEqual(kept);
      for (const owned of [state, first.state, other.state, again.state]) stepper.dispose(owned);
    });

    it("step borrows its tokens", async () => {
      const stepper = await makeStepper();
      const expected = await read(stepper, PREFIXES);
      let state = stepper.start(PREFIXES.length);
      const tokens = new Int32Array(PREFIXES.length);
      let logits = new Float32Array();
      for (const column of columns(PREFIXES)) {
        tokens.set(ids(stepper, column));
        const result = await stepper.step(tokens, state);
        expect(tokens).toEqual(ids(stepper, column));
        tokens.fill(0);
        stepper.dispose(state);
        ({ state } = result);
        logits = result.logits.slice();
      }
      expectSame(logits, expected.logits, stepper.vocabSize);
      stepper.dispose(state);
      stepper.dispose(expected.state);
    });

    it.each(Object.entries(SELECTIONS))("select of rows (%s) goes on as if they had been stepped", async (_, rows) => {
      const stepper = await makeStepper();
      const { state } = await read(stepper, PREFIXES);
      const selected = stepper.select(state, Int32Array.from(rows));
      const next = rows.map((_, i) => 2 * i + 1);
      const actual = await stepper.step(ids(stepper, next), selected);
      const expected = await read(
        stepper,
        rows.map((row, i) => [...PREFIXES[row], next[i]!]),
      );
      expectSame(actual.logits, expected.logits, stepper.vocabSize);
      for (const owned of [state, selected, actual.state, expected.state]) stepper.dispose(owned);
    });

    it("select and step give states that outlive the one they came from", async () => {
      const stepper = await makeStepper();
      const { state } = await read(stepper, PREFIXES);
      const selected = stepper.select(state, Int32Array.of(0, 1, 2));
      stepper.dispose(state);
      const stepped = await stepper.step(ids(stepper, [1, 2, 3]), selected);
      stepper.dispose(selected);
      const actual = await stepper.step(ids(stepper, [0, 0, 1]), stepped.state);
      stepper.dispose(stepped.state);
      const expected = await read(stepper, [
        [...PREFIXES[0], 1, 0],
        [...PREFIXES[1], 2, 0],
        [...PREFIXES[2], 3, 1],
      ]);
      expectSame(actual.logits, expected.logits, stepper.vocabSize);
      for (const owned of [actual.state, expected.state]) stepper.dispose(owned);
    });

    it("dispose of what select and step gave leaves the state they came from usable", async () => {
      const stepper = await makeStepper();
      const { state } = await read(stepper, PREFIXES);
      stepper.dispose(stepper.select(state, Int32Array.of(0, 1, 2)));
      stepper.dispose((await stepper.step(ids(stepper, [1, 1, 1]), state)).state);
      const actual = await stepper.step(ids(stepper, [0, 1, 2]), state);
      const expected = await read(
        stepper,
        PREFIXES.map((prefix, i) => [...prefix, i]),
      );
      expectSame(actual.logits, expected.logits, stepper.vocabSize);
      for (const owned of [state, actual.state, expected.state]) stepper.dispose(owned);
    });

    it("dispose of a state that has read nothing is allowed", async () => {
      const stepper = await makeStepper();
      expect(() => stepper.dispose(stepper.start(2))).not.toThrow();
    });

    it.each([0, -1, 1.5, NaN])("start(%s) throws a RangeError", async (batchSize) => {
      const stepper = await makeStepper();
      expect(() => stepper.start(batchSize)).toThrow(RangeError);
    });

    it("step throws a RangeError for a bad id or number of tokens, and its state stays usable", async () => {
      const stepper = await makeStepper();
      const { state } = await read(stepper, PREFIXES);
      for (const tokens of [[0, -1, 0], [0, 0, stepper.vocabSize], [0, 0], [0, 0, 0, 0], []]) {
        const step = async () => stepper.step(Int32Array.from(tokens), state);
        await expect(step(), `tokens [${tokens.join()}]`).rejects.toThrow(RangeError);
      }
      const { state: next } = await stepper.step(ids(stepper, [0, 1, 2]), state);
      stepper.dispose(next);
      stepper.dispose(state);
    });

    it("select throws a RangeError for a bad row or none, and its state stays usable", async () => {
      const stepper = await makeStepper();
      const { state } = await read(stepper, PREFIXES);
      for (const rows of [[0, -1], [3], []]) {
        expect(() => stepper.select(state, Int32Array.from(rows)), `rows [${rows.join()}]`).toThrow(RangeError);
      }
      const { state: next } = await stepper.step(ids(stepper, [0, 1, 2]), state);
      stepper.dispose(next);
      stepper.dispose(state);
    });
  });

  /** Compares distributions, because each row of logits is free up to a constant. */
  function expectSame(actual: Float32Array, expected: Float32Array, vocabSize: number): void {
    const actualLogs = logProbabilities(actual, vocabSize);
    const expectedLogs = logProbabilities(expected, vocabSize);
    expect(actualLogs).toHaveLength(expectedLogs.length);
    for (const [i, log] of actualLogs.entries()) {
      const isSame = log === expectedLogs[i] || Math.abs(log - expectedLogs[i]!) <= tolerance;
      expect(isSame, `log-probability ${i} is ${log}, expected ${expectedLogs[i]} within ${tolerance}`).toBe(true);
    }
  }
}

function logProbabilities(logits: Float32Array, vocabSize: number): Float64Array {
  const result = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += vocabSize) {
    const end = start + vocabSize;
    logSoftmax(logits.subarray(start, end), result.subarray(start, end));
  }
  return result;
}

/** Steps through equally long prefixes, one a row. */
async function read<State>(stepper: Stepper<State>, prefixes: readonly (readonly number[])[]) {
  let state = stepper.start(prefixes.length);
  let logits = new Float32Array();
  for (const column of columns(prefixes)) {
    const result = await stepper.step(ids(stepper, column), state);
    stepper.dispose(state);
    ({ state } = result);
    logits = result.logits.slice();
  }
  return { logits, state };
}

/** The tokens of each step, over the rows. */
function columns(prefixes: readonly (readonly number[])[]): number[][] {
  return prefixes[0]!.map((_, i) => prefixes.map((prefix) => prefix[i]!));
}

/** Brings tokens into the vocabulary, however small. */
function ids<State>({ vocabSize }: Stepper<State>, tokens: readonly number[]): Int32Array {
  return Int32Array.from(tokens, (token) => token % vocabSize);
}
