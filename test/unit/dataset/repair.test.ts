import fc from 'fast-check';
import { gzipSync } from 'zlib';
import { repairJsonl, type RepairOptions } from '../../../lib/dataset/repair';
import { validateJsonl } from '../../../lib/dataset/validator';

const CHAT = '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}';
const OTHER =
	'{"messages":[{"role":"user","content":"Wo?"},{"role":"assistant","content":"Köln 🏙"}]}';
const PRETTY = JSON.stringify(JSON.parse(CHAT), null, 2);

async function repair(input: string | Buffer, options: RepairOptions = {}, chunkBytes = 7) {
	const bytes = Buffer.from(input as string);
	function* chunks() {
		for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
	}
	const { output, report } = repairJsonl(chunks(), options);
	const blocks: Buffer[] = [];
	for await (const block of output) blocks.push(block);
	return { text: Buffer.concat(blocks).toString('utf8'), report: report() };
}

describe('a sound file', () => {
	test('keeps its bytes, spaces and escapes included', async () => {
		const file = `${CHAT}\n{ "messages": [ {"role":"user","content":"\\u00e9 \u2028"}, {"role":"assistant","content":"ok"} ] }\n`;
		const { text, report } = await repair(file);
		expect(text).toBe(file);
		expect(report).toMatchObject({
			examples: 2,
			mendedExamples: 0,
			mends: {},
			leftOut: 0,
			format: 'chat',
			lines: 2,
		});
	});

	test('an empty file gives an empty file', async () => {
		const { text, report } = await repair('');
		expect(text).toBe('');
		expect(report).toMatchObject({ examples: 0, leftOut: 0, lines: 0, bytes: 0, mends: {} });
	});
});

const MENDS: Array<
	[name: string, input: string | Buffer, output: string, mends: object, options?: RepairOptions]
> = [
	[
		'objects over several lines',
		`${PRETTY}\n${PRETTY}\n`,
		`${CHAT}\n${CHAT}\n`,
		{ several_lines: 2 },
	],
	[
		'objects over several lines without indentation',
		`${PRETTY.replace(/\n +/g, '\n')}\n`,
		`${CHAT}\n`,
		{ several_lines: 1 },
	],
	['an array on one line', `[${CHAT},${OTHER}]\n`, `${CHAT}\n${OTHER}\n`, { json_array: 1 }],
	[
		'a pretty-printed array',
		`${JSON.stringify([JSON.parse(CHAT), JSON.parse(OTHER)], null, '\t')}\n`,
		`${CHAT}\n${OTHER}\n`,
		{ json_array: 1, several_lines: 2 },
	],
	['a byte order mark', `\ufeff${CHAT}\n`, `${CHAT}\n`, { byte_order_mark: 1 }],
	['UTF-16 little-endian', Buffer.from(`\ufeff${OTHER}\n`, 'utf16le'), `${OTHER}\n`, { utf16: 1 }],
	[
		'UTF-16 big-endian',
		Buffer.from(`\ufeff${OTHER}\n`, 'utf16le').swap16(),
		`${OTHER}\n`,
		{ utf16: 1 },
	],
	['UTF-16 without a mark', Buffer.from(`${OTHER}\n`, 'utf16le'), `${OTHER}\n`, { utf16: 1 }],
	['gzip', gzipSync(`${CHAT}\n`), `${CHAT}\n`, { gzip: 1 }],
	['CR LF', `${CHAT}\r\n${OTHER}\r\n`, `${CHAT}\n${OTHER}\n`, { carriage_return: 2 }],
	['CR alone', `${CHAT}\r${OTHER}\n`, `${CHAT}\n${OTHER}\n`, { carriage_return: 1 }],
	[
		'a missing last newline',
		`${CHAT}\n${OTHER}`,
		`${CHAT}\n${OTHER}\n`,
		{ missing_last_newline: 1 },
	],
	['two objects on a line', `${CHAT} ${OTHER}\n`, `${CHAT}\n${OTHER}\n`, { several_on_a_line: 1 }],
	['commas between the lines', `${CHAT},\n${OTHER},\n`, `${CHAT}\n${OTHER}\n`, { stray_comma: 2 }],
	['trailing commas', `${CHAT.replace('"}]}', '",},],}')}\n`, `${CHAT}\n`, { trailing_comma: 1 }],
	[
		'smart quotes around keys',
		`${CHAT.replace(/"(messages|role|content)"/g, '“$1”')}\n`,
		`${CHAT}\n`,
		{ smart_quotes: 1 },
	],
	[
		'smart quotes everywhere',
		`${CHAT.replace(/"([^"]*)"/g, '“$1”')}\n`,
		`${CHAT}\n`,
		{ smart_quotes: 1 },
	],
	[
		"Python's repr",
		`{'messages': [{'role': 'user', 'content': 'It\\'s "on"', 'name': None, }, {'role': 'assistant', 'content': "don't"}]}\n`.replace(
			", 'name': None, ",
			'',
		),
		`{"messages":[{"role":"user","content":"It's \\"on\\""},{"role":"assistant","content":"don't"}]}\n`,
		{ single_quotes: 1 },
	],
	[
		'keys without quotes',
		`{messages:[{role:"user",content:"Hi"},{role:"assistant",content:"Hello"}]}\n`,
		`${CHAT}\n`,
		{ unquoted_key: 1 },
	],
	[
		'a raw line break in a text',
		`${CHAT.replace('Hello', 'Hello\r\nyou\tthere')}\n${CHAT}\n`,
		`${CHAT.replace('Hello', 'Hello\\nyou\\tthere')}\n${CHAT}\n`,
		{ raw_control_character: 1, several_lines: 1, carriage_return: 1 },
	],
	[
		'prompt and completion',
		'{"prompt":"Hi\\n\\n###\\n\\n","completion":" Hello"}\n',
		`${CHAT}\n`,
		{ prompt_completion_to_chat: 1 },
	],
	[
		'prompt and completion, kept',
		'{"prompt":"Hi","completion":" Hello"}\n',
		'{"prompt":"Hi","completion":" Hello"}\n',
		{},
		{ promptCompletionToChat: false },
	],
	[
		'old names of the DPO outputs',
		'{"input":{"messages":[{"role":"user","content":"Hi"}]},"preferred_completion":[{"role":"assistant","content":"A"}],"non_preferred_completion":[{"role":"assistant","content":"B"}]}\n',
		'{"input":{"messages":[{"role":"user","content":"Hi"}]},"preferred_output":[{"role":"assistant","content":"A"}],"non_preferred_output":[{"role":"assistant","content":"B"}]}\n',
		{ old_output_name: 1 },
	],
	[
		'unknown keys',
		'{"id":7,"messages":[{"role":"user","content":"Hi","time":1},{"role":"assistant","content":"Hello"}],"__proto__":{"x":1}}\n',
		`${CHAT}\n`,
		{ unknown_key: 1 },
	],
	[
		'the spelling of a role',
		CHAT.replace('"user"', '" User"'),
		`${CHAT}\n`,
		{ role_spelling: 1, missing_last_newline: 1 },
	],
	[
		'half an emoji',
		`${CHAT.replace('Hello', 'Hello\\ud83d')}\n`,
		`${CHAT}\n`,
		{ lone_surrogate: 1 },
	],
	[
		'HTML on request',
		`${CHAT.replace('Hello', 'a &amp;lt; b &#x27;&eacute;&#39; &nope;')}\n`,
		`${CHAT.replace('Hello', "a &lt; b 'é' &nope;")}\n`,
		{ html_escaped: 1 },
		{ unescapeHtml: true },
	],
	[
		'HTML around the JSON itself',
		`${CHAT.replace(/"/g, '&quot;')}\n`,
		`${CHAT}\n`,
		{ html_escaped: 1 },
		{ unescapeHtml: true },
	],
];

describe('mends', () => {
	test.each(MENDS)('%s', async (_name, ...[input, output, mends, options]) => {
		for (const chunkBytes of [1, 7, 1e6]) {
			const { text, report } = await repair(input, options, chunkBytes);
			expect(text).toBe(output);
			expect(report.mends).toEqual(mends);
			expect(report).toMatchObject({ leftOut: 0, findings: [] });
		}
	});

	test('are listed by line, up to a limit', async () => {
		const { report } = await repair(`${CHAT}\n${CHAT},\n${PRETTY}\n${CHAT.replace('}]', ',}]')}`, {
			maxMends: 2,
		});
		expect(report.mendList).toEqual([
			{ line: 3, kind: 'several_lines' },
			{ line: 15, kind: 'trailing_comma' },
		]);
		expect(report.mendsNotListed).toBe(2);
	});

	test('leave a text with HTML in it alone unless asked', async () => {
		const file = `${CHAT.replace('Hello', '&lt;b&gt;')}\n`;
		expect((await repair(file)).text).toBe(file);
	});
});

const LEFT_OUT: Array<[name: string, line: string, code: string]> = [
	['a missing closing bracket', CHAT.slice(0, -1), 'json_truncated'],
	['an unclosed text', CHAT.replace('Hello"', 'Hello'), 'json_truncated'],
	['a missing comma', CHAT.replace('"user",', '"user"'), 'json_missing_comma'],
	['NaN', CHAT.replace('}]', ',"weight":NaN}]'), 'json_not_a_number'],
	[
		'a key given twice',
		CHAT.replace('"content":"Hello"', '"content":"a","content":"b"'),
		'duplicate_key',
	],
	['a misspelt key', CHAT.replace('"content":"Hello"', '"contnet":"Hello"'), 'unknown_message_key'],
	['no assistant', '{"messages":[{"role":"user","content":"Hi"}]}', 'missing_assistant_message'],
	[
		'another format than the file',
		'{"input":{"messages":[{"role":"user","content":"Hi"}]},"preferred_output":[{"role":"assistant","content":"A"}],"non_preferred_output":[{"role":"assistant","content":"B"}]}',
		'mixed_formats',
	],
	['plain text', 'hello there', 'json_unexpected'],
	[
		'digits that would be lost',
		'{"messages":[{"role":"user","content":"Hi","time":1}],"id":1234567890123456789012345}',
		'inexact_number',
	],
];

describe('what would take guessing', () => {
	test.each(LEFT_OUT)('%s is kept out and reported', async (_name, line, code) => {
		const { text, report } = await repair(`${OTHER}\n${line}\n${CHAT}\n`);
		expect(text).toBe(`${OTHER}\n${CHAT}\n`);
		expect(report.leftOut).toBe(1);
		expect(report.leftOutList).toEqual([
			expect.objectContaining({ line: 2, lastLine: 2, text: line }),
		]);
		expect(report.leftOutList[0].findings.map((finding) => finding.code)).toContain(code);
	});

	test('bytes that are not UTF-8', async () => {
		const bad = Buffer.from(CHAT.replace('Hello', 'caf\u00e9'), 'latin1');
		const { text, report } = await repair(Buffer.concat([bad, Buffer.from(`\n${CHAT}\n`)]));
		expect(text).toBe(`${CHAT}\n`);
		expect(report.leftOutList[0].findings[0].code).toBe('invalid_utf8');
	});

	test('a broken object over several lines is one left-out piece and costs no other example', async () => {
		const broken = PRETTY.replace('"Hi"', '"Hi');
		const { text, report } = await repair(`${PRETTY}\n${broken}\n${OTHER}\n`);
		expect(text).toBe(`${CHAT}\n${OTHER}\n`);
		expect(report).toMatchObject({ leftOut: 1, leftOutList: [{ line: 13, lastLine: 24 }] });
	});

	test('pieces beyond the limit are counted, not listed', async () => {
		const { report } = await repair(`${`nope\n`.repeat(5)}`, { maxLeftOut: 2 });
		expect(report).toMatchObject({ leftOut: 5, leftOutNotListed: 3 });
		expect(report.leftOutList).toHaveLength(2);
	});

	test('an object beyond the size limit', async () => {
		const long = CHAT.replace('Hello', 'x'.repeat(5000));
		const { text, report } = await repair(`${long}\n${CHAT}\n`, { maxLineBytes: 1000 }, 300);
		expect(text).toBe(`${CHAT}\n`);
		expect(report.leftOutList[0]).toMatchObject({ line: 1, text: '' });
		expect(report.leftOutList[0].findings[0].code).toBe('line_too_long');
	});
});

describe('hostile input', () => {
	test('a hundred thousand levels of nesting', async () => {
		const { text, report } = await repair(
			`{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}\n${CHAT}\n`,
			{},
			65536,
		);
		expect(text).toBe(`${CHAT}\n`);
		expect(report.leftOutList[0].findings[0].code).toBe('too_deep');
	});

	test('deep nesting that only the relaxed reader would see', async () => {
		const { report } = await repair(`{a:${'['.repeat(3e4)}${']'.repeat(3e4)}}\n`, {}, 65536);
		expect(report.leftOut).toBe(1);
	});

	test('a gzip bomb is cut off', async () => {
		const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '));
		const { text, report } = await repair(bomb, {}, 65536);
		expect(text).toBe('');
		expect(report.findings.map(({ code }) => code)).toContain('gzip_too_large');
	});

	test('a gzip file that was cut off gives what it holds', async () => {
		const whole = gzipSync(`${CHAT}\n`.repeat(2000), { level: 0 });
		const { report } = await repair(whole.subarray(0, whole.length - 3000), {}, 65536);
		expect(report.findings.map(({ code }) => code)).toContain('gzip_damaged');
		expect(report.examples).toBeGreaterThan(1000);
	});

	test.each([
		['a workbook', Buffer.from('PK\x03\x04rest', 'latin1'), 'ZIP'],
		['a PDF', Buffer.from('%PDF-1.7'), 'PDF'],
		['zeros', Buffer.alloc(100), 'binary'],
		['gzip in gzip', gzipSync(gzipSync('x')), 'gzip file inside'],
		['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'UTF-32'],
	])('%s is named', async (_name, input, name) => {
		const { text, report } = await repair(input);
		expect(text).toBe('');
		expect(report.findings[0]).toMatchObject({
			code: 'not_a_text_file',
			message: expect.stringContaining(name),
		});
	});

	test('never throws, whatever is cut, doubled or inserted, and what it writes is valid', async () => {
		const token = fc.oneof(
			fc.constantFrom(
				'{',
				'}',
				'[',
				']',
				'"',
				"'",
				',',
				':',
				'\n',
				'\r',
				'\\',
				'“',
				'”',
				' ',
				'\u2028',
				CHAT,
				OTHER,
				PRETTY,
				'"messages"',
				'\ud83d',
				'__proto__',
			),
			fc.string({ maxLength: 5 }),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(token, { maxLength: 30 }),
				fc.integer({ min: 1, max: 50 }),
				async (tokens, chunkBytes) => {
					const file = tokens.join('');
					const { text, report } = await repair(file, { unescapeHtml: true }, chunkBytes);
					const checked = await validateJsonl([Buffer.from(text)], { minExamples: 0 });
					expect(checked.examples).toBe(report.examples);
					expect(checked.invalidExamples).toBe(0);
					// Splitting into chunks must not matter.
					expect((await repair(file, { unescapeHtml: true }, 1e6)).text).toBe(text);
					// A second run has nothing left to do.
					expect((await repair(text)).text).toBe(text);
				},
			),
			{ numRuns: 300 },
		);
	});
});
