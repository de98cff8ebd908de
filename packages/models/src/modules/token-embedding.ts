import { dropoutMask, normalVariable, uniformVariable, type Initialization, type SequenceInputs } from "@rnnkit/cells";
import { embeddingLookup, oneHot } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { TrainingStep } from "../training-step.ts";
import type { Module } from "./modules.ts";

/** How tokens enter a network: as rows of a table, PyTorch's `nn.Embedding`, or as one-hot rows, which have no parameter. */
export interface TokenEmbedding extends Module {
  /** The width of a row. */
  readonly size: number;
  /** [V, E]; `undefined` of one-hot rows. */
  readonly table: tf.Variable<tf.Rank.R2> | undefined;
  /** Ids [B, T] to [B, T, E]; as they are where they stand for one-hot rows. */
  read(ids: tf.Tensor2D, training?: TrainingStep): SequenceInputs;
  /** Ids [B, T] to [B, T, E], or [B, T, V], whether there is a table or not. */
  rows(ids: tf.Tensor2D, training?: TrainingStep): tf.Tensor3D;
}

/**
 * `pytorch`: the table is drawn from N(0, 1). `keras`: from U(−0.05, 0.05). `d2l`: from N(0, 0.01²).
 *
 * @param options dropout: the share of the tokens whose row is 0 wherever they stand in a batch (Gal and Ghahramani, 2016).
 */
export function tokenEmbedding(
  generator: Generator,
  {
    vocabSize,
    embeddingSize,
    initialization = "pytorch",
    dropout = 0,
  }: {
    readonly vocabSize: number;
    readonly embeddingSize: number | undefined;
    readonly initialization?: Initialization | undefined;
    readonly dropout?: number | undefined;
  },
): TokenEmbedding {
  if (embeddingSize === undefined) {
    const rows = (ids: tf.Tensor2D) => oneHot(ids, vocabSize) as tf.Tensor3D;
    return { size: vocabSize, table: undefined, parameters: {}, read: (ids) => ids, rows, dispose: () => {} };
  }
  const shape = [vocabSize, embeddingSize] as const;
  const table = DRAW[initialization](generator, shape) as tf.Variable<tf.Rank.R2>;
  const rows: TokenEmbedding["rows"] = (ids, training) => {
    const found = embeddingLookup(table, ids) as tf.Tensor3D;
    if (!training || dropout === 0) return found;
    const kept = dropoutMask(training.generator, { shape: [vocabSize, 1, 1], rate: dropout });
    return tf.mul(found, tf.gather(tf.reshape(kept, [vocabSize, 1]), ids));
  };
  return {
    size: embeddingSize,
    table,
    parameters: { weight: table },
    read: rows,
    rows,
    dispose: () => table.dispose(),
  };
}

const DRAW: Record<Initialization, (generator: Generator, shape: readonly [number, number]) => tf.Variable> = {
  pytorch: (generator, shape) => normalVariable(generator, { shape }),
  keras: (generator, shape) => uniformVariable(generator, { shape, bound: 0.05 }),
  d2l: (generator, shape) => normalVariable(generator, { shape, standardDeviation: 0.01 }),
};
