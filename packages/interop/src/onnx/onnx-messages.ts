/** The element types of a TensorProto that a model of ours has, by the numbers of `TensorProto.DataType`. */
export const ELEMENT_TYPES = { float: 1, int32: 6, int64: 7 } as const;

/** The kinds of `AttributeProto.AttributeType` that a model of ours has. */
export const ATTRIBUTE_TYPES = { int: 2, string: 3, ints: 7, strings: 8 } as const;

type Dimension = { readonly dim_value: number } | { readonly dim_param: string };

export interface TensorProto {
  readonly dims: readonly number[];
  readonly data_type: number;
  readonly name: string;
  readonly raw_data: Uint8Array;
}

export interface AttributeProto {
  readonly name: string;
  readonly type: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
  readonly strings?: readonly Uint8Array[];
}

export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly op_type: string;
  readonly attribute: readonly AttributeProto[];
}

export interface ValueInfoProto {
  readonly name: string;
  readonly type: {
    readonly tensor_type: { readonly elem_type: number; readonly shape: { readonly dim: readonly Dimension[] } };
  };
}

export interface GraphProto {
  readonly node: readonly NodeProto[];
  readonly name: string;
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfoProto[];
  readonly output: readonly ValueInfoProto[];
}

export interface ModelProto {
  readonly ir_version: number;
  readonly producer_name: string;
  readonly graph: GraphProto;
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata_props: readonly { readonly key: string; readonly value: string }[];
}

/** Of each message above, its fields: their numbers in onnx.proto, and a scalar type or the message that they hold. */
export const MESSAGES = {
  ModelProto: {
    ir_version: [1, "int64"],
    producer_name: [2, "string"],
    graph: [7, "GraphProto"],
    opset_import: [8, "OperatorSetIdProto"],
    metadata_props: [14, "StringStringEntryProto"],
  },
  OperatorSetIdProto: { domain: [1, "string"], version: [2, "int64"] },
  StringStringEntryProto: { key: [1, "string"], value: [2, "string"] },
  GraphProto: {
    node: [1, "NodeProto"],
    name: [2, "string"],
    initializer: [5, "TensorProto"],
    input: [11, "ValueInfoProto"],
    output: [12, "ValueInfoProto"],
  },
  NodeProto: {
    input: [1, "string"],
    output: [2, "string"],
    op_type: [4, "string"],
    attribute: [5, "AttributeProto"],
  },
  AttributeProto: {
    name: [1, "string"],
    i: [3, "int64"],
    s: [4, "bytes"],
    ints: [8, "int64"],
    strings: [9, "bytes"],
    type: [20, "int64"],
  },
  TensorProto: { dims: [1, "int64"], data_type: [2, "int64"], name: [8, "string"], raw_data: [9, "bytes"] },
  ValueInfoProto: { name: [1, "string"], type: [2, "TypeProto"] },
  TypeProto: { tensor_type: [1, "TypeProto.Tensor"] },
  "TypeProto.Tensor": { elem_type: [1, "int64"], shape: [2, "TensorShapeProto"] },
  TensorShapeProto: { dim: [1, "TensorShapeProto.Dimension"] },
  "TensorShapeProto.Dimension": { dim_value: [1, "int64"], dim_param: [2, "string"] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly [number, string]>>>>;
