import type { SafetensorsTensor } from "@rnnkit/interop";
import * as tf from "@tensorflow/tfjs";

const DTYPES = { F32: "float32", I32: "int32", BOOL: "bool" } as const;

/** Tensors as a safetensors file holds them, their names behind `prefix/`; the values are read back. @param tensors borrowed. */
export async function toFileTensors(
  prefix: string,
  tensors: Readonly<Record<string, tf.Tensor>>,
): Promise<[string, SafetensorsTensor][]> {
  const entries = Object.entries(tensors).map(async ([name, tensor]): Promise<[string, SafetensorsTensor]> => {
    const dtype = Object.entries(DTYPES).find(([, each]) => each === tensor.dtype)?.[0];
    if (!dtype)
      throw new RangeError(`train: ${prefix} must be of float32, int32 or bool, got ${name} of ${tensor.dtype}`);
    return [`${prefix}/${name}`, { dtype, shape: tensor.shape, data: await tensor.data() } as SafetensorsTensor];
  });
  return Promise.all(entries);
}

/** The tensors behind `prefix/`, by their names; the caller owns them, or a tidy around it. */
export function fromFileTensors(
  prefix: string,
  tensors: ReadonlyMap<string, SafetensorsTensor>,
): Readonly<Record<string, tf.Tensor>> {
  const chosen = [...tensors].filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(
    chosen.map(([name, { data, shape, dtype }]) => [
      name.slice(prefix.length + 1),
      tf.tensor(data as Float32Array, [...shape], DTYPES[dtype as keyof typeof DTYPES]),
    ]),
  );
}
