import { parseTranscript } from '../../../lib/text/transcript';
import { TICKETS } from '../../../sandbox/tickets/samples';
import { withoutHanging } from '../../support/withoutHanging';

test('who said what, when', () => {
	expect(
		parseTranscript(
			'(10:02:11) Jane Doe: Hi: a question\r\n\r\n(10:02:40 PM) Bot 2: Yes?\nmore\n(9:05) Jane Doe:',
		),
	).toEqual([
		{ time: '10:02:11', author: 'Jane Doe', text: 'Hi: a question' },
		{ time: '10:02:40 PM', author: 'Bot 2', text: 'Yes?\nmore' },
		{ time: '9:05', author: 'Jane Doe', text: '' },
	]);
});

test('what stands above stays', () => {
	expect(parseTranscript('Conversation with Jane\n\n(10:02) Jane: a\n(10:03) Bot: b')?.[0]).toEqual(
		{
			time: '',
			author: '',
			text: 'Conversation with Jane',
		},
	);
});

test.each([
	'',
	'Hello',
	'(10:02) Jane: only one line',
	'(see above) Jane: a\n(10:02:11) no colon\n10:02 Jane: x',
])('%j is no transcript', (text) => {
	expect(parseTranscript(text)).toBeUndefined();
});

test('the chat of the samples', () => {
	const chat = TICKETS.find(({ traits }) => traits?.includes('transcript'));
	const said = parseTranscript(chat?.messages[0].body ?? '');
	expect(said?.map(({ author }) => author)).toEqual([
		'Grace Nwosu',
		'Priya Raman',
		'Priya Raman',
		'Grace Nwosu',
		'Priya Raman',
		'Grace Nwosu',
	]);
	expect(said?.[2].text).toBe(
		'For PDFs look for "PDF Workbench" there.\nIt cuts, joins and turns pages.',
	);
});

test.each(['(10:02) a', '(10:02) a: b\n', '(', ':'])('a megabyte of %j', (piece) => {
	withoutHanging(() => {
		parseTranscript(piece.repeat(1_000_000 / piece.length));
	});
});
