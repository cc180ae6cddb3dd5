import fc from 'fast-check';
import { validateJsonl, type ValidateOptions } from '../../../lib/dataset/validator';
import { countExampleTokens } from '../../../lib/tokens/examples';
import type { Finding, JsonObject } from '../../../lib/dataset/types';
import { FILE_RULES } from '../../../lib/dataset/rules/file';
import {
	chunked,
	GOOD,
	jsonl,
	PAIR,
	PLAIN,
	PREFERENCE,
	REINFORCEMENT,
	utf8,
	WITH_IMAGES,
	WITH_TOOLS,
	withChange,
} from './support/samples';

const validate = (content: string | Uint8Array, options?: ValidateOptions, cuts?: number[]) =>
	validateJsonl(chunked(typeof content === 'string' ? utf8(content) : content, cuts), options);

const codes = (findings: readonly Finding[]) =>
	findings.map(({ code, line }) => (line ? `${line} ${code}` : code));

const fifty = jsonl(PLAIN, 50);

describe('validateJsonl', () => {
	test.each(Object.entries(GOOD))('a good file of %s has no errors', async (_, example) => {
		const report = await validate(jsonl(example, 50));
		expect(report).toMatchObject({
			valid: true,
			examples: 50,
			invalidExamples: 0,
			lines: 50,
			errors: 0,
		});
		const expected = example === PAIR ? ['legacy_format'] : [];
		expect(codes(report.findings)).toEqual(expected);
	});

	test('reports what is in the file', async () => {
		const report = await validate(fifty, {
			countTokens: countExampleTokens,
			model: 'gpt-4o-mini-2024-07-18',
		});
		const tokens = countExampleTokens(PLAIN as never);
		expect(tokens).toBeGreaterThan(20);
		expect(report).toMatchObject({
			format: 'chat',
			bytes: utf8(fifty).length,
			tokens: {
				total: 50 * tokens,
				billed: 50 * tokens,
				min: tokens,
				mean: tokens,
				p95: tokens,
				max: tokens,
				overLimit: 0,
			},
			epochs: 3,
			cost: { trainedTokens: 150 * tokens, currency: 'USD', amount: expect.any(Number) },
			findings: [],
			findingsLeftOut: 0,
		});
	});

	test('takes epochs and prices that are given', async () => {
		const prices = { currency: 'EUR', note: 'own', source: 'contract', rows: [] };
		const report = await validate(fifty, {
			countTokens: () => 100,
			epochs: 4,
			model: 'own-model',
			prices: { ...prices, rows: [{ model: 'own-model', training: 2 }] } as never,
		});
		expect(report).toMatchObject({ epochs: 4, tokens: { total: 5000 } });
	});

	test('names line, path and remedy of each thing that is wrong', async () => {
		const lines = fifty.split('\n');
		lines[2] = '{"messages": [}';
		lines[6] = JSON.stringify(withChange(PLAIN, ['messages', 1, 'role'], 'human'));
		lines[9] = '';
		lines[10] = ' ';
		lines[20] = JSON.stringify(PREFERENCE);
		const report = await validate(lines.join('\n'));
		expect(codes(report.findings)).toEqual([
			'few_examples',
			'instructions_in_some_examples',
			'3 json_unexpected',
			'7 unknown_role',
			'7 missing_user_message',
			'10 blank_line',
			'21 mixed_formats',
		]);
		expect(report.findings[3]).toEqual({
			severity: 'error',
			code: 'unknown_role',
			line: 7,
			path: 'messages[1].role',
			message:
				'Message 2 has the role "human"; roles are system, developer, user, assistant, tool, function.',
			fix: 'Write “user” instead.',
		});
		expect(report.findings[5].message).toBe('Lines 10 to 11 are empty.');
		expect(report).toMatchObject({ valid: false, examples: 48, invalidExamples: 3, lines: 50 });
	});

	test('shows each line to the caller, with its findings', async () => {
		const seen: Array<[number, string[], boolean]> = [];
		await validate(`${jsonl(PLAIN, 1)}{\n${jsonl(WITH_TOOLS, 1)}`, {
			onExample: (value, line, findings, text) => {
				seen.push([line, findings.map(({ code }) => code), value !== undefined]);
				expect(text).not.toBe('');
			},
		});
		expect(seen).toEqual([
			[1, [], true],
			[2, ['json_truncated'], false],
			[3, [], true],
		]);
	});

	test('waits for the caller before it reads on', async () => {
		let open = 0;
		let most = 0;
		let done = 0;
		await validate(jsonl(PLAIN, 5000), {
			onExample: async () => {
				most = Math.max(most, ++open);
				await Promise.resolve();
				open--;
				done++;
			},
		});
		expect(done).toBe(5000);
		expect(most).toBeLessThan(3000);
	});

	test('lists findings up to the limit, of each code at least one, and counts all', async () => {
		const bad = jsonl(withChange(PLAIN, ['messages', 2, 'content'], ''), 500);
		const report = await validate(`${bad}{"messages": 1}\n${bad}`, { maxFindings: 10 });
		expect(report.findings).toHaveLength(10);
		expect(report.findings.map(({ code }) => code)).toContain('missing_messages');
		expect(report.counts).toEqual({
			empty_content: 1000,
			missing_messages: 1,
			instructions_in_some_examples: 1,
		});
		expect(report.findingsLeftOut).toBe(992);
		expect(report.errors).toBe(1001);
	});

	test('cannot be stopped from cancelling', async () => {
		const signal = AbortSignal.abort(new Error('cancelled'));
		await expect(validate(fifty, { signal })).rejects.toThrow('cancelled');
	});
});

describe('formats', () => {
	test('auto: the first example decides', async () => {
		const mixed = await validate(jsonl(REINFORCEMENT, 10) + jsonl(PLAIN, 1));
		expect(mixed.format).toBe('rft');
		expect(codes(mixed.findings)).toContain('11 last_message_not_user');
	});

	test('a reinforcement file that was asked for may be without references', async () => {
		const bare = withChange(REINFORCEMENT, ['reference_answer'], undefined);
		const report = await validate(jsonl(bare, 50), { format: 'rft' });
		expect(report).toMatchObject({ valid: true, counts: { no_reference: 50 } });
		expect((await validate(jsonl(bare, 50))).counts).toMatchObject({
			missing_assistant_message: 50,
		});
	});

	test('asked for chat, a file of pairs is refused', async () => {
		const report = await validate(jsonl(PAIR, 12), { format: 'chat' });
		expect(report.counts).toMatchObject({ unexpected_format: 12 });
	});

	test('reinforcement jobs have no price by the token', async () => {
		const report = await validate(jsonl(REINFORCEMENT, 50), {
			countTokens: () => 10,
			model: 'gpt-4o-mini-2024-07-18',
		});
		expect(report.epochs).toBe(3);
		expect(report.cost).toBeUndefined();
	});
});

describe('rules for the whole file', () => {
	const cases: Array<[string, string | Buffer, ValidateOptions?]> = [
		['too_few_examples', jsonl(PLAIN, 9)],
		['few_examples', jsonl(PLAIN, 49)],
		['images_in_some_examples', jsonl(PLAIN, 30) + jsonl(WITH_IMAGES, 30)],
		['instructions_in_some_examples', jsonl(PLAIN, 30) + jsonl(WITH_TOOLS, 30)],
		['legacy_format', jsonl(PAIR, 60)],
		['byte_order_mark', `\ufeff${fifty}`],
		['windows_line_ends', fifty.replaceAll('\n', '\r\n')],
		['missing_last_line_feed', fifty.trimEnd()],
		['blank_line', `${fifty}\n\n`],
	];

	test.each(cases)('%s', async (code, content) => {
		expect(codes((await validate(content)).findings)).toContain(
			code === 'blank_line' ? '51 blank_line' : code,
		);
		expect(codes((await validate(fifty)).findings)).toEqual([]);
	});

	const facts = {
		format: 'chat' as const,
		bytes: 1000,
		examples: 100_000,
		imageExamples: 0,
		withInstructions: 100_000,
		withoutInstructions: 0,
		byteOrderMark: false,
		windowsLines: 0,
		endedWithLineFeed: true,
		minExamples: 10,
	};

	test.each([
		['file_over_request_limit', { bytes: 512e6 + 1 }, '512 MB; the Files API takes at most 512 MB'],
		['file_over_upload_limit', { bytes: 8e9 + 1 }, '8.0 GB; OpenAI takes at most 8 GB'],
		[
			'too_many_image_examples',
			{ imageExamples: 50_001 },
			'50,001 examples have images; 50,000 are allowed',
		],
	])('%s', (code, change, words) => {
		const rule = FILE_RULES.find((one) => one.code === code);
		expect(rule?.check({ ...facts, ...change })?.[0]).toContain(words);
		expect(rule?.check(facts)).toBeUndefined();
	});

	test('are all tried here', () => {
		const tried = [
			...cases.map(([code]) => code),
			'file_over_request_limit',
			'file_over_upload_limit',
			'too_many_image_examples',
		];
		expect(FILE_RULES.map(({ code }) => code).filter((code) => !tried.includes(code))).toEqual([]);
	});

	test('the fewest examples can be set', async () => {
		expect((await validate(jsonl(PLAIN, 3), { minExamples: 3 })).valid).toBe(true);
		expect((await validate(jsonl(PLAIN, 12), { minExamples: 20 })).findings[0].message).toBe(
			'There are 12 examples; at least 20 are needed.',
		);
	});

	test('counts examples with images', async () => {
		expect((await validate(jsonl(WITH_IMAGES, 11))).imageExamples).toBe(11);
	});
});

describe('tokens', () => {
	test('are those of good examples; too long ones are errors and charged up to the limit', async () => {
		const counts = [10, 20, 30, 4000, 50];
		let next = 0;
		const report = await validate(jsonl(PLAIN, 5) + jsonl({ messages: [] }, 1), {
			countTokens: () => counts[next++],
			tokenLimit: 1000,
			minExamples: 1,
		});
		expect(report.tokens).toEqual({
			total: 4110,
			billed: 1110,
			min: 10,
			mean: 822,
			p95: 4000,
			max: 4000,
			overLimit: 1,
		});
		expect(codes(report.findings)).toContain('4 too_many_tokens');
		expect(report.invalidExamples).toBe(2);
	});

	test('the limit is that of the model', async () => {
		const over = async (model: string) => {
			const report = await validate(fifty, { model, countTokens: () => 20_000 });
			return report.counts.too_many_tokens ?? 0;
		};
		expect(await over('ft:gpt-3.5-turbo-0125:org::id')).toBe(50);
		expect(await over('gpt-4.1-mini-2025-04-14')).toBe(0);
	});
});

describe('hostile files', () => {
	const cases: Array<[string, string | Uint8Array, string]> = [
		['an empty file', '', 'empty_file'],
		['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'file_is_gzip'],
		['a ZIP archive or workbook', utf8('PK\x03\x04rest'), 'file_is_zip'],
		['UTF-16 with a mark', Buffer.from(`\ufeff${fifty}`, 'utf16le'), 'file_is_utf16le'],
		['UTF-16 without one', Buffer.from(fifty, 'utf16le'), 'file_is_utf16le'],
		['a PDF', utf8('%PDF-1.7\n...'), 'file_is_binary'],
		['a JSON array', `[${fifty.trimEnd().replaceAll('\n', ',\n')}]`, 'file_is_json_array'],
		[
			'pretty-printed JSON',
			`${JSON.stringify(PLAIN, null, 2)}\n`.repeat(20),
			'file_is_pretty_json',
		],
		[
			'JSON with one message a line',
			fifty.replaceAll('[{', '[\n{').replaceAll('},{', '},\n{'),
			'file_is_pretty_json',
		],
		['a table', 'question,answer\n"Where, exactly?",Here\n', 'file_is_csv'],
		['a web page', '<!DOCTYPE html><html><body>Log in</body></html>', 'file_is_html'],
		['CR for line ends', fifty.replaceAll('\n', '\r'), 'file_is_cr_only'],
		['nothing but blank lines', '\n\n \n', 'too_few_examples'],
		['nothing but a byte order mark', '\ufeff', 'too_few_examples'],
		['a truncated last line', fifty + fifty.slice(0, 90), '51 truncated_last_line'],
		['a truncated line in between', `${fifty.slice(0, 90)}\n${fifty}`, '1 json_truncated'],
		['Latin-1', Buffer.from(fifty.replace('order', 'Schlüssel'), 'latin1'), '1 invalid_utf8'],
		['two objects on a line', fifty.replace('\n', ''), '1 json_two_values'],
		['NaN', fifty.replace('"Where is my order?"', 'NaN'), '1 json_not_a_number'],
		['a raw NUL', fifty.replace('order', '\0'), '1 json_control_character'],
		['a raw tab', fifty.replace('order', '\t'), '1 json_control_character'],
		['100,000 levels', `${'['.repeat(100_000)}\n${fifty}`.replace('[', '{"a":['), '1 too_deep'],
		['half an emoji', fifty.replace('order', '\\ud83d'), '1 lone_surrogate'],
		[
			'a doubled key',
			fifty.replace('"role":"user"', '"role":"user","role":"user"'),
			'1 duplicate_key',
		],
		['__proto__', fifty.replace('{', '{"__proto__":{"role":"user"},'), '1 unknown_key'],
		['two files put together', `${fifty}\ufeff${fifty}`, '51 json_byte_order_mark'],
	];

	test.each(cases)('%s gives a finding, wherever the chunks are cut', async (_, content, code) => {
		const report = await validate(content);
		expect(codes(report.findings)).toContain(code);
		expect(report.valid).toBe(false);
		const length = Buffer.byteLength(content as Uint8Array);
		for (const cuts of [[1, 2, 3], [Math.floor(length / 2)], [4095, 4096, 4097]]) {
			const places = cuts.filter((cut) => cut < length);
			expect(await validate(content, {}, places)).toEqual(report);
		}
	});

	test('U+2028 in a text is content, not a line end', async () => {
		const report = await validate(fifty.replaceAll('order', 'or\u2028der\u2029\u0085'));
		expect(report).toMatchObject({ valid: true, lines: 50, examples: 50 });
	});

	test('a line of 100 MB is passed over without being kept', async () => {
		async function* source() {
			yield utf8(fifty);
			for (let megabyte = 0; megabyte < 100; megabyte++) yield Buffer.alloc(1 << 20, '[');
			yield utf8(`\n${fifty}`);
		}
		const report = await validateJsonl(source());
		expect(codes(report.findings)).toEqual(['51 line_too_long']);
		expect(report.examples).toBe(101);
	});

	test('an endless run of blank lines is one finding', async () => {
		const report = await validate(`${fifty}${'\n'.repeat(1_000_000)}${fifty}`);
		expect(codes(report.findings)).toEqual(['51 blank_line']);
		expect(report.lines).toBe(1_000_100);
	});

	test('any bytes give a report, the same one wherever the chunks are cut', async () => {
		const line = JSON.stringify(PLAIN);
		const nearly = fc
			.tuple(fc.nat(400), fc.uint8Array({ maxLength: 8 }))
			.map(([at, bytes]) =>
				Buffer.concat([
					utf8(`${line}\n${line}`.slice(0, at)),
					bytes,
					utf8(`${line}\n`.slice(at % 50)),
				]),
			);
		const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), nearly);
		await fc.assert(
			fc.asyncProperty(anyBytes, fc.array(fc.nat(300), { maxLength: 5 }), async (bytes, cuts) => {
				const report = await validate(bytes, { countTokens: countExampleTokens });
				expect(report.bytes).toBe(bytes.length);
				expect(report.valid).toBe(false);
				const places = cuts.filter((cut) => cut < bytes.length);
				expect(await validate(bytes, { countTokens: countExampleTokens }, places)).toEqual(report);
			}),
			{ numRuns: 300 },
		);
	});
});

test('findings never show more of the data than a name', async () => {
	const secret = 'Jane Roe jane@example.com 4111111111111111';
	const lines = [
		JSON.stringify({
			messages: [
				{ role: 'user', content: secret, name: secret },
				{ role: 'assistant', content: ' ' },
			],
		}),
		`{"messages": [{"role": "user", "content": "${secret}"`,
		JSON.stringify({
			messages: [{ role: 'user', content: [{ type: 'text', text: secret, x: secret }] }],
		} as JsonObject),
	];
	const report = await validate(`${lines.join('\n')}\n`);
	expect(report.findings.length).toBeGreaterThan(4);
	expect(JSON.stringify(report.findings)).not.toMatch(/Jane|Roe|example\.com|4111/);
});
