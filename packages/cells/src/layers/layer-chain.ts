import { ShapeError } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type {
  Cell,
  CellState,
  DrawNoise,
  Noise,
  Parameters,
  Reading,
  SequenceInputs,
  SequenceNetwork,
  Unrolled,
} from "../cell.ts";
import { checkRates, checkSizes } from "../check-options.ts";
import { dropoutMask } from "../random-mask.ts";
import { read } from "./read.ts";

/** What lies between layers. */
export interface BetweenLayers {
  /** The share of each layer's output that the next layer does not see in training, drawn anew in each step. Default 0. */
  readonly dropout?: number;
  /** Whether each layer from the second one on adds what it reads to what it gives. Default false. */
  readonly isResidual?: boolean;
}

/** The masks of each layer, and those of what goes from each layer to the next, [B, T, H] or of a step [B, H]. */
export type ChainNoise = {
  readonly layers: readonly Noise[];
  readonly between: readonly tf.Tensor[];
};

type Layer<State extends CellState> = Cell<State> | SequenceNetwork<State>;

/** Throws unless what lies between so many layers makes sense: before they are made, for who throws must free nothing. */
export function checkBetween(caller: string, numLayers: number, { dropout = 0 }: BetweenLayers): void {
  checkSizes(caller, { numLayers });
  checkRates(caller, { dropout });
  if (numLayers === 1 && dropout > 0) {
    throw new RangeError(`${caller}: dropout must be 0 where one layer has none to hand on to, got ${dropout}`);
  }
}

/** Throws unless there is a layer and each is as wide as what it reads. */
export function checkChain(caller: string, layers: readonly Layer<CellState>[], between: BetweenLayers): void {
  if (layers.length === 0) throw new RangeError(`${caller}: cells must hold at least one cell, got none`);
  checkBetween(caller, layers.length, between);
  for (const [below, layer] of layers.slice(1).entries()) {
    const { outputSize } = layers[below]!;
    if (layer.inputSize !== outputSize) {
      throw new ShapeError(
        `${caller}: cell ${below + 1} must have the inputSize ${outputSize} of the output below it, got ${layer.inputSize}`,
      );
    }
    if (between.isResidual && layer.outputSize !== outputSize) {
      throw new ShapeError(
        `${caller}: cell ${below + 1} must have the outputSize ${outputSize} of its input, which is added, got ${layer.outputSize}`,
      );
    }
  }
}

/** Layer k's parameter `name` becomes `name_l<k>`, and `name_reverse` becomes `name_l<k>_reverse`, as in PyTorch. */
export function chainParameters(layers: readonly Layer<CellState>[]): Parameters {
  const named = layers.map(({ parameters }, layer) =>
    Object.entries(parameters).map(([name, variable]) => {
      const [, base, direction = ""] = /^(.*?)(_reverse)?$/.exec(name)!;
      return [`${base}_l${layer}${direction}`, variable] as const;
    }),
  );
  return Object.fromEntries(named.flat());
}

/** A function that draws the noise of the chain; `undefined` where there is none to draw. */
export function chainNoise(layers: readonly Layer<CellState>[], { dropout = 0 }: BetweenLayers): DrawNoise | undefined {
  if (dropout === 0 && layers.every(({ drawNoise }) => !drawNoise)) return undefined;
  return (generator, sizes): ChainNoise => {
    const shape = (layer: Layer<CellState>) => [sizes.batchSize, sizes.numSteps, layer.outputSize] as const;
    return {
      layers: layers.map((layer) => layer.drawNoise?.(generator, sizes) ?? {}),
      between: dropout
        ? layers.slice(0, -1).map((layer) => dropoutMask(generator, { shape: shape(layer), rate: dropout }))
        : [],
    };
  };
}

/**
 * What goes on to the next layer, or out of the last one: the output, with what the layer read added where it is residual,
 * and with some of it dropped where there is a mask.
 */
export function handOn<T extends tf.Tensor>(
  output: T,
  { added, mask }: { readonly added: tf.Tensor | undefined; readonly mask: tf.Tensor | undefined },
): T {
  const sum: T = added ? tf.add(output, added) : output;
  return mask ? tf.mul(sum, mask) : sum;
}

/** All layers over a whole sequence, one after the other. */
export function readChain<State extends CellState>(
  layers: readonly Layer<State>[],
  inputs: SequenceInputs,
  {
    reading: { initialState, lengths, isReverse, noise },
    isResidual = false,
  }: { readonly reading: Reading<readonly State[]>; readonly isResidual?: boolean | undefined },
): Unrolled<readonly State[]> {
  const masks = noise as ChainNoise | undefined;
  const [only] = layers;
  // One layer leaves nothing between layers to be freed, and needs no scope.
  if (only && layers.length === 1) {
    const own = { initialState: initialState?.[0], lengths, isReverse, noise: masks?.layers[0] };
    const { outputs, state } = read(only, inputs, own);
    return { outputs, state: [state] };
  }
  return tf.tidy(() => {
    let below = inputs;
    const state = layers.map((layer, k) => {
      const own = { initialState: initialState?.[k], lengths, isReverse, noise: masks?.layers[k] };
      const unrolled = read(layer, below, own);
      const added = isResidual && k > 0 ? below : undefined;
      below = handOn(unrolled.outputs, { added, mask: masks?.between[k] });
      return unrolled.state;
    });
    return { outputs: below, state: state as tf.TensorContainerArray };
  }) as unknown as Unrolled<readonly State[]>;
}
