// Runs one contender of one bench in this process and prints what it measured: node child.mjs <bench> <contender> <input>
import { stopwatch } from './stopwatch.mjs';

const [bench, contender, input] = process.argv.slice(2);
const { contenders } = await import(new URL(`benches/${bench}.mjs`, import.meta.url));
const { load, run } = contenders[contender];
const modules = load?.();
const elapsed = stopwatch();
const measured = await run(JSON.parse(input), modules);
const rss = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ...elapsed(), rss, ...measured }));
