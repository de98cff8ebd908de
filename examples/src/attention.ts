import { bleu, d2lBleu } from "@rnnkit/metrics";
import { frenchPairs, splitPairs } from "./corpora/french-pairs.ts";
import { heatMap } from "./drawings/heat-map.ts";
import { BOOK } from "./encoder-decoder.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";
import { attentionWeights, trainTranslator, translateGreedily } from "./translator.ts";

/** What the book prints for the four sentences with attention. */
const PRINTED = ["1.000", "1.000", "0.658", "1.000"];

/** The same translator with additive attention, and where it looks. */
export async function attention({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const corpus = frenchPairs(readData);
  const isBook = corpus.name === "fra-eng";
  const { train, heldOut } = splitPairs(corpus, { numHeldOut: isSmall ? 50 : 500 });
  const options = { numEpochs: isSmall ? 10 : 250, attention: { score: "additive" } as const, log };
  const translator = await trainTranslator(train, options);
  const shown = isBook ? BOOK : train.slice(-4);
  const translations = await translateGreedily(translator, shown);
  const unseen = await translateGreedily(translator, heldOut);
  const last = { source: shown.at(-1)!.source, target: translations.at(-1)! };
  const weights = await attentionWeights(translator, last);
  translator.model.dispose();
  const references = heldOut.map(({ target }) => target);
  return {
    data: `${corpus.name}: ${train.length} pairs to learn, the next ${heldOut.length} of other sources held out`,
    figures: [
      { name: "loss, nats a token", value: translator.lossNats },
      { name: "the same divided by T, as the book prints it", value: translator.lossNats / 10, printed: "0.021" },
      ...shown.map(({ source, target }, i) => ({
        name: `BLEU of the book, “${source}”`,
        value: d2lBleu(translations[i]!, target, { maxOrder: 2 }),
        ...(isBook && { printed: PRINTED[i]! }),
      })),
      { name: "corpus BLEU, held out", value: bleu(unseen, [references], { tokenizer: "none" }).score },
    ],
    texts: shown.map(({ source }, i) => ({ label: `“${source}”`, text: translations[i]! })),
    drawings: {
      "attention.svg": heatMap(weights, {
        title: "Attention, target by source",
        rows: [...last.target.split(" "), "<eos>"].slice(0, weights.length),
        columns: [...last.source.split(" "), "<eos>"],
      }),
    },
  };
}
