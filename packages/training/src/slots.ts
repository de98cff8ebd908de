import * as tf from "@tensorflow/tfjs";
import type { OptimizerState } from "./optimizer.ts";

/** What an optimizer remembers of one parameter. */
export type Slot<Name extends string> = Readonly<Record<Name, tf.Variable>> & {
  /** The number of steps that it holds. */
  numSteps: number;
};

/** Owns what an optimizer remembers of each parameter, by the parameter's name. */
export class Slots<Name extends string> {
  readonly #names: readonly Name[];
  readonly #initialValue: number;
  readonly #slots = new Map<string, Slot<Name>>();

  constructor(names: readonly Name[], { initialValue = 0 }: { readonly initialValue?: number | undefined } = {}) {
    this.#names = names;
    this.#initialValue = initialValue;
  }

  /** That of the parameter called `name`, with one step more. */
  next(name: string, gradient: tf.Tensor): Slot<Name> {
    const slot =
      this.#slots.get(name) ??
      this.#make(() => tf.fill(gradient.shape, this.#initialValue, "float32"), { numSteps: 0 });
    slot.numSteps++;
    this.#slots.set(name, slot);
    return slot;
  }

  state(): OptimizerState {
    const slots = [...this.#slots];
    return {
      tensors: Object.fromEntries(
        slots.flatMap(([parameter, slot]) => this.#names.map((name) => [`${name}.${parameter}`, slot[name]])),
      ),
      numSteps: Object.fromEntries(slots.map(([parameter, slot]) => [parameter, slot.numSteps])),
    };
  }

  restore(caller: string, { tensors, numSteps }: OptimizerState): void {
    for (const name of Object.keys(numSteps).flatMap((parameter) =>
      this.#names.map((each) => `${each}.${parameter}`),
    )) {
      if (!tensors[name]) throw new RangeError(`${caller}: state must hold the tensor ${name}, got none`);
    }
    this.dispose();
    for (const [parameter, steps] of Object.entries(numSteps)) {
      this.#slots.set(
        parameter,
        this.#make((name) => tensors[`${name}.${parameter}`]!, { numSteps: steps }),
      );
    }
  }

  dispose(): void {
    for (const slot of this.#slots.values()) tf.dispose(this.#names.map((name) => slot[name]));
    this.#slots.clear();
  }

  #make(value: (name: Name) => tf.Tensor, { numSteps }: { readonly numSteps: number }): Slot<Name> {
    const variable = (name: Name) => tf.tidy(() => tf.variable(value(name), false));
    const variables = Object.fromEntries(this.#names.map((name) => [name, variable(name)]));
    return { ...(variables as Record<Name, tf.Variable>), numSteps };
  }
}
