/** K streams of N reference segments each; `undefined` or `null` where a segment has no such reference. */
export type ReferenceStreams = readonly (readonly (string | null | undefined)[])[];

/**
 * Refuses hypotheses [N] and references [K][N] that do not belong together: transposed, of unequal length, or empty.
 *
 * @param caller the name of the public function, for the messages.
 * @throws TypeError for anything but strings, RangeError for wrong numbers of segments or a segment without reference.
 */
export function checkStreams(caller: string, hypotheses: readonly string[], references: ReferenceStreams): void {
  checkStream(caller, "hypotheses", hypotheses, isString);
  if (!Array.isArray(references) || references.length === 0) {
    throw new TypeError(`${caller}: references must be an array of at least one stream of segments`);
  }
  references.forEach((stream, k) => {
    const name = `references[${k}]`;
    checkStream(caller, name, stream, (segment) => segment === undefined || segment === null || isString(segment));
    if (stream.length !== hypotheses.length) {
      throw new RangeError(
        `${caller}: ${name} must have as many segments as hypotheses, ${hypotheses.length}, got ${stream.length}` +
          " (references are streams: references[k][i] belongs to hypotheses[i])",
      );
    }
  });
  const bare = hypotheses.findIndex((_, i) => !references.some((stream) => isString(stream[i])));
  if (bare >= 0) throw new RangeError(`${caller}: references must hold at least one for hypotheses[${bare}], got none`);
}

/** The references of segment i, those that it has. */
export function referencesOf(i: number, references: ReferenceStreams): string[] {
  return references.map((stream) => stream[i]).filter(isString);
}

function checkStream(
  caller: string,
  name: string,
  stream: readonly unknown[],
  isAllowed: (segment: unknown) => boolean,
): void {
  if (!Array.isArray(stream)) {
    throw new TypeError(`${caller}: ${name} must be an array of strings, got ${typeof stream}`);
  }
  if (stream.length === 0) throw new RangeError(`${caller}: ${name} must hold at least one segment, got 0`);
  const other = stream.findIndex((segment) => !isAllowed(segment));
  if (other >= 0) throw new TypeError(`${caller}: ${name}[${other}] must be a string, got ${typeof stream[other]}`);
}

function isString(segment: unknown): segment is string {
  return typeof segment === "string";
}
