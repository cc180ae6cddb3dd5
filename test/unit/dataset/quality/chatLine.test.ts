import fc from 'fast-check';

import { normaliseText } from '../../../../lib/dataset/normaliser';
import { ChatLineReader } from '../../../../lib/dataset/quality/chatLine';
import { Deduplication } from '../../../../lib/dataset/quality/deduplicate';
import { RecordReader } from '../../../../lib/dataset/quality/recordText';
import { parseLine } from '../../../../lib/dataset/examples';
import { NASTY_LINES, siftText } from './support';

const COMPARE = ['both', 'question', 'answer'] as const;

/** What is compared, found by parsing; undefined for lines that hold no object. */
function parsed(line: string, compare: (typeof COMPARE)[number]): string | undefined {
	const { value } = parseLine(line);
	if (!value) return undefined;
	const { question, answer } = new RecordReader().read(value);
	const text = { question, answer, both: `${question}\n${answer}` }[compare];
	return normaliseText(text).toString('utf8');
}

function read(line: string | Buffer, compare: (typeof COMPARE)[number] = 'both') {
	const reader = new ChatLineReader(compare);
	if (!reader.read(Buffer.from(line))) return undefined;
	return Buffer.from(reader.text.bytes.subarray(0, reader.text.length)).toString('utf8');
}

const chat = (...messages: Array<[role: string, content: string]>) =>
	JSON.stringify({ messages: messages.map(([role, content]) => ({ role, content })) });

const PYTHON =
	'{"messages": [{"role": "system", "content": "Be kind"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]}';

describe('ChatLineReader', () => {
	test.each([
		['one question', chat(['system', 'S'], ['user', 'How?'], ['assistant', 'So.']), 'how so'],
		['Python', PYTHON, 'hi ho'],
		['a carriage return', `${PYTHON}\r`, 'hi ho'],
		[
			'two questions, both before the answers',
			chat(['user', 'Q1'], ['assistant', 'A1'], ['user', 'Q2'], ['assistant', 'A2']),
			'q1 q2 a1 a2',
		],
		['a developer, no answer', chat(['developer', 'D'], ['user', 'Q']), 'q'],
		['nothing to see', chat(['user', ''], ['assistant', '\n']), ''],
	])('reads %s', (_, line, text) => {
		expect(read(line)).toBe(text);
		for (const compare of COMPARE) expect(read(line, compare)).toBe(parsed(line, compare));
	});

	test.each([
		['no messages', '{"messages":[]}'],
		['another key', '{"messages":[{"role":"user","content":"Q"}],"id":1}'],
		['another key in a message', '{"messages":[{"role":"user","content":"Q","name":"n"}]}'],
		['a key twice', '{"messages":[{"role":"user","content":"Q","content":"R"}]}'],
		['another order', '{"messages":[{"content":"Q","role":"user"}]}'],
		['a role of a ticket', '{"messages":[{"role":"agent","content":"Q"}]}'],
		['a tool', '{"messages":[{"role":"tool","content":"Q"}]}'],
		['parts of content', '{"messages":[{"role":"user","content":[{"type":"text","text":"Q"}]}]}'],
		['no content', '{"messages":[{"role":"user","content":null}]}'],
		['a cut line', PYTHON.slice(0, -1)],
		['something behind it', `${PYTHON}{}`],
		['a comma too many', PYTHON.replace(']}', ',]}')],
		['an escaped role', PYTHON.replace('"user"', '"\\u0075ser"')],
		['nothing', ''],
	])('leaves %s to the parser', (_, line) => expect(read(line)).toBeUndefined());

	test.each(NASTY_LINES)('says nothing else than the parser about %s', (_, line) => {
		for (const compare of COMPARE) {
			const found = read(line, compare);
			expect(found ?? parsed(line, compare)).toBe(parsed(line, compare));
		}
	});

	test('never takes a line that is not what it seems, wherever it is damaged', () => {
		const lines = [PYTHON, chat(['user', 'Größe "1"\n'], ['assistant', 'Ja\\n 👍']), PYTHON];
		fc.assert(
			fc.property(
				fc.constantFrom(...lines),
				fc.nat(),
				fc.nat(3),
				fc.uint8Array({ maxLength: 3 }),
				(line, place, removed, added) => {
					const bytes = Buffer.from(line);
					const at = place % bytes.length;
					const damaged = Buffer.concat([
						bytes.subarray(0, at),
						added,
						bytes.subarray(Math.min(bytes.length, at + removed)),
					]);
					const found = read(damaged);
					if (found === undefined || damaged.includes(0x0a)) return;
					expect(Buffer.from(damaged.toString('utf8')).equals(damaged)).toBe(true);
					expect(found).toBe(parsed(damaged.toString('utf8'), 'both'));
				},
			),
			{ numRuns: 5000 },
		);
	});

	test('a file gives the same whether its lines are parsed or not', async () => {
		const plain = [
			chat(['user', 'How do I reset my password?'], ['assistant', 'Click on Forgot.']),
			chat(['user', 'The printer is jammed again'], ['assistant', 'Open the lid.']),
			chat(['user', 'how do I reset  my PASSWORD'], ['assistant', 'click on "Forgot"']),
			'',
			'{"messages":',
			chat(['user', 'Größe…'], ['assistant', 'e\u0301']),
			chat(['user', 'größe...'], ['assistant', '\u00e9']),
		];
		const [judge, parsing] = [new Deduplication(), new Deduplication()];
		Object.assign(parsing, { addLine: undefined });
		const first = await siftText(plain.join('\n'), judge);
		const second = await siftText(plain.join('\n'), parsing);
		expect(first.leftOut.map(({ line }) => line)).toEqual([3, 5, 7]);
		expect(first.leftOut).toEqual(second.leftOut);
		expect(first.kept).toEqual(second.kept);
		expect(judge.report()).toEqual(parsing.report());
		expect(first.sifted.findings).toEqual(second.sifted.findings);
	});
});
