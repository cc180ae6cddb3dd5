// Training examples with duplicates planted among them, and which of them are duplicates of which.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchDir } from '../paths.mjs';
import { SYSTEM_PROMPT } from './files.mjs';

const require = createRequire(import.meta.url);
const createRandom = require('./random.js');
const { createTicket } = require('./tickets.js');

const SEED = 20261122;
const BATCH = 500;
const EXACT_SHARE = 0.01;
const NEAR_SHARE = 0.02;
/** Share of the words that an edited copy has changed. */
const EDITS = [0.01, 0.02, 0.05, 0.1, 0.2];
/** How far back the original of a copy lies at most, in originals. */
const WINDOW = 5000;

/**
 * A file of examples, 1 % of them copies of an earlier one with other capitals and punctuation, 2 % copies with 1 to
 * 20 % of the words changed. The file `truth` has `{line, of, edits}` for each copy; `edits` 0 is an exact one.
 */
export async function duplicatesFile(examples) {
	mkdirSync(benchDir, { recursive: true });
	const file = join(benchDir, `duplicates-${examples}-${generatorVersion()}.jsonl`);
	const truth = `${file}.truth`;
	if (!existsSync(file)) {
		process.stderr.write(`Making ${examples} examples with duplicates ...\n`);
		const copies = await writeExamples(`${file}.part`, examples);
		writeFileSync(truth, copies.map((copy) => `${JSON.stringify(copy)}\n`).join(''));
		renameSync(`${file}.part`, file);
	}
	return { file, truth, bytes: statSync(file).size, examples };
}

async function writeExamples(file, examples) {
	const random = createRandom(SEED);
	const output = createWriteStream(file);
	const originals = [];
	const copies = [];
	const createExample = (line) => {
		const draw = random.next();
		if (originals.length < 100 || draw >= EXACT_SHARE + NEAR_SHARE) {
			const { description, answer } = createTicket(random, line);
			originals[originals.length < WINDOW ? originals.length : random.integer(0, WINDOW - 1)] = {
				line,
				question: description,
				answer,
			};
			return toExample(SYSTEM_PROMPT, description, answer);
		}
		const { line: of, question, answer } = random.pick(originals);
		const edits = draw < EXACT_SHARE ? 0 : random.pick(EDITS);
		copies.push({ line, of, edits });
		const change =
			edits === 0 ? (text) => respelt(random, text) : (text) => edited(random, text, edits);
		// The system message is not compared; another one must not hide a copy.
		const system = random.chance(0.5) ? SYSTEM_PROMPT : `${SYSTEM_PROMPT} Be brief.`;
		return toExample(system, change(question), change(answer));
	};
	for (let first = 0; first < examples; first += BATCH) {
		const count = Math.min(BATCH, examples - first);
		const lines = Array.from(
			{ length: count },
			(_, index) => `${JSON.stringify(createExample(first + index + 1))}\n`,
		);
		if (!output.write(lines.join(''))) await once(output, 'drain');
	}
	output.end();
	await once(output, 'close');
	return copies;
}

function toExample(system, question, answer) {
	return {
		messages: [
			{ role: 'system', content: system },
			{ role: 'user', content: question },
			{ role: 'assistant', content: answer },
		],
	};
}

/** The same words with other capitals, spaces and punctuation. */
function respelt(random, text) {
	const changes = [
		() => text.replace(/[a-z]+/, (word) => word.toUpperCase()),
		() => `  ${text.replace(/ /g, '  ')}\n`,
		() => text.replace(/\. /g, ' - '),
		() => text,
	];
	return random.pick(changes)();
}

/** A share of the words (of groups of four characters, where words are not kept apart) changed. */
function edited(random, text, share) {
	const words = text.split(' ');
	const isSpaced = text.length / words.length < 20;
	const pieces = isSpaced ? words : (text.match(/[^]{1,4}/gu) ?? []);
	const changed = Math.max(1, Math.round(pieces.length * share));
	for (let count = 0; count < changed; count++) {
		const at = random.integer(0, pieces.length - 1);
		random.pick([
			() => (pieces[at] = random.pick(pieces)),
			() => pieces.splice(at, 1),
			() => pieces.splice(at, 0, random.pick(pieces)),
		])();
		if (pieces.length === 0) break;
	}
	return pieces.join(isSpaced ? ' ' : '');
}

function generatorVersion() {
	const hash = createHash('sha256');
	for (const name of ['duplicates.mjs', 'languages.js', 'random.js', 'tickets.js']) {
		hash.update(readFileSync(fileURLToPath(new URL(name, import.meta.url))));
	}
	return hash.digest('hex').slice(0, 8);
}
