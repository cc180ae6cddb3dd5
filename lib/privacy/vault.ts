import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'crypto';

import { SettingError } from '../openai/settingError';

/** First part of a sealed vault: format and version. */
const FORMAT = 'redaction-vault-1';
const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const DERIVED_BYTES = 32;
/** About 50 ms and 32 MiB a derivation: dear for who guesses passphrases, once a run for us. RFC 7914. */
const COST = { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Derived from a passphrase once a run; the salt is part of every vault it seals. */
export interface SealingSecret {
	salt: Buffer;
	derived: Buffer;
}

/** A secret for sealing, with a salt of its own. */
export async function newSealingSecret(passphrase: string): Promise<SealingSecret> {
	const salt = randomBytes(SALT_BYTES);
	return { salt, derived: await derive(passphrase, salt) };
}

/**
 * Placeholders and their values as one line of text, encrypted and authenticated with AES-256-GCM:
 * `redaction-vault-1.<salt>.<iv>.<data and tag>`, the parts in base64url.
 */
export function sealVault(
	vault: ReadonlyMap<string, string>,
	{ salt, derived }: SealingSecret,
): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, derived, iv);
	cipher.setAAD(Buffer.concat([Buffer.from(FORMAT), salt]));
	const plain = Buffer.from(JSON.stringify([...vault]), 'utf8');
	const data = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	return [FORMAT, salt, iv, data]
		.map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
		.join('.');
}

/** Whether a text is a sealed vault, by its beginning. */
export function isSealed(text: string): boolean {
	return text.startsWith(`${FORMAT}.`);
}

/** Whether two sealed vaults come from one run: each run seals under a salt of its own. */
export function isOfOneRun(one: string, other: string): boolean {
	return one.trim().split('.')[1] === other.trim().split('.')[1];
}

/** Opens vaults of one passphrase; remembers what it derived, as all vaults of a run have the same salt. */
export class VaultOpener {
	private readonly derived = new Map<string, Buffer>();

	constructor(private readonly passphrase: string) {}

	/** @throws SettingError when the text is no vault, the passphrase is another one, or the vault was changed */
	async open(sealed: string): Promise<Map<string, string>> {
		const [format, salt = '', iv = '', data = '', ...rest] = sealed.trim().split('.');
		const bytes = Buffer.from(data, 'base64url');
		const isVault =
			format === FORMAT &&
			rest.length === 0 &&
			Buffer.from(salt, 'base64url').length === SALT_BYTES &&
			Buffer.from(iv, 'base64url').length === IV_BYTES &&
			bytes.length > TAG_BYTES;
		if (!isVault)
			throw new SettingError(
				'This is not a redaction vault',
				"Use what Redact put out: its text begins with 'redaction-vault-1.'.",
				'Vault',
			);
		const plain = decrypt(bytes, await this.derive(salt), salt, iv);
		if (!plain)
			throw new SettingError(
				'The vault does not open with this passphrase',
				'Use the credential with which the data was redacted. The same message comes for a vault that was changed or cut.',
				'Vault',
			);
		return new Map(JSON.parse(plain) as Array<[string, string]>);
	}

	private async derive(salt: string): Promise<Buffer> {
		let derived = this.derived.get(salt);
		if (!derived) {
			derived = await derive(this.passphrase, Buffer.from(salt, 'base64url'));
			// Vaults of many runs: one secret each would be kept for nothing.
			if (this.derived.size >= 100) this.derived.clear();
			this.derived.set(salt, derived);
		}
		return derived;
	}
}

function decrypt(bytes: Buffer, derived: Buffer, salt: string, iv: string): string | undefined {
	const decipher = createDecipheriv(CIPHER, derived, Buffer.from(iv, 'base64url'));
	decipher.setAAD(Buffer.concat([Buffer.from(FORMAT), Buffer.from(salt, 'base64url')]));
	decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
	try {
		const data = bytes.subarray(0, bytes.length - TAG_BYTES);
		return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}

async function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
	return await new Promise((resolve, reject) => {
		scrypt(passphrase.normalize('NFKC'), salt, DERIVED_BYTES, COST, (error, derived) => {
			if (error) reject(error);
			else resolve(derived);
		});
	});
}
