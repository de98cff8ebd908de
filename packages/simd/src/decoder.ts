import { KERNEL } from "./kernel.ts";
import { matMul, multiplyPacked, packRightOperand, type MatMulArguments } from "./mat-mul.ts";
import { freePacked, packRecurrent, type RecurrentParameters } from "./pack-recurrent.ts";
import { forwardWords } from "./recurrent-forward.ts";
import { part, planRecurrent, type RecurrentKernelKind, type RecurrentPlan } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { transferState } from "./transfer.ts";

export interface DecoderOptions {
  readonly kind: RecurrentKernelKind;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** B */
  readonly batchSize: number;
  /** The parameters of each layer, the bottom one first. Read now; they may change or go afterwards. */
  readonly layers: readonly RecurrentParameters[];
  /** [V, E] and E; without it, ids enter as one-hot rows. Borrowed as long as the decoder lives. */
  readonly embedding?: { readonly table: SimdArray; readonly width: number } | undefined;
  /** [V, H] and [V]. Borrowed as long as the decoder lives. */
  readonly output: { readonly weight: SimdArray; readonly bias?: SimdArray | undefined };
}

export interface DecodingStep {
  /** [B] ids */
  readonly tokens: ArrayLike<number>;
  /** For each layer [B, H]: the hidden state and, of an LSTM, the cell state. */
  readonly states: readonly (readonly SimdArray[])[];
  /** The same: written. May be the same arrays. */
  readonly nextStates: readonly (readonly SimdArray[])[];
  /** [B, V]: written. */
  readonly logits: SimdArray;
}

export interface Decoder {
  /** One token a row. @throws RangeError when one is not from 0 to V − 1. */
  step(step: DecodingStep): void;
  /** Frees what was packed. Call it once. */
  dispose(): void;
}

interface Layer {
  readonly plan: RecurrentPlan;
  readonly workspace: SimdArray;
  readonly words: readonly number[];
}

/**
 * A recurrent language model as one step after another: embedding, layers, projection, with the weights packed once. From layer to
 * layer the states stay in the kernels' own layout.
 *
 * @throws RangeError when a parameter holds a NaN, or memory is exhausted.
 */
export function createDecoder(simd: Simd, options: DecoderOptions): Decoder {
  const { kind, vocabSize, hiddenSize, batchSize, embedding, output } = options;
  const release: (() => void)[] = [];
  const dispose = () => {
    for (const free of release) free();
  };
  const product: Omit<MatMulArguments, "a" | "output"> = {
    b: output.weight,
    bias: output.bias,
    rows: batchSize,
    columns: vocabSize,
    depth: hiddenSize,
    isBTransposed: true,
  };
  const layers: Layer[] = [];
  let packedOutput: SimdArray | undefined;
  try {
    for (const [index, parameters] of options.layers.entries()) {
      const hasIds = index === 0 && !embedding;
      const inputSize = index > 0 ? hiddenSize : (embedding?.width ?? vocabSize);
      const sizes = { kind, inputSize, hiddenSize, hasIds };
      const packed = packRecurrent(simd, sizes, parameters);
      release.push(() => freePacked(simd, packed));
      const plan = planRecurrent({ ...sizes, batchSize, numSteps: 1, isDifferentiable: false });
      const workspace = simd.allocate(plan.length);
      release.push(() => simd.free(workspace));
      // A layer reads the state of the one below where that has left it.
      const below = layers.at(-1);
      const inputs = below ? nextHidden(below) : part(workspace, plan.inputs, plan.inputStep);
      const words = forwardWords({ plan, workspace, hasLengths: false, isReverse: false }, packed, inputs);
      layers.push({ plan, workspace, words });
    }
    if (batchSize > 1) {
      packedOutput = packRightOperand(simd, product);
      release.push(() => simd.free(packedOutput!));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  const isDirect = batchSize === 1 && hiddenSize % 8 === 0;
  const write = (layer: Layer, blocked: SimdArray, rowMajor: SimdArray) => {
    if (isDirect) simd.floats(blocked).set(simd.floats(rowMajor));
    else transferState(simd, "packSequence", layer.plan, { rowMajor, blocked });
  };
  const read = (layer: Layer, blocked: SimdArray, rowMajor: SimdArray) => {
    if (isDirect) simd.floats(rowMajor).set(simd.floats(blocked));
    else transferState(simd, "unpackSequence", layer.plan, { rowMajor, blocked });
  };

  return {
    step({ tokens, states, nextStates, logits }) {
      enter(simd, layers[0]!, { tokens, vocabSize, embedding });
      for (const [index, layer] of layers.entries()) {
        const { plan, workspace, words } = layer;
        const [hidden, cell] = states[index]!;
        write(layer, part(workspace, plan.hidden, plan.stateStep), hidden!);
        if (cell) write(layer, part(workspace, plan.cell, plan.stateStep), cell);
        simd.run(KERNEL.recurrentForward, 1, words);
        const [nextOfHidden, nextOfCell] = nextStates[index]!;
        read(layer, nextHidden(layer), nextOfHidden!);
        if (nextOfCell) read(layer, part(workspace, plan.cell, plan.stateStep), nextOfCell);
      }
      const args = { ...product, a: nextStates.at(-1)![0]!, output: logits };
      if (packedOutput) multiplyPacked(simd, args, packedOutput);
      else matMul(simd, args);
    },
    dispose,
  };
}

function nextHidden({ plan, workspace }: Pick<Layer, "plan" | "workspace">): SimdArray {
  return part(workspace, plan.hidden + plan.stateStep, plan.stateStep);
}

interface Entry {
  readonly tokens: ArrayLike<number>;
  readonly vocabSize: number;
  readonly embedding: DecoderOptions["embedding"];
}

/** Writes the tokens, or their rows of the embedding, where the bottom layer reads them. */
function enter(simd: Simd, { plan, workspace }: Layer, { tokens, vocabSize, embedding }: Entry): void {
  const target = part(workspace, plan.inputs, plan.inputStep);
  const ids = embedding ? undefined : simd.ints(target);
  const rows = simd.floats(target);
  const table = embedding && simd.floats(embedding.table);
  for (let row = 0; row < plan.batchSize; row++) {
    const token = tokens[row]!;
    if (!(token >= 0 && token < vocabSize)) {
      throw new RangeError(`decodingStep: tokens must be ids from 0 to ${vocabSize - 1}, got ${token}`);
    }
    if (ids) ids[row] = token;
    else {
      const { width } = embedding!;
      for (let panel = 0; panel < plan.inputPanels; panel++) {
        const at = (panel * plan.batchSize + row) * 8;
        const from = token * width + panel * 8;
        rows.fill(0, at, at + 8);
        rows.set(table!.subarray(from, Math.min(from + 8, (token + 1) * width)), at);
      }
    }
  }
}
