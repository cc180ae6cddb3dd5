// The files that the benches read, made once from a seed and kept in .cache/bench.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchDir } from '../paths.mjs';

const require = createRequire(import.meta.url);
const createRandom = require('./random.js');
const { createTicket } = require('./tickets.js');

const SEED = 20261121;
const BATCH = 500;

export const SYSTEM_PROMPT =
	'You are the support assistant of a software company. Answer in the language of the question.';

/** Tickets as a help desk exports them, one a line. */
export function ticketsFile(examples) {
	return ensureFile('tickets', examples, (ticket) => ticket);
}

/** The same tickets as training examples. */
export function examplesFile(examples) {
	return ensureFile('examples', examples, toExample);
}

/** Texts of tickets, in memory. */
export function ticketTexts(count) {
	const random = createRandom(SEED);
	return Array.from({ length: count / 2 }, (_, id) => createTicket(random, id)).flatMap(
		({ description, answer }) => [description, answer],
	);
}

export function toExample({ description, answer }) {
	return {
		messages: [
			{ role: 'system', content: SYSTEM_PROMPT },
			{ role: 'user', content: description },
			{ role: 'assistant', content: answer },
		],
	};
}

async function ensureFile(kind, examples, shape) {
	mkdirSync(benchDir, { recursive: true });
	const file = join(benchDir, `${kind}-${examples}-${generatorVersion()}.jsonl`);
	if (!existsSync(file)) {
		process.stderr.write(`Making ${examples} ${kind} ...\n`);
		await writeFile(`${file}.part`, examples, shape);
		renameSync(`${file}.part`, file);
	}
	return { file, bytes: statSync(file).size, examples };
}

async function writeFile(file, examples, shape) {
	const random = createRandom(SEED);
	const output = createWriteStream(file);
	for (let first = 0; first < examples; first += BATCH) {
		const count = Math.min(BATCH, examples - first);
		const lines = Array.from(
			{ length: count },
			(_, index) => `${JSON.stringify(shape(createTicket(random, first + index)))}\n`,
		);
		if (!output.write(lines.join(''))) await once(output, 'drain');
	}
	output.end();
	await once(output, 'close');
}

/** Files of an older generator must not be measured as those of this one. */
function generatorVersion() {
	const hash = createHash('sha256');
	for (const name of ['files.mjs', 'languages.js', 'random.js', 'tickets.js']) {
		hash.update(readFileSync(fileURLToPath(new URL(name, import.meta.url))));
	}
	return hash.digest('hex').slice(0, 8);
}
