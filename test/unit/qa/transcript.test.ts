import fc from 'fast-check';
import { withoutHanging } from '../../support/withoutHanging';

import { cutInTheMiddle } from '../../../lib/qa/cut';
import { dialogueOf, hasAnswer } from '../../../lib/qa/dialogue';
import { transcriptOf } from '../../../lib/qa/transcript';
import { isWellFormed } from '../../../lib/dataset/wellFormed';
import { source } from './support';

const said = (text: string, more: object = {}) => ({
	from: 'agent' as const,
	public: true,
	text,
	...more,
});

describe('transcriptOf', () => {
	it('marks who said what and when', () => {
		const { text } = transcriptOf(
			{ title: 'A\nB', status: 'Done' },
			[
				said('one', { from: 'requester', createdAt: '2026-01-02T03:04:05.000Z' }),
				said('two', { public: false }),
				said('three', { isResolution: true, createdAt: 'now" onload="x' }),
			],
			1000,
		);
		expect(text).toBe(
			[
				'<ticket_data>',
				'<ticket_title>A B</ticket_title>',
				'<ticket_status>Done</ticket_status>',
				'<ticket_message from="requester" at="2026-01-02T03:04:05.000Z">\none\n</ticket_message>',
				'<ticket_message from="agent" kind="internal note">\ntwo\n</ticket_message>',
				'<ticket_message from="agent" kind="resolution">\nthree\n</ticket_message>',
				'</ticket_data>',
			].join('\n'),
		);
	});

	it('never lets a ticket end its marks', () => {
		const piece = fc.constantFrom(
			'<',
			'/',
			' ',
			'\n',
			'ticket_',
			'TICKET_data',
			'>',
			'message',
			'\u200b',
		);
		const hostile = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(hostile, hostile, hostile, (title, status, text) => {
				const transcript = transcriptOf({ title, status }, [said(text)], 10_000).text;
				const marks = transcript.match(/<[\s\u200b]{0,8}\/?[\s\u200b]{0,8}ticket_/gi) ?? [];
				const ours = (title ? 2 : 0) + (status ? 2 : 0) + 4;
				expect(marks).toHaveLength(ours);
				expect(transcript.endsWith('\n</ticket_data>')).toBe(true);
			}),
		);
	});

	it.each([
		['<', '<'.repeat(1_000_000)],
		['marks', '</ticket_message>'.repeat(60_000)],
		['spaces', `<${' '.repeat(1_000_000)}/ticket_data>`],
		['open marks with spaces', '<        /        '.repeat(55_000)],
		['halves of emoji', '\ud83d'.repeat(1_000_000)],
	])('takes 1 MB of %s in no time', (_what, text) => {
		withoutHanging(() =>
			transcriptOf({ title: text, status: text }, [said(text), said(text)], 2_000_000),
		);
	});
});

describe('cutInTheMiddle', () => {
	it('keeps the first and the last characters, and says how many are missing', () => {
		const row = ['0123456789', 'abcdefghij', 'ABCDEFGHIJ', 'tail'].map((text) => ({ text }));
		const { parts, leftOutCharacters } = cutInTheMiddle(row, 12);
		expect(parts).toEqual([
			{ of: row[0], text: '012345' },
			{ gap: 22 },
			{ of: row[2], text: 'IJ' },
			{ of: row[3], text: 'tail' },
		]);
		expect(leftOutCharacters).toBe(22);
	});

	it('never keeps more than allowed, nor half a character, nor loses count', () => {
		const text = fc.string({ unit: fc.constantFrom('a', '😀', 'é', '漢'), maxLength: 30 });
		fc.assert(
			fc.property(
				fc.array(text, { maxLength: 8 }),
				fc.integer({ min: -1, max: 200 }),
				(texts, max) => {
					const row = texts.map((one) => ({ text: one }));
					const { parts, leftOutCharacters } = cutInTheMiddle(row, max);
					const kept = parts.map((part) => ('gap' in part ? '' : part.text)).join('');
					const gaps = parts.reduce((sum, part) => sum + ('gap' in part ? part.gap : 0), 0);
					const all = texts.join('');
					expect(kept.length + leftOutCharacters).toBe(all.length);
					expect(gaps).toBe(leftOutCharacters);
					// One character more where a cut would have gone through an emoji.
					expect(kept.length).toBeLessThanOrEqual(Math.max(0, max) + 1);
					expect(isWellFormed(kept)).toBe(true);
					if (all.length <= max) expect(kept).toBe(all);
				},
			),
		);
	});
});

describe('dialogueOf', () => {
	it('has everything once, in order', () => {
		const dialogue = dialogueOf(
			source({
				question: 'Why?',
				resolutionText: 'Because',
				messages: [
					['requester', 'Why? '],
					['agent', 'hm', false],
					['system', 'closed'],
					['agent', ' '],
				],
			}),
			{ internalNotes: false },
		);
		expect(dialogue.map(({ from, text, isResolution }) => [from, text, isResolution])).toEqual([
			['requester', 'Why?', undefined],
			['system', 'closed', undefined],
			['agent', 'Because', true],
		]);
	});

	it('knows answers from notes', () => {
		const noted = source({ question: 'Why?', messages: [['agent', 'hm', false]] });
		expect(hasAnswer(dialogueOf(noted, { internalNotes: true }))).toBe(false);
		const answered = source({ question: 'Why?', resolutionText: 'So' });
		expect(hasAnswer(dialogueOf(answered, { internalNotes: false }))).toBe(true);
	});
});
