/** Throws unless `text` is a string. */
export function checkText(caller: string, text: unknown, argument = "text"): asserts text is string {
  if (typeof text !== "string") {
    throw new TypeError(`${caller}: ${argument} must be a string, got ${text === null ? "null" : typeof text}`);
  }
}
