import { attendingContract } from "@rnnkit/testing/attending-contract";
import { registerSimd, SIMD_BACKEND } from "../../src/simd/register-simd.ts";

registerSimd();
attendingContract(SIMD_BACKEND);
