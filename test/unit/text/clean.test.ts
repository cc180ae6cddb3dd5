import fc from 'fast-check';
import { cleanText } from '../../../lib/text/clean';
import { withoutHanging } from '../../support/withoutHanging';

test.each<[string, string, string]>([
	['line ends', 'a\r\nb\rc\u2028d\u2029e\ff', 'a\nb\nc\nd\ne\nf'],
	['a carriage return that something invisible parts from its line feed', 'a\r\u200b\nb', 'a\nb'],
	['hard and narrow spaces', 'a\u00a0b\u202fc\u2009d', 'a b c d'],
	['what cannot be seen', 'a\u200bb\ufeffc\u00add\u2060e\u200ef\u0000g', 'abcdefg'],
	['spaces at line ends', 'a  \nb\t\n', 'a\nb'],
	['empty lines', '\n\na\n \n\n\nb\n\n', 'a\n\nb'],
	['quotes of Windows', '\u0093a\u0094 \u0096 \u0085', '“a” – …'],
	['half of an emoji', 'a\ud83d', 'a\ufffd'],
	['joiners in emoji and Persian', '👩🏽‍💻 می‌خواهم', '👩🏽‍💻 می‌خواهم'],
	['the space of Japanese', 'あ\u3000い', 'あ\u3000い'],
	['tabs in code', '```\n\tx\n```', '```\n\tx\n```'],
])('%s', (_, text, cleaned) => {
	expect(cleanText(text)).toBe(cleaned);
});

const nasty = fc.string({
	unit: fc.constantFrom(
		...'ab \t\r\n\f\u0000\u0085\u0093\u00a0\u00ad\u200b\u200d\u200e\u2028\ufeff\ud83d\ude00',
	),
});

test('cleaning twice changes nothing more', () => {
	fc.assert(
		fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
			expect(cleanText(cleanText(text))).toBe(cleanText(text));
		}),
		{ numRuns: 500 },
	);
});

test('no visible character is lost', () => {
	const visible = (text: string) => text.replace(/[^a-z0-9ä漢😀]/gu, '');
	const words = fc.string({ unit: fc.constantFrom(...[...'az09ä漢😀 \n\t\u00a0\u200b\r']) });
	fc.assert(fc.property(words, (text) => expect(visible(cleanText(text))).toBe(visible(text))));
});

test('a megabyte of spaces takes no more than a moment', () => {
	withoutHanging(() => {
		expect(cleanText(`a${' '.repeat(1_000_000)}b`)).toHaveLength(1_000_002);
	});
});
