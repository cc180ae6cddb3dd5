import { Tally } from '../../../../lib/dataset/quality/histogram';
import { statisticsHtml } from '../../../../lib/dataset/quality/reportHtml';
import { siftItems } from '../../../../lib/dataset/quality/sift';
import { Statistics, type StatisticsOptions } from '../../../../lib/dataset/quality/statistics';
import { statisticsRows } from '../../../../lib/dataset/quality/statisticsRows';
import type { Example } from '../../../../lib/dataset/types';
import { type Bar, columnChart } from '../../../../lib/report/charts';
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

describe('one record that is far longer than the others', () => {
	const lengths = (others: number) => [
		...Array.from({ length: others }, (_, index) => 100 + ((index * 37) % 400)),
		90_000,
	];
	const histogramOf = (numbers: number[]) => {
		const tally = new Tally();
		numbers.forEach((number) => tally.add(number));
		return tally.histogram();
	};

	test.each([9, 20, 29, 60, 98, 99, 240, 1000])('stands beside the axis of %i others', (others) => {
		const bins = histogramOf(lengths(others));
		const axis = bins.slice(0, -1);
		expect(bins.at(-1)).toEqual({ from: expect.any(Number), count: expect.any(Number) });
		expect(axis.length).toBeGreaterThanOrEqual(8);
		expect(axis.at(-1)?.to).toBeLessThanOrEqual(549);
		expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(others + 1);
		expect(bins.at(-1)!.count).toBeLessThanOrEqual(Math.max(1, Math.ceil(others * 0.05)));
	});

	test('does so beyond what is counted one by one', () => {
		const far = lengths(40).map((number) => number * 1000);
		expect(histogramOf(far).at(-1)).toEqual({
			from: expect.any(Number),
			count: expect.any(Number),
		});
		expect(histogramOf(far).length).toBeGreaterThan(8);
	});

	test.each([
		['a wide spread', Array.from({ length: 40 }, (_, index) => index * 100)],
		['a long, but full tail', Array.from({ length: 40 }, (_, index) => index * index * 10)],
		['few numbers', [1, 2, 500]],
		['small numbers', [1, 1, 1, 1, 1, 9]],
	])('%s is no such case', (_name, numbers) => {
		const bins = histogramOf(numbers);
		expect(bins.at(-1)?.to).toBeGreaterThanOrEqual(Math.max(...numbers));
	});

	test('is named in the item, and in text, table and axis of the report', async () => {
		const records = lengths(29).map((length) => ({ question: 'a'.repeat(length), answer: 'b' }));
		const report = await measure(records);
		const { from } = report.lengths.at(-1)!;
		expect(from).toBeLessThan(1000);
		expect(report.lengths.at(-1)).toEqual({ from, count: 1, label: `${from} and longer` });
		expect(report.questionLengths.at(-1)?.label).toMatch(/^\d+ and longer$/);
		expect(report.answerLengths.at(-1)).toEqual({ from: 1, to: 1, count: 30 });
		const row = { metric: 'charactersHistogram', name: `${from}+`, value: 1 };
		expect(statisticsRows(report)).toContainEqual(row);
		const html = statisticsHtml(report, { name: 'logs.jsonl' });
		expect(html).toContain(`The last bar, set apart, is 1 record of ${from} and longer.`);
		expect(html).toContain(`<th scope="row">${from} and longer</th><td>1</td>`);
		expect(html).toMatch(
			new RegExp(`class="bar beyond"[^>]*><title>${from} and longer: 1</title>`),
		);
		expect(html).toContain(`text-anchor="middle">${from}+</text>`);
	});

	test('is a conversation of many turns, where it is one', async () => {
		const turn = [
			{ role: 'user', content: 'a' },
			{ role: 'assistant', content: 'b' },
		];
		const talks = [1, 2, 1, 3, 1, 200].map((turns) => ({
			messages: Array(turns).fill(turn).flat(),
		}));
		const report = await measure(talks, { duplicates: false });
		expect(report.turns.at(-1)).toEqual({ from: 4, count: 1, label: '4 and more' });
		expect(statisticsHtml(report, { name: 'talks' })).toContain('is 1 conversation of 4 and more.');
	});
});

describe('columnChart', () => {
	const columns = (bars: Bar[]) => [
		...columnChart(bars, 'Lengths', 'Tokens').matchAll(
			/<rect class="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g,
		),
	];
	const many = Array.from({ length: 17 }, (_, index) => ({
		label: `${index * 100}–${index * 100 + 99}`,
		value: 5000,
	}));

	test('sets what is beyond the axis apart, within the chart, and shows one among thousands', () => {
		const found = columns([...many, { label: '1700 and longer', value: 1, beyond: '1700+' }]);
		const places = found.map(([, , x]) => Number(x));
		const [step, gap] = [places[1] - places[0], places[17] - places[16]];
		expect(found.map(([, look]) => look)).toEqual([...Array(17).fill('bar'), 'bar beyond']);
		expect(gap).toBeCloseTo(step * 1.5, 0);
		expect(places[17] + Number(found[17][4])).toBeLessThan(640);
		expect(Number(found[17][5])).toBe(2);
		expect(Number(found[17][3]) + 2).toBeCloseTo(Number(found[0][3]) + Number(found[0][5]), 1);
	});

	test('leaves room for the name of the last column', () => {
		const chart = columnChart([...many, { label: 'x', value: 1, beyond: '1700+' }], 'L', 'T');
		const names = [...chart.matchAll(/x="([\d.]+)" y="222" text-anchor="middle">([^<]+)</g)];
		expect(names.at(-1)?.[2]).toBe('1700+');
		const places = names.map(([, x]) => Number(x));
		const apart = places.slice(1).map((x, index) => x - places[index]);
		expect(Math.min(...apart)).toBeGreaterThan(50);
	});

	test('draws a bar of nothing as nothing', () => {
		expect(columns([{ label: '0', value: 0 }])[0][5]).toBe('0');
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
