/**
 * The source of a README's example: its first ```ts block, or an empty module.
 *
 * @param {string} markdown
 * @returns {string}
 */
export function readmeExample(markdown) {
  return /^```ts\n(.*?)^```$/ms.exec(markdown)?.[1] ?? "export {};\n";
}
