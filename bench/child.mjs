// Runs one contender of one bench in this process and prints what it measured: node child.mjs <bench> <contender> <input>
const [bench, contender, input] = process.argv.slice(2);
const { contenders } = await import(new URL(`benches/${bench}.mjs`, import.meta.url));
const { load, run } = contenders[contender];
const modules = load?.();
const started = performance.now();
const measured = await run(JSON.parse(input), modules);
const seconds = (performance.now() - started) / 1000;
const rss = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, rss, ...measured }));
