import { attendingContract } from "@rnnkit/testing/attending-contract";
import "@tensorflow/tfjs-backend-wasm";

attendingContract("cpu");
attendingContract("wasm");
