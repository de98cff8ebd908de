import { attentionContract } from "@rnnkit/testing/attention-contract";
import "@tensorflow/tfjs-backend-wasm";

attentionContract("cpu");
attentionContract("wasm");
