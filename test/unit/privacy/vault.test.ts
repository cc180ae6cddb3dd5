import { isOfOneRun, newSealingSecret, sealVault, VaultOpener } from '../../../lib/privacy/vault';

const VAULT = new Map([
	['[EMAIL_1]', 'jäne@example.com'],
	['[SECRET_1]', 'line\nbreak "quotes"'],
]);

test('opens what it sealed; two vaults of a run share the salt and nothing else', async () => {
	const secret = await newSealingSecret('a long passphrase');
	const sealed = [sealVault(VAULT, secret), sealVault(VAULT, secret)];
	const [[, salt, iv, data], [, otherSalt, otherIv, otherData]] = sealed.map((one) =>
		one.split('.'),
	);
	expect(salt).toBe(otherSalt);
	expect(iv).not.toBe(otherIv);
	expect(data).not.toBe(otherData);
	expect(sealed.join()).not.toContain('example');
	expect(isOfOneRun(sealed[0], ` ${sealed[1]}\n`)).toBe(true);
	const ofOther = sealVault(VAULT, await newSealingSecret('a long passphrase'));
	expect(isOfOneRun(sealed[0], ofOther)).toBe(false);
	const opener = new VaultOpener('a long passphrase');
	for (const one of sealed) expect(await opener.open(one)).toEqual(VAULT);
	expect(await opener.open(sealVault(new Map(), secret))).toEqual(new Map());
});

test('refuses another passphrase, a change of any part, and what is no vault', async () => {
	const sealed = sealVault(VAULT, await newSealingSecret('a long passphrase'));
	await expect(new VaultOpener('another passphrase').open(sealed)).rejects.toThrow(
		'The vault does not open with this passphrase',
	);
	const opener = new VaultOpener('a long passphrase');
	const parts = sealed.split('.');
	for (let part = 1; part < parts.length; part++) {
		const changed = [...parts];
		changed[part] = (parts[part].startsWith('A') ? 'B' : 'A') + parts[part].slice(1);
		await expect(opener.open(changed.join('.'))).rejects.toThrow('does not open');
	}
	for (const text of ['', 'x', 'redaction-vault-1.a.b.c', `${sealed}.x`, sealed.slice(0, 40)]) {
		await expect(opener.open(text)).rejects.toThrow('This is not a redaction vault');
	}
});
