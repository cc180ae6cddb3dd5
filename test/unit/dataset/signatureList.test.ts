import { normaliseText } from '../../../lib/dataset/normaliser';
import { ExactJaccard } from '../../../lib/dataset/quality/jaccard';
import { SignatureList } from '../../../lib/dataset/signatureList';
import { BINS } from '../../../lib/dataset/signature';
import { wordsOf } from './quality/support';

/** A text, and copies of it with more and more words changed. */
function copies(number: number): Buffer[] {
	const words = wordsOf(number, 80);
	return [0, 2, 5, 9, 14, 20].map((changed) =>
		normaliseText(words.map((word, at) => (at < changed ? `other${at}${number}` : word)).join(' ')),
	);
}

function listOf(texts: readonly Buffer[], leastAgreeing: number): SignatureList {
	const list = new SignatureList(leastAgreeing);
	texts.forEach((text, index) => list.set(index, text, text.length));
	return list;
}

describe('SignatureList', () => {
	test('the bins that agree tell the similarity, to 0.04 on average', () => {
		const jaccard = new ExactJaccard();
		const errors: number[] = [];
		for (let number = 0; number < 60; number++) {
			const texts = copies(number);
			const list = listOf(texts, 0);
			texts.forEach((text, index) =>
				errors.push(list.agreeing(0, index) / BINS - jaccard.similarity(texts[0], text)),
			);
		}
		const deviation = Math.sqrt(
			errors.reduce((sum, error) => sum + error * error, 0) / errors.length,
		);
		expect(deviation).toBeLessThan(0.045);
		expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(
			0.01,
		);
	});

	test('looking at a quarter and a half first changes next to nothing', () => {
		const texts = Array.from({ length: 25 }, (_, number) => copies(number)).flat();
		for (const least of [110, 100, 83, 60, 0]) {
			const list = listOf(texts, least);
			let agreeing = 0;
			let missed = 0;
			let wrong = 0;
			for (let a = 0; a < texts.length; a++)
				for (let b = 0; b < a; b++) {
					const areAlike = list.areAlike(a, b);
					if (list.agreeing(a, b) < least) wrong += areAlike ? 1 : 0;
					else {
						agreeing++;
						missed += areAlike ? 0 : 1;
					}
				}
			expect(wrong).toBe(0);
			expect(agreeing).toBeGreaterThan(0);
			expect(missed / agreeing).toBeLessThan(0.01);
		}
	});

	test('what is kept is compared as before', () => {
		const texts = copies(1).concat(copies(2));
		const list = listOf(texts, 70);
		const kept = [0, 2, 5, 6, 7, 11];
		const before = kept.map((a) => kept.map((b) => list.areAlike(a, b)));
		list.keepOnly(texts.length, (index) => kept.includes(index));
		expect(kept.map((a) => kept.map((b) => list.areAlike(a, b)))).toEqual(before);
		expect(before.flat()).toContain(true);
		expect(before.flat()).toContain(false);
	});

	test.each(['', 'a', 'abcd', 'abcde', 'wort'])(
		'a text as short as "%s" is like itself only',
		(text) => {
			const list = listOf(
				[text, text, `${text}x`, 'another one'].map((each) => Buffer.from(each)),
				83,
			);
			expect(list.areAlike(0, 1)).toBe(true);
			expect(list.areAlike(0, 3)).toBe(false);
		},
	);
});
