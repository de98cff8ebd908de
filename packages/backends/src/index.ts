export { useBackend, type ActiveBackend, type UseBackendOptions } from "./use-backend.ts";
export { type BackendName } from "./engines.ts";
