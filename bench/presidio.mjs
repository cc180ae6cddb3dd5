// node bench/presidio.mjs <file.json>... [--misses]
//
// Recall and precision of our recognisers on Microsoft's presidio-research data (MIT), which is not part of this
// repository: data/synth_dataset_v2.json and tests/data/generated_large.json of
// https://github.com/microsoft/presidio-research. Needs the compiled library: run `npm run bench -- redact` once before.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatTable } from './harness.mjs';
import { libDir } from './paths.mjs';

const require = createRequire(import.meta.url);

/** Their types, and ours that count as the right one. */
const TYPES = {
	EMAIL_ADDRESS: ['email'],
	PHONE_NUMBER: ['phone'],
	CREDIT_CARD: ['card'],
	IBAN_CODE: ['iban'],
	US_SSN: ['nationalId'],
	IP_ADDRESS: ['ip'],
	DOMAIN_NAME: ['url'],
	PERSON: ['name'],
	STREET_ADDRESS: ['address'],
	US_DRIVER_LICENSE: ['identityDocument', 'nationalId'],
};
const COVERED = 0.95;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { misses: { type: 'boolean', default: false } },
});
const { Detector } = require(join(libDir, 'privacy', 'detector'));
const { PRIVATE_TYPES } = require(join(libDir, 'privacy', 'types'));
const detector = new Detector({ types: PRIVATE_TYPES });

for (const file of positionals) measure(file);
if (positionals.length === 0) {
	console.error('Usage: node bench/presidio.mjs <file.json>... [--misses]');
	process.exitCode = 2;
}

function measure(file) {
	const texts = JSON.parse(readFileSync(file, 'utf8'));
	const recall = new Map();
	const precision = new Map();
	for (const { full_text: text, spans } of texts) {
		const found = detector.find(text);
		for (const span of spans) count(recall, span.entity_type, hit(span, found, text));
		for (const one of found) count(precision, one.type, isReal(one, spans, text));
	}
	console.log(`\n${basename(file)}: ${texts.length} texts\n`);
	print('recall', recall, Object.keys(TYPES));
	print('precision', precision, [...precision.keys()].sort());
	const all = [...precision.values()].reduce(
		(sum, { hits, all }) => ({ hits: sum.hits + hits, all: sum.all + all }),
		{ hits: 0, all: 0 },
	);
	console.log(`\nprecision of all: ${percent(all)} of ${all.all}`);
}

function hit(span, found, text) {
	const { start_position: start, end_position: end, entity_type: type } = span;
	const covered = found.reduce(
		(sum, one) => sum + Math.max(0, Math.min(end, one.end) - Math.max(start, one.start)),
		0,
	);
	const isHit = covered >= COVERED * (end - start);
	if (values.misses && !isHit && TYPES[type] && type !== 'PERSON' && type !== 'STREET_ADDRESS')
		console.log(
			`missed ${type}: ${text.slice(Math.max(0, start - 60), start)}«${text.slice(start, end)}»`,
		);
	return isHit;
}

function isReal({ start, end, type }, spans, text) {
	const isHit = spans.some(
		(span) =>
			Math.min(end, span.end_position) - Math.max(start, span.start_position) >=
			0.5 * (end - start),
	);
	if (values.misses && !isHit)
		console.log(
			`wrong ${type}: ${text.slice(Math.max(0, start - 40), start)}«${text.slice(start, end)}»`,
		);
	return isHit;
}

function count(table, type, isHit) {
	const entry = table.get(type) ?? { hits: 0, all: 0 };
	entry.all++;
	if (isHit) entry.hits++;
	table.set(type, entry);
}

function print(title, table, types) {
	const rows = types
		.filter((type) => table.has(type))
		.map((type) => [type, percent(table.get(type)), String(table.get(type).all)]);
	console.log(formatTable([[title, '%', 'of'], ...rows]));
	console.log('');
}

function percent({ hits, all }) {
	return ((100 * hits) / all).toFixed(1);
}
