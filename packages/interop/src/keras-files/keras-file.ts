import type { Weight } from "../weights/weight.ts";

/**
 * What a file of Keras is: `keras`, the zip archive of `model.save("x.keras")`; `weights.h5`, of
 * `model.save_weights("x.weights.h5")`; `h5`, the HDF5 layout of Keras 1 and 2, which Keras 3 calls legacy.
 */
export type KerasFormat = "keras" | "weights.h5" | "h5";

/** A weight with the place where a file holds it. */
export interface KerasWeight extends Weight {
  /** The path of the dataset in the HDF5 file; not needed to write one. */
  readonly path?: string;
}

/** A layer that has weights. */
export interface KerasLayer {
  /** The name that the model gives it; where a file does not say, the one that the file uses. */
  readonly name: string;
  /** For instance `LSTM` or `Bidirectional`; absent where a file does not say. */
  readonly className?: string;
  /** What the layer was made with, as `get_config()` gives it; absent where a file does not say. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** In the order of `get_weights()`; the integers of a seed generator left out. */
  readonly weights: readonly KerasWeight[];
}

/** The content of a file of Keras. */
export interface KerasFile {
  readonly format: KerasFormat;
  /** In the order of the model where the file says, else of their names. */
  readonly layers: readonly KerasLayer[];
  /** The model as `get_config()` and its class give it, JSON; absent in a file of weights alone. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The Keras that wrote the file; absent where it does not say. */
  readonly kerasVersion?: string;
}
