import type { Parameters } from "@rnnkit/cells";
import type { RecurrentKind, RecurrentState } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { NamedShape } from "../bundle/model-type.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { prefixed } from "../prefixed.ts";
import { encodedSize, type CompleteEncoderDecoderConfig } from "./encoder-decoder-config.ts";

export type LayerStates = readonly RecurrentState<RecurrentKind>[];

/** How the decoder's first states come of the encoder's last ones. */
export interface Bridge {
  /** Owned by the bridge: none but those of `linear`. */
  readonly parameters: Parameters;
  /** @param directions the states of each direction, bottom layer first. @returns one state a layer. */
  cross(directions: readonly LayerStates[]): LayerStates;
}

export function makeBridge(config: CompleteEncoderDecoderConfig, generator: Generator): Bridge {
  const linears: Record<string, Linear> = Object.fromEntries(
    bridgeParts(config).map((name) => {
      const sizes = { inputSize: encodedSize(config), outputSize: config.hiddenSize };
      return [name, linear(generator, sizes)];
    }),
  );
  return {
    parameters: Object.assign(
      {},
      ...Object.entries(linears).map(([name, { parameters }]) => prefixed(name, parameters)),
    ) as Parameters,
    cross: (directions) =>
      directions[0]!.map((first, layer) => {
        const merged = Object.keys(first).map((part) => {
          const tensors = directions.map((states) => (states[layer] as Record<string, tf.Tensor2D>)[part]!);
          const crossing = linears[`${part}_l${layer}`];
          if (crossing) return [part, tf.tanh(crossing.apply(tf.concat(tensors, 1)))];
          return [part, tensors.length === 1 ? tensors[0] : tf.addN(tensors)];
        });
        return Object.fromEntries(merged) as RecurrentState<RecurrentKind>;
      }),
  };
}

export function bridgeShapes(config: CompleteEncoderDecoderConfig): NamedShape[] {
  const { hiddenSize } = config;
  return bridgeParts(config).flatMap((name): NamedShape[] => [
    [`${name}.weight`, [hiddenSize, encodedSize(config)]],
    [`${name}.bias`, [hiddenSize]],
  ]);
}

/** The tensors of all states that go through a linear layer of their own. */
function bridgeParts({ bridge, kind, numLayers }: CompleteEncoderDecoderConfig): string[] {
  if (bridge !== "linear") return [];
  const parts = kind === "lstm" ? ["hidden", "cell"] : ["hidden"];
  return Array.from({ length: numLayers }, (_, layer) => parts.map((part) => `${part}_l${layer}`)).flat();
}
