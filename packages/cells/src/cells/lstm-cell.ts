import type { LSTMState } from "@rnnkit/ops";
import type { Cell } from "../cell.ts";
import type { LSTMOptions } from "./cell-options.ts";
import { RecurrentCell } from "./recurrent-cell.ts";

/**
 * Long short-term memory: i, f, o = σ(W·x + U·h), g = tanh(W_g·x + U_g·h), c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c'), each
 * product with its bias; with a projection h' = W_hr·(o ⊙ tanh(c')), of P numbers.
 *
 * Parameters `weight_ih` [4H, I], `weight_hh` [4H, H or P], `bias_ih`, `bias_hh` [4H] in the order i, f, g, o, then, where there
 * are such, `weight_hr` [P, H] and `peephole_i`, `peephole_f`, `peephole_o` [H].
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when an option is out of range.
 * @see Hochreiter and Schmidhuber (1997); `torch.nn.LSTMCell`, for projections `torch.nn.LSTM`.
 */
export function lstmCell(options: LSTMOptions): Cell<LSTMState> {
  return new RecurrentCell("lstmCell", "lstm", options);
}
