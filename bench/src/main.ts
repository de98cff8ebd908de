import { bench } from "./bench.ts";

process.exitCode = await bench(process.argv.slice(2), {
  print: (line) => console.log(line),
  note: (line) => console.error(line),
});
