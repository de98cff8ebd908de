export { decodeSafetensors, type Safetensors } from "./safetensors/decode-safetensors.ts";
export { encodeSafetensors } from "./safetensors/encode-safetensors.ts";
export { openSafetensors, type SafetensorsInfo, type SafetensorsReader } from "./safetensors/open-safetensors.ts";
export {
  blobSource,
  fileSource,
  type ByteSource,
  type ReadableBlob,
  type ReadableFile,
} from "./safetensors/byte-source.ts";
export { type SafetensorsDtype, type SafetensorsTensor } from "./safetensors/safetensors-tensor.ts";
export { tensorsFromWeights } from "./safetensors/tensors-from-weights.ts";
export { weightsFromTensors } from "./safetensors/weights-from-tensors.ts";
export { toFloat16 } from "./floats/to-float16.ts";
export { toFloat32 } from "./floats/to-float32.ts";
export { type FloatArray, type Weight } from "./weights/weight.ts";
export {
  type EmbeddingModule,
  type LinearModule,
  type NetworkModule,
  type RecurrentDirection,
  type RecurrentLayer,
  type RecurrentNetwork,
  type RecurrentNetworkKind,
} from "./weights/network-module.ts";
export { modulesFromStateDict, type ModuleKind, type ModuleOfKind } from "./pytorch/modules-from-state-dict.ts";
export { modulesToStateDict } from "./pytorch/modules-to-state-dict.ts";
export { networkFromStateDict, type NetworkFromStateDictOptions } from "./pytorch/network-from-state-dict.ts";
export { networkToStateDict } from "./pytorch/network-to-state-dict.ts";
export { networkFromKeras } from "./keras/network-from-keras.ts";
export { networkToKeras } from "./keras/network-to-keras.ts";
export { embeddingFromKeras, embeddingToKeras, linearFromKeras, linearToKeras } from "./keras/embedding-and-dense.ts";
export { networkFromTfLayers } from "./tf-layers/network-from-tf-layers.ts";
export { networkToTfLayers } from "./tf-layers/network-to-tf-layers.ts";
export { encodeOnnx, type EncodeOnnxOptions, type SequenceModel } from "./onnx/encode-onnx.ts";
export { type Pooling } from "./onnx/pooling-nodes.ts";
export { decodeKerasFile } from "./keras-files/decode-keras-file.ts";
export { type KerasFile, type KerasFormat, type KerasLayer, type KerasWeight } from "./keras-files/keras-file.ts";
export { encodeKerasFile } from "./keras-files/encode-keras-file.ts";
