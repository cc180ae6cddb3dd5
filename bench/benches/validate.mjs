// Checking a training file: ours against what people write or copy.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { examplesFile } from '../data/files.mjs';
import { libDir } from '../paths.mjs';
import { stopwatch } from '../stopwatch.mjs';
import { parseInMemory } from '../yardstick.mjs';

const require = createRequire(import.meta.url);

export const title = 'validate: a JSONL training file';

export const contenders = {
	'limit: decode and JSON.parse, file in memory': { run: parseInMemory },
	ours: { load: loadValidator, run: validate },
	'ours, file in memory': { load: loadValidator, run: validateInMemory },
	'ours, with exact tokens': { times: 3, load: loadValidator, run: validateWithTokens },
	'readline, cookbook’s checks': { run: validateByReadline },
	'split2, cookbook’s checks': {
		load: () => require('split2')(JSON.parse),
		run: validateByStream,
	},
	'ndjson, cookbook’s checks': { load: () => require('ndjson').parse(), run: validateByStream },
	'script of the guides': { run: validateAsGuidesDo },
	...(spawnSync('jq', ['--version']).status === 0 ? { jq: { times: 3, run: validateByJq } } : {}),
};

export const columns = [
	['s', ({ median }) => median.seconds],
	['CPU s', ({ median }) => median.cpu],
	['MB/s', ({ median }, { bytes }) => bytes / 1e6 / median.seconds],
	['RSS MiB', ({ median }) => median.rss],
	['ours is faster by', ({ median }, _, of) => median.seconds / of.ours.seconds],
	['valid', ({ median }) => median.valid],
];

export const goals = [
	[
		'at least 0.75 of the limit',
		(of) => of[Object.keys(contenders)[0]].seconds / of.ours.seconds,
		0.75,
	],
	[
		'at least 0.75 of the limit, without reading the file',
		(of) => of[Object.keys(contenders)[0]].seconds / of['ours, file in memory'].seconds,
		0.75,
	],
	['within 160 MiB (160 / measured)', (of) => 160 / of.ours.rss, 1],
	[
		'at least 2.5 times the script of the guides',
		(of) => of['script of the guides'].seconds / of.ours.seconds,
		2.5,
	],
];

export function prepare({ examples }) {
	return examplesFile(examples);
}

function loadValidator() {
	return {
		...require(join(libDir, 'dataset', 'validator')),
		...require(join(libDir, 'tokens')),
	};
}

/** In the steps in which the node reads. */
const STEPS = { highWaterMark: 512 * 1024 };

async function validate({ file }, { validateJsonl }, options = {}) {
	return judge(await validateJsonl(createReadStream(file, STEPS), options));
}

/** Without the reading, as the limit is measured. */
async function validateInMemory({ file }, { validateJsonl }) {
	const bytes = readFileSync(file);
	const elapsed = stopwatch();
	const { valid } = judge(await validateJsonl([bytes]));
	return { ...elapsed(), valid };
}

function judge(report) {
	if (!report.valid) throw new Error(`Not valid: ${JSON.stringify(report.findings[0])}`);
	return { valid: report.examples - report.invalidExamples };
}

function validateWithTokens(input, modules) {
	return validate(input, modules, { countTokens: modules.countExampleTokens });
}

async function validateByReadline({ file }) {
	let valid = 0;
	for await (const line of createInterface({
		input: createReadStream(file),
		crlfDelay: Infinity,
	})) {
		valid += isValid(JSON.parse(line));
	}
	return { valid };
}

async function validateByStream({ file }, parser) {
	let valid = 0;
	for await (const example of createReadStream(file).pipe(parser)) valid += isValid(example);
	return { valid };
}

const ROLES = ['system', 'user', 'assistant', 'function'];
const FIELDS = ['role', 'content', 'name', 'function_call', 'weight'];

/** What https://cookbook.openai.com/examples/chat_finetuning_data_prep checks, without its token counts. */
function isValid(example) {
	if (typeof example !== 'object' || !Array.isArray(example.messages)) return false;
	for (const message of example.messages) {
		if (!('role' in message) || !('content' in message)) return false;
		if (Object.keys(message).some((field) => !FIELDS.includes(field))) return false;
		if (!ROLES.includes(message.role)) return false;
		if (typeof message.content !== 'string' || message.content === '') return false;
	}
	return example.messages.some(({ role }) => role === 'assistant');
}

/** The kind of script that integration guides print, which turns away each example that has a system message. */
function validateAsGuidesDo({ file }) {
	const lines = readFileSync(file, 'utf8').trim().split('\n');
	const examples = lines.map((line) => JSON.parse(line));
	return { valid: examples.filter(({ messages }) => messages && messages.length === 2).length };
}

function validateByJq({ file }) {
	const filter =
		'select((.messages | type) == "array" and (.messages | all(has("role") and (.content | type) == "string"))) | 1';
	const timed = existsSync('/usr/bin/time');
	const command = [...(timed ? ['/usr/bin/time', '-f', '%M'] : []), 'jq', '-c', filter, file];
	const { stdout, stderr } = spawnSync(command[0], command.slice(1), {
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	return { valid: stdout.length / 2, rss: timed ? Number(stderr) / 1024 : NaN };
}
