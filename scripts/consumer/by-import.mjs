import { calls } from "./calls.mjs";

const results = {};
for (const [name, call] of Object.entries(calls)) {
  const module = await import(name);
  results[name] = { exports: Object.keys(module).sort(), value: await call(module) };
}
console.log(JSON.stringify(results));
