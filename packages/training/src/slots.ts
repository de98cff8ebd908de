import * as tf from "@tensorflow/tfjs";

/** What an optimizer remembers of one parameter. */
export type Slot<Name extends string> = Readonly<Record<Name, tf.Variable>> & {
  /** The number of steps that it holds. */
  numSteps: number;
};

/** Owns what an optimizer remembers of each parameter, by the parameter's name: zeros before the first step. */
export class Slots<Name extends string> {
  readonly #names: readonly Name[];
  readonly #slots = new Map<string, Slot<Name>>();

  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  /** That of the parameter called `name`, with one step more. */
  next(name: string, gradient: tf.Tensor): Slot<Name> {
    const zeros = () => tf.tidy(() => tf.variable(tf.zerosLike(gradient), false));
    const made = () => Object.fromEntries(this.#names.map((each) => [each, zeros()])) as Record<Name, tf.Variable>;
    const slot = this.#slots.get(name) ?? { ...made(), numSteps: 0 };
    slot.numSteps++;
    this.#slots.set(name, slot);
    return slot;
  }

  dispose(): void {
    for (const slot of this.#slots.values()) tf.dispose(this.#names.map((name) => slot[name]));
    this.#slots.clear();
  }
}
