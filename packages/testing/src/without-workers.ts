import { onTestFinished, vi } from "vitest";

class IdleWorker {
  on(): void {}
  unref(): void {}
  terminate(): void {}
}

/** Until the test is over, threads of Node that are asked for never begin: what they would share is done by this thread alone. */
export function withoutWorkers(): void {
  const getBuiltinModule = process.getBuiltinModule.bind(process);
  const spy = vi.spyOn(process, "getBuiltinModule");
  spy.mockImplementation(((name: string) =>
    name === "worker_threads" ? { Worker: IdleWorker } : getBuiltinModule(name)) as typeof getBuiltinModule);
  onTestFinished(() => {
    spy.mockRestore();
  });
}
