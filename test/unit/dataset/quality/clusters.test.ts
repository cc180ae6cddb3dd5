import { FingerprintIndex } from '../../../../lib/dataset/fingerprint';
import type { ClusterOptions } from '../../../../lib/dataset/quality/clusters';
import { settleClusters } from '../../../../lib/dataset/quality/clusters';
import { LeaderRound } from '../../../../lib/dataset/quality/leaderRound';
import { WholeClusters } from '../../../../lib/dataset/quality/wholeClusters';
import { sentence, wordsOf } from './support';

/** What `settleClusters` needs, over texts in memory; `readings` counts how often they were read. */
function optionsFor(texts: string[], more: Partial<ClusterOptions> = {}) {
	const duplicates = new Map<number, { leader: number; similarity: number; isExact: boolean }>();
	const state = { readings: 0 };
	const index = new FingerprintIndex({ margin: 0.05 });
	const options: ClusterOptions = {
		threshold: 0.7,
		index,
		prefer: (a, b) => b - a,
		readTexts: async (isWanted, visit) => {
			state.readings++;
			for (const [at, text] of texts.entries()) if (isWanted(at)) await visit(at, text);
		},
		onDuplicate: (at, leader, similarity, isExact) =>
			duplicates.set(at, { leader, similarity, isExact }),
		...more,
	};
	return { options, duplicates, index, state };
}

const edited = (number: number, at: number) =>
	wordsOf(number, 60)
		.map((word, index) => (index === at ? 'changed' : word))
		.join(' ');

const inOneCluster = (count: number) => new Int32Array(count);
const cluster = (count: number) =>
	new Map([[0, { members: Array.from({ length: count }, (_, at) => at), rounds: 0 }]]);

describe('LeaderRound', () => {
	const texts = [sentence(1, 60), edited(1, 5), sentence(2, 60), edited(2, 9), sentence(1, 60)];

	test('compares all with the first one in one reading, and gives back what is not like it', async () => {
		const { options, duplicates, state } = optionsFor(texts);
		const rest = await new LeaderRound(inOneCluster(5), cluster(5), options).run();
		expect([...duplicates]).toEqual([
			[1, { leader: 0, similarity: expect.any(Number), isExact: false }],
			[4, { leader: 0, similarity: 1, isExact: true }],
		]);
		expect([...rest]).toEqual([[0, { members: [2, 3], rounds: 1 }]]);
		expect(state.readings).toBe(1);
	});

	test('a leader that comes last costs a second reading', async () => {
		const { options, duplicates, state } = optionsFor(texts, { prefer: (a, b) => a - b });
		const rest = await new LeaderRound(inOneCluster(5), cluster(5), options).run();
		expect([...duplicates.keys()]).toEqual([0, 1]);
		expect([...duplicates.values()].map(({ leader }) => leader)).toEqual([4, 4]);
		expect([...rest]).toEqual([[0, { members: [2, 3], rounds: 1 }]]);
		expect(state.readings).toBe(2);
	});

	test('ends when the texts are not there any more', async () => {
		const { options, duplicates } = optionsFor([]);
		await new LeaderRound(inOneCluster(3), cluster(3), options).run();
		expect(duplicates.size).toBe(0);
	});
});

describe('WholeClusters', () => {
	test('gives back a cluster whose texts do not fit into memory', async () => {
		const long = 'a'.repeat(9 * 1024 * 1024);
		const { options, duplicates } = optionsFor([`${long}b`, `${long}c`]);
		options.index.add('one');
		options.index.add('two');
		const large = await new WholeClusters(inOneCluster(2), cluster(2), options).settle();
		expect([...large.keys()]).toEqual([0]);
		expect(duplicates.size).toBe(0);
	});

	test('ends when the texts are not there any more', async () => {
		const { options } = optionsFor([]);
		const large = await new WholeClusters(inOneCluster(2), cluster(2), options).settle();
		expect(large.size).toBe(0);
	});
});

test('settleClusters: of each group one stays, and all are read once', async () => {
	const texts = Array.from({ length: 40 }, (_, at) =>
		at % 2 === 0 ? sentence(at % 10, 60) : edited((at - 1) % 10, at % 30),
	);
	const { options, duplicates, index, state } = optionsFor(texts);
	for (const text of texts) index.add(text);
	await settleClusters(await index.clusters(), options);
	expect(duplicates.size).toBe(35);
	expect(state.readings).toBe(1);
	for (const [at, { leader }] of duplicates)
		expect(at % 2 === 0 ? at % 10 : (at - 1) % 10).toBe(leader % 10);
});

test('fingerprints that are kept say the same as before', async () => {
	const texts = Array.from({ length: 60 }, (_, at) =>
		at % 3 === 0 ? edited(at, 7) : sentence(at - (at % 3), 60),
	);
	const index = new FingerprintIndex({ margin: 0.05 });
	for (const text of texts) index.add(text);
	const roots = await index.clusters();
	const members = [...roots.keys()].filter((at) => at % 6 < 3);
	const compare = () => members.map((a) => members.map((b) => index.mayBeSimilar(a, b)));
	const before = compare();
	expect(before.flat().filter(Boolean).length).toBeGreaterThan(members.length);
	index.keepOnly((at) => at % 6 < 3);
	expect(compare()).toEqual(before);
});
