import type { IDataObject } from 'n8n-workflow';

import { JsonlBuilder } from '../../nodes/JsonlBuilder/JsonlBuilder.node';
import { chat, file, jsonl, run, textOf } from './jsonlBuilder.support';
import { testCredential } from './harness';

const PASSPHRASE = 'a passphrase for tests';
const credentials = { redactionVaultApi: { passphrase: PASSPHRASE } };

const TICKET = {
	source: 'jira',
	id: '10001',
	key: 'IT-7',
	title: 'Refund for Jane Doe',
	question: 'Hello, my card 4111 1111 1111 1111 was charged. Reach me: jane.doe@example.com',
	messages: [
		{ id: '1', role: 'agent', public: true, text: 'Hi Jane, we wrote to jane.doe@example.com.' },
	],
	people: ['Jane Doe', 'jane.doe@example.com'],
	createdAt: '2026-11-21T10:00:00.000Z',
	tags: ['refund'],
};

const lines = (text: string) =>
	text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as IDataObject);

describe('Redact items', () => {
	test('masks all texts of a ticket, with the same number for the same value, and reports by type', async () => {
		const { outputs, error } = await run('redact', {}, { items: [{ json: TICKET }] });
		expect(error).toBeUndefined();
		const [[item], [report]] = outputs;
		expect(item.json).toEqual({
			...TICKET,
			title: 'Refund for [NAME_1]',
			question: 'Hello, my card [CARD_1] was charged. Reach me: [EMAIL_1]',
			messages: [
				{ id: '1', role: 'agent', public: true, text: 'Hi [NAME_2], we wrote to [EMAIL_1].' },
			],
			people: ['[NAME_1]', '[EMAIL_1]'],
		});
		expect(item.pairedItem).toEqual({ item: 0 });
		expect(report.json).toEqual({
			examples: 1,
			examplesTouched: 1,
			replaced: 7,
			survivors: 0,
			types: {
				card: { count: 1, examples: 1 },
				email: { count: 3, examples: 1 },
				name: { count: 3, examples: 1 },
			},
		});
		expect(report.pairedItem).toEqual([{ item: 0 }]);
	});

	test('each item has its own parameters', async () => {
		const text = 'Mail a@example.com, host 10.0.0.1';
		const items = [
			{ json: { text, types: ['email'], action: 'mask' } },
			{ json: { text, types: ['ip'], action: 'remove' } },
		];
		const { outputs } = await run(
			'redact',
			{ fields: 'text', types: '={{ $json.types }}', replacement: '={{ $json.action }}' },
			{ items },
		);
		expect(outputs[0].map(({ json }) => json.text)).toEqual([
			'Mail [EMAIL_1], host 10.0.0.1',
			'Mail a@example.com, host ',
		]);
		expect(outputs[1][0].json).toMatchObject({ examples: 2, replaced: 2 });
	});

	test('own words, own patterns, values that stay, and numbering in the whole run', async () => {
		const items = [
			'Project Falcon: CUST-123456',
			'project falcon again, CUST-654321, CUST-123456',
		].map((text) => ({ json: { text: `${text} help@example.com` } }));
		const { outputs } = await run(
			'redact',
			{
				options: {
					words: 'Project Falcon',
					allow: 'help@example.com',
					numbering: 'run',
					patterns: { values: [{ name: 'Customer ID', pattern: 'CUST-\\d{6}' }] },
				},
			},
			{ items },
		);
		expect(outputs[0].map(({ json }) => json.text)).toEqual([
			'[WORD_1]: [CUSTOMER_ID_1] help@example.com',
			'[WORD_1] again, [CUSTOMER_ID_2], [CUSTOMER_ID_1] help@example.com',
		]);
	});

	test('a pattern that could take for ever is refused with what to do, and the node can go on', async () => {
		const setup = {
			items: [{ json: { text: 'a' } }],
		};
		const parameters = {
			options: { patterns: { values: [{ name: 'Bad', pattern: '(a+)+$' }] } },
		};
		const stopped = await run('redact', parameters, setup);
		expect(stopped.error?.message).toContain("The pattern 'Bad' repeats something");
		expect(stopped.error?.description).toContain('Limit the outer repetition');
		const { outputs } = await run('redact', parameters, { ...setup, continueOnFail: true });
		expect(outputs[0]).toEqual([
			{
				json: { error: expect.objectContaining({ message: expect.any(String) }) },
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('Pseudonymize and Unmask', () => {
	test('the vault is sealed, no value is in clear, and Unmask gives every item back', async () => {
		const items = [
			{ json: TICKET },
			{ json: { text: 'jane.doe@example.com called; see [EMAIL_1] and 4111111111111111' } },
			{ json: { text: 'nothing here' } },
		];
		const redacted = await run('redact', { replacement: 'pseudonym' }, { items, credentials });
		expect(redacted.error).toBeUndefined();
		const all = JSON.stringify(redacted.outputs);
		for (const value of ['jane', 'Doe', '4111', PASSPHRASE]) expect(all).not.toContain(value);
		expect(redacted.outputs[0][1].json).toEqual({
			text: '[EMAIL_1] called; see [LITERAL_1] and [CARD_2]',
			vault: expect.stringMatching(/^redaction-vault-1\.[\w-]+\.[\w-]+\.[\w-]+$/),
		});
		const { outputs, error } = await run(
			'unmask',
			{},
			{ items: redacted.outputs[0].map(({ json }) => ({ json })), credentials },
		);
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json }) => json)).toEqual(items.map(({ json }) => json));
		expect(outputs[1].map(({ json }) => [json.restored, json.missing, json.unknown])).toEqual([
			[7, [], []],
			[3, [], []],
			[0, [], []],
		]);
	});

	test('a value that only another item gave away is found by the scan at the end', async () => {
		const items = [
			{ json: { text: 'see KX81772 there' } },
			{ json: { text: 'my passport number is KX81772' } },
		];
		const { outputs } = await run('redact', { replacement: 'pseudonym' }, { items, credentials });
		expect(outputs[0][0].json.text).toBe('see [DOCUMENT_1] there');
		expect(outputs[1][0].json).toMatchObject({ replaced: 1, survivors: 1 });
		const back = await run(
			'unmask',
			{},
			{ items: outputs[0].map(({ json }) => ({ json })), credentials },
		);
		expect(back.outputs[0].map(({ json }) => json)).toEqual(items.map(({ json }) => json));
	});

	test('what a model changed is restored, what it invented is reported; the vault can come from elsewhere', async () => {
		const items = [{ json: { text: 'Write to jane@example.com or bob@example.com' } }];
		const redacted = await run('redact', { replacement: 'pseudonym' }, { items, credentials });
		const { vault } = redacted.outputs[0][0].json;
		const answer = { answer: 'Use \\[email\\_1\\], not EMAIL_7.', vault };
		const { outputs } = await run(
			'unmask',
			{ fields: 'answer', vaultField: 'none', options: { vault: '={{ $json.vault }}' } },
			{ items: [{ json: answer as IDataObject }], credentials },
		);
		expect(outputs[0][0].json.answer).toBe('Use jane@example.com, not EMAIL_7.');
		expect(outputs[1][0].json).toEqual({
			restored: 1,
			repaired: 1,
			unknown: ['EMAIL_7'],
			missing: ['[EMAIL_2]'],
			kept: 0,
		});
	});

	test('another passphrase opens nothing, and says so', async () => {
		const items = [{ json: { text: 'jane@example.com' } }];
		const redacted = await run('redact', { replacement: 'pseudonym' }, { items, credentials });
		const { error } = await run(
			'unmask',
			{},
			{
				items: [{ json: redacted.outputs[0][0].json }],
				credentials: { redactionVaultApi: { passphrase: 'another passphrase' } },
			},
		);
		expect(error?.message).toBe('The vault does not open with this passphrase');
		const none = await run('unmask', {}, { items, credentials });
		expect(none.error?.message).toBe("The item has no vault in the field 'vault'");
	});

	test('the vault of another run is refused, not applied to what it does not know', async () => {
		const redact = async (...texts: string[]) => {
			const items = texts.map((text) => ({ json: { text } }));
			const { outputs } = await run('redact', { replacement: 'pseudonym' }, { items, credentials });
			return outputs[0].map(({ json }) => json);
		};
		const [, second] = await redact('a@example.com', 'b@example.com');
		const [other] = await redact('c@example.com');
		expect(second.text).toBe('[EMAIL_2]');
		const own = await run(
			'unmask',
			{ options: { vault: other.vault } },
			{ items: [{ json: second }], credentials },
		);
		expect(own.error?.message).toBe(
			"The vault in the option 'Vault' is of another run of Redact than the item",
		);
		const without = await run(
			'unmask',
			{ options: { vault: other.vault } },
			{ items: [{ json: { text: second.text } }], credentials },
		);
		expect(without.outputs[0][0].json.text).toBe('[EMAIL_2]');
		expect(without.outputs[1][0].json).toMatchObject({ restored: 0, unknown: ['[EMAIL_2]'] });
		expect(without.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Nothing was restored: .* of another run of Redact/),
		]);
		const right = await run(
			'unmask',
			{ options: { vault: second.vault } },
			{ items: [{ json: second }], credentials },
		);
		expect(right.outputs[0][0].json.text).toBe('b@example.com');
	});

	test('a field that is there is not replaced by the vault', async () => {
		const items = [{ json: { text: 'jane@example.com', vault: 'mine' } }];
		const { error } = await run('redact', { replacement: 'pseudonym' }, { items, credentials });
		expect(error?.message).toBe("The item already has a field 'vault'");
		const { outputs } = await run(
			'redact',
			{ replacement: 'pseudonym', vaultField: 'sealed' },
			{ items, credentials },
		);
		expect(outputs[0][0].json).toMatchObject({ vault: 'mine', sealed: expect.any(String) });
	});

	test('thrown away, the vault is nowhere and no credential is needed', async () => {
		const items = [
			{ json: { text: 'a@example.com' } },
			{ json: { text: 'b@example.com a@example.com' } },
		];
		const { outputs } = await run(
			'redact',
			{ replacement: 'pseudonym', vaultStorage: 'discard' },
			{ items },
		);
		expect(outputs[0].map(({ json }) => json)).toEqual([
			{ text: '[EMAIL_1]' },
			{ text: '[EMAIL_2] [EMAIL_1]' },
		]);
	});
});

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

describe('the credential', () => {
	test.each([
		[PASSPHRASE, 'OK'],
		['tiny', 'Error'],
	])('%s: %s', async (passphrase, status) => {
		const result = await testCredential({
			node: new JsonlBuilder(),
			method: 'redactionVaultApiTest',
			credential: 'redactionVaultApi',
			data: { passphrase },
		});
		expect(result.status).toBe(status);
		expect(result.message).not.toContain(passphrase);
	});
});
