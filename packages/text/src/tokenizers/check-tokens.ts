/** Throws unless `tokens` is an array of strings. */
export function checkTokens(caller: string, tokens: unknown): asserts tokens is readonly string[] {
  if (!Array.isArray(tokens)) {
    throw new TypeError(`${caller}: tokens must be an array of strings, got ${typeof tokens}`);
  }
  for (let i = 0; i < tokens.length; i++) {
    if (typeof tokens[i] !== "string") {
      throw new TypeError(`${caller}: tokens must be strings, got ${typeof tokens[i]} at position ${i}`);
    }
  }
}
