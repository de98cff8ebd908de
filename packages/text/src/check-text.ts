/** Throws unless `text` is a string. */
export function checkText(caller: string, text: unknown): void {
  if (typeof text !== "string") {
    throw new TypeError(`${caller}: text must be a string, got ${text === null ? "null" : typeof text}`);
  }
}
