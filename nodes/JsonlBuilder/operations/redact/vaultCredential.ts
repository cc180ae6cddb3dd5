/** The credential whose passphrase seals and opens vaults. Nothing is sent anywhere with it. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { assertTexts } from '../../../../lib/openai/credentialTexts';
import { SettingError } from '../../../../lib/openai/settingError';
import { newSealingSecret, sealVault, VaultOpener } from '../../../../lib/privacy/vault';
import { settingFailure } from '../../../shared/settingFailure';

const NAME = 'redactionVaultApi';
const SHORTEST_PASSPHRASE = 12;

/** @throws SettingError for a passphrase that is no text, or too short to keep anything secret */
export async function readPassphrase(ctx: IExecuteFunctions, itemIndex: number): Promise<string> {
	const { passphrase } = await ctx.getCredentials(NAME, itemIndex);
	return checked(passphrase);
}

/** Seals and opens a vault once. */
export async function redactionVaultApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { passphrase } = (credential.data ?? {}) as { passphrase?: unknown };
	try {
		return await trial(checked(passphrase));
	} catch (error) {
		return settingFailure(error);
	}
}

async function trial(passphrase: string): Promise<INodeCredentialTestResult> {
	const sealed = sealVault(new Map([['[TEST_1]', 'value']]), await newSealingSecret(passphrase));
	const opened = await new VaultOpener(passphrase).open(sealed);
	return opened.get('[TEST_1]') === 'value'
		? { status: 'OK', message: 'A vault was sealed and opened with this passphrase' }
		: { status: 'Error', message: 'A vault sealed with this passphrase could not be opened' };
}

function checked(passphrase: unknown): string {
	assertTexts({ passphrase }, { passphrase: 'Passphrase' });
	if (typeof passphrase === 'string' && passphrase.trim().length >= SHORTEST_PASSPHRASE) {
		return passphrase;
	}
	throw new SettingError(
		`The passphrase is shorter than ${SHORTEST_PASSPHRASE} characters`,
		'Enter a longer one in the credential.',
		'Passphrase',
	);
}
