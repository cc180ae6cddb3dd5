import fc from 'fast-check';
import { FingerprintIndex, normaliseText } from '../../../lib/dataset/fingerprint';
import { planSplit, type SplitOptions } from '../../../lib/dataset/split';

const WORDS =
	'printer paper jam invoice refund login password reset screen cable order delivery late broken office chair desk survey policy holiday leave salary training laptop phone network'.split(
		' ',
	);

/** Sentences that have little in common, the same for the same number. */
function sentence(number: number, words = 40): string {
	let state = number * 7919 + 13;
	const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8;
	return Array.from({ length: words }, () => `${WORDS[next() % WORDS.length]}${next() % 97}`).join(
		' ',
	);
}

const example = (question: string, extra: object = {}) =>
	JSON.stringify({
		messages: [
			{ role: 'system', content: 'Always the same' },
			{ role: 'user', content: question },
			{ role: 'assistant', content: `Answer: ${question}` },
		],
		...extra,
	});

async function split(lines: string[], options: SplitOptions) {
	const bytes = Buffer.from(lines.join('\n') + '\n');
	const plan = await planSplit(() => [bytes], options);
	const read = async (side: 'training' | 'validation') => {
		const blocks: Buffer[] = [];
		for await (const block of plan.write(side)) blocks.push(block);
		const text = Buffer.concat(blocks).toString();
		expect(text === '' || text.endsWith('\n')).toBe(true);
		return text.split('\n').slice(0, -1);
	};
	return {
		report: plan.report,
		training: await read('training'),
		validation: await read('validation'),
	};
}

describe('planSplit', () => {
	const distinct = Array.from({ length: 200 }, (_, index) => example(sentence(index)));

	test('puts every line on one side, unchanged and in order, in the size asked for', async () => {
		const { training, validation, report } = await split(distinct, { validation: { share: 0.1 } });
		expect(validation).toHaveLength(20);
		expect(report).toMatchObject({
			examples: 200,
			training: 180,
			validation: 20,
			duplicateGroups: 0,
			leftOut: 0,
			findings: [],
		});
		expect(distinct.filter((line) => training.includes(line))).toEqual(training);
		expect(distinct.filter((line) => validation.includes(line))).toEqual(validation);
		expect(new Set([...training, ...validation]).size).toBe(200);
	});

	test('takes a number of examples as well', async () => {
		expect((await split(distinct, { validation: { count: 7 } })).validation).toHaveLength(7);
		expect((await split(distinct, { validation: { count: 500 } })).training).toHaveLength(1);
		expect((await split(distinct, { validation: { count: 0 } })).validation).toHaveLength(0);
	});

	test('the same seed gives the same split, another seed another one', async () => {
		const options = { validation: { share: 0.2 }, seed: 1 };
		const first = await split(distinct, options);
		expect((await split(distinct, options)).validation).toEqual(first.validation);
		expect((await split(distinct, { ...options, seed: 2 })).validation).not.toEqual(
			first.validation,
		);
	});

	test('the order of the lines does not matter', async () => {
		const options = { validation: { share: 0.2 } };
		const { validation } = await split(distinct, options);
		const reversed = await split([...distinct].reverse(), options);
		expect(reversed.validation.sort()).toEqual(validation.sort());
	});

	test('copies and near copies are never on both sides', async () => {
		const near = (index: number, copy: number) =>
			example(`${sentence(index)} ${['', 'please', 'thanks!', 'URGENT'][copy % 4]}`.toUpperCase());
		const lines = Array.from({ length: 300 }, (_, index) =>
			near(index % 60, Math.floor(index / 60)),
		);
		const { training, validation, report } = await split(lines, { validation: { share: 0.2 } });
		const group = (line: string) => /content":"([A-Z]+\d+ [A-Z]+\d+ [A-Z]+\d+)/.exec(line)?.[1];
		const trained = new Set(training.map(group));
		expect(validation.length).toBe(60);
		expect(validation.filter((line) => trained.has(group(line)))).toEqual([]);
		expect(report).toMatchObject({ duplicateGroups: 60, duplicateExamples: 300 });
	});

	test('says so when groups of similar examples leave too little for validation', async () => {
		const lines = [
			...Array.from({ length: 50 }, () => example(sentence(1))),
			...distinct.slice(2, 5),
		];
		const { report } = await split(lines, { validation: { share: 0.2 } });
		expect(report.validation).toBe(3);
		expect(report.findings.map(({ code }) => code)).toEqual(['validation_too_small']);
	});

	test('one group of everything stays whole', async () => {
		const { training, validation } = await split(
			Array.from({ length: 20 }, () => example('same')),
			{ validation: { share: 0.5 } },
		);
		expect([training.length, validation.length]).toEqual([20, 0]);
	});

	test('stratified, every value has its share, and the field can be left out', async () => {
		const lines = Array.from({ length: 200 }, (_, index) =>
			example(sentence(index), { topic: index % 4 === 0 ? 'rare' : 'often' }),
		);
		const { report, validation } = await split(lines, {
			validation: { share: 0.2 },
			stratifyBy: 'topic',
			dropStratifyField: true,
		});
		expect(report.strata).toEqual({
			rare: { training: 40, validation: 10 },
			often: { training: 120, validation: 30 },
		});
		expect(validation.some((line) => line.includes('topic'))).toBe(false);
	});

	test('a stratum may lie inside the example, be missing, or have a name of Object.prototype', async () => {
		const lines = [
			...Array.from({ length: 20 }, (_, index) =>
				example(sentence(index), { meta: { kind: '__proto__' } }),
			),
			...Array.from({ length: 20 }, (_, index) => example(sentence(100 + index))),
		];
		const { report } = await split(lines, { validation: { share: 0.5 }, stratifyBy: 'meta.kind' });
		expect(Object.entries(report.strata ?? {})).toEqual([
			['__proto__', { training: 10, validation: 10 }],
			['none', { training: 10, validation: 10 }],
		]);
	});

	test('lines that are no object are on neither side, and counted', async () => {
		const { report, training, validation } = await split(
			[...distinct.slice(0, 4), 'broken', '', '[1]'],
			{ validation: { count: 1 } },
		);
		expect(report).toMatchObject({ examples: 4, leftOut: 2 });
		expect(training.length + validation.length).toBe(4);
		expect(report.findings.map(({ line }) => line)).toEqual([5, 7]);
	});

	test('a file that is no JSONL is named', async () => {
		const plan = await planSplit(() => [Buffer.from('PK\x03\x04....', 'latin1')], {
			validation: { share: 0.1 },
		});
		expect(plan.report).toMatchObject({ examples: 0, findings: [{ code: 'file_is_zip' }, {}] });
	});
});

describe('normaliseText', () => {
	test.each([
		['Hello,  WORLD!!', 'hello world'],
		['  a-b_c  ', 'a b c'],
		['Ünïcode Straße ﬁne', 'Ünïcode straße fine'],
		['你好。世界', '你好。世界'],
		['', ''],
		['!!!', ''],
	])('%j gives %j', (text, expected) => expect(normaliseText(text).toString()).toBe(expected));
});

describe('FingerprintIndex', () => {
	test('finds exact copies at once', () => {
		const index = new FingerprintIndex();
		expect([
			index.add('one two'),
			index.add('three'),
			index.add('One, two!'),
			index.add('three'),
		]).toEqual([0, 1, 0, 1]);
	});

	test('joins texts after a small edit and keeps different ones apart', async () => {
		const index = new FingerprintIndex();
		for (let number = 0; number < 100; number++) index.add(sentence(number, 60));
		for (let number = 0; number < 100; number++)
			index.add(sentence(number, 60).replace(/ \w+ /, ' replaced '));
		const roots = await index.clusters();
		expect([...roots.slice(0, 100)]).toEqual(Array.from({ length: 100 }, (_, number) => number));
		expect([...roots.slice(100)]).toEqual(Array.from({ length: 100 }, (_, number) => number));
	});

	test('estimates the Jaccard similarity', () => {
		const grams = (text: string) =>
			new Set(Array.from({ length: text.length - 4 }, (_, at) => text.slice(at, at + 5)));
		let worst = 0;
		for (let number = 0; number < 50; number++) {
			const [a, b] = [
				sentence(number, 80),
				`${sentence(number, 40)} ${sentence(number + 500, 1 + (number % 40))}`,
			];
			const index = new FingerprintIndex();
			index.add(a);
			index.add(b);
			const [first, second] = [grams(a), grams(b)];
			const shared = [...first].filter((gram) => second.has(gram)).length;
			worst = Math.max(
				worst,
				Math.abs(index.similarity(0, 1) - shared / (first.size + second.size - shared)),
			);
		}
		// Three standard deviations of 128 bins at a similarity of one half.
		expect(worst).toBeLessThan(0.14);
	});

	test('grows, and finds no copies where there are none', async () => {
		const index = new FingerprintIndex({ threshold: 1 });
		for (let number = 0; number < 40_000; number++)
			expect(index.add(`text ${number}`)).toBe(number);
		expect(index.add('text 7')).toBe(7);
		expect((await index.clusters())[40_000]).toBe(7);
	});

	test('roots are the smallest index of their cluster, whatever the texts', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.string({ maxLength: 30 }), { maxLength: 40 }), async (texts) => {
				const index = new FingerprintIndex();
				texts.forEach((text) => index.add(text));
				const roots = await index.clusters();
				roots.forEach((root, at) => {
					expect(root).toBeLessThanOrEqual(at);
					expect(roots[root]).toBe(root);
				});
			}),
		);
	});
});
