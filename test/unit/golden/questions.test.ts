import { readQuestions, readRecords, recordFromLine, recordLine } from '../../../lib/golden/file';
import { questionFrom, questionOf, withInstructions } from '../../../lib/golden/questions';

import { recordOf } from './records';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const system = { role: 'system', content: 'Be brief.' };
const file = (...lines: unknown[]) => [
	Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')),
];

describe('questionFrom', () => {
	it.each([
		[
			'a chat example',
			{ messages: [system, user('A'), assistant('1'), user('B'), assistant('2')] },
			4,
			'2',
		],
		['one without an answer', { messages: [user('A')] }, 1, undefined],
		[
			'a preference pair',
			{ input: { messages: [user('A')] }, preferred_output: [assistant('good')] },
			1,
			'good',
		],
		['question and answer', { question: 'A', answer: '1' }, 1, '1'],
		['prompt and completion', { prompt: 'A', completion: '1' }, 1, '1'],
	])('reads %s', (_what, value, messages, expected) => {
		const question = questionFrom(value);
		expect(question?.messages).toHaveLength(messages);
		expect(question?.expected).toBe(expected);
		expect(question?.id).toMatch(/^[0-9a-f]{16}$/);
	});

	it.each([[{}], [{ messages: [] }], [{ messages: [assistant('1')] }], [{ question: ' ' }]])(
		'finds none in %j',
		(value) => {
			expect(questionFrom(value)).toBeUndefined();
		},
	);

	it('knows a question by what is asked, not by its answer', () => {
		expect(questionFrom({ question: 'A', answer: '1' })?.id).toBe(questionOf('A', '2')?.id);
		expect(questionOf('A')?.id).not.toBe(questionOf('B')?.id);
	});

	it('knows the question of a record under other instructions', () => {
		expect(questionFrom({ ...recordOf('abc', 'x') })?.id).toBe('abc');
	});
});

it('puts instructions in the place of those that are there', () => {
	const messages = [system, user('A')] as never[];
	expect(withInstructions(messages, ' ')).toEqual(messages);
	expect(withInstructions(messages, 'New', 'developer')).toEqual([
		{ role: 'developer', content: 'New' },
		user('A'),
	]);
});

describe('files', () => {
	it('counts lines without a question and questions that come again', async () => {
		const read = await readQuestions(
			file({ question: 'A' }, { question: 'A' }, { note: 1 }, { messages: [{ role: 'alien' }] }),
			'the file',
		);
		expect(read).toMatchObject({ unusable: 2, repeated: 1 });
		expect(read.questions).toHaveLength(1);
	});

	it('reads back the records that it wrote, whatever is in them', async () => {
		const record = recordOf('a', 'line\u2028end "quoted"', { expected: 'x' });
		expect(recordLine(record)).not.toContain('\u2028');
		expect(recordFromLine(recordLine(record))).toEqual(record);
		const records = await readRecords([Buffer.from(`${recordLine(record)}\n`)], 'the file');
		expect([...records.keys()]).toEqual(['a']);
	});

	it.each([
		['questions', file({ question: 'A' }), 'Line 1 of the file is no record of a golden set'],
		['nothing', [Buffer.from('')], 'the file is empty'],
	])('refuses a file of %s', async (_what, source, message) => {
		await expect(readRecords(source, 'the file')).rejects.toThrow(message);
	});

	it('takes figures of another kind as not known', () => {
		const line = JSON.stringify({ ...recordOf('a', 'x'), latency_ms: 'fast', usage: 7 });
		expect(recordFromLine(line)).toMatchObject({ latency_ms: null, usage: null });
	});
});
