// node scripts/bench.mjs [tokens|long-words|validate|build|deduplicate|redact|qa-extractor|n8n|slack-n8n]... [--examples 100000 | --full] [--runs 5]
//
// Measures speed and memory against named peers on generated data (bench/). Ratios are what counts: all contenders of
// a bench take turns in one go, each in a process of its own. Nothing of this belongs in a test.
// Without a name all of them run but those that start a real n8n: n8n and slack-n8n.
import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchNode, formatTable, number, runContenders } from '../bench/harness.mjs';
import { root } from './paths.mjs';

const BENCHES = [
	'tokens',
	'long-words',
	'validate',
	'build',
	'deduplicate',
	'redact',
	'qa-extractor',
	'n8n',
	'slack-n8n',
];
const ONLY_BY_NAME = ['n8n', 'slack-n8n'];

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		examples: { type: 'string' },
		full: { type: 'boolean', default: false },
		runs: { type: 'string' },
	},
});

await main();

async function main() {
	const names =
		positionals.length > 0 ? positionals : BENCHES.filter((name) => !ONLY_BY_NAME.includes(name));
	const unknown = names.filter((name) => !BENCHES.includes(name));
	const wrong = [values.examples ?? 100, 100 * (values.runs ?? 1)].some((count) => !(count >= 100));
	if (unknown.length > 0 || wrong) {
		console.error(
			`Usage: node scripts/bench.mjs [${BENCHES.join('|')}]... [--examples <100 or more> | --full] [--runs <1 or more>]`,
		);
		process.exitCode = 2;
		return;
	}
	compileLibrary();
	console.log(
		`Node ${spawnSync(benchNode, ['--version'], { encoding: 'utf8' }).stdout.trim()}, ${cpus()[0]?.model}, ${cpus().length} cores, ${number(totalmem() / 2 ** 30)} GiB`,
	);
	warnIfBusy();
	for (const name of names) await bench(name);
	warnIfBusy();
}

async function bench(name) {
	const {
		title,
		prepare,
		contenders,
		columns,
		goals,
		mustAgree,
		defaultExamples = 100_000,
		defaultRounds = values.full ? 3 : 5,
		measure = (input, rounds) => runContenders(name, contenders, input, rounds),
	} = await import(`../bench/benches/${name}.mjs`);
	const rounds = Number(values.runs ?? defaultRounds);
	const examples = values.full ? 1_000_000 : Number(values.examples ?? defaultExamples);
	const input = await prepare({ examples });
	const results = await measure(input, rounds);
	if (mustAgree) refuseOtherWork(results, mustAgree);
	const medians = Object.fromEntries(
		Object.entries(results).map(([contender, { median }]) => [contender, median]),
	);
	const rows = Object.entries(results).map(([contender, result]) => [
		result.failed ? `${contender}: ${result.failed}` : contender,
		...columns.map(([, value]) => (result.failed ? '-' : number(value(result, input, medians)))),
		String(result.runs),
	]);
	const size = input.bytes
		? `, ${number(input.bytes / 1e6)} MB, ${number(input.examples)} examples`
		: '';
	console.log(`\n${title}${size} (medians)\n`);
	console.log(formatTable([['', ...columns.map(([heading]) => heading), 'runs'], ...rows]));
	console.log(`\n${goals.map((goal) => describeGoal(goal, medians)).join('\n')}`);
}

/** Time is worth nothing when it was spent on something else, e.g. because a setting has got another name. */
function refuseOtherWork(results, property) {
	const expected = Object.values(results)[0].median[property];
	for (const result of Object.values(results)) {
		const found = result.median[property];
		if (result.failed || found === expected) continue;
		result.failed = `did other work: ${property} ${number(found)}, not ${number(expected)}`;
		result.median = {};
	}
}

/** A contender that failed has no medians, and what is compared with it is no number. */
function describeGoal([text, measure, least], medians) {
	const measured = measure(medians);
	if (!Number.isFinite(measured)) return `  -      ${text}: that one failed`;
	return `  ${measured >= least ? 'met   ' : 'MISSED'} ${text}: ${measured.toFixed(2)}`;
}

function warnIfBusy() {
	const [load] = loadavg();
	if (load <= cpus().length / 2) return;
	console.log(
		`\nThe machine is busy (load ${number(load)} on ${cpus().length} cores): do not trust times by the clock, nor goals met or missed by them.`,
	);
}

function compileLibrary() {
	const scripts = [
		['scripts/build-vocabulary.mjs'],
		['node_modules/typescript/bin/tsc', '-p', join('bench', 'tsconfig.json')],
	];
	for (const script of scripts) {
		const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: 'inherit' });
		if (status !== 0) throw new Error(`${script[0]} ended with exit code ${status}`);
	}
}
