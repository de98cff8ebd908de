import * as samplers from "@rnnkit/samplers";
import * as text from "@rnnkit/text";

const SENTENCE =
  "The caf\u00e9 \u201cTime\u201d isn't here,\nsaid 1,024 \u{1f469}\u200d\u{1f4bb} and \u05e9\u05dc\u05d5\u05dd \0 \ud83d in http://a.b/c. ";

/** What text and samplers export, and what they compute of one text, as JSON: to be the same on every platform. */
export async function exercise(): Promise<string> {
  const source = SENTENCE.repeat(20);
  const merges = text.trainBpe(text.tokenFrequencies(text.words.encode(source)), { numMerges: 20 });
  const tokenizers = [
    text.characters,
    text.graphemes,
    text.bytes,
    text.words,
    text.treebank,
    text.regexTokenizer(/\p{L}+/u, { keep: "both" }),
    text.bpe(merges),
  ];
  const letters = text.characters;
  const vocabulary = text.vocabulary(letters.encode(source), { reserved: ["<pad>"] });
  const corpus = vocabulary.encode(letters.encode(source));
  const streamed: number[] = [];
  for await (const ids of text.idStream([source], { tokenizer: letters, vocabulary })) streamed.push(...ids);
  const options = { batchSize: 4, numSteps: 16, seed: 7 };
  return JSON.stringify({
    exports: [Object.keys(text).sort(), Object.keys(samplers).sort()],
    cleaned: [
      text.lettersOnlyLines(source),
      text.d2lTranslationText(source),
      text.foldCase(text.maskUrls(text.maskNumbers(source))),
      text.normalizeUnicode(source, { form: "NFKD" }),
    ],
    merges,
    spans: tokenizers.map((tokenizer) => tokenizer.encodeWithOffsets(source)),
    decoded: tokenizers.map((tokenizer) => tokenizer.decode(tokenizer.encode(source))),
    saved: text.vocabularyToJSON(vocabulary, letters),
    corpus: [...corpus],
    streamed,
    batches: [
      samplers.randomBatches(corpus, options).epoch(1),
      samplers.sequentialBatches(corpus, options).epoch(1),
      samplers.scoringBatches(corpus, options),
    ].map((epoch) => Array.from(epoch, ({ inputs, targets }) => [[...inputs], [...targets]])),
  });
}
