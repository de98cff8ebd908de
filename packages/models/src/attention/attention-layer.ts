import type { Parameters } from "@rnnkit/cells";
import { attention, type AttendingArguments, type AttentionArguments, type AttentionResult } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { NamedShape } from "../bundle/model-type.ts";
import { affineSteps } from "../modules/affine-steps.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { prefixed } from "../prefixed.ts";
import type { AttentionConfig } from "./attention-config.ts";

/** An attention with its parameters, which it owns. */
export interface AttentionLayer {
  readonly parameters: Parameters;
  /** The keys of values [B, S, D], which stay the same from step to step: [B, S, A]. */
  keysOf(values: tf.Tensor3D): tf.Tensor3D;
  /** How a query of H is compared with a key, as `attendingRecurrent` wants it; to be asked for in a tidy. */
  score(): Pick<AttendingArguments<never>, "queryWeight" | "vector" | "scale">;
  /** The weights of queries [B, T, H] over the keys, and the values summed by them. */
  attend(
    queries: tf.Tensor3D,
    memory: Pick<AttentionArguments, "keys" | "values" | "lengths" | "mask">,
  ): AttentionResult;
}

interface AttentionSizes {
  /** H, the width of a query. */
  readonly querySize: number;
  /** D, the width of a value. */
  readonly valueSize: number;
}

/** The attention of one score, with parameters drawn as `nn.Linear` draws its own; an additive one is H wide, as in d2l. */
export function attentionLayer(
  score: AttentionConfig["score"],
  { querySize, valueSize, generator }: AttentionSizes & { readonly generator: Generator },
): AttentionLayer {
  const projection = (outputSize: number, inputSize: number) =>
    linear(generator, { inputSize, outputSize, hasBias: false });
  if (score === "additive") {
    const query = projection(querySize, querySize);
    const key = projection(querySize, valueSize);
    const vector = projection(1, querySize);
    return {
      parameters: parametersOf({ query, key, vector }),
      keysOf: (values) => affineSteps(values, key),
      score: () => ({ queryWeight: query.weight, vector: tf.reshape(vector.weight, [-1]) }),
      attend: (queries, memory) =>
        tf.tidy(() => {
          const projected = affineSteps(queries, query);
          return { ...attention({ ...memory, queries: projected, vector: tf.reshape(vector.weight, [-1]) }) };
        }),
    };
  }
  const key = score === "general" ? projection(querySize, valueSize) : undefined;
  const scale = score === "scaled-dot" ? 1 / Math.sqrt(querySize) : 1;
  return {
    parameters: key ? parametersOf({ key }) : {},
    keysOf: (values) => (key ? affineSteps(values, key) : tf.clone(values)),
    score: () => ({ scale }),
    attend: (queries, memory) => attention({ ...memory, queries, scale }),
  };
}

/** The parameters that `attentionLayer` makes. */
export function attentionShapes(
  score: AttentionConfig["score"],
  { querySize, valueSize }: AttentionSizes,
): NamedShape[] {
  if (score === "general") return [["key.weight", [querySize, valueSize]]];
  if (score !== "additive") return [];
  return [
    ["query.weight", [querySize, querySize]],
    ["key.weight", [querySize, valueSize]],
    ["vector.weight", [1, querySize]],
  ];
}

function parametersOf(linears: Readonly<Record<string, Linear>>): Parameters {
  return Object.assign(
    {},
    ...Object.entries(linears).map(([name, { parameters }]) => prefixed(name, parameters)),
  ) as Parameters;
}
