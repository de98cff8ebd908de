/**
 * The signature of a score in sacreBLEU's form, with the version of the sacreBLEU that gives the same number.
 *
 * @param caller the name of the public function, for the message.
 * @param numReferences of each segment; `"var"` where segments have unequal numbers.
 * @param fields in their order; booleans are written as yes and no.
 * @throws RangeError for a number that is no positive integer.
 */
export function sacrebleuSignature(
  caller: string,
  numReferences: number | "var",
  fields: Readonly<Record<string, string | number | boolean>>,
): string {
  if (numReferences !== "var" && !(Number.isSafeInteger(numReferences) && numReferences > 0)) {
    throw new RangeError(`${caller}: numReferences must be a positive integer or "var", got ${numReferences}`);
  }
  const written = Object.entries(fields).map(
    ([name, value]) => `${name}:${value === true ? "yes" : value === false ? "no" : value}`,
  );
  return [`nrefs:${numReferences}`, ...written, "version:2.6.0"].join("|");
}
