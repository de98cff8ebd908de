import type { RecurrentKind } from "@rnnkit/ops";
import { describe } from "vitest";
import { describeOnBackend } from "../describe-on-backend.ts";
import { lengthsContract } from "./lengths-contract.ts";
import { ownershipContract } from "./ownership-contract.ts";
import { valuesContract } from "./values-contract.ts";

const KINDS: readonly RecurrentKind[] = ["rnn-tanh", "rnn-relu", "gru", "lstm"];

/**
 * What `recurrent` of `@rnnkit/ops` must do on a backend: the values and gradients of `recurrentReference` there and of plain
 * float64 arithmetic, lengths, both directions, ids, layers above one another, and the ownership of tensors.
 *
 * @param backend a name that TensorFlow.js knows; it is set for the suite, and the one before it afterwards.
 */
export function recurrentContract(backend: string): void {
  describeOnBackend("recurrent(kind, ...)", backend, () => {
    describe.each(KINDS)("%s", (kind) => {
      valuesContract(kind);
      lengthsContract(kind);
      ownershipContract(kind);
    });
  });
}
