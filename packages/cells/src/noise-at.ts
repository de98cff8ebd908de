import { timeStep } from "@rnnkit/ops";
import type * as tf from "@tensorflow/tfjs";
import type { Noise } from "./cell.ts";
import { mapState } from "./map-state.ts";

/** The noise of step t, each mask [B, N], from that of a sequence; where all steps share a mask, that one. */
export function noiseAt(noise: Noise, t: number): Noise {
  return mapState(noise, (mask) => timeStep(mask as tf.Tensor3D, mask.shape[1] === 1 ? 0 : t));
}
