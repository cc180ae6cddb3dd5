import type { INodeProperties } from 'n8n-workflow';

import { listOrId } from '../../../shared/fields';

/** A field for one thing that is picked from a list or given by its ID. */
interface Locator {
	displayName: string;
	name: string;
	/** Name of the search in `methods.listSearch`. */
	search: string;
	placeholder: string;
	idPlaceholder: string;
	description: string;
	required?: boolean;
}

export function locator(field: Locator, operation: string[]): INodeProperties {
	return {
		displayName: field.displayName,
		name: field.name,
		type: 'resourceLocator',
		required: field.required ?? true,
		default: { mode: 'list', value: '' },
		displayOptions: { show: { resource: ['job'], operation } },
		description: field.description,
		...listOrId(field.search, field.placeholder, field.idPlaceholder),
	};
}

export const jobField = (operation: string[]) =>
	locator(
		{
			displayName: 'Job',
			name: 'jobId',
			search: 'searchJobs',
			placeholder: 'Select a job...',
			idPlaceholder: 'e.g. ftjob-abc123',
			description: 'The fine-tuning job',
		},
		operation,
	);

export const baseModelField = (operation: string[]) =>
	locator(
		{
			displayName: 'Base Model',
			name: 'baseModel',
			search: 'searchBaseModels',
			placeholder: 'Select a model...',
			idPlaceholder: 'e.g. gpt-4.1-mini-2025-04-14',
			description:
				'The model to train. A fine-tuned model can be trained further. The list shows when a model will be shut down.',
		},
		operation,
	);

export const trainingFileField = (operation: string[]) =>
	locator(
		{
			displayName: 'Training File',
			name: 'trainingFile',
			search: 'searchFiles',
			placeholder: 'Select a file...',
			idPlaceholder: 'e.g. file-abc123',
			description: 'The uploaded JSONL file to train with',
		},
		operation,
	);

export const validationFileField = (operation: string[]) =>
	locator(
		{
			displayName: 'Validation File',
			name: 'validationFile',
			search: 'searchFiles',
			placeholder: 'Select a file (optional)...',
			idPlaceholder: 'e.g. file-abc123',
			description:
				'An uploaded JSONL file with other examples, to measure what the model has learned. Optional.',
			required: false,
		},
		operation,
	);
