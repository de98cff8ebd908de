import {
  bidirectionalLayers,
  recurrentLayers,
  unroll,
  type Cell,
  type CellState,
  type SequenceInputs,
  type SequenceNetwork,
  type Unrolled,
  type UnrollOptions,
} from "@rnnkit/cells";
import type { RecurrentKind, RecurrentState } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import { layerOptions, type RecurrentConfig } from "../config/recurrent-config.ts";
import type { TrainingStep } from "../training-step.ts";

/** The state of each layer, bottom first. */
export type LayerStates = readonly RecurrentState<RecurrentKind>[];

interface NetworkOptions {
  readonly inputSize: number;
  readonly generator: Generator;
}

/** The layers of a config, which read from the first step to the last. */
export function recurrentStack(config: RecurrentConfig, options: NetworkOptions): Cell<LayerStates> {
  return recurrentLayers(config.kind, { ...layerOptions(config), ...options } as never) as unknown as Cell<LayerStates>;
}

/** The layers of a config, which read in both directions or in one. */
export function sequenceNetwork(
  config: RecurrentConfig,
  { isBidirectional, ...options }: NetworkOptions & { readonly isBidirectional: boolean },
): SequenceNetwork | Cell {
  if (!isBidirectional) return recurrentStack(config, options);
  return bidirectionalLayers(config.kind, { ...layerOptions(config), ...options } as never);
}

/** A network over a batch of sequences, with its dropout and zoneout while it is trained. */
export function readSequences<State extends CellState>(
  network: SequenceNetwork<State> | Cell<State>,
  inputs: SequenceInputs,
  {
    initialState,
    lengths,
    training,
  }: {
    readonly initialState?: State | undefined;
    readonly lengths?: ArrayLike<number> | undefined;
    readonly training?: TrainingStep | undefined;
  },
): Unrolled<State> {
  const options: { -readonly [Name in keyof UnrollOptions<State>]: UnrollOptions<State>[Name] } = {};
  if (initialState !== undefined) options.initialState = initialState;
  if (lengths) options.lengths = lengths;
  if (training) {
    options.isTraining = true;
    options.generator = training.generator;
  }
  return unroll(network, inputs, options);
}
