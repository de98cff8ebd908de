const COLON = /\s*:/y;

/**
 * The first key that an object of the text has twice, which `JSON.parse` passes over in silence.
 *
 * @param json text that `JSON.parse` accepts.
 */
export function duplicateKey(json: string): string | undefined {
  const scopes: Set<string>[] = []; // of every open bracket, its keys; an array has none
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{" || character === "[") {
      scopes.push(new Set());
    } else if (character === "}" || character === "]") {
      scopes.pop();
    } else if (character === '"') {
      const start = i++;
      for (; json[i] !== '"'; i++) if (json[i] === "\\") i++;
      COLON.lastIndex = i + 1;
      if (!COLON.test(json)) continue;
      const key = JSON.parse(json.slice(start, i + 1)) as string;
      const keys = scopes.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
