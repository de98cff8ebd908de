import * as tf from "@tensorflow/tfjs";
import type { SimdBackend } from "./simd-backend.ts";

/** The tensors that a kernel is given; those that its operation leaves out are absent. */
export type KernelInputs = Readonly<Record<string, tf.TensorInfo | undefined>> & readonly tf.TensorInfo[];

/** A kernel of this backend: what it gives, or `undefined` where the cpu backend's kernel shall do it. */
export type Kernel<Attributes extends object = object> = (
  backend: SimdBackend,
  inputs: KernelInputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[] | undefined;

export const isFloat = (tensor: tf.TensorInfo): boolean => tensor.dtype === "float32";

export const sizeOf = (tensor: tf.TensorInfo): number => tf.util.sizeFromShape(tensor.shape);
