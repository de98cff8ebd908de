import type { HiddenState } from "@rnnkit/ops";
import type { Cell } from "./cell.ts";
import { RecurrentCell, type CellOptions } from "./recurrent-cell.ts";

export interface RNNCellOptions extends CellOptions {
  /** The activation. Default `tanh`. */
  readonly nonlinearity?: "tanh" | "relu";
}

/**
 * Elman's network: h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or with max(0, ·) for tanh.
 *
 * Parameters `weight_ih` [H, I], `weight_hh` [H, H], `bias_ih`, `bias_hh` [H], drawn from U(−1/√H, 1/√H) as PyTorch does.
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when a size is not a positive integer.
 * @see Elman, "Finding Structure in Time" (1990); `torch.nn.RNNCell`.
 */
export function rnnCell({ nonlinearity = "tanh", ...options }: RNNCellOptions): Cell<HiddenState> {
  return new RecurrentCell("rnnCell", `rnn-${nonlinearity}`, options);
}
