// Tickets to a training file: ours against the obvious script.
import {
	createReadStream,
	createWriteStream,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SYSTEM_PROMPT, ticketsFile, toExample } from '../data/files.mjs';
import { benchDir, libDir } from '../paths.mjs';
import { stopwatch } from '../stopwatch.mjs';

const require = createRequire(import.meta.url);

export const title = 'build: tickets in JSONL to a training file';

export const contenders = {
	'limit: parse, build, stringify and encode, file in memory': { run: buildInMemory },
	ours: { load: loadBuilder, run: build },
	'ours, from and to memory': {
		load: loadBuilder,
		run: buildFromMemory,
	},
	'ours, each example checked': {
		load: loadBuilder,
		run: (input, modules) => build(input, modules, true),
	},
	'read, split, map, join, write': { run: buildTheObviousWay },
};

/** Whoever writes another number of bytes than the first contender has done another job. */
export const mustAgree = 'written';

export const columns = [
	['s', ({ median }) => median.seconds],
	['CPU s', ({ median }) => median.cpu],
	['MB/s', ({ median }, { bytes }) => bytes / 1e6 / median.seconds],
	['RSS MiB', ({ median }) => median.rss],
	['ours is faster by', ({ median }, _, of) => median.seconds / of.ours.seconds],
	['bytes written', ({ median }) => median.written],
];

export const goals = [
	[
		'at least 0.82 of the limit',
		(of) => of[Object.keys(contenders)[0]].seconds / of.ours.seconds,
		0.82,
	],
	[
		'at least 0.82 of the limit, without reading and writing files',
		(of) => of[Object.keys(contenders)[0]].seconds / of['ours, from and to memory'].seconds,
		0.82,
	],
	['within 160 MiB (160 / measured)', (of) => 160 / of.ours.rss, 1],
	[
		'at least 2.5 times the obvious script',
		(of) => of['read, split, map, join, write'].seconds / of.ours.seconds,
		2.5,
	],
];

export function prepare({ examples }) {
	return ticketsFile(examples);
}

function buildInMemory({ file }) {
	const bytes = readFileSync(file);
	const output = Buffer.allocUnsafe(256 * 1024);
	const elapsed = stopwatch();
	let written = 0;
	for (let start = 0; start < bytes.length;) {
		const end = bytes.indexOf(10, start);
		const ticket = JSON.parse(bytes.utf8Slice(start, end));
		written += output.utf8Write(`${JSON.stringify(toExample(ticket))}\n`, 0);
		start = end + 1;
	}
	return { ...elapsed(), written };
}

function loadBuilder() {
	const modules = ['build', 'validator', 'reader', 'writer'];
	return Object.assign({}, ...modules.map((name) => require(join(libDir, 'dataset', name))));
}

function build({ file }, modules, checked = false) {
	const source = createReadStream(file, { highWaterMark: 512 * 1024 });
	return writing((output) =>
		pipeline(
			Readable.from(blocks(source, modules, checked), { highWaterMark: 1 }),
			createWriteStream(output),
		),
	);
}

/** Without reading and writing files, as the limit is measured. */
async function buildFromMemory({ file }, modules) {
	const bytes = readFileSync(file);
	const elapsed = stopwatch();
	let written = 0;
	for await (const block of blocks([bytes], modules, false)) written += block.length;
	return { ...elapsed(), written };
}

async function* blocks(source, modules, checked) {
	const { BlockWriter, createBuilder, checkExample, readBatches } = modules;
	const builder = createBuilder({
		kind: 'questionAnswer',
		questionField: 'description',
		answerField: 'answer',
		systemMessage: SYSTEM_PROMPT,
	});
	const writer = new BlockWriter();
	for await (const lines of readBatches(source)) {
		for (const { text, line } of lines) {
			const { example, findings } = builder.build(JSON.parse(text));
			const found = checked ? checkExample(example, { line }) : findings;
			if (found.length > 0) throw new Error(`Not valid: ${JSON.stringify(found[0])}`);
			writer.add(example);
		}
		yield* writer.take();
	}
	yield* writer.end();
}

function buildTheObviousWay({ file }) {
	return writing((output) => {
		const lines = readFileSync(file, 'utf8').trim().split('\n');
		const examples = lines.map((line) => toExample(JSON.parse(line)));
		writeFileSync(output, `${examples.map((example) => JSON.stringify(example)).join('\n')}\n`);
	});
}

async function writing(write) {
	const output = join(benchDir, `built-${process.pid}.jsonl`);
	const elapsed = stopwatch();
	try {
		await write(output);
		return { ...elapsed(), written: statSync(output).size };
	} finally {
		rmSync(output, { force: true });
	}
}
