import {
  beamSearch,
  greedyChoice,
  multinomialChoice,
  powerLengthPenalty,
  standardProcessors,
  type StandardProcessorOptions,
  type StreamedToken,
  streamText,
  streamTokens,
} from "@rnnkit/decoding";
import { languageModelStepper, type SavedModel } from "@rnnkit/models";
import { deriveSeed, xoshiro128 } from "@rnnkit/random";

export interface GenerationSettings extends Pick<
  StandardProcessorOptions,
  "topK" | "topP" | "minP" | "typical" | "repetitionPenalty" | "ngramBlocking"
> {
  readonly method: "greedy" | "multinomial" | "beam";
  readonly prompt: string;
  /** In tokens. */
  readonly length: number;
  /** Texts to end before; not in a beam search. */
  readonly stop?: readonly string[];
  readonly temperature: number;
  readonly beamWidth: number;
  readonly lengthExponent: number;
  readonly seed: number;
}

export interface Continuation {
  /** What follows the prompt. */
  readonly text: string;
  /** Of the tokens generated, those of a text to end before included, in nats. */
  readonly logProbability: number;
}

/**
 * Continues a prompt with a model.
 *
 * @param onText gets the text piece by piece: as each token is chosen, or all at once at the end of a beam search.
 */
export async function continuePrompt(
  { model, vocabularies }: SavedModel<"language-model">,
  settings: GenerationSettings,
  onText: (piece: string) => void = () => {},
): Promise<Continuation> {
  const { vocabulary, tokenizer } = vocabularies.tokens;
  const promptTokens = tokenizer.encode(settings.prompt);
  if (promptTokens.length === 0) throw new Error("the prompt holds no token: it must hold at least one");
  const stepper = languageModelStepper(model);
  const request = {
    prompt: vocabulary.encode(promptTokens),
    maxLength: settings.length,
    processors: standardProcessors(settings.method === "multinomial" ? settings : withoutWarpers(settings)),
  };
  const start = tokenizer.decode(promptTokens).length;
  const textOf = (ids: ArrayLike<number>) =>
    tokenizer.decode([...promptTokens, ...vocabulary.decode(ids)]).slice(start);

  if (settings.method === "beam") {
    const { beamWidth } = settings;
    const lengthPenalty = powerLengthPenalty(settings.lengthExponent);
    const [best] = await beamSearch(stepper, { ...request, beamWidth, lengthPenalty });
    const text = textOf(best.tokens);
    onText(text);
    return { text, logProbability: best.logProbability };
  }
  const generator = xoshiro128(deriveSeed(settings.seed, "tokens"));
  const choose = settings.method === "greedy" ? greedyChoice : multinomialChoice({ generator });
  let logProbability = 0;
  async function* added(tokens: AsyncIterable<StreamedToken>) {
    for await (const streamed of tokens) {
      logProbability += streamed.logProbability;
      yield streamed;
    }
  }
  let text = "";
  const tokens = added(streamTokens(stepper, { ...request, choose }));
  for await (const piece of streamText(tokens, { decode: textOf, stopStrings: settings.stop ?? [] })) {
    text += piece;
    onText(piece);
  }
  return { text, logProbability };
}

/** What is also for methods that do not draw. */
function withoutWarpers({ repetitionPenalty, ngramBlocking }: GenerationSettings): StandardProcessorOptions {
  return {
    ...(repetitionPenalty !== undefined && { repetitionPenalty }),
    ...(ngramBlocking !== undefined && { ngramBlocking }),
  };
}
