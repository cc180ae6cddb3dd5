// `npm test`: everything, or the parts named as arguments; ends with one line "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, root } from './paths.mjs';

const SLOW_LAYERS = ['e2e'];
const JEST_LAYERS = ['unit', 'engine', 'contract', ...SLOW_LAYERS];
const PARTS = ['lint', 'types', 'unit', 'engine', 'contract', 'gate', 'e2e'];

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const unknown = wanted.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
	console.error(`There is no part "${unknown.join('", "')}". Parts: ${PARTS.join(', ')}.`);
	process.exit(2);
}

process.exitCode = await main(
	wanted.length > 0 ? PARTS.filter((part) => wanted.includes(part)) : PARTS,
);

async function main(parts) {
	const { prepare } = await import('./bootstrap.mjs');
	const node24 = await prepare({
		n8n: parts.some((part) => part === 'e2e' || part === 'contract'),
		browser: parts.includes('e2e'),
	});
	// The vocabulary is generated; sources do not compile without it.
	run(process.execPath, ['scripts/build-vocabulary.mjs']);
	mkdirSync(cacheDir, { recursive: true });
	const outcomes = [];
	for (const part of parts) {
		console.log(`\n── ${part} ${'─'.repeat(Math.max(0, 70 - part.length))}`);
		const started = Date.now();
		outcomes.push({
			part,
			...(await runPart(part, node24)),
			seconds: Math.round((Date.now() - started) / 1000),
		});
	}
	return summarise(outcomes);
}

async function runPart(part, node24) {
	if (JEST_LAYERS.includes(part)) return runJest(part, node24);
	if (part === 'gate') return await runGatePart();
	if (part === 'types')
		return countChecks([
			command('types: everything', [
				'node_modules/typescript/bin/tsc',
				'--noEmit',
				'-p',
				'tsconfig.tools.json',
			]),
			command('types: the package alone', [
				'node_modules/typescript/bin/tsc',
				'--noEmit',
				'-p',
				'tsconfig.json',
			]),
		]);
	return countChecks([
		command('lint: eslint', ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.']),
		command('lint: prettier', [
			'node_modules/prettier/bin/prettier.cjs',
			'--check',
			'--log-level',
			'warn',
			'.',
		]),
	]);
}

function runJest(layer, node24) {
	const report = join(cacheDir, `jest-${layer}.json`);
	rmSync(report, { force: true });
	const { status } = run(
		node24,
		[
			'node_modules/jest/bin/jest.js',
			'--selectProjects',
			layer,
			'--json',
			'--outputFile',
			report,
			...(layer === 'e2e' ? ['--runInBand'] : []),
			...flags,
		],
		{ stdio: ['ignore', 'ignore', 'inherit'] },
	);
	let result;
	try {
		result = JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	}
	const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
	// Jest can end badly with every test green (a leaked handle, a broken set-up file): that counts.
	return {
		passed: result.numPassedTests,
		failed: failed === 0 && status !== 0 ? 1 : failed,
		skipped: result.numPendingTests + result.numTodoTests,
	};
}

async function runGatePart() {
	const { runGate } = await import('./gate.mjs');
	return countChecks(await runGate());
}

function command(name, args) {
	return { name, ok: run(process.execPath, args).status === 0 };
}

function countChecks(checks) {
	for (const { name, ok, detail } of checks)
		console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}${!ok && detail ? `\n${detail}` : ''}`);
	return {
		passed: checks.filter(({ ok }) => ok).length,
		failed: checks.filter(({ ok }) => !ok).length,
		skipped: 0,
	};
}

function run(executable, args, options = {}) {
	return spawnSync(executable, args, { cwd: root, stdio: 'inherit', ...options });
}

function summarise(outcomes) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	console.log(
		`\n${'part'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`,
	);
	for (const { part, passed, failed, skipped, seconds } of outcomes) {
		console.log(
			`${part.padEnd(10)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${String(seconds).padStart(9)}`,
		);
		total.passed += passed;
		total.failed += failed;
		total.skipped += skipped;
	}
	console.log(
		`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
	);
	return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
