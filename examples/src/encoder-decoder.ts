import { bleu, d2lBleu } from "@rnnkit/metrics";
import { frenchPairs, splitPairs } from "./corpora/french-pairs.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";
import { trainTranslator, translateGreedily } from "./translator.ts";

/** The four sentences of the book, with the BLEU that it prints. */
export const BOOK = [
  { source: "go .", target: "va !", printed: "1.000" },
  { source: "i lost .", target: "j'ai perdu .", printed: "1.000" },
  { source: "he's calm .", target: "il est calme .", printed: "0.658" },
  { source: "i'm home .", target: "je suis chez moi .", printed: "0.447" },
] as const;

/** An encoder-decoder learns 601 pairs by heart; what that is worth shows on pairs that it has not seen. */
export async function encoderDecoder({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const corpus = frenchPairs(readData);
  const { train, heldOut } = splitPairs(corpus, { numHeldOut: isSmall ? 50 : 500 });
  const translator = await trainTranslator(train, { numEpochs: isSmall ? 15 : 300, log });
  const shown = corpus.name === "fra-eng" ? BOOK : train.slice(0, 4).map((pair) => ({ ...pair, printed: undefined }));
  const translations = await translateGreedily(translator, shown);
  const unseen = await translateGreedily(translator, heldOut);
  translator.model.dispose();
  const references = heldOut.map(({ target }) => target);
  return {
    data: `${corpus.name}: ${train.length} pairs to learn, the next ${heldOut.length} of other sources held out`,
    figures: [
      { name: "loss, nats a token", value: translator.lossNats },
      { name: "the same divided by T, as the book prints it", value: translator.lossNats / 10, printed: "0.019" },
      ...shown.map(({ source, target, printed }, i) => ({
        name: `BLEU of the book, “${source}”`,
        value: d2lBleu(translations[i]!, target, { maxOrder: 2 }),
        ...(printed !== undefined && { printed }),
      })),
      { name: "corpus BLEU, held out", value: bleu(unseen, [references], { tokenizer: "none" }).score },
    ],
    texts: [
      ...shown.map(({ source }, i) => ({ label: `“${source}”`, text: translations[i]! })),
      ...heldOut.slice(0, 4).map(({ source }, i) => ({ label: `“${source}”, not seen in training`, text: unseen[i]! })),
    ],
  };
}
