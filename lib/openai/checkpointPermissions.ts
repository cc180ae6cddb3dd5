import type {
	PermissionCreateResponse,
	PermissionDeleteResponse,
} from 'openai/resources/fine-tuning/checkpoints/permissions';

import { pages } from '../http/pages';
import type { Transport } from '../http/types';

import type { Dialect } from './dialects/types';
import { unsupported } from './jobs';
import { SettingError } from './settingError';

export type CheckpointPermission = PermissionCreateResponse;

/** All calls of https://platform.openai.com/docs/api-reference/fine-tuning/create-permission ask for an admin key. */
export interface PermissionApi {
	transport: Transport;
	dialect: Pick<Dialect, 'supports'>;
	hasAdminKey: boolean;
}

export interface PermissionFilter {
	projectId?: string;
	order?: 'ascending' | 'descending';
}

/** Projects that may use a checkpoint. */
export async function listPermissions(
	api: PermissionApi,
	checkpoint: string,
	filter: PermissionFilter = {},
	limit = Infinity,
): Promise<CheckpointPermission[]> {
	assertUsable(api);
	const found: CheckpointPermission[] = [];
	const request = {
		path: permissionsPath(checkpoint),
		query: { project_id: filter.projectId || undefined, order: filter.order },
		limit,
		admin: true,
	};
	for await (const page of pages<CheckpointPermission>(api.transport, request)) found.push(...page);
	return found;
}

/** Lets projects use a checkpoint; gives back the permissions that were made. */
export async function addPermissions(
	api: PermissionApi,
	checkpoint: string,
	projectIds: readonly string[],
): Promise<CheckpointPermission[]> {
	assertUsable(api);
	if (projectIds.length === 0) {
		throw new SettingError("'Project IDs' is empty", 'Enter at least one project ID (proj_…).');
	}
	const { data } = await api.transport<{ data?: CheckpointPermission[] }>({
		method: 'POST',
		path: permissionsPath(checkpoint),
		body: { project_ids: projectIds },
		admin: true,
	});
	return data.data ?? [];
}

/** Takes the use of a checkpoint back from the project that the permission names. */
export async function deletePermission(
	api: PermissionApi,
	checkpoint: string,
	permissionId: string,
): Promise<PermissionDeleteResponse> {
	assertUsable(api);
	const id = required(permissionId, 'Permission');
	const { data } = await api.transport<PermissionDeleteResponse>({
		method: 'DELETE',
		path: `${permissionsPath(checkpoint)}/${encodeURIComponent(id)}`,
		admin: true,
	});
	return data;
}

function assertUsable({ dialect, hasAdminKey }: PermissionApi): void {
	if (!dialect.supports.checkpointPermissions) {
		throw unsupported('share checkpoints', 'Use a credential of OpenAI.');
	}
	if (!hasAdminKey) {
		throw new SettingError(
			'The credential has no admin key, and checkpoint permissions need one',
			"Create an admin key in your organization's settings at OpenAI and enter it in the credential under 'Admin API Key'.",
		);
	}
}

function permissionsPath(checkpoint: string): string {
	const id = encodeURIComponent(required(checkpoint, 'Checkpoint'));
	return `/fine_tuning/checkpoints/${id}/permissions`;
}

function required(value: string, setting: string): string {
	const text = value.trim();
	if (text !== '' && text !== '.' && text !== '..') return text;
	throw new SettingError(
		`'${setting}' is empty`,
		'Pick one from the list, or enter its ID.',
		setting,
	);
}
