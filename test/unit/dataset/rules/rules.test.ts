import fc from 'fast-check';
import { checkExample } from '../../../../lib/dataset/checkExample';
import { parseLine, toLine } from '../../../../lib/dataset/examples';
import { isPlainChat } from '../../../../lib/dataset/plainChat';
import { applyRules, RULES } from '../../../../lib/dataset/rules';
import { viewExample } from '../../../../lib/dataset/rules/view';
import type { DatasetFormat, JsonObject, JsonValue } from '../../../../lib/dataset/types';
import { GOOD, PLAIN, WITH_TOOLS, withChange } from '../support/samples';
import { BROKEN } from './brokenExamples';

describe('the rules', () => {
	test.each(Object.entries(GOOD))('have nothing to say about %s', (_, example) => {
		expect(checkExample(example)).toEqual([]);
	});

	const rows = BROKEN.map(([code, path, example, format]) => ({ code, path, example, format }));
	test.each(rows)('$code at $path', ({ code, path, example, format }) => {
		const findings = checkExample(example, { line: 5, format });
		const found = findings.find((finding) => finding.code === code && finding.path === path);
		expect(found ?? findings).toMatchObject({
			code,
			line: 5,
			message: expect.any(String),
			fix: expect.any(String),
		});
	});

	test('are all broken by one of the examples', () => {
		const broken = new Set(BROKEN.map(([code]) => code));
		const codes = RULES.map(({ code }) => code).filter((code) => code !== 'too_many_tokens');
		expect(codes.filter((code) => !broken.has(code))).toEqual([]);
	});

	test('speak in whole sentences that name no secret of the data', () => {
		for (const [, , example, format] of BROKEN) {
			for (const { message, fix } of checkExample(example, { format })) {
				expect(message).toMatch(/^[A-Z“a-z].*\.$/s);
				expect(fix).toMatch(/^[A-Z{].*[.?…]$/s);
				expect(message.length).toBeLessThan(220);
			}
		}
	});

	test('say when an example is too long', () => {
		const findings = checkExample(PLAIN, { tokens: 70_000, tokenLimit: 65_536 });
		expect(findings).toMatchObject([{ code: 'too_many_tokens', severity: 'error' }]);
		expect(findings[0].message).toContain('70,000 tokens; the limit is 65,536');
		expect(checkExample(PLAIN, { tokens: 65_536, tokenLimit: 65_536 })).toEqual([]);
	});

	test('a call in the last message is what the model learns, and needs no answer', () => {
		const upToCall = { ...WITH_TOOLS, messages: (WITH_TOOLS.messages as JsonValue[]).slice(0, 2) };
		expect(checkExample(upToCall)).toEqual([]);
	});

	test('accept several calls answered in any order', () => {
		const call = (id: string) => ({
			id,
			type: 'function',
			function: { name: 'get_order', arguments: '{"id":1}' },
		});
		const example: JsonObject = {
			messages: [
				{ role: 'user', content: 'Two orders' },
				{ role: 'assistant', tool_calls: [call('a'), call('b')] },
				{ role: 'tool', tool_call_id: 'b', content: 'x' },
				{ role: 'tool', tool_call_id: 'a', content: 'y' },
				{ role: 'assistant', content: 'Both sent.' },
			],
			tools: WITH_TOOLS.tools,
		};
		expect(checkExample(example)).toEqual([]);
	});

	test('accept the deprecated functions, with a warning only', () => {
		const example: JsonObject = {
			messages: [
				{ role: 'user', content: 'Order 1?' },
				{
					role: 'assistant',
					content: null,
					function_call: { name: 'get_order', arguments: '{"id":1}' },
				},
				{ role: 'function', name: 'get_order', content: 'sent' },
				{ role: 'assistant', content: 'Sent.' },
			],
			functions: [
				{
					name: 'get_order',
					parameters: { type: 'object', properties: { id: { type: 'integer' } } },
				},
			],
		};
		expect(checkExample(example).map(({ code }) => code)).toEqual(['deprecated_functions']);
	});

	test('say which name was probably meant', () => {
		const fix = (example: JsonObject) => checkExample(example)[0].fix;
		expect(fix({ ...PLAIN, tool: [] })).toBe('Rename it to “tools”, or remove it.');
		expect(fix(withChange(PLAIN, ['messages', 1, 'role'], 'human'))).toBe('Write “user” instead.');
		expect(fix(withChange(PLAIN, ['messages', 2, 'role'], 'asistant'))).toBe(
			'Write “assistant” instead.',
		);
	});

	test('cannot be made to list without end', () => {
		const messages = Array<JsonValue>(50_000).fill({ role: 'nobody', text: 'x' });
		const findings = checkExample({ messages });
		expect(findings.length).toBeLessThan(200);
		expect(findings.filter(({ code }) => code === 'unknown_role')).toHaveLength(20);
	});

	test('take linear time on many messages of any kind', () => {
		const kinds = ['system', 'user', 'assistant', 'tool'];
		const messages = Array.from({ length: 100_000 }, (_, index) => ({
			role: kinds[index % kinds.length],
			content: 'x',
			tool_call_id: String(index),
			tool_calls: [{ id: String(index) }],
		}));
		expect(checkExample({ messages }).length).toBeGreaterThan(0);
	});
});

describe('formats', () => {
	test.each<[string, JsonObject, string]>([
		['ShareGPT', { conversations: [] }, 'ShareGPT'],
		['Alpaca', { instruction: 'x', input: '', output: 'y' }, 'Alpaca'],
		['TRL', { prompt: 'x', chosen: 'y', rejected: 'z' }, 'TRL'],
		['a batch request', { custom_id: '1', method: 'POST', url: '/v1', body: {} }, 'Batch API'],
	])('%s is known by its name', (_, example, name) => {
		expect(checkExample(example)).toMatchObject([
			{ code: 'foreign_format', message: expect.stringContaining(name) },
		]);
	});

	test('an object of no known kind', () => {
		expect(checkExample({ a: 1 })).toMatchObject([{ code: 'unknown_format' }]);
	});

	test('another format than the one asked for', () => {
		expect(checkExample(GOOD.PREFERENCE, { format: 'chat' })).toMatchObject([
			{
				code: 'unexpected_format',
				message: 'The example is preference pairs (DPO); chat was asked for.',
			},
		]);
	});
});

describe('hostile values', () => {
	test('deep nesting, lone surrogates and NUL are findings', () => {
		let deep: JsonValue = 'x';
		for (let level = 0; level < 20_000; level++) deep = [deep];
		expect(checkExample({ messages: [deep] })).toMatchObject([{ code: 'too_deep' }]);
		const content = 'half \ud83d and \0';
		const codes = checkExample(withChange(PLAIN, ['messages', 1, 'content'], content)).map(
			({ code }) => code,
		);
		expect(codes).toEqual(['lone_surrogate', 'nul_character']);
	});

	test('no value of any shape makes a rule throw', () => {
		const name = fc.constantFrom(
			...[
				'messages',
				'role',
				'content',
				'tools',
				'functions',
				'function',
				'tool_calls',
				'tool_call_id',
				'id',
				'type',
			],
			...[
				'name',
				'arguments',
				'weight',
				'input',
				'preferred_output',
				'non_preferred_output',
				'image_url',
				'url',
			],
			...[
				'parameters',
				'properties',
				'prompt',
				'completion',
				'__proto__',
				'constructor',
				'detail',
				'function_call',
			],
		);
		const leaf = fc.constantFrom<unknown>(
			...[
				'user',
				'assistant',
				'tool',
				'function',
				'text',
				'{"a":[1]}',
				'',
				'<|im_end|>',
				'__proto__',
				PLAIN.messages,
			],
			...[null, 0, 1, true, 'image_url', 'data:image/png;base64,AA', 'https://x'],
		);
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), tie('object')),
			object: fc.dictionary(name, tie('value')),
		}));
		const object = fc.dictionary(name, value);
		const formats = fc.constantFrom<DatasetFormat | 'auto'>(
			'auto',
			'chat',
			'dpo',
			'rft',
			'completion',
		);
		fc.assert(
			fc.property(object, formats, (example, format) => {
				for (const finding of checkExample(example as JsonObject, { format, line: 1 })) {
					expect(finding.message).not.toMatch(/undefined|\[object/);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('the short cuts for plain chat', () => {
	const text = fc.oneof(
		fc.constantFrom(
			'',
			' ',
			'\n',
			'\u3000x',
			'\ufeff',
			'Hi',
			'Hi <|im_end|>',
			'<',
			'a\0b',
			'cut \ud83d',
			'"}]}',
			'\\", "content":"',
		),
		fc.string({ unit: 'binary' }),
	);
	const role = fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool', 'User', '');
	const message = fc.oneof(
		{ weight: 5, arbitrary: fc.record({ role, content: text }) },
		fc.record({ content: text, role }),
		fc.record(
			{ role, content: text, weight: fc.constantFrom(0, 1, 2) },
			{ requiredKeys: ['role'] },
		),
	);
	const turns = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }).map((pairs) =>
		pairs.flatMap(([question, answer]) => [
			{ role: 'user', content: question },
			{ role: 'assistant', content: answer },
		]),
	);
	const example = fc.record({ messages: fc.oneof(turns, fc.array(message, { maxLength: 4 })) });

	test('never contradict the rules', () => {
		let plain = 0;
		fc.assert(
			fc.property(example, (value) => {
				const line = toLine(value as unknown as JsonObject);
				const ruled = applyRules(viewExample(value as unknown as JsonObject, 'chat'));
				if (isPlainChat(value as unknown as JsonObject)) expect(ruled).toEqual([]);
				const parsed = parseLine(line);
				if (!parsed.isPlain) return;
				plain++;
				expect([...ruled, ...parsed.findings]).toEqual([]);
				expect(checkExample(value as unknown as JsonObject)).toEqual([]);
			}),
			{ numRuns: 3000 },
		);
		expect(plain).toBeGreaterThan(100);
	});

	test('are taken by what is plain, with the spaces of JavaScript or of Python', () => {
		const line = toLine(PLAIN);
		const spaced = line.replace(/([:,])(?=["[{])/g, '$1 ');
		for (const text of [line, `${line}\r`, spaced]) expect(parseLine(text).isPlain).toBe(true);
		for (const text of [spaced.replace(/": /g, '":'), ` ${line}`, line.replace('[', '[ ')]) {
			expect(parseLine(text)).toEqual({ value: PLAIN, findings: [] });
		}
	});
});
