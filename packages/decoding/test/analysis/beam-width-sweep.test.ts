import { describe, expect, it } from "vitest";
import { beamSearch, sweepBeamWidths } from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

const stepper = historyStepper(6, scrambledLogits(6, 21));
const options = { prompts: [[1], [2, 3], [4]], maxLength: 6, endTokens: [0] };

describe("sweepBeamWidths", () => {
  it("sweepBeamWidths(stepper, { beamWidths }) has a row for each width, with the means and the quality", async () => {
    const seen: number[][][] = [];
    const rows = await sweepBeamWidths(stepper, {
      ...options,
      beamWidths: [1, 4, 2],
      quality(hypotheses) {
        seen.push(hypotheses.map(({ tokens }) => [...tokens]));
        return 10 * seen.length;
      },
    });
    for (const [i, beamWidth] of [1, 4, 2].entries()) {
      const best = [];
      for (const prompt of options.prompts)
        best.push((await beamSearch(stepper, { ...options, prompt, beamWidth }))[0]);
      const [a, b, c] = best as [(typeof best)[0], (typeof best)[0], (typeof best)[0]];
      expect(rows[i]).toEqual({
        beamWidth,
        meanScore: (a!.score + b!.score + c!.score) / 3,
        meanLogProbability: (a!.logProbability + b!.logProbability + c!.logProbability) / 3,
        meanLength: (a!.tokens.length + b!.tokens.length + c!.tokens.length) / 3,
        quality: 10 * (i + 1),
      });
      expect(seen[i]).toEqual(best.map((each) => [...each!.tokens]));
    }
  });

  it.each([
    { beamWidths: [], message: "sweepBeamWidths: beamWidths must hold at least one, got none" },
    { beamWidths: [0], message: "beamSearchBatch: beamWidth must be a positive integer, got 0" },
  ])("sweepBeamWidths(stepper, { beamWidths: $beamWidths }) throws", async ({ beamWidths, message }) => {
    await expect(sweepBeamWidths(stepper, { ...options, beamWidths, quality: () => 0 })).rejects.toThrow(
      new RangeError(message),
    );
  });
});
