import type { Cell, CellState, Reading, SequenceInputs, SequenceNetwork, Unrolled } from "../cell.ts";
import { unrollCell } from "./unroll-cell.ts";

/** `unroll` with everything resolved: what networks made of others call. */
export function read<State extends CellState>(
  network: Cell<State> | SequenceNetwork<State>,
  inputs: SequenceInputs,
  reading: Reading<State>,
): Unrolled<State> {
  return network.unroll ? network.unroll(inputs, reading) : unrollCell(network as Cell<State>, inputs, reading);
}
