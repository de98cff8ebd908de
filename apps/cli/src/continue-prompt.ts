import { beamSearch, greedyChoice, multinomialChoice, streamTokens } from "@rnnkit/decoding";
import { languageModelStepper, type SavedLanguageModel } from "@rnnkit/models";
import { deriveSeed, xoshiro128 } from "@rnnkit/random";

export interface GenerationSettings {
  readonly method: "greedy" | "multinomial" | "beam";
  readonly prompt: string;
  /** In tokens. */
  readonly length: number;
  readonly temperature: number;
  readonly beamWidth: number;
  readonly lengthExponent: number;
  readonly seed: number;
}

export interface Continuation {
  /** What follows the prompt. */
  readonly text: string;
  /** Of the tokens generated, in nats. */
  readonly logProbability: number;
}

/**
 * Continues a prompt with a model.
 *
 * @param onText gets the text piece by piece: as each token is chosen, or all at once at the end of a beam search.
 */
export async function continuePrompt(
  { model, vocabulary, tokenizer }: SavedLanguageModel,
  settings: GenerationSettings,
  onText: (piece: string) => void = () => {},
): Promise<Continuation> {
  const promptTokens = tokenizer.encode(settings.prompt);
  if (promptTokens.length === 0) throw new Error("the prompt holds no token: it must hold at least one");
  const stepper = languageModelStepper(model);
  const request = { prompt: vocabulary.encode(promptTokens), maxLength: settings.length };
  const start = tokenizer.decode(promptTokens).length;
  const textOf = (ids: ArrayLike<number>) =>
    tokenizer.decode([...promptTokens, ...vocabulary.decode(ids)]).slice(start);

  if (settings.method === "beam") {
    const { beamWidth, lengthExponent } = settings;
    const [best] = await beamSearch(stepper, { ...request, beamWidth, lengthExponent });
    const text = textOf(best.tokens);
    onText(text);
    return { text, logProbability: best.logProbability };
  }
  const generator = xoshiro128(deriveSeed(settings.seed, "tokens"));
  const choose =
    settings.method === "greedy" ? greedyChoice : multinomialChoice({ generator, temperature: settings.temperature });
  const ids: number[] = [];
  let text = "";
  let logProbability = 0;
  for await (const { token, logProbability: added } of streamTokens(stepper, { ...request, choose })) {
    ids.push(token);
    logProbability += added;
    const longer = textOf(ids);
    onText(longer.slice(text.length));
    text = longer;
  }
  return { text, logProbability };
}
