import { recurrentContract } from "@rnnkit/testing/recurrent-contract";
import { registerSimd, SIMD_BACKEND } from "../../src/simd/register-simd.ts";

registerSimd();
recurrentContract(SIMD_BACKEND);
