import type { LSTMState } from "@rnnkit/ops";
import type { Cell } from "./cell.ts";
import { RecurrentCell, type CellOptions } from "./recurrent-cell.ts";

/**
 * Long short-term memory: i, f, o = σ(W·x + U·h), g = tanh(W_g·x + U_g·h), c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c'), each
 * product with its bias.
 *
 * Parameters `weight_ih` [4H, I], `weight_hh` [4H, H], `bias_ih`, `bias_hh` [4H] in the order i, f, g, o, drawn from
 * U(−1/√H, 1/√H) as PyTorch does: the forget gate gets no bias of its own.
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when a size is not a positive integer.
 * @see Hochreiter and Schmidhuber (1997); `torch.nn.LSTMCell`.
 */
export function lstmCell(options: CellOptions): Cell<LSTMState> {
  return new RecurrentCell("lstmCell", "lstm", options);
}
