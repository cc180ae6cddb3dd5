import type { IDataObject } from 'n8n-workflow';

import { credentials, PASSPHRASE, TICKET } from './redact.support';
import { run } from './support';

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
