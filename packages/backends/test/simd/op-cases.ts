// Long because it is a table of the operations of TensorFlow.js.
import * as tf from "@tensorflow/tfjs";

/** What a case computes: all that it makes is disposed by whoever runs it. */
export type OpCase = readonly [name: string, compute: () => tf.Tensor | readonly (tf.Tensor | readonly tf.Tensor[])[]];

/** Numbers from −1 to 1, the same for the same seed. */
export function reals<R extends tf.Rank = tf.Rank>(shape: tf.ShapeMap[R], seed = 1): tf.Tensor<R> {
  const count = (shape as number[]).reduce((a, b) => a * b, 1);
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233));
  return tf.tensor(values, shape);
}

/** Numbers from 0.1 to 2.1. */
const positive = (shape: number[], seed = 1): tf.Tensor => tf.add(reals(shape, seed), 1.1);
const integers = (shape: number[], max: number, seed = 1): tf.Tensor =>
  tf.cast(tf.mul(tf.abs(reals(shape, seed)), max - 0.01), "int32");
const bools = (shape: number[], seed = 1): tf.Tensor => tf.greater(reals(shape, seed), 0);
const ids = (values: number[]): tf.Tensor1D => tf.tensor1d(values, "int32");

/** The gradients of Σ f(...)·w by each argument, with weights w that differ. */
function gradients(f: (...args: tf.Tensor[]) => tf.Tensor, ...args: tf.Tensor[]): tf.Tensor[] {
  return tf.grads((...xs) => {
    const y = f(...xs);
    return tf.sum(tf.mul(y, reals(y.shape, 9)));
  })(args);
}

type Unary = (x: tf.Tensor) => tf.Tensor;
const UNARY: readonly (readonly [string, Unary, isPositive?: boolean])[] = [
  ["abs", tf.abs],
  ["acos", tf.acos],
  ["acosh", (x) => tf.acosh(tf.add(x, 1)), true],
  ["asin", tf.asin],
  ["asinh", tf.asinh],
  ["atan", tf.atan],
  ["atanh", (x) => tf.atanh(tf.mul(x, 0.9))],
  ["ceil", tf.ceil],
  ["cos", tf.cos],
  ["cosh", tf.cosh],
  ["elu", tf.elu],
  ["erf", tf.erf],
  ["exp", tf.exp],
  ["expm1", tf.expm1],
  ["floor", tf.floor],
  ["leakyRelu", tf.leakyRelu],
  ["log", tf.log, true],
  ["log1p", tf.log1p, true],
  ["logSigmoid", tf.logSigmoid],
  ["neg", tf.neg],
  ["reciprocal", tf.reciprocal, true],
  ["relu", tf.relu],
  ["relu6", tf.relu6],
  ["round", tf.round],
  ["rsqrt", tf.rsqrt, true],
  ["selu", tf.selu],
  ["sigmoid", tf.sigmoid],
  ["sign", tf.sign],
  ["sin", tf.sin],
  ["sinh", tf.sinh],
  ["softplus", tf.softplus],
  ["sqrt", tf.sqrt, true],
  ["square", tf.square],
  ["step", (x) => tf.step(x, 0.2)],
  ["tan", tf.tan],
  ["tanh", tf.tanh],
  ["clipByValue", (x) => tf.clipByValue(x, -0.3, 0.4)],
];

type Binary = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;
const BINARY: readonly (readonly [string, Binary])[] = [
  ["add", tf.add],
  ["sub", tf.sub],
  ["mul", tf.mul],
  ["div", tf.div],
  ["maximum", tf.maximum],
  ["minimum", tf.minimum],
  ["squaredDifference", tf.squaredDifference],
  ["pow", tf.pow],
  ["mod", tf.mod],
  ["floorDiv", tf.floorDiv],
  ["divNoNan", tf.divNoNan],
  ["atan2", tf.atan2],
  ["prelu", tf.prelu],
];
const COMPARISONS: readonly (readonly [string, Binary])[] = [
  ["equal", tf.equal],
  ["notEqual", tf.notEqual],
  ["greater", tf.greater],
  ["greaterEqual", tf.greaterEqual],
  ["less", tf.less],
  ["lessEqual", tf.lessEqual],
];
const SHAPES: readonly (readonly [number[], number[]])[] = [
  [
    [3, 5],
    [3, 5],
  ],
  [[3, 5], []],
  [[], [3, 5]],
  [[3, 5], [5]],
  [
    [3, 1],
    [1, 5],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 1, 4, 1, 3],
    [3, 1, 2, 3],
  ],
  [[7], [7, 1]],
  [[0, 3], [3]],
];

const matrices = (aShape: number[], bShape: number[], transposeA = false, transposeB = false): OpCase => [
  `matMul ${aShape.join("x")}${transposeA ? "ᵀ" : ""} by ${bShape.join("x")}${transposeB ? "ᵀ" : ""}, and gradients`,
  () => {
    const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB);
    const [a, b] = [reals(aShape, 1), reals(bShape, 2)];
    // TensorFlow.js has no gradient of a batch that is broadcast.
    const isBroadcast = aShape.slice(0, -2).join() !== bShape.slice(0, -2).join();
    return [product(a, b), ...(isBroadcast ? [] : gradients(product as never, a, b))];
  },
];

const fused = (options: {
  transposeA?: boolean;
  transposeB?: boolean;
  batch?: number;
  activation?: string;
  bias?: number[];
}): OpCase => [
  `fused.matMul ${JSON.stringify(options)}, and gradients`,
  () => {
    const { transposeA = false, transposeB = false, batch, activation, bias: biasShape } = options;
    const lead = batch ? [batch] : [];
    const a = reals([...lead, ...(transposeA ? [7, 5] : [5, 7])], 1);
    const b = reals([...lead, ...(transposeB ? [9, 7] : [7, 9])], 2);
    const bias = reals(biasShape ?? [9], 3);
    const product = (...[x, y, z]: tf.Tensor[]) =>
      tf.fused.matMul({
        a: x as tf.Tensor2D,
        b: y as tf.Tensor2D,
        bias: z!,
        transposeA,
        transposeB,
        ...(activation && { activation: activation as "relu" }),
      });
    // TensorFlow.js has gradients of some activations only.
    const isDifferentiable = !batch && ["linear", "relu", undefined].includes(activation);
    return [product(a, b, bias), ...(isDifferentiable ? gradients(product, a, b, bias) : [])];
  },
];

type Reduction = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;
const REDUCTIONS: readonly (readonly [string, Reduction])[] = [
  ["sum", tf.sum],
  ["mean", tf.mean],
  ["max", tf.max],
  ["min", tf.min],
  ["prod", tf.prod],
  ["logSumExp", tf.logSumExp],
];
const AXES: readonly (number | number[] | undefined)[] = [undefined, 0, -1, 1, [0, 1], [1, 2], [0, 2], [0, 1, 2]];

export const OP_CASES: readonly OpCase[] = [
  ...UNARY.flatMap(([name, f, isPositive]): OpCase[] => {
    const input = (shape: number[]) => (isPositive ? positive(shape) : reals(shape));
    return [
      [`${name} and its gradient`, () => [f(input([3, 7])), ...gradients(f, input([3, 7]))]],
      [
        `${name} of a scalar, of nothing and of rank 5`,
        () => [[], [0], [1, 2, 1, 3, 2]].map((shape) => f(input(shape))),
      ],
    ];
  }),
  ...BINARY.map(([name, f]): OpCase => [
    `${name} with broadcasting`,
    () => SHAPES.map(([a, b]) => f(positive(a, 1), positive(b, 2))),
  ]),
  ...["add", "sub", "mul", "div", "pow"].map((name): OpCase => {
    const f = BINARY.find(([other]) => other === name)![1];
    return [
      `gradients of ${name} with broadcasting`,
      () => SHAPES.slice(0, -1).flatMap(([a, b]) => gradients(f as never, positive(a, 1), positive(b, 2))),
    ];
  }),
  // TensorFlow.js has no gradients of these where they broadcast.
  ...["maximum", "minimum", "squaredDifference"].map((name): OpCase => {
    const f = BINARY.find(([other]) => other === name)![1];
    return [`gradients of ${name}`, () => gradients(f as never, reals([3, 5], 1), reals([3, 5], 2))];
  }),
  ...BINARY.slice(0, 7).map(([name, f]): OpCase => [
    `${name} of int32, and of int32 with float32`,
    () => [
      f(integers([3, 4], 9), tf.add(integers([4], 5, 2), tf.scalar(1, "int32"))),
      f(integers([3, 4], 9), positive([4])),
    ],
  ]),
  ...COMPARISONS.map(([name, f]): OpCase => [
    `${name} of float32 and int32, with broadcasting`,
    () => [
      ...SHAPES.map(([a, b]) => f(tf.round(reals(a, 1)), tf.round(reals(b, 2)))),
      f(integers([3, 4], 3), integers([4], 3, 2)),
    ],
  ]),
  [
    "logical operations",
    () => [
      ...[tf.logicalAnd, tf.logicalOr, tf.logicalXor].map((f) => f(bools([3, 4]), bools([4], 2))),
      tf.logicalNot(bools([3, 4])),
      tf.all(bools([3, 4]), 1),
      tf.any(bools([3, 4]), 0),
    ],
  ],
  [
    "isNaN, isInf, isFinite",
    () => {
      const x = tf.tensor1d([1, Number.NaN, Infinity, -Infinity]);
      return [
        tf.isNaN(x),
        tf.isInf(x),
        tf.isFinite(x),
        tf.add(x, 1),
        tf.relu(x),
        tf.maximum(x, 0),
        tf.exp(x),
        tf.tanh(x),
      ];
    },
  ],
  ["addN of two to five", () => [2, 3, 5].map((n) => tf.addN(Array.from({ length: n }, (_, i) => reals([3, 5], i))))],
  ["addN of int32", () => tf.addN([integers([5], 9), integers([5], 9, 2), integers([5], 9, 3)])],
  [
    "cast between all types",
    () => [
      ...(["int32", "bool", "float32"] as const).flatMap((dtype) => [
        tf.cast(tf.mul(reals([7]), 3), dtype),
        tf.cast(integers([7], 3), dtype),
        tf.cast(bools([7]), dtype),
      ]),
      tf.cast(reals([3]), "complex64"),
    ],
  ],

  matrices([1, 1], [1, 1]),
  matrices([5, 7], [7, 9]),
  matrices([7, 5], [7, 9], true),
  matrices([5, 7], [9, 7], false, true),
  matrices([7, 5], [9, 7], true, true),
  matrices([1, 33], [33, 17]),
  matrices([33, 17], [17, 1]),
  matrices([1, 33], [17, 33], false, true),
  matrices([3, 5, 7], [3, 7, 9]),
  matrices([3, 7, 5], [3, 9, 7], true, true),
  matrices([1, 5, 7], [3, 7, 9]),
  matrices([3, 5, 7], [1, 7, 9]),
  matrices([2, 1, 5, 7], [1, 3, 7, 4]),
  matrices([2, 3, 5, 7], [2, 3, 4, 7], false, true),
  matrices([64, 65], [65, 66]),
  [
    "matMul with no rows, no columns, nothing to sum",
    () => [
      tf.matMul(reals([0, 3]), reals([3, 2])),
      tf.matMul(reals([2, 3]), reals([3, 0])),
      tf.matMul(reals([2, 0]), reals([0, 3])),
    ],
  ],
  ["matMul of int32", () => tf.matMul(integers([3, 4], 5), integers([4, 2], 5, 2))],
  [
    "dot and outerProduct",
    () => [
      tf.dot(reals([7], 1), reals([7], 2)),
      tf.dot(reals([3, 7], 1), reals([7], 2)),
      tf.dot(reals([7], 1), reals([7, 2], 2)),
      tf.outerProduct(reals([5], 1) as tf.Tensor1D, reals([3], 2) as tf.Tensor1D),
    ],
  ],
  [
    "einsum",
    () => [
      tf.einsum("ij,jk->ik", reals([3, 5], 1), reals([5, 4], 2)),
      tf.einsum("bij,bkj->bik", reals([2, 3, 5], 1), reals([2, 4, 5], 2)),
    ],
  ],
  ...["linear", "relu", "sigmoid", "relu6", "elu", "leakyrelu"].map((activation) => fused({ activation })),
  fused({}),
  fused({ transposeA: true }),
  fused({ transposeB: true, activation: "relu" }),
  fused({ transposeA: true, transposeB: true }),
  fused({ batch: 3 }),
  fused({ batch: 3, transposeA: true, transposeB: true, activation: "relu" }),
  fused({ bias: [1, 9] }),
  fused({ bias: [1], activation: "relu" }),
  [
    "fused.matMul without bias",
    () => tf.fused.matMul({ a: reals<tf.Rank.R2>([5, 7]), b: reals<tf.Rank.R2>([7, 3], 2), activation: "relu" }),
  ],

  ...REDUCTIONS.flatMap(([name, f]): OpCase[] => [
    [
      `${name} over every choice of axes`,
      () => AXES.flatMap((axis) => [f(reals([3, 5, 4]), axis), f(reals([3, 5, 4]), axis, true)]),
    ],
    [
      `${name} of a scalar, a vector, of int32 and of rank 5`,
      () => [f(reals([])), f(reals([17])), f(integers([3, 4], 4), 0), f(reals([2, 3, 1, 2, 3]), [1, 3])],
    ],
  ]),
  ...(
    [
      ["sum", tf.sum],
      ["mean", tf.mean],
      ["max", tf.max],
      ["min", tf.min],
    ] as const
  ).map(([name, f]): OpCase => [
    `gradients of ${name} over every choice of axes`,
    () => AXES.flatMap((axis) => gradients((x) => f(x!, axis), reals([3, 5, 4]))),
  ]),
  ["gradients of prod", () => [0, 1, 2].flatMap((axis) => gradients((x) => tf.prod(x!, axis), reals([3, 5, 4])))],
  [
    "sum and max of what has no elements",
    () => [tf.sum(reals([0, 3]), 0), tf.sum(reals([3, 0]), 1), tf.max(reals([3, 0]), 1)],
  ],
  ["sum of bool", () => tf.sum(bools([3, 5]), 1)],
  ["max with NaN and −∞", () => tf.max(tf.tensor2d([1, Number.NaN, 2, -Infinity, -Infinity, -Infinity], [2, 3]), 1)],
  [
    "argMax and argMin",
    () => [
      ...[0, 1, 2].flatMap((axis) => [tf.argMax(reals([3, 5, 4]), axis), tf.argMin(reals([3, 5, 4]), axis)]),
      tf.argMax(integers([7], 9)),
    ],
  ],
  [
    "norm, moments, euclidean norm",
    () => {
      const { mean, variance } = tf.moments(reals([3, 5]), 1);
      return [mean, variance, tf.norm(reals([3, 5])), tf.norm(reals([3, 5]), 1, 0), tf.euclideanNorm(reals([3, 5]), 1)];
    },
  ],
  [
    "softmax and its gradient",
    () => [
      tf.softmax(reals([3, 5])),
      tf.softmax(reals([17])),
      tf.softmax(reals([2, 3, 9])),
      tf.softmax(reals([3, 5]), 1),
      ...gradients((x) => tf.softmax(x), reals([3, 5])),
    ],
  ],
  [
    "logSoftmax and its gradient",
    () => [tf.logSoftmax(reals([3, 5])), ...gradients((x) => tf.logSoftmax(x), reals([3, 5]))],
  ],
  [
    "losses",
    () => [
      tf.losses.softmaxCrossEntropy(tf.oneHot(ids([1, 0, 2]), 4), reals([3, 4])),
      tf.losses.sigmoidCrossEntropy(tf.cast(bools([3, 4]), "float32"), reals([3, 4])),
      tf.losses.meanSquaredError(reals([3, 4], 1), reals([3, 4], 2)),
      tf.losses.huberLoss(reals([3, 4], 1), reals([3, 4], 2)),
      tf.losses.absoluteDifference(reals([3, 4], 1), reals([3, 4], 2)),
      tf.losses.cosineDistance(reals([3, 4], 1), reals([3, 4], 2), 1),
    ],
  ],
  [
    "gradient of losses.softmaxCrossEntropy",
    () => gradients((x) => tf.losses.softmaxCrossEntropy(tf.oneHot(ids([1, 0, 2]), 4), x), reals([3, 4])),
  ],
  [
    "cumsum and cumprod, exclusive and reversed",
    () =>
      [0, 1, 2].flatMap((axis) => [
        tf.cumsum(reals([3, 5, 4]), axis),
        tf.cumsum(reals([3, 5, 4]), axis, true, true),
        tf.cumprod(reals([3, 5, 4]), axis, true),
      ]),
  ],
  ["gradient of cumsum", () => gradients((x) => tf.cumsum(x!, 1), reals([3, 5]))],
  ["topk", () => Object.values(tf.topk(reals([3, 9]), 4))],
  [
    "unique, bincount, searchSorted",
    () => [
      ...Object.values(tf.unique(integers([20], 5) as tf.Tensor1D)),
      tf.bincount(integers([20], 5) as tf.Tensor1D, tf.tensor1d([]), 5),
      tf.searchSorted(tf.tensor1d([1, 3, 5]), tf.tensor1d([0, 3, 4])),
    ],
  ],

  [
    "transpose of every rank, and gradient",
    () => [
      tf.transpose(reals([])),
      tf.transpose(reals([5])),
      tf.transpose(reals([5, 7])),
      tf.transpose(reals([3, 5, 4]), [1, 0, 2]),
      tf.transpose(reals([3, 5, 4]), [2, 0, 1]),
      tf.transpose(reals([2, 3, 4, 5]), [3, 1, 0, 2]),
      tf.transpose(reals([2, 3, 2, 3, 2]), [4, 2, 0, 3, 1]),
      tf.transpose(reals([2, 2, 2, 2, 2, 2]), [5, 3, 1, 4, 2, 0]),
      tf.transpose(reals([0, 3])),
      tf.transpose(integers([3, 4], 9)),
      tf.transpose(bools([3, 4])),
      ...gradients((x) => tf.transpose(x, [2, 0, 1]), reals([3, 5, 4])),
    ],
  ],
  [
    "slice of every rank, and gradient",
    () => [
      tf.slice(reals([9]), 2, 5),
      tf.slice(reals([5, 7]), [1, 2], [3, 4]),
      tf.slice(reals([5, 7]), [2], [-1]),
      tf.slice(reals([3, 5, 4]), [1, 1, 1], [2, 3, 2]),
      tf.slice(reals([2, 3, 4, 5]), [0, 1, 1, 2], [2, 2, 2, 3]),
      tf.slice(reals([2, 3, 2, 3, 2]), [0, 1, 0, 1, 0], [2, 2, 2, 2, 1]),
      tf.slice(reals([5, 7]), [0, 0], [0, 7]),
      tf.slice(integers([5, 7], 9), [1, 2], [3, 4]),
      tf.slice(bools([5, 7]), [1, 0], [2, 7]),
      ...gradients((x) => tf.slice(x, [1, 2], [3, 4]), reals([5, 7])),
    ],
  ],
  [
    "stridedSlice",
    () => [tf.stridedSlice(reals([9]), [1], [8], [3]), tf.stridedSlice(reals([5, 7]), [4, 1], [0, 6], [-1, 2])],
  ],
  [
    "concat of every rank and type, and gradients",
    () => [
      tf.concat([reals([3], 1), reals([5], 2)]),
      ...[0, 1].map((axis) => tf.concat([reals([3, 5], 1), reals([3, 5], 2), reals([3, 5], 3)], axis)),
      tf.concat([reals([3, 2], 1), reals([3, 5], 2)], -1),
      tf.concat([reals([2, 3, 4], 1), reals([2, 1, 4], 2)], 1),
      tf.concat([reals([2, 1, 2, 1, 3]), reals([2, 1, 2, 2, 3])], 3),
      tf.concat([reals([0, 5], 1), reals([3, 5], 2)], 0),
      tf.concat([integers([3], 9), integers([2], 9)]),
      tf.concat([bools([3]), bools([2])]),
      ...gradients((a, b) => tf.concat([a!, b!], 1), reals([3, 2], 1), reals([3, 5], 2)),
    ],
  ],
  [
    "split evenly and by sizes, and gradient",
    () => [
      ...tf.split(reals([6, 5]), 3),
      ...tf.split(reals([3, 8]), [1, 4, 3], 1),
      ...tf.split(reals([2, 3, 4]), 2, -1),
      ...tf.split(integers([6], 9), 2),
      ...tf.split(bools([6]), 2),
      ...gradients((x) => tf.split(x, [1, 4, 3], 1)[1]!, reals([3, 8])),
    ],
  ],
  [
    "stack and unstack, and gradients",
    () => [
      ...[0, 1, -1].map((axis) => tf.stack([reals([3, 5], 1), reals([3, 5], 2)], axis)),
      tf.stack([tf.scalar(1), tf.scalar(2)]),
      ...tf.unstack(reals([3, 5]), 1),
      ...tf.unstack(reals([3, 5, 2])),
      ...tf.unstack(integers([3, 5], 9)),
      ...gradients((a, b) => tf.stack([a!, b!], 1), reals([3, 5], 1), reals([3, 5], 2)),
      ...gradients((x) => tf.unstack(x, 1)[2]!, reals([3, 5])),
    ],
  ],
  [
    "reshape, squeeze, expandDims, flatten and gradient",
    () => [
      tf.reshape(reals([3, 4]), [2, -1]),
      tf.squeeze(reals([3, 1, 4, 1])),
      tf.expandDims(reals([3, 4]), 1),
      tf.reshape(reals([1]), []),
      ...gradients((x) => tf.mul(tf.reshape(x, [2, 6]), reals([2, 6], 4)), reals([3, 4])),
    ],
  ],
  [
    "tile, reverse, pad, mirrorPad, and gradients",
    () => [
      tf.tile(reals([2, 3]), [2, 3]),
      tf.tile(integers([2], 9), [3]),
      tf.reverse(reals([3, 5]), 1),
      tf.reverse(reals([3, 5])),
      tf.pad(
        reals([3, 5]),
        [
          [1, 2],
          [0, 3],
        ],
        7,
      ),
      tf.mirrorPad(
        reals([3, 5]),
        [
          [1, 2],
          [0, 3],
        ],
        "reflect",
      ),
      ...gradients((x) => tf.tile(x, [2, 3]), reals([2, 3])),
      ...gradients((x) => tf.reverse(x, 1), reals([3, 5])),
      ...gradients(
        (x) =>
          tf.pad(x, [
            [1, 2],
            [0, 3],
          ]),
        reals([3, 5]),
      ),
    ],
  ],
  [
    "broadcastTo and gradient",
    () => [tf.broadcastTo(reals([3, 1]), [2, 3, 4]), ...gradients((x) => tf.broadcastTo(x, [3, 4]), reals([3, 1]))],
  ],
  [
    "batchToSpaceND, spaceToBatchND, depthToSpace",
    () => [
      tf.batchToSpaceND(
        reals([4, 2, 2, 1]),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      tf.spaceToBatchND(
        reals([1, 4, 4, 1]),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      tf.depthToSpace(reals<tf.Rank.R4>([1, 2, 2, 4]), 2, "NHWC"),
    ],
  ],

  [
    "gather along every axis, and gradient",
    () => [
      ...[0, 1, 2].map((axis) => tf.gather(reals([3, 5, 4]), ids([2, 0, 1, 2]), axis)),
      tf.gather(reals([5]), integers([2, 3], 5)),
      tf.gather(reals([5, 3]), integers([2, 3], 5)),
      tf.gather(reals([5, 3]), ids([])),
      tf.gather(reals([5, 3]), tf.scalar(2, "int32")),
      tf.gather(integers([5, 3], 9), ids([4, 4])),
      tf.gather(
        reals([3, 5]),
        tf.tensor2d(
          [
            [1, 0],
            [4, 4],
            [2, 3],
          ],
          [3, 2],
          "int32",
        ),
        1,
        1,
      ),
      ...[0, 1].flatMap((axis) => gradients((x) => tf.gather(x, ids([2, 0, 2]), axis), reals([3, 5]))),
    ],
  ],
  [
    "gatherND, scatterND, tensorScatterUpdate, sparseToDense",
    () => [
      tf.gatherND(
        reals([3, 5]),
        tf.tensor2d(
          [
            [0, 1],
            [2, 4],
          ],
          [2, 2],
          "int32",
        ),
      ),
      tf.scatterND(tf.tensor2d([[1], [3], [1]], [3, 1], "int32"), reals([3, 4]), [5, 4]),
      tf.tensorScatterUpdate(reals([5]), tf.tensor2d([[1], [3]], [2, 1], "int32"), reals([2], 2)),
      tf.sparseToDense(tf.tensor1d([1, 3], "int32"), tf.tensor1d([5, 6]), [5], 0),
    ],
  ],
  [
    "unsortedSegmentSum, with ids that count for nothing, and gradient",
    () => [
      tf.unsortedSegmentSum(reals([5, 3]), ids([2, 0, 2, 1, 0]), 4),
      tf.unsortedSegmentSum(reals([5]), ids([2, 0, 2, 1, 0]), 3),
      tf.unsortedSegmentSum(reals([5, 3]), ids([2, -1, 2, 1, 9]), 3),
      tf.unsortedSegmentSum(integers([5], 9), ids([2, 0, 2, 1, 0]), 3),
      ...gradients((x) => tf.unsortedSegmentSum(x, ids([2, 0, 2, 1, 0]), 4), reals([5, 3])),
    ],
  ],
  [
    "oneHot, eye, linspace, range, fill, onesLike",
    () => [
      tf.oneHot(ids([1, 0, 3]), 4),
      tf.oneHot(ids([1, 7]), 3, 2, -1),
      tf.eye(3, 4),
      tf.linspace(0, 1, 7),
      tf.range(0, 9, 2),
      tf.fill([2, 3], 7),
      tf.onesLike(reals([3])),
      tf.zerosLike(integers([3], 5)),
    ],
  ],
  [
    "where with every kind of operand, and gradients",
    () => [
      tf.where(bools([3, 5]), reals([3, 5], 1), reals([3, 5], 2)),
      tf.where(bools([3, 5]), reals([3, 5], 1), tf.scalar(7)),
      tf.where(bools([5]), reals([5], 1), reals([5], 2)),
      ...gradients((a, b) => tf.where(bools([3, 5]), a!, b!), reals([3, 5], 1), reals([3, 5], 2)),
    ],
  ],
  [
    "meshgrid, diag, bandPart",
    () => [...tf.meshgrid(reals([3]), reals([2], 2)), tf.diag(reals([3])), tf.linalg.bandPart(reals([4, 4]), 1, 1)],
  ],
  [
    "linalg.qr and gramSchmidt",
    () => [...tf.linalg.qr(reals([3, 3])), tf.linalg.gramSchmidt(reals<tf.Rank.R2>([3, 3]))],
  ],

  [
    "conv2d and gradients",
    () => {
      const convolve = (...[x, w]: tf.Tensor[]) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same");
      const [x, w] = [reals([2, 5, 5, 3], 1), reals([3, 3, 3, 4], 2)];
      return [convolve(x, w), tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, "valid"), ...gradients(convolve, x, w)];
    },
  ],
  [
    "conv1d, 1x1 and fused conv2d, transposed",
    () => [
      tf.conv1d(reals<tf.Rank.R3>([2, 7, 3], 1), reals<tf.Rank.R3>([3, 3, 4], 2), 1, "same"),
      tf.conv2d(reals<tf.Rank.R4>([2, 5, 5, 3], 1), reals<tf.Rank.R4>([1, 1, 3, 4], 2), 1, "same"),
      tf.fused.conv2d({
        x: reals<tf.Rank.R4>([2, 5, 5, 3], 1),
        filter: reals<tf.Rank.R4>([3, 3, 3, 4], 2),
        strides: 1,
        pad: "same",
        bias: reals([4], 3),
        activation: "relu",
      }),
      tf.conv2dTranspose(reals<tf.Rank.R4>([1, 3, 3, 4]), reals<tf.Rank.R4>([3, 3, 2, 4], 2), [1, 6, 6, 2], 2, "same"),
    ],
  ],
  [
    "depthwise and separable convolution, with gradient",
    () => {
      const convolve = (...[x, w]: tf.Tensor[]) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same");
      const [x, w] = [reals([1, 5, 5, 3], 1), reals([3, 3, 3, 2], 2)];
      return [
        convolve(x, w),
        ...gradients(convolve, x, w),
        tf.separableConv2d(x as tf.Tensor4D, w as tf.Tensor4D, reals<tf.Rank.R4>([1, 1, 6, 4], 3), 1, "same"),
      ];
    },
  ],
  [
    "pooling and gradients",
    () =>
      [tf.maxPool, tf.avgPool].flatMap((pool) => {
        const half: Unary = (x) => pool(x as tf.Tensor4D, 2, 2, "same");
        return [half(reals([2, 5, 5, 3])), ...gradients(half, reals([2, 5, 5, 3]))];
      }),
  ],
  [
    "batchNorm and localResponseNormalization",
    () => [
      tf.batchNorm(reals([2, 3, 3, 4]), reals([4], 2), positive([4], 3), reals([4], 4), positive([4], 5)),
      tf.localResponseNormalization(reals<tf.Rank.R3>([3, 3, 5])),
    ],
  ],
  [
    "image.resizeBilinear, resizeNearestNeighbor, cropAndResize",
    () => [
      tf.image.resizeBilinear(reals<tf.Rank.R3>([3, 4, 2]), [5, 7]),
      tf.image.resizeNearestNeighbor(reals<tf.Rank.R3>([3, 4, 2]), [5, 7]),
      tf.image.cropAndResize(reals<tf.Rank.R4>([1, 4, 4, 2]), tf.tensor2d([[0, 0, 1, 0.5]]), ids([0]), [3, 3]),
    ],
  ],
  [
    "complex numbers",
    () => {
      const z = tf.complex(reals([2, 4], 1), reals([2, 4], 2));
      return [
        z,
        tf.real(z),
        tf.imag(z),
        tf.abs(z),
        tf.mul(z, z),
        tf.add(z, z),
        tf.sub(z, z),
        tf.concat([z, z], 1),
        tf.reshape(z, [4, 2]),
      ];
    },
  ],
  [
    "fft, ifft, rfft and irfft",
    () => [
      tf.spectral.fft(tf.complex(reals([2, 8], 1), reals([2, 8], 2))),
      tf.spectral.ifft(tf.complex(reals([7], 1), reals([7], 2))),
      tf.spectral.rfft(reals([2, 8])),
      tf.spectral.irfft(tf.complex(reals([2, 5], 1), reals([2, 5], 2))),
    ],
  ],
  ["signal.stft", () => tf.signal.stft(reals<tf.Rank.R1>([32]), 8, 4)],
  [
    "strings",
    () => {
      const words = tf.tensor1d(["a b", "", "ü"], "string");
      return [
        words,
        tf.concat([words, words]),
        tf.slice(words, 1, 2),
        tf.reshape(words, [3, 1]),
        tf.tile(words, [2]),
        tf.equal(tf.string.stringToHashBucketFast(words, 10), integers([3], 9)),
        ...Object.values(tf.string.stringSplit(words, " ")),
      ];
    },
  ],
  [
    "confusionMatrix, inTopK by hand, multinomial of a sure thing",
    () => [
      tf.math.confusionMatrix(ids([0, 1, 2, 1]), ids([0, 2, 2, 1]), 3),
      tf.multinomial(tf.tensor2d([[-1e9, 0, -1e9]]), 5, 1),
    ],
  ],
  [
    "image.nonMaxSuppression",
    () =>
      tf.image.nonMaxSuppression(
        tf.tensor2d([
          [0, 0, 1, 1],
          [0, 0.1, 1, 1.1],
          [0, 2, 1, 3],
        ]),
        tf.tensor1d([0.9, 0.8, 0.7]),
        3,
      ),
  ],
  [
    "basicLSTMCell and multiRNNCell",
    () => {
      const cell = (data: tf.Tensor2D, c: tf.Tensor2D, h: tf.Tensor2D) =>
        tf.basicLSTMCell(tf.scalar(1), reals<tf.Rank.R2>([7, 16], 1), reals<tf.Rank.R1>([16], 2), data, c, h);
      const [c, h] = tf.multiRNNCell(
        [cell],
        reals<tf.Rank.R2>([2, 3], 3),
        [reals<tf.Rank.R2>([2, 4], 4)],
        [reals<tf.Rank.R2>([2, 4], 5)],
      );
      return [...c, ...h];
    },
  ],
  [
    "second derivatives",
    () => [
      ...gradients((x) => tf.grad((y) => tf.sum(tf.tanh(tf.matMul(y, y))))(x), reals([3, 3])),
      ...gradients((x) => tf.grad((y) => tf.sum(tf.log(tf.sigmoid(y))))(x), reals([7])),
    ],
  ],
];
