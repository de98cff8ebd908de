/**
 * What is said of a peer that takes no part.
 *
 * @param missing what the interpreter lacks, after "has". Default: the peer itself.
 * @param source what pip installs beside the requirements. Default: nothing.
 */
export function leftOut(
  peer: string,
  python: string,
  { missing = "none", source = "" }: { readonly missing?: string; readonly source?: string } = {},
): string {
  return `${peer} is left out: ${python} has ${missing}; install bench/python/requirements.txt with pip${source} and name that Python with --python or RNNKIT_PYTHON`;
}
