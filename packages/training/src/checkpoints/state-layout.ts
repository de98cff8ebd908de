import * as tf from "@tensorflow/tfjs";
import type { State } from "../loss.ts";

/** The form of a state, with the name of a tensor where it has the tensor: plain JSON. */
export type StateLayout = string | readonly StateLayout[] | { readonly [name: string]: StateLayout };

/** A state taken apart. @returns its layout, and its tensors, which stay those of the state. */
export function takeApart(state: State): {
  readonly layout: StateLayout;
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
} {
  const tensors: Record<string, tf.Tensor> = {};
  const layoutOf = (part: State): StateLayout => {
    if (part instanceof tf.Tensor) {
      const name = String(Object.keys(tensors).length);
      tensors[name] = part;
      return name;
    }
    if (Array.isArray(part)) return part.map(layoutOf);
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, layoutOf(each)]));
  };
  return { layout: layoutOf(state), tensors };
}

/** The state of a layout. @param tensors borrowed; they become those of the state. */
export function putTogether(layout: StateLayout, tensors: Readonly<Record<string, tf.Tensor>>): State {
  if (typeof layout === "string") return tensors[layout]!;
  if (Array.isArray(layout)) return (layout as readonly StateLayout[]).map((part) => putTogether(part, tensors));
  return Object.fromEntries(Object.entries(layout).map(([name, part]) => [name, putTogether(part, tensors)]));
}
