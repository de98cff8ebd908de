import { attentionContract } from "@rnnkit/testing/attention-contract";
import { registerSimd, SIMD_BACKEND } from "../../src/simd/register-simd.ts";

registerSimd();
attentionContract(SIMD_BACKEND);
