import { type Generator, uniform } from "@rnnkit/random";

/**
 * A draw from the standard Gumbel distribution. Of log-weights to which each its own draw was added, the k largest are
 * drawn from the weights without replacement, the largest first.
 */
export function standardGumbel(generator: Generator): number {
  let draw = 0;
  while (draw === 0) draw = uniform(generator);
  return -Math.log(-Math.log(draw));
}
