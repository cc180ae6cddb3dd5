/** The credential whose passphrase seals and opens vaults. Nothing is sent anywhere with it. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { SettingError } from '../../../../lib/openai/settingError';
import { newSealingSecret, sealVault, VaultOpener } from '../../../../lib/privacy/vault';

const NAME = 'redactionVaultApi';
const SHORTEST_PASSPHRASE = 12;

/** @throws SettingError for a passphrase that is too short to keep anything secret */
export async function readPassphrase(ctx: IExecuteFunctions, itemIndex: number): Promise<string> {
	const { passphrase } = await ctx.getCredentials(NAME, itemIndex);
	const fault = faultOf(passphrase);
	if (fault) throw new SettingError(fault, 'Enter a longer one in the credential.', 'Passphrase');
	return String(passphrase);
}

/** Seals and opens a vault once. */
export async function redactionVaultApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { passphrase } = (credential.data ?? {}) as { passphrase?: unknown };
	const fault = faultOf(passphrase);
	if (fault) return { status: 'Error', message: fault };
	const sealed = sealVault(
		new Map([['[TEST_1]', 'value']]),
		await newSealingSecret(String(passphrase)),
	);
	const opened = await new VaultOpener(String(passphrase)).open(sealed);
	return opened.get('[TEST_1]') === 'value'
		? { status: 'OK', message: 'A vault was sealed and opened with this passphrase' }
		: { status: 'Error', message: 'A vault sealed with this passphrase could not be opened' };
}

function faultOf(passphrase: unknown): string | undefined {
	return typeof passphrase === 'string' && passphrase.trim().length >= SHORTEST_PASSPHRASE
		? undefined
		: `The passphrase is shorter than ${SHORTEST_PASSPHRASE} characters`;
}
