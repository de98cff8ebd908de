import { linearCrossEntropyContract } from "@rnnkit/testing/linear-cross-entropy-contract";
import { registerSimd, SIMD_BACKEND } from "../../src/simd/register-simd.ts";

registerSimd();
linearCrossEntropyContract(SIMD_BACKEND);
