import fc from 'fast-check';

import { SimilarityIndex, wordsOf } from '../../../sandbox/server/similarity';

describe('SimilarityIndex', () => {
	const index = new SimilarityIndex([
		'How do I reset my password?',
		'Where do I park my bicycle?',
		'密码怎么重置',
	]);

	it('finds the same text with a score of one', () => {
		const [near] = index.nearest('how do i RESET my password', 1);
		expect(near.index).toBe(0);
		expect(near.score).toBeCloseTo(1);
	});

	it('forgives endings and accents', () => {
		expect(index.nearest('resetting pàsswords', 1)[0].index).toBe(0);
	});

	it('reads scripts that do not part words', () => {
		expect(index.nearest('重置密码', 1)[0].index).toBe(2);
	});

	it('gives the nearest first, and nothing for what has nothing in common', () => {
		const near = index.nearest('Where do I reset it?', 9);
		expect(near.map(({ score }) => score)).toEqual(
			near.map(({ score }) => score).sort((a, b) => b - a),
		);
		expect(index.nearest('xyzzy', 3)).toEqual([]);
		expect(index.nearest('', 3)).toEqual([]);
		expect(new SimilarityIndex([]).nearest('a', 1)).toEqual([]);
	});

	it('scores between zero and one, whatever it reads', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ unit: 'binary' })),
				fc.string({ unit: 'binary' }),
				(texts, text) => {
					for (const { score } of new SimilarityIndex(texts).nearest(text, 5)) {
						expect(score).toBeGreaterThan(0);
						expect(score).toBeLessThanOrEqual(1);
					}
				},
			),
		);
	});

	it('keeps names of the object prototype apart', () => {
		const odd = new SimilarityIndex(['constructor __proto__', 'toString']);
		expect(odd.nearest('toString', 1)[0].index).toBe(1);
	});
});

describe('wordsOf', () => {
	it('parts words and numbers', () => {
		expect(wordsOf("Café no. 12's, né?")).toEqual(['cafe', 'no', '12', 's', 'ne']);
	});
});
