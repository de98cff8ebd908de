import {
  ATTRIBUTE_TYPES,
  ELEMENT_TYPES,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "./onnx-messages.ts";

type Attributes = Readonly<Record<string, number | string | readonly number[] | readonly string[]>>;
type ElementType = keyof typeof ELEMENT_TYPES;

/** What builds a graph node by node; values are known by their names. */
export interface OnnxGraph {
  /** A constant of 32-bit numbers, by default float32. */
  constant(name: string, shape: readonly number[], data: Float32Array): string;
  /** A constant list of int64, or a single one. */
  integers(values: readonly number[] | number): string;
  /** An input of the graph; a dimension that is not fixed has a name. */
  input(name: string, type: ElementType, shape: readonly (number | string)[]): string;
  /** Makes a value an output of the graph, under `name`. */
  output(value: string, name: string, shape: readonly (number | string)[]): void;
  /** Adds a node and gives the name of its one output. */
  node(opType: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds a node of several outputs and gives their names. */
  nodes(opType: string, inputs: readonly string[], attributes: Attributes, numOutputs: number): string[];
  /** All of it. */
  readonly proto: GraphProto;
}

export function onnxGraph(name: string): OnnxGraph {
  const node: NodeProto[] = [];
  const initializer: TensorProto[] = [];
  const input: ValueInfoProto[] = [];
  const output: ValueInfoProto[] = [];
  const constant = (constantName: string, dims: readonly number[], type: ElementType, data: ArrayBufferView) => {
    if (!initializer.some((known) => known.name === constantName)) {
      const raw_data = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      initializer.push({ dims, data_type: ELEMENT_TYPES[type], name: constantName, raw_data });
    }
    return constantName;
  };
  const graph: OnnxGraph = {
    constant: (constantName, shape, data) => constant(constantName, shape, "float", data),
    integers(values) {
      const list = typeof values === "number" ? [values] : values;
      const shape = typeof values === "number" ? [] : [values.length];
      const kind = typeof values === "number" ? "integer" : "integers";
      return constant(`${kind}_${list.join("_")}`, shape, "int64", BigInt64Array.from(list, BigInt));
    },
    input(inputName, type, shape) {
      input.push(valueInfo(inputName, type, shape));
      return inputName;
    },
    output(value, outputName, shape) {
      node.push({ input: [value], output: [outputName], op_type: "Identity", attribute: [] });
      output.push(valueInfo(outputName, "float", shape));
    },
    node: (opType, inputs, attributes = {}) => graph.nodes(opType, inputs, attributes, 1)[0]!,
    nodes(opType, inputs, attributes, numOutputs) {
      const names = Array.from({ length: numOutputs }, (_, i) => `${opType}_${node.length}${i ? `_${i}` : ""}`);
      const attribute = Object.entries(attributes).map(([key, value]) => attributeProto(key, value));
      node.push({ input: inputs, output: names, op_type: opType, attribute });
      return names;
    },
    proto: { node, name, initializer, input, output },
  };
  return graph;
}

function attributeProto(name: string, value: Attributes[string]): AttributeProto {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  if (typeof value === "number") return { name, i: value, type: ATTRIBUTE_TYPES.int };
  if (typeof value === "string") return { name, s: utf8(value), type: ATTRIBUTE_TYPES.string };
  const strings = value.filter((item) => typeof item === "string");
  if (strings.length > 0) return { name, strings: strings.map(utf8), type: ATTRIBUTE_TYPES.strings };
  return { name, ints: value as readonly number[], type: ATTRIBUTE_TYPES.ints };
}

function valueInfo(name: string, type: ElementType, shape: readonly (number | string)[]): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === "number" ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: ELEMENT_TYPES[type], shape: { dim } } } };
}
