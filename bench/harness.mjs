import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sandboxNode } from '../scripts/bootstrap.mjs';

/** The Node that n8n runs under, where it is installed: another one parses and writes JSON at another speed. */
export const benchNode = existsSync(sandboxNode) ? sandboxNode : process.execPath;

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/**
 * Runs the contenders of a bench one after the other, each in a process of its own, as many times as asked for:
 * what disturbs the machine for a while then disturbs all of them.
 *
 * @returns {Record<string, {runs: number, median: Record<string, number>, failed?: string}>} by contender, in order
 */
export function runContenders(name, contenders, input, rounds) {
	const results = new Map(Object.keys(contenders).map((contender) => [contender, []]));
	const failed = new Map();
	for (let round = 0; round < rounds; round++) {
		for (const [contender, { times = rounds }] of Object.entries(contenders)) {
			if (round >= times || failed.has(contender)) continue;
			process.stderr.write(`\r\x1b[K${name}: ${contender}, run ${round + 1} of ${times}`);
			const outcome = runOnce(name, contender, input);
			if (outcome.failed) failed.set(contender, outcome.failed);
			else results.get(contender).push(outcome);
		}
	}
	process.stderr.write('\r\x1b[K');
	return Object.fromEntries(
		[...results].map(([contender, runs]) => [
			contender,
			{ runs: runs.length, median: medians(runs), failed: failed.get(contender) },
		]),
	);
}

function runOnce(name, contender, input) {
	const { status, signal, stdout, stderr } = spawnSync(
		benchNode,
		[CHILD, name, contender, JSON.stringify(input)],
		{ encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
	);
	if (status === 0) return JSON.parse(stdout);
	const reason =
		/^(?:\w*Error|FATAL ERROR).*$/m.exec(stderr)?.[0] ?? signal ?? `exit code ${status}`;
	return { failed: reason.slice(0, 90) };
}

/** The median of each value that the runs measured. */
export function medians(runs) {
	const names = runs.length > 0 ? Object.keys(runs[0]) : [];
	return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name]))]));
}

export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {string[][]} rows the first one is the heading; the first column is text, the others are numbers */
export function formatTable(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	const lines = rows.map((row) =>
		row
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
			)
			.join('  '),
	);
	lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
	return lines.join('\n');
}

/** Three digits that matter, without an exponent. */
export function number(value) {
	if (value === undefined || Number.isNaN(value)) return '-';
	if (value >= 100) return Math.round(value).toLocaleString('en');
	return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
