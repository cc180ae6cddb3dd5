import { credentials, lines } from './redact.support';
import { chat, file, jsonl, run, textOf } from './support';

describe('Redact a file', () => {
	const DPO = {
		input: { messages: [{ role: 'user', content: 'I am at 192.168.7.9' }] },
		preferred_output: [{ role: 'assistant', content: 'Call +44 20 7946 0958.' }],
		non_preferred_output: [{ role: 'assistant', content: 'No.' }],
	};
	const TOOLS = {
		messages: [
			{ role: 'user', content: 'Find me' },
			{
				role: 'assistant',
				tool_calls: [
					{
						id: 'call_1',
						type: 'function',
						function: {
							name: 'find_user',
							arguments:
								'{"email":"jane@example.com","password":"correcthorse","phone":4915112345678}',
						},
					},
				],
			},
			{ role: 'tool', tool_call_id: 'call_1', content: 'jane@example.com' },
		],
	};

	test.each(['memory', 'filesystem'] as const)(
		'all formats, tool arguments included; other lines keep their bytes (%s)',
		async (binaryMode) => {
			const plain =
				'{ "messages": [{"role":"user","content":"Hi?"},{"role":"assistant","content":"Yes"}] }';
			const pair = { prompt: 'IBAN DE89 3704 0044 0532 0130 00', completion: 'Thanks' };
			const content = `${plain}\n${jsonl(DPO, TOOLS, pair)}not json jane@example.com\n`;
			const { outputs, hints, error } = await run(
				'redact',
				{ inputType: 'binary' },
				{ items: [{ json: {}, files: file(content, 'in.jsonl') }], binaryMode },
			);
			expect(error).toBeUndefined();
			const [[item], [report]] = outputs;
			const text = await textOf(item);
			expect(text.split('\n')[0]).toBe(plain);
			const [, dpo, tools, prompt] = lines(text);
			expect(dpo).toEqual({
				...DPO,
				input: { messages: [{ role: 'user', content: 'I am at [IP_1]' }] },
				preferred_output: [{ role: 'assistant', content: 'Call [PHONE_1].' }],
			});
			expect(tools).toMatchObject({
				messages: [
					{},
					{
						tool_calls: [
							{
								id: 'call_1',
								function: {
									name: 'find_user',
									arguments: '{"email":"[EMAIL_1]","password":"[SECRET_1]","phone":"[PHONE_1]"}',
								},
							},
						],
					},
					{ tool_call_id: 'call_1', content: '[EMAIL_1]' },
				],
			});
			expect(prompt).toEqual({ prompt: 'IBAN [IBAN_1]', completion: 'Thanks' });
			expect(item.json).toMatchObject({
				fileName: 'in-redacted.jsonl',
				examples: 4,
				examplesTouched: 3,
				leftOut: 1,
			});
			expect(report.json.leftOutLines).toEqual([
				{ line: 5, code: expect.any(String), reason: expect.any(String) },
			]);
			expect(hints[0].message).toContain('1 line could not be read');
			expect(JSON.stringify(outputs[1])).not.toContain('jane');
		},
	);

	test('pseudonyms with a sealed vault; late values leave early lines too; Unmask gives the bytes back', async () => {
		const content = jsonl(
			chat('see KX81772 there', 'A'),
			chat('my passport number is KX81772', 'Hi Jane,\nwrite to bob@example.com'),
		);
		const redacted = await run(
			'redact',
			{ inputType: 'binary', replacement: 'pseudonym' },
			{ items: [{ json: {}, files: file(content, 'train.jsonl') }], credentials },
		);
		expect(redacted.error).toBeUndefined();
		const [item] = redacted.outputs[0];
		const text = await textOf(item);
		expect(text).toContain('see [DOCUMENT_1] there');
		expect(text).not.toMatch(/KX81772|Jane|bob@/);
		expect(item.json).toMatchObject({ survivors: 1 });
		const vault = await textOf(item, 'vault');
		expect(vault).toMatch(/^redaction-vault-1\./);
		const { outputs, error } = await run(
			'unmask',
			{ inputType: 'binary' },
			{
				items: [
					{
						json: {},
						files: {
							...file(text, 'train-redacted.jsonl'),
							vault: { content: vault, fileName: 'train.vault', mimeType: 'text/plain' },
						},
					},
				],
				credentials,
			},
		);
		expect(error).toBeUndefined();
		expect(await textOf(outputs[0][0])).toBe(content);
		expect(outputs[0][0].json).toEqual({ fileName: 'train.jsonl', examples: 2, leftOut: 0 });
		expect(outputs[0][0].binary).not.toHaveProperty('vault');
	});

	test('the vault of another file is refused', async () => {
		const redact = async (content: string) => {
			const { outputs } = await run(
				'redact',
				{ inputType: 'binary', replacement: 'pseudonym' },
				{ items: [{ json: {}, files: file(content, 'train.jsonl') }], credentials },
			);
			const [item] = outputs[0];
			return { text: await textOf(item), vault: await textOf(item, 'vault') };
		};
		const { vault } = await redact(jsonl(chat('jane@example.com', 'A')));
		const { text } = await redact(jsonl(chat('192.168.7.9', 'A')));
		const { error } = await run(
			'unmask',
			{ inputType: 'binary' },
			{
				items: [
					{
						json: {},
						files: {
							...file(text, 'train-redacted.jsonl'),
							vault: { content: vault, fileName: 'other.vault', mimeType: 'text/plain' },
						},
					},
				],
				credentials,
			},
		);
		expect(error?.message).toBe(
			'None of the placeholders of the file is in the vault: it is the vault of another file or run',
		);
	});
});
