import type { HiddenState } from "@rnnkit/ops";
import type { Cell } from "../cell.ts";
import type { RNNOptions } from "./cell-options.ts";
import { RecurrentCell } from "./recurrent-cell.ts";

/**
 * Elman's network: h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or with max(0, ·) for tanh.
 *
 * Parameters `weight_ih` [H, I], `weight_hh` [H, H], `bias_ih`, `bias_hh` [H].
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when an option is out of range.
 * @see Elman, "Finding Structure in Time" (1990); `torch.nn.RNNCell`.
 */
export function rnnCell({ nonlinearity = "tanh", ...options }: RNNOptions): Cell<HiddenState> {
  if (nonlinearity !== "tanh" && nonlinearity !== "relu") {
    throw new RangeError(`rnnCell: nonlinearity must be tanh or relu, got ${String(nonlinearity)}`);
  }
  return new RecurrentCell("rnnCell", `rnn-${nonlinearity}`, options);
}
