import type { RecurrentNetworkKind } from "../weights/network-module.ts";

/** Throws for the GRU of PyTorch, for which `tf.layers` has no layer. */
export function checkTfLayersKind(caller: string, kind: RecurrentNetworkKind): void {
  if (kind === "gru") {
    throw new RangeError(`${caller}: kind must be gru-reset-before, the only GRU of tf.layers, got gru`);
  }
}
