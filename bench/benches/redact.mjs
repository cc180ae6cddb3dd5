// Looking through texts for what is private, and replacing it: by texts, by file, and on hostile texts.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { examplesFile, ticketTexts } from '../data/files.mjs';
import { HOSTILE_UNITS, hostileText } from '../data/hostile.mjs';
import { median } from '../harness.mjs';
import { libDir } from '../paths.mjs';
import { stopwatch } from '../stopwatch.mjs';
import { parseInMemory, speedOfMachine, YARDSTICK } from '../yardstick.mjs';

const require = createRequire(import.meta.url);

export const title = 'redact: personal data and secrets in ticket texts';

export const contenders = {
	[YARDSTICK]: { run: ({ tenth }) => parseInMemory(tenth) },
	'five plain expressions, no checks': { run: byPlainExpressions },
	'ours, without names': { load: () => loadDetector(false), run: findInTexts },
	'ours, with the names of each ticket': { load: () => loadDetector(true), run: findInTexts },
	'ours, JSONL file to JSONL file': { load: () => loadDetector(false), run: redactFile },
	'ours, pseudonyms and back': { load: () => loadDetector(false), run: maskAndUnmask },
	[`ours, ${HOSTILE_UNITS.length} hostile texts of 1 MB`]: {
		times: 3,
		load: () => loadDetector(true),
		run: findInHostile,
	},
};

export const columns = [
	['MB', ({ median }) => median.megabytes],
	['MB a CPU s, all', ({ median }) => median.speed],
	['first part', ({ median }) => median.first],
	['later parts', ({ median }) => median.later],
	['MB/s by the clock', ({ median }) => median.clockSpeed],
	['found', ({ median }) => median.found],
	['slowest CPU ms', ({ median }) => median.slowest],
	['a second time', ({ median }) => median.slowestAgain],
	['texts changed', ({ median }) => median.changed],
];

const [, plain, withoutNames, withNames, , roundTrip, hostile] = Object.keys(contenders);

export const goals = [
	// Of everything, with the start of a fresh process: what a user has of a file of this size.
	['at least 30 MB/s without names (measured / 30)', (of) => of[withoutNames].speed / 30, 1],
	['at least 15 MB/s with names (measured / 15)', (of) => of[withNames].speed / 15, 1],
	[
		'at least 30 MB/s without names on the machine on which it was asked for (measured / 30)',
		(of) => of[withoutNames].speed / speedOfMachine(of) / 30,
		1,
	],
	[
		'at least a fifth of the speed of five plain expressions',
		(of) => of[withoutNames].speed / of[plain].speed,
		0.2,
	],
	['any hostile text within 150 ms (150 / measured)', (of) => 150 / of[hostile].slowest, 1],
	[
		'any hostile text within 150 ms on the machine on which it was asked for (150 / measured)',
		(of) => 150 / (of[hostile].slowest * speedOfMachine(of)),
		1,
	],
	['every text comes back unchanged', (of) => +(of[roundTrip].changed === 0), 1],
];

const PARTS = 5;
const PEOPLE = ['Jane Doe', 'jane.doe@example.com', 'John Smith', 'Ada Lovelace'];

export async function prepare({ examples }) {
	const tenth = await examplesFile(Math.max(10, Math.round(examples / 10)));
	return { ...(await examplesFile(examples)), tenth, texts: Math.min(100_000, examples) };
}

function loadDetector(hasNames) {
	const { Detector } = require(join(libDir, 'privacy', 'detector'));
	const { PRIVATE_TYPES } = require(join(libDir, 'privacy', 'types'));
	const types = PRIVATE_TYPES.filter((type) => type !== 'url' && (hasNames || type !== 'name'));
	return { detector: new Detector({ types }), people: hasNames ? PEOPLE : [] };
}

/** Part by part, as the engine compiles while the first one is worked on. */
function measured(texts, work) {
	const size = Math.ceil(texts.length / PARTS);
	const parts = Array.from({ length: PARTS }, (_, part) =>
		texts.slice(part * size, (part + 1) * size),
	).filter((part) => part.length > 0);
	const bytes = parts.map((part) => part.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
	const whole = stopwatch();
	const done = parts.map((part, at) => {
		const elapsed = stopwatch();
		const found = work(part);
		return { found, ...speeds(bytes[at], elapsed()) };
	});
	return {
		...speeds(
			bytes.reduce((sum, one) => sum + one, 0),
			whole(),
		),
		first: done[0].speed,
		later: median(done.slice(1).map(({ speed }) => speed)),
		found: done.reduce((sum, { found }) => sum + found, 0),
	};
}

/** By CPU time, as all of this is work of one thread, and what else the machine does is none of its business. */
function speeds(bytes, { seconds, cpu }) {
	return { megabytes: bytes / 1e6, speed: bytes / 1e6 / cpu, clockSpeed: bytes / 1e6 / seconds };
}

function byPlainExpressions({ texts: count }) {
	const texts = ticketTexts(count);
	const expressions = [
		/[\w.+-]+@[\w-]+\.[\w.-]+/g,
		/\b(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/g,
		/\b\d{3}-\d{2}-\d{4}\b/g,
		/\b(?:\d[ -]?){13,16}\b/g,
		/\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
	];
	return measured(texts, (part) => {
		let found = 0;
		for (const text of part)
			for (const expression of expressions) found += text.match(expression)?.length ?? 0;
		return found;
	});
}

function findInTexts({ texts: count }, { detector, people }) {
	const texts = ticketTexts(count);
	return measured(texts, (part) => {
		let found = 0;
		// Question and answer of a ticket stand one behind the other.
		let table;
		part.forEach((text, at) => {
			if (at % 2 === 0) table = detector.people(people);
			found += detector.find(text, { people: table }).length;
		});
		return found;
	});
}

async function redactFile({ file, bytes }, { detector }) {
	const { mapJsonl } = require(join(libDir, 'privacy', 'jsonl'));
	const { mapExampleTexts } = require(join(libDir, 'privacy', 'exampleTexts'));
	const { Redactor } = require(join(libDir, 'privacy', 'redactor'));
	const redactor = new Redactor(detector, { action: 'mask' });
	const { output } = mapJsonl(createReadStream(file), (example) =>
		redactor.redact(example, mapExampleTexts),
	);
	const elapsed = stopwatch();
	for await (const _ of output);
	return { ...speeds(bytes, elapsed()), found: redactor.report().replaced };
}

function maskAndUnmask({ texts: count }, { detector }) {
	const { Redactor } = require(join(libDir, 'privacy', 'redactor'));
	const { Unmasker } = require(join(libDir, 'privacy', 'unmask'));
	const texts = ticketTexts(count);
	let changed = 0;
	const speed = measured(texts, (part) => {
		const redactor = new Redactor(detector, { action: 'pseudonym' });
		const masked = part.map((text) => redactor.redactText(text).text);
		const unmasker = new Unmasker(redactor.vault);
		changed += masked.filter((text, at) => unmasker.unmask(text) !== part[at]).length;
		return redactor.report().replaced;
	});
	return { ...speed, changed };
}

/** In a fresh process, each text for the first time; then each once more. */
function findInHostile(_, { detector, people }) {
	let found = 0;
	const slowest = () => {
		let most = 0;
		for (const unit of HOSTILE_UNITS) {
			const text = hostileText(unit);
			const elapsed = stopwatch();
			found += detector.find(text, { people: detector.people(people) }).length;
			most = Math.max(most, elapsed().cpu * 1000);
		}
		return most;
	};
	const first = slowest();
	const foundOnce = found;
	return { found: foundOnce, slowest: first, slowestAgain: slowest() };
}
