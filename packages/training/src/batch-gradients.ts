import * as tf from "@tensorflow/tfjs";
import type { CarriedState } from "./carried-state.ts";
import type { CarriedBatch, Loss, State, TrainingContext } from "./loss.ts";
import type { Parameters } from "./optimizer.ts";

interface BatchGradients {
  readonly mean: tf.Scalar;
  readonly count: number;
  readonly gradients: tf.NamedTensorMap;
}

/** The mean loss of a batch, over how many tokens it is, and its gradients; the state is carried on. The caller owns the tensors. */
export function batchGradients<Batch extends CarriedBatch, S extends State>(
  batch: Batch,
  {
    parameters,
    loss,
    carried,
    training,
  }: {
    readonly parameters: Parameters;
    readonly loss: Loss<Batch, S>;
    readonly carried: CarriedState<S>;
    readonly training: TrainingContext;
  },
): BatchGradients {
  let count = 0;
  const { mean, gradients } = tf.tidy(() => {
    let separateMean: tf.Scalar | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const result = loss(batch, carried.before(batch), training);
      carried.replace(result.state);
      count = result.count;
      if (result.objective) separateMean = tf.keep(tf.clone(result.meanLoss));
      return result.objective ?? result.meanLoss;
    }, Object.values(parameters));
    const named = Object.entries(parameters).flatMap(([name, variable]) => {
      const gradient = grads[variable.name]; // none where the loss does not depend on the parameter
      return gradient ? [[name, gradient] as const] : [];
    });
    return { mean: separateMean ?? value, gradients: Object.fromEntries(named) as tf.NamedTensorMap };
  });
  return { mean, count, gradients };
}

/** `sum` + `weight`·`gradients`, where a gradient that one of them lacks is 0; both are disposed. The caller owns what it gets. */
export function addGradients(
  sum: tf.NamedTensorMap,
  { gradients, weight }: { readonly gradients: tf.NamedTensorMap; readonly weight: number },
): tf.NamedTensorMap {
  const result = tf.tidy(() => {
    const weighted = Object.entries(gradients).map(([name, gradient]) => {
      const term = tf.mul(gradient, weight);
      return [name, sum[name] ? tf.add(sum[name], term) : term] as const;
    });
    const others = Object.entries(sum).flatMap(([name, each]) =>
      gradients[name] ? [] : [[name, tf.clone(each)] as const],
    );
    return Object.fromEntries([...others, ...weighted]) as tf.NamedTensorMap;
  });
  tf.dispose([sum, gradients]);
  return result;
}
