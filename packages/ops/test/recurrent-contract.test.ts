import { recurrentContract } from "@rnnkit/testing/recurrent-contract";
import "@tensorflow/tfjs-backend-wasm";

recurrentContract("cpu");
recurrentContract("wasm");
