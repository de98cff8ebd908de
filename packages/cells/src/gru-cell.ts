import type { HiddenState } from "@rnnkit/ops";
import type { Cell } from "./cell.ts";
import { RecurrentCell, type CellOptions } from "./recurrent-cell.ts";

/**
 * The gated recurrent unit: r = σ(W_ir·x + W_hr·h), z = σ(W_iz·x + W_hz·h), n = tanh(W_in·x + r ⊙ (W_hn·h)),
 * h' = (1 − z) ⊙ n + z ⊙ h, each product with its bias.
 *
 * The reset gate r multiplies after the product, as in PyTorch, cuDNN and Keras, not before it as in the paper and d2l.
 * Parameters `weight_ih` [3H, I], `weight_hh` [3H, H], `bias_ih`, `bias_hh` [3H] in the order r, z, n, drawn from
 * U(−1/√H, 1/√H) as PyTorch does.
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when a size is not a positive integer.
 * @see Cho et al. (2014); `torch.nn.GRUCell`.
 */
export function gruCell(options: CellOptions): Cell<HiddenState> {
  return new RecurrentCell("gruCell", "gru", options);
}
