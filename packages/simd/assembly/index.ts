import { madd } from "./madd";
import { defineConstants } from "./math";

export { setThread } from "./heartbeat";
export { runTask } from "./kernels";
export { finish, serve } from "./pool";

/** Prepares a new memory; once, before any kernel runs. */
export function initialize(): void {
  defineConstants();
}

/** Whether a multiply-add rounds once here: the square of 1 + 2⁻¹² has a last bit that a float of its own would lose. */
export function isFused(): bool {
  const x = f32x4.splat(1.000244140625);
  return f32x4.extract_lane(madd(x, x, f32x4.splat(-1.00048828125)), 0) != 0;
}
