import { begin } from "./split";

/** The sum of squares of a gradient, in double precision, one partial sum for each 4096 elements: [⌈count/4096⌉] doubles. */
@unmanaged
export class SquaresJob {
  count: i32;
  x: usize;
  sums: usize;
}

const CHUNK: i32 = 4096;

export function sumOfSquares(job: SquaresJob, task: i32, numTasks: i32): void {
  const chunks = (job.count + CHUNK - 1) / CHUNK;
  const to = begin(task + 1, numTasks, chunks, 1);
  for (let chunk = begin(task, numTasks, chunks, 1); chunk < to; chunk++) {
    let at = job.x + (<usize>(chunk * CHUNK) << 2);
    const end = job.x + (<usize>min(job.count, (chunk + 1) * CHUNK) << 2);
    let s0 = f64x2.splat(0), s1 = s0;
    for (; at + 16 <= end; at += 16) {
      const low = f64x2.promote_low_f32x4(v128.load(at)), high = f64x2.promote_low_f32x4(v128.load_zero<u64>(at, 8));
      s0 = f64x2.add(s0, f64x2.mul(low, low));
      s1 = f64x2.add(s1, f64x2.mul(high, high));
    }
    s0 = f64x2.add(s0, s1);
    let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
    for (; at < end; at += 4) {
      const x = <f64>load<f32>(at);
      sum += x * x;
    }
    store<f64>(job.sums + (<usize>chunk << 3), sum);
  }
}

/**
 * One step of an optimizer over one parameter, in place. The gradient is scaled first, which clips it.
 *
 * src/optimizer.ts has the formulas; kinds are sgd (0), adam (1) and rmsprop (2).
 */
@unmanaged
export class OptimizerJob {
  kind: i32;
  count: i32;
  parameter: usize;
  gradient: usize;
  /** Momentum or first moment, or 0. */
  first: usize;
  /** Second moment, or 0. */
  second: usize;
  learningRate: f32;
  gradientScale: f32;
  /** Added to the gradient, times the parameter. */
  weightDecay: f32;
  /** Multiplies the parameter before the step: decoupled weight decay. */
  parameterScale: f32;
  beta1: f32;
  beta2: f32;
  /** What a gradient adds to the first moment, and its square to the second. */
  gradientWeight: f32;
  squareWeight: f32;
  epsilon: f32;
  rootScale: f32;
  isNesterov: i32;
}

export function optimizerStep(job: OptimizerJob, task: i32, numTasks: i32): void {
  const from = <usize>begin(task, numTasks, job.count, 16) << 2, to = <usize>begin(task + 1, numTasks, job.count, 16) << 2;
  const lr = f32x4.splat(job.learningRate), scale = f32x4.splat(job.gradientScale), decay = f32x4.splat(job.weightDecay);
  const shrink = f32x4.splat(job.parameterScale), b1 = f32x4.splat(job.beta1), b2 = f32x4.splat(job.beta2);
  const c1 = f32x4.splat(job.gradientWeight), c2 = f32x4.splat(job.squareWeight);
  const epsilon = f32x4.splat(job.epsilon), rootScale = f32x4.splat(job.rootScale);
  for (let at = from; at < to; at += 16) {
    const theta = v128.load(job.parameter + at);
    let g = f32x4.mul(v128.load(job.gradient + at), scale);
    if (job.weightDecay != 0) g = f32x4.add(g, f32x4.mul(theta, decay));
    let step = g;
    if (job.kind == 0) {
      if (job.first != 0) {
        const v = f32x4.add(f32x4.mul(v128.load(job.first + at), b1), f32x4.mul(g, c1));
        v128.store(job.first + at, v);
        step = job.isNesterov ? f32x4.add(g, f32x4.mul(v, b1)) : v;
      }
    } else if (job.kind == 1) {
      const m = f32x4.add(f32x4.mul(v128.load(job.first + at), b1), f32x4.mul(g, c1));
      const v = f32x4.add(f32x4.mul(v128.load(job.second + at), b2), f32x4.mul(f32x4.mul(g, g), c2));
      v128.store(job.first + at, m);
      v128.store(job.second + at, v);
      step = f32x4.div(m, f32x4.add(f32x4.mul(f32x4.sqrt(v), rootScale), epsilon));
    } else {
      const v = f32x4.add(f32x4.mul(v128.load(job.second + at), b2), f32x4.mul(f32x4.mul(g, g), c2));
      v128.store(job.second + at, v);
      step = f32x4.div(g, f32x4.add(f32x4.mul(f32x4.sqrt(v), rootScale), epsilon));
      if (job.first != 0) {
        step = f32x4.add(f32x4.mul(v128.load(job.first + at), b1), step);
        v128.store(job.first + at, step);
      }
    }
    v128.store(job.parameter + at, f32x4.sub(f32x4.mul(theta, shrink), f32x4.mul(step, lr)));
  }
}
