import {
  analyzeBeamErrors,
  beamErrorTable,
  powerLengthPenalty,
  sweepBeamWidths,
  type Hypothesis,
} from "@rnnkit/decoding";
import { bleu } from "@rnnkit/metrics";
import { encoderDecoderStepper } from "@rnnkit/models";
import type { Vocabulary } from "@rnnkit/text";
import { frenchPairs, splitPairs } from "./corpora/french-pairs.ts";
import { lineChart } from "./drawings/line-chart.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";
import { BOS, EOS, NUM_STEPS, pairBatch, sentence, trainTranslator } from "./translator.ts";

/** Beams of several widths over pairs that the translator has not seen, and whether search or model is at fault. */
export async function beamSearchErrors({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const corpus = frenchPairs(readData);
  const { train, heldOut: unseen } = splitPairs(corpus, { numHeldOut: Infinity });
  const numEpochs = isSmall ? 10 : 100;
  const translator = await trainTranslator(train, { numEpochs, attention: { score: "additive" }, log });
  // Of known words alone: of others the right answer would be <unk>, which is no translation.
  const isKnown = (words: Vocabulary, text: string) => text.split(" ").every((word) => words.has(word));
  const heldOut = unseen
    .filter(({ source, target }) => isKnown(translator.source, source) && isKnown(translator.target, target))
    .filter(({ target }) => target.split(" ").length < NUM_STEPS)
    .slice(0, isSmall ? 20 : 200);
  const batch = pairBatch(translator, heldOut);
  const stepper = encoderDecoderStepper(translator.model, batch);
  const options = {
    prompts: heldOut.map(() => [BOS]),
    maxLength: NUM_STEPS,
    endTokens: [EOS],
    lengthPenalty: powerLengthPenalty(0.75),
  };
  const references = [heldOut.map(({ target }) => target)];
  const widths = await sweepBeamWidths(stepper, {
    ...options,
    beamWidths: isSmall ? [1, 2] : [1, 2, 4, 8],
    quality: (best: readonly Hypothesis[]) => {
      const translations = best.map(({ tokens }) => sentence(translator, tokens));
      return bleu(translations, references, { tokenizer: "none" }).score;
    },
  });
  const cases = await analyzeBeamErrors(stepper, {
    ...options,
    beamWidth: 2,
    references: heldOut.map((_, i) => batch.targets.slice(i * NUM_STEPS, i * NUM_STEPS + batch.lengths[i]!)),
  });
  translator.model.dispose();
  const { numCases, numErrors, rows } = beamErrorTable(cases);
  return {
    data: `${corpus.name}: ${train.length} pairs to learn, ${heldOut.length} of other sources searched, all of known words`,
    figures: [
      ...widths.flatMap(({ beamWidth, meanScore, quality }) => [
        { name: `mean score, beam of ${beamWidth}${beamWidth === 1 ? " (greedy)" : ""}`, value: meanScore },
        { name: `corpus BLEU, beam of ${beamWidth}${beamWidth === 1 ? " (greedy)" : ""}`, value: quality },
      ]),
      { name: "sentences right, beam of 2", value: numCases - numErrors },
      ...rows.map(({ fault, count }) => ({ name: `sentences wrong by the ${fault}, beam of 2`, value: count })),
    ],
    drawings: {
      "beam-search.svg": lineChart(
        [{ name: "mean score", points: widths.map(({ beamWidth, meanScore }) => [beamWidth, meanScore] as const) }],
        { title: "Score by width of the beam", x: "width", y: "score" },
      ),
    },
  };
}
