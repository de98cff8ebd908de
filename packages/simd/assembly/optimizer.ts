import { begin } from "./split";

/** The sums of squares of some arrays, in double precision: one for each 4096 elements of each, [Σ ⌈count/4096⌉] doubles. */
@unmanaged
export class SquaresJob {
  numArrays: i32;
  /** Count and pointer of each. */
  arrays: usize;
  sums: usize;
}

const CHUNK: i32 = 4096;

export function sumOfSquares(job: SquaresJob, task: i32, numTasks: i32): void {
  let sums = job.sums;
  for (let i = 0; i < job.numArrays; i++) {
    const array = job.arrays + (<usize>i << 3);
    const count = load<i32>(array), chunks = (count + CHUNK - 1) / CHUNK;
    sumChunks(load<usize>(array, 4), count, begin(task, numTasks, chunks, 1), begin(task + 1, numTasks, chunks, 1), sums);
    sums += <usize>chunks << 3;
  }
}

function sumChunks(x: usize, count: i32, from: i32, to: i32, sums: usize): void {
  for (let chunk = from; chunk < to; chunk++) {
    let at = x + (<usize>(chunk * CHUNK) << 2);
    const end = x + (<usize>min(count, (chunk + 1) * CHUNK) << 2);
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
    store<f64>(sums + (<usize>chunk << 3), sum);
  }
}

/** The root of the sum of some doubles, added up one after the other. */
@unmanaged
export class RootJob {
  count: i32;
  sums: usize;
  output: usize;
}

export function rootOfSum(job: RootJob, task: i32): void {
  if (task != 0) return;
  let total: f64 = 0;
  for (let i = 0; i < job.count; i++) total += load<f64>(job.sums + (<usize>i << 3));
  store<f32>(job.output, <f32>sqrt<f64>(total));
}

/** A parameter of `count` elements. */
@unmanaged
class OptimizerTarget {
  count: i32;
  parameter: usize;
  gradient: usize;
  /** Momentum or first moment, or 0. */
  first: usize;
  /** Second moment, or 0. */
  second: usize;
}

/**
 * One step of an optimizer over some parameters, in place. The gradients are scaled first, which clips them.
 *
 * src/optimizer.ts has the formulas; kinds are sgd (0), adam (1) and rmsprop (2).
 */
@unmanaged
export class OptimizerJob {
  kind: i32;
  numTargets: i32;
  targets: usize;
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
  for (let i = 0; i < job.numTargets; i++) {
    const target = changetype<OptimizerTarget>(job.targets + <usize>i * offsetof<OptimizerTarget>());
    const from = begin(task, numTasks, target.count, 16), to = begin(task + 1, numTasks, target.count, 16);
    stepTarget(job, target, <usize>from << 2, <usize>to << 2);
  }
}

function stepTarget(job: OptimizerJob, target: OptimizerTarget, from: usize, to: usize): void {
  const lr = f32x4.splat(job.learningRate), scale = f32x4.splat(job.gradientScale), decay = f32x4.splat(job.weightDecay);
  const shrink = f32x4.splat(job.parameterScale), b1 = f32x4.splat(job.beta1), b2 = f32x4.splat(job.beta2);
  const c1 = f32x4.splat(job.gradientWeight), c2 = f32x4.splat(job.squareWeight);
  const epsilon = f32x4.splat(job.epsilon), rootScale = f32x4.splat(job.rootScale);
  for (let at = from; at < to; at += 16) {
    const theta = v128.load(target.parameter + at);
    let g = f32x4.mul(v128.load(target.gradient + at), scale);
    if (job.weightDecay != 0) g = f32x4.add(g, f32x4.mul(theta, decay));
    let step = g;
    if (job.kind == 0) {
      if (target.first != 0) {
        const v = f32x4.add(f32x4.mul(v128.load(target.first + at), b1), f32x4.mul(g, c1));
        v128.store(target.first + at, v);
        step = job.isNesterov ? f32x4.add(g, f32x4.mul(v, b1)) : v;
      }
    } else if (job.kind == 1) {
      const m = f32x4.add(f32x4.mul(v128.load(target.first + at), b1), f32x4.mul(g, c1));
      const v = f32x4.add(f32x4.mul(v128.load(target.second + at), b2), f32x4.mul(f32x4.mul(g, g), c2));
      v128.store(target.first + at, m);
      v128.store(target.second + at, v);
      step = f32x4.div(m, f32x4.add(f32x4.mul(f32x4.sqrt(v), rootScale), epsilon));
    } else {
      const v = f32x4.add(f32x4.mul(v128.load(target.second + at), b2), f32x4.mul(f32x4.mul(g, g), c2));
      v128.store(target.second + at, v);
      step = f32x4.div(g, f32x4.add(f32x4.mul(f32x4.sqrt(v), rootScale), epsilon));
      if (target.first != 0) {
        step = f32x4.add(f32x4.mul(v128.load(target.first + at), b1), step);
        v128.store(target.first + at, step);
      }
    }
    v128.store(target.parameter + at, f32x4.sub(f32x4.mul(theta, shrink), f32x4.mul(step, lr)));
  }
}
