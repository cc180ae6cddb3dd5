import type { INodeCredentialTestResult } from 'n8n-workflow';

/** The answer of a credential's Test whose settings cannot be used at all, from the SettingError that says why. */
export function settingFailure(error: unknown): INodeCredentialTestResult {
	const { message, description } = error as { message: string; description?: string };
	return { status: 'Error', message: [message, description].filter(Boolean).join('. ') };
}
