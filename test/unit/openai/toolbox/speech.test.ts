import fc from 'fast-check';

import { ApiError } from '../../../../lib/http/errors';
import type { Transport } from '../../../../lib/http/types';
import { speak, speakableParts, textFrom } from '../../../../lib/openai/toolbox/speech';
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

it('gives the text from a part on, as it stands there', () => {
	const text = ' One. One. \n\n One. Two. ';
	const parts = speakableParts(text, 8);
	expect(parts).toEqual(['One.', 'One.', 'One.', 'Two.']);
	expect(parts.map((_part, index) => textFrom(text, parts, index))).toEqual([
		'One. One. \n\n One. Two.',
		'One. \n\n One. Two.',
		'One. Two.',
		'Two.',
	]);
});

it('gives back all text that the parts before do not have', () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 200 });
	fc.assert(
		fc.property(text, fc.integer({ min: 2, max: 50 }), fc.nat(), (whole, limit, at) => {
			const parts = speakableParts(whole, limit);
			const index = at % (parts.length + 1);
			const rest = textFrom(whole, parts, index);
			expect(speakableParts(rest, limit).join('').replace(/\s/g, '')).toBe(
				parts.slice(index).join('').replace(/\s/g, ''),
			);
		}),
	);
});

it('says so when the sound breaks off', async () => {
	async function* broken() {
		yield Buffer.from('ID3');
		throw new Error('aborted');
	}
	const transport = (async () => ({
		status: 200,
		headers: { 'content-type': 'audio/mpeg' },
		data: broken(),
	})) as unknown as Transport;
	const sound = await speak(transport, 'Hello', { model: 'tts-1', voice: 'coral' });
	const heard: string[] = [];
	const failure = await (async () => {
		for await (const chunk of sound) heard.push(String(chunk));
	})().catch((error: unknown) => error);
	expect(heard).toEqual(['ID3']);
	expect(failure).toBeInstanceOf(ApiError);
	expect(failure).toMatchObject({
		details: { ambiguous: true, explanation: { message: 'The sound broke off before its end' } },
	});
});

it('is done with a megabyte at once', () => {
	const parts = withoutHanging(() => speakableParts('a'.repeat(2 ** 20)));
	expect(parts).toHaveLength(256);
});
