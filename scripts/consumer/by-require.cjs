const { calls } = require("./calls.mjs");

async function main() {
  const results = {};
  for (const [name, call] of Object.entries(calls)) {
    const module = require(name);
    results[name] = { exports: Object.keys(module).sort(), value: await call(module) };
  }
  console.log(JSON.stringify(results));
}
void main();
