import type { INodeProperties } from 'n8n-workflow';

import { inputOptions } from './inputOptions';
import { modelOptions } from './modelOptions';

/** One alphabetical list for the user; two files for the reader. */
export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'Only the options added here are sent; for the rest the server uses its own values',
	options: [...inputOptions, ...modelOptions].sort((a, b) =>
		a.displayName < b.displayName ? -1 : 1,
	),
};
