import * as tf from "@tensorflow/tfjs";

interface GoldenTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Gives a model the parameters of a golden. */
export function assignParameters(
  model: { readonly parameters: Readonly<Record<string, tf.Variable>> },
  parameters: Readonly<Record<string, GoldenTensor>>,
): void {
  for (const [name, { values, shape }] of Object.entries(parameters)) {
    tf.tidy(() => model.parameters[name]!.assign(tf.tensor([...values], [...shape])));
  }
}
