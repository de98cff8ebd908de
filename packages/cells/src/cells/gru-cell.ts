import type { HiddenState } from "@rnnkit/ops";
import type { Cell } from "../cell.ts";
import type { GRUOptions } from "./cell-options.ts";
import { RecurrentCell } from "./recurrent-cell.ts";

/**
 * The gated recurrent unit: r = σ(W_ir·x + W_hr·h), z = σ(W_iz·x + W_hz·h), n = tanh(W_in·x + r ⊙ (W_hn·h)),
 * h' = (1 − z) ⊙ n + z ⊙ h, each product with its bias.
 *
 * The reset gate r multiplies after the product, as in PyTorch, cuDNN and Keras; with `reset: "before"` it does so before it,
 * W_hn·(r ⊙ h), as in the paper and d2l. Parameters `weight_ih` [3H, I], `weight_hh` [3H, H], `bias_ih`, `bias_hh` [3H] in
 * the order r, z, n.
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when an option is out of range.
 * @see Cho et al. (2014); `torch.nn.GRUCell`; Keras's `GRUCell` with `reset_after` of true and false.
 */
export function gruCell(options: GRUOptions): Cell<HiddenState> {
  return new RecurrentCell("gruCell", "gru", options);
}
