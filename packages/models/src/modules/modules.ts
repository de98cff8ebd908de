import type { Parameters } from "@rnnkit/cells";

/** A part of a model that owns parameters. */
export interface Module {
  readonly parameters: Parameters;
  dispose(): void;
}

/** Owns the parts of a model: the parameter `weight` of the part `output` is `output.weight`, as in PyTorch. */
export class Modules {
  readonly #name: string;
  readonly #parts: readonly (readonly [name: string, part: Module])[];
  #isDisposed = false;

  /** @param name that of the model, for the error of who uses it when it is disposed. */
  constructor(name: string, parts: Readonly<Record<string, Module | undefined>>) {
    this.#name = name;
    this.#parts = Object.entries(parts).filter((entry): entry is [string, Module] => entry[1] !== undefined);
  }

  get parameters(): Parameters {
    this.checkAlive();
    const named = this.#parts.flatMap(([part, { parameters }]) =>
      Object.entries(parameters).map(([name, variable]) => [`${part}.${name}`, variable] as const),
    );
    return Object.fromEntries(named);
  }

  checkAlive(): void {
    if (this.#isDisposed) throw new Error(`${this.#name}: already disposed`);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const [, part] of this.#parts) part.dispose();
  }
}
