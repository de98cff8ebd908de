/** The tokens of rouge-score: lower case, and only runs of the letters a to z and digits; other scripts have none. */
export function tokenizeRouge(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
