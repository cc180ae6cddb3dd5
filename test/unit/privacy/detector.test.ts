import { Detector } from '../../../lib/privacy/detector';
import { PRIVATE_TYPES } from '../../../lib/privacy/types';

import { HARD_NEGATIVES, LABELLED } from './labelled';
import { parseLabelled, score } from './score';

const TYPES = PRIVATE_TYPES.filter((type) => type !== 'url');
const detector = new Detector({ types: TYPES });

/** What is found, as `type:text`. */
function found(text: string, using = detector, people: string[] = [], field?: string): string[] {
	return using
		.find(text, { people: using.people(people), field })
		.map(({ start, end, type }) => `${type}:${text.slice(start, end)}`);
}

describe('the labelled set', () => {
	const scores = score([...LABELLED, ...HARD_NEGATIVES], (text) => detector.find(text));
	const entities = LABELLED.flatMap((marked) => parseLabelled(marked).spans);

	test('has 300 entities or more, of every type, and texts with nothing in them', () => {
		expect(entities.length).toBeGreaterThanOrEqual(300);
		expect(new Set(entities.map(({ type }) => type))).toEqual(new Set(TYPES));
		expect(HARD_NEGATIVES.length).toBeGreaterThanOrEqual(70);
	});

	test.each([
		['address', 0.9, 0.95],
		['apiSecret', 0.95, 0.96],
		['bankAccount', 0.95, 0.96],
		['birthDate', 0.95, 0.96],
		['card', 0.95, 0.96],
		['crypto', 1, 1],
		['email', 1, 0.96],
		['iban', 0.95, 1],
		['identityDocument', 0.95, 0.96],
		['ip', 1, 0.96],
		['mac', 1, 0.96],
		['name', 0.9, 0.95],
		['nationalId', 0.97, 0.96],
		['phone', 0.95, 0.96],
		['urlSecret', 0.95, 0.96],
	])('%s: recall %d, precision %d', (type, recall, precision) => {
		const { marked, recalled, found: all, right, missed, wrong } = scores.get(type)!;
		expect({ recall: recalled / marked >= recall, missed }).toEqual({
			recall: true,
			missed: expect.any(Array),
		});
		expect({ precision: right / all >= precision, wrong }).toEqual({
			precision: true,
			wrong: expect.any(Array),
		});
	});
});

test.each(HARD_NEGATIVES)('nothing private in: %s', (text) => {
	expect(found(text)).toEqual([]);
});

describe('the name of the field', () => {
	test.each([
		['phone', '98765432', 'phone:98765432'],
		['client_secret', 'abc', 'apiSecret:abc'],
		['userPassword', 'correct-horse', 'apiSecret:correct-horse'],
		['ssn', '123456789', 'nationalId:123456789'],
		['dateOfBirth', '1990-05-12', 'birthDate:1990-05-12'],
		['fullName', 'Jane Doe', 'name:Jane Doe'],
	])('%s', (field, text, expected) => {
		expect(found(text, detector, [], field)).toEqual([expected]);
		expect(found(text)).toEqual([]);
	});
});

describe('people that the record names', () => {
	const people = ['José Ñíguez', 'Will Smith <w.smith42@example.com>', '田中太郎'];

	test.each([
		['Jose niguez wrote', ['name:Jose niguez']],
		["JOSÉ's laptop", ['name:JOSÉ']],
		['Niguez, Jose', ['name:Niguez, Jose']],
		['assigned to w.smith42 today', ['name:w.smith42']],
		['it will work, Will said', ['name:Will']],
		['Smith and blacksmith', ['name:Smith']],
		['担当は田中太郎です', ['name:田中太郎']],
		['Jose\u0301 N\u0303i\u0301guez', ['name:Jose\u0301 N\u0303i\u0301guez']],
	])('%s', (text, expected) => {
		expect(found(text, detector, people)).toEqual(expected);
	});
});

test('own words in any case, values that stay, and only the types asked for', () => {
	const own = new Detector({
		types: ['email'],
		words: ['Project Falcon', 'ACME'],
		allow: ['Help@example.com'],
	});
	expect(
		found('project  falcon of acme, macme: help@example.com a@example.com 10.0.0.1', own),
	).toEqual(['word:project  falcon', 'word:acme', 'email:a@example.com']);
});

test('whole web addresses for those who ask for them', () => {
	const urls = new Detector({ types: ['url', 'urlSecret'] });
	expect(found('see (https://a:b@example.com/x?token=secret), ok', urls)).toEqual([
		'url:https://a:b@example.com/x?token=secret',
	]);
});

test('finds are in order and never overlap', () => {
	for (const marked of LABELLED) {
		const finds = detector.find(parseLabelled(marked).text);
		finds.forEach(({ start, end }, at) => {
			expect(end).toBeGreaterThan(start);
			expect(start).toBeGreaterThanOrEqual(finds[at - 1]?.end ?? 0);
		});
	}
});
