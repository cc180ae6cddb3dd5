import fc from 'fast-check';

import { speakableParts } from '../../../../lib/openai/toolbox/speech';
import { withoutHanging } from '../../../support/withoutHanging';

it('cuts at paragraphs, sentences and words, in that order', () => {
	expect(speakableParts('One. Two.\n\nThree. Four.', 20)).toEqual(['One. Two.', 'Three. Four.']);
	expect(speakableParts('One two three. Four five', 20)).toEqual(['One two three.', 'Four five']);
	expect(speakableParts('one two three four five', 10)).toEqual(['one two', 'three', 'four five']);
	expect(speakableParts('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
	expect(speakableParts('  ', 4)).toEqual([]);
});

it('keeps every character but white space, within the limit, and cuts none in two', () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 200 });
	fc.assert(
		fc.property(text, fc.integer({ min: 2, max: 50 }), (whole, limit) => {
			const parts = speakableParts(whole, limit);
			expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
			expect(
				parts.every((part) => part.length <= limit && Buffer.from(part).toString() === part),
			).toBe(true);
		}),
	);
});

it('is done with a megabyte at once', () => {
	const parts = withoutHanging(() => speakableParts('a'.repeat(2 ** 20)));
	expect(parts).toHaveLength(256);
});
