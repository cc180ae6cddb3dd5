import { Tally } from '../../../../lib/dataset/quality/histogram';
import { statisticsHtml } from '../../../../lib/dataset/quality/reportHtml';
import { siftItems } from '../../../../lib/dataset/quality/sift';
import { Statistics, type StatisticsOptions } from '../../../../lib/dataset/quality/statistics';
import { statisticsRows } from '../../../../lib/dataset/quality/statisticsRows';
import type { Example } from '../../../../lib/dataset/types';
import { chat, jsonl, NASTY_LINES, sentence, siftText } from './support';

async function measure(records: object[], options: StatisticsOptions = {}) {
	const judge = new Statistics(options);
	await siftItems(records, judge);
	return judge.report();
}

const words = (text: string) => text.split(' ').filter((word) => word !== '').length;

describe('Statistics', () => {
	test('counts, lengths, languages, fields, roles, turns, duplicates and extremes', async () => {
		const german = 'Bitte starten Sie den Rechner neu und melden Sie sich dann mit Ihrem Konto an.';
		const records = [
			{
				question: 'How do I reset it?',
				answer: 'Open the settings and choose it from the list there.',
				category: 'a',
				tags: ['x', 'y'],
			},
			{ question: 'Wie geht das?', answer: german, category: 'b', tags: ['x'] },
			{ question: 'Wie geht das', answer: german.toUpperCase(), category: 'b' },
			{ question: '', answer: 'OK' },
		];
		const report = await measure(records, {
			countFields: ['category', 'tags', 'missing'],
			countTokens: words,
		});
		expect(report).toMatchObject({
			records: 4,
			formats: [{ value: 'pair', count: 4 }],
			lengthUnit: 'tokens',
			tokens: { count: 4, min: 1, max: 18 },
			languages: [
				{ value: 'de', count: 2 },
				{ value: 'en', count: 1 },
				{ value: 'und', count: 1 },
			],
			fields: [
				{
					field: 'category',
					values: [
						{ value: 'b', count: 2 },
						{ value: 'a', count: 1 },
					],
					distinct: 2,
					missing: 1,
					others: 0,
				},
				{
					field: 'tags',
					values: [
						{ value: 'x', count: 2 },
						{ value: 'y', count: 1 },
					],
					distinct: 2,
					missing: 2,
				},
			],
			roles: [],
			turns: [],
			duplicates: { groups: 1, leftOver: 1, share: 0.25, threshold: 0.7 },
			withoutQuestion: 1,
			withoutAnswer: 0,
		});
		expect(report.shortest[0]).toEqual({ place: 3, length: 1 });
		expect(report.longest.map(({ length }) => length)).toEqual(
			[...report.longest.map(({ length }) => length)].sort((a, b) => b - a),
		);
	});

	test('conversations: roles, turns, and the tokens of the example', async () => {
		const long = {
			messages: [
				...(chat('a').messages as object[]),
				{ role: 'user', content: 'b' },
				{ role: 'assistant', content: 'c' },
			],
		};
		const report = await measure([chat('a'), long], {
			countTokens: words,
			countExampleTokens: (example: Example) =>
				'messages' in example ? example.messages.length * 10 : 0,
		});
		expect(report.roles).toEqual([
			{ value: 'assistant', count: 3 },
			{ value: 'user', count: 3 },
			{ value: 'system', count: 2 },
		]);
		expect(report.turns).toEqual([
			{ from: 1, to: 1, count: 1 },
			{ from: 2, to: 2, count: 1 },
		]);
		expect(report.tokens).toMatchObject({ total: 80, min: 30, max: 50 });
	});

	test('only what is asked for', async () => {
		const report = await measure([chat('a')], { duplicates: false, languages: false, extremes: 0 });
		expect(report).not.toHaveProperty('duplicates');
		expect(report).not.toHaveProperty('languages');
		expect(report).not.toHaveProperty('tokens');
		expect(report).toMatchObject({ longest: [], shortest: [], lengthUnit: 'characters' });
	});

	test('lines of a file are named by their number', async () => {
		const judge = new Statistics({ extremes: 1 });
		const { sifted } = await siftText(
			`\n${jsonl([chat('short'), chat('the longest of them')])}oops\n`,
			judge,
		);
		expect(judge.report()).toMatchObject({ longest: [{ place: 3 }], shortest: [{ place: 2 }] });
		expect(sifted.counts).toMatchObject({ read: 3, unreadable: 1 });
	});

	test('a value that many records have alone is cut off and counted', async () => {
		const records = Array.from({ length: 150 }, (_, index) => ({ category: `c${index}` }));
		const [field] = (await measure(records, { countFields: ['category'] })).fields;
		expect(field.values).toHaveLength(100);
		expect(field).toMatchObject({ distinct: 150, others: 50 });
	});

	test('nothing at all', async () => {
		const report = await measure([]);
		expect(report).toMatchObject({ records: 0, lengths: [], duplicates: { share: 0 } });
		expect(statisticsHtml(report, { name: 'empty' })).toContain('0 records');
		expect(statisticsRows(report)[0]).toEqual({ metric: 'records', name: 'all', value: 0 });
	});

	test.each(NASTY_LINES)('survives %s', async (_, line) => {
		const judge = new Statistics({
			countTokens: words,
			countFields: ['category', 'answer', 'question'],
		});
		const { sifted } = await siftText(`${line}\n${line}\n`, judge);
		expect(sifted.counts.read).toBe(2);
		const html = statisticsHtml(judge.report(), { name: 'nasty.jsonl' });
		expect(html.length).toBeLessThan(200_000);
		expect(Buffer.from(html).toString('utf8')).toBe(html);
	});
});

describe('Tally', () => {
	test('is exact, also beyond what it counts one by one', () => {
		const tally = new Tally();
		for (let number = 1; number <= 100; number++) tally.add(number);
		expect(tally.distribution()).toEqual({
			count: 100,
			total: 5050,
			min: 1,
			mean: 50.5,
			p50: 50,
			p95: 95,
			max: 100,
		});
		tally.add(1_000_000);
		expect(tally.distribution()).toMatchObject({ max: 1_000_000, p95: 96 });
	});

	test.each([
		[[5], [{ from: 5, to: 5, count: 1 }]],
		[
			[0, 0, 1],
			[
				{ from: 0, to: 0, count: 2 },
				{ from: 1, to: 1, count: 1 },
			],
		],
		[[], []],
	])('histogram of %p', (numbers, bins) => {
		const tally = new Tally();
		numbers.forEach((number) => tally.add(number));
		expect(tally.histogram()).toEqual(bins);
	});

	test('a histogram has every number once, in bins of one round width', () => {
		const tally = new Tally();
		for (let number = 0; number < 5000; number++) tally.add((number * 7919) % 3001);
		tally.add(90_000);
		const bins = tally.histogram();
		expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5001);
		expect(bins.length).toBeLessThanOrEqual(18);
		const widths = new Set(bins.slice(0, -1).map(({ from, to }) => (to ?? 0) - from + 1));
		expect([...widths]).toEqual([200]);
		expect(bins[bins.length - 1]).toEqual({ from: 3200 - 200, count: expect.any(Number) });
	});
});

describe('statisticsHtml', () => {
	const NASTY = '<script>alert("1")</script><img src=x onerror=alert(1)>&\u202e\0';

	async function page() {
		const records = Array.from({ length: 30 }, (_, index) => ({
			...chat(sentence(index), 'Yes'),
			category: index % 3 === 0 ? NASTY : 'plain',
		}));
		const report = await measure(records, { countFields: ['category', NASTY], countTokens: words });
		return statisticsHtml(report, {
			name: NASTY,
			createdAt: '2026-11-21T10:00:00Z',
			unreadable: 2,
		});
	}

	test('escapes everything that comes from the data', async () => {
		const html = await page();
		expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
		expect(html).not.toMatch(/<script|<img|\0/);
		// A character that turns the direction of the text ends with its own element.
		expect(html).toMatch(/<bdi>[^<]*\u202e[^<]*<\/bdi>/);
	});

	test('needs nothing from anywhere, and says so to the browser', async () => {
		const html = await page();
		expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
		expect(html).not.toMatch(/<[^>]*\s(?:src|href|srcset|action|on\w+)\s*=|@import|url\(/);
		expect(html).not.toMatch(/https?:/);
	});

	test('each chart has a name and a table with the same numbers', async () => {
		const html = await page();
		const charts = html.match(/<svg /g) ?? [];
		const named = html.match(/<svg [^>]*role="img" aria-label="[^"]+"/g) ?? [];
		const tables = html.match(/<table>/g) ?? [];
		expect(charts.length).toBeGreaterThanOrEqual(6);
		expect(named).toHaveLength(charts.length);
		expect(tables.length).toBeGreaterThanOrEqual(charts.length);
		expect(html).toContain('prefers-color-scheme:dark');
		expect(html).toContain('@media print');
		expect(html).toContain('2026-11-21');
		expect(html).toContain('2 not readable');
	});

	test('every tag is closed', async () => {
		const html = await page();
		const open: string[] = [];
		for (const [, slash, name, rest] of html.matchAll(
			/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g,
		)) {
			if (slash === '/') expect(open.pop()).toBe(name);
			else if (!rest.endsWith('/') && name !== 'meta') open.push(name);
		}
		expect(open).toEqual([]);
	});
});
