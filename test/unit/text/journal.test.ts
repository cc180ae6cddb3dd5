import { parseJournal, unwrapCode } from '../../../lib/text/journal';
import { withoutHanging } from '../../support/withoutHanging';

describe('parseJournal', () => {
	test('entries of comments and work notes, several lines each', () => {
		const blob = [
			'2026-01-02 10:00:00 - Jane Doe (Additional comments)',
			'It works.',
			'',
			'Thanks - Jane (Berlin)',
			'',
			'2026-01-01 09:30:15 - System Administrator (Work notes)',
			'Checked (twice).',
			'',
			'',
		].join('\r\n');
		expect(parseJournal(blob)).toEqual([
			{
				createdAt: '2026-01-02 10:00:00',
				author: 'Jane Doe',
				kind: 'Additional comments',
				text: 'It works.\n\nThanks - Jane (Berlin)',
			},
			{
				createdAt: '2026-01-01 09:30:15',
				author: 'System Administrator',
				kind: 'Work notes',
				text: 'Checked (twice).',
			},
		]);
	});

	test.each([
		['01-02-2026 10:00:00', 'Jane - the other one'],
		['02.01.2026 10:00', 'Jörg O’Neil'],
		['01/02/2026 10:00:00 AM', 'guest'],
		['2026/01/02 10:00:00 p.m.', ''],
	])('a date as %s', (createdAt, author) => {
		expect(parseJournal(`${createdAt} - ${author} (Kommentare)\nx`)).toEqual([
			{ createdAt, author, kind: 'Kommentare', text: 'x' },
		]);
	});

	test('text before the first entry and entries without text stay', () => {
		expect(parseJournal('loose\n2026-01-02 10:00:00 - J (Work notes)\n')).toEqual([
			{ createdAt: '', author: '', kind: '', text: 'loose' },
			{ createdAt: '2026-01-02 10:00:00', author: 'J', kind: 'Work notes', text: '' },
		]);
	});

	test('nothing', () => {
		expect(parseJournal('')).toEqual([]);
		expect(parseJournal('\n \n')).toEqual([]);
	});

	test.each(['2026-01-02 10:00:00 - ', '2026-01-02 10:00:00 - a (b)\n', '(', ' - '])(
		'a megabyte of %j',
		(piece) => {
			withoutHanging(() => {
				parseJournal(piece.repeat(1_000_000 / piece.length));
			});
		},
	);
});

describe('unwrapCode', () => {
	test.each<[string, string, string]>([
		[
			'HTML between text',
			'Hi,\n[code]<p>a <b>b</b></p><ul><li>c</li></ul>[/code]\nbye',
			'Hi,\n\na **b**\n\n- c\n\nbye',
		],
		['two pieces', '[code]<b>a</b>[/code][CODE]b<br>c[/Code]', '**a**\n\nb\nc'],
		['no end', 'a [code]<i>b</i>', 'a\n\n*b*'],
		['an end alone', 'a [/code] b', 'a [/code] b'],
		['no code', 'a < b', 'a < b'],
	])('%s', (_, text, expected) => {
		expect(unwrapCode(text)).toBe(expected);
	});

	test('quoted mails go, unless they are asked for', () => {
		const text = '[code]a<blockquote type="cite">b</blockquote>[/code]';
		expect(unwrapCode(text)).toBe('a');
		expect(unwrapCode(text, { stripQuotes: false })).toBe('a\n\n> b');
	});

	test('a megabyte of beginnings', () => {
		withoutHanging(() => {
			unwrapCode('[code]'.repeat(166_000));
		});
	});
});
