/** Everything at Fireworks has a name such as `accounts/my-account/datasets/my-data`, and its path is `/v1/` and the name. */
import { createHash } from 'crypto';

import type { ApiRequest } from '../../http/types';
import type { ConnectionFields } from '../connection';
import { SettingError } from '../settingError';

export type Collection =
	'datasets' | 'deployments' | 'dpoJobs' | 'models' | 'supervisedFineTuningJobs';

/** Letters, digits and hyphens. https://docs.fireworks.ai/faq-new/fine-tuning/firectl-invalid-id-errors */
const MAX_ID = 63;

/** @throws SettingError where the credential names no account. */
export function accountOf({ accountId }: ConnectionFields): string {
	const account = accountId?.trim().replace(/^accounts\//, '') ?? '';
	if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(account)) return account;
	throw new SettingError(
		account === ''
			? "The credential has no 'Account ID'"
			: `'Account ID' of the credential cannot be ${account.slice(0, 40)}`,
		'Enter it in the credential. It stands under Account Settings at Fireworks, and in the names of models, e.g. my-account of accounts/my-account/models/my-model.',
		'Account ID',
	);
}

/** The last part of a name, or the id itself. */
export function lastPart(name: string): string {
	return name.trim().split('/').at(-1) ?? '';
}

export function nameOf(account: string, collection: Collection, id: string): string {
	return `accounts/${account}/${collection}/${lastPart(id)}`;
}

/** Where a request for a collection, or for one of its members, goes. */
export function at(
	account: string,
	collection: Collection,
	id?: string,
	verb = '',
): Pick<ApiRequest, 'path' | 'fromOrigin'> {
	const base = `/v1/accounts/${account}/${collection}`;
	if (id === undefined) return { path: base, fromOrigin: true };
	const last = lastPart(id);
	if (last !== '' && last !== '.' && last !== '..') {
		return { path: `${base}/${encodeURIComponent(last)}${verb}`, fromOrigin: true };
	}
	throw new SettingError(
		`'${SETTINGS[collection]}' is empty`,
		'Pick one from the list, or enter its ID.',
		SETTINGS[collection],
	);
}

const SETTINGS: Record<Collection, string> = {
	datasets: 'File',
	deployments: 'Deployment',
	dpoJobs: 'Job',
	models: 'Model',
	supervisedFineTuningJobs: 'Job',
};

/** An id that Fireworks takes, from any text; empty where nothing of it can be used. */
export function slug(text: string, max = MAX_ID): string {
	const plain = text
		.toLowerCase()
		.slice(0, 200)
		.replace(/[^a-z0-9]+/g, '-');
	return plain.replace(/^-/, '').slice(0, max).replace(/-$/, '');
}

export function shortHash(text: string | Uint8Array): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
