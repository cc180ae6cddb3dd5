import type { INodeProperties } from 'n8n-workflow';

import { listOrId, offeredBy, returnAllFields } from '../../../shared/fields';

const resource = ['checkpointPermission'];
const show = (operation: string[]) => ({ show: { resource, operation } });

export const checkpointPermissionProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		typeOptions: offeredBy('getOperations'),
		displayOptions: { show: { resource } },
		options: [
			{
				name: 'Add',
				value: 'add',
				action: 'Add checkpoint permission',
				description: 'Let other projects of your organization use a checkpoint',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete checkpoint permission',
				description: 'Take the use of a checkpoint back from a project',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many checkpoint permissions',
				description: 'Retrieve the projects that may use a checkpoint',
			},
		],
		default: 'getAll',
	},
	{
		displayName:
			'Checkpoint permissions need an admin key. Enter it in the credential under Admin API Key.',
		name: 'adminKeyNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource } },
	},
	{
		displayName: 'Checkpoint',
		name: 'checkpoint',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		displayOptions: { show: { resource } },
		description: 'The checkpoint of a fine-tuned model',
		...listOrId(
			'searchCheckpoints',
			'Select a checkpoint...',
			'e.g. ft:gpt-4.1-mini-2025-04-14:acme:support:AbCd1234:ckpt-step-88',
		),
	},
	{
		displayName: 'Project IDs',
		name: 'projectIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. proj_abc123, proj_def456',
		displayOptions: show(['add']),
		description: 'Projects that may use the checkpoint, separated by commas',
	},
	{
		displayName: 'Permission',
		name: 'permissionId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		displayOptions: show(['delete']),
		description: 'The permission to take back',
		...listOrId('searchCheckpointPermissions', 'Select a permission...', 'e.g. cp_abc123'),
	},
	...returnAllFields({ resource, operation: ['getAll'] }),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		placeholder: 'Add Filter',
		displayOptions: show(['getAll']),
		options: [
			{
				displayName: 'Project ID',
				name: 'projectId',
				type: 'string',
				default: '',
				placeholder: 'e.g. proj_abc123',
				description: 'Only permissions of this project',
			},
			{
				displayName: 'Sort',
				name: 'order',
				type: 'options',
				default: 'descending',
				options: [
					{ name: 'Newest First', value: 'descending' },
					{ name: 'Oldest First', value: 'ascending' },
				],
			},
		],
	},
];
