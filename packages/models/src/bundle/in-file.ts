/** Runs `read`, and says in what it throws which file it read. */
export function inFile<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const Kind = error instanceof RangeError ? RangeError : TypeError;
    throw new Kind(`loadModel: ${name}: ${(error as Error).message}`, { cause: error });
  }
}
