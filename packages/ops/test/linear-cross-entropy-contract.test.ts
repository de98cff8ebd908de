import { linearCrossEntropyContract } from "@rnnkit/testing/linear-cross-entropy-contract";
import "@tensorflow/tfjs-backend-wasm";

linearCrossEntropyContract("cpu");
linearCrossEntropyContract("wasm");
