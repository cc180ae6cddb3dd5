import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runBuilder } from './run';
import { balanceProperties } from './operations/balance/description';
import { buildProperties } from './operations/build/description';
import { convertProperties } from './operations/convert/description';
import { deduplicateProperties } from './operations/deduplicate/description';
import { filterProperties } from './operations/filter/description';
import { redactProperties } from './operations/redact/description';
import { redactionVaultApiTest } from './operations/redact/vaultCredential';
import { repairProperties } from './operations/repair/description';
import { splitProperties } from './operations/split/description';
import { statisticsProperties } from './operations/statistics/description';
import { unmaskProperties } from './operations/unmask/description';
import { validateProperties } from './operations/validate/description';

export class JsonlBuilder implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JSONL Builder',
		name: 'jsonlBuilder',
		icon: {
			light: 'file:../../icons/jsonl-builder.svg',
			dark: 'file:../../icons/jsonl-builder.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Build, check and clean JSONL training files, and mask personal data in them',
		defaults: { name: 'JSONL Builder' },
		inputs: [NodeConnectionTypes.Main],
		// What the two outputs are depends on the operation.
		outputs:
			'={{ ({ balance: ["Balanced", "Left Out", "Report"], build: ["Dataset", "Left Out"], convert: ["Converted", "Left Out"], deduplicate: ["Unique", "Duplicates", "Report"], filter: ["Kept", "Left Out", "Report"], redact: ["Redacted", "Report"], repair: ["Repaired", "Left Out"], split: ["Training", "Validation"], statistics: ["Statistics", "Report"], unmask: ["Unmasked", "Report"], validate: ["Valid", "Invalid"] })[$parameter["operation"] ?? "build"].map((name) => ({ type: "main", displayName: name })) }}',
		usableAsTool: true,
		// Asked for only where a vault of pseudonyms is sealed or opened.
		credentials: [
			{
				name: 'redactionVaultApi',
				required: true,
				testedBy: 'redactionVaultApiTest',
				displayOptions: { show: { operation: ['redact', 'unmask'], vaultStorage: ['sealed'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Dataset',
						value: 'dataset',
						description: 'A training file as a whole',
					},
					{
						name: 'Example',
						value: 'example',
						description: 'Which examples stay, in a file or among items',
					},
					{
						name: 'Personal Data',
						value: 'personalData',
						description: 'What must not get into a training file',
					},
				],
				default: 'dataset',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['dataset'] } },
				options: [
					{
						name: 'Build',
						value: 'build',
						action: 'Build dataset',
						description: 'Turn items into a JSONL training file',
					},
					{
						name: 'Convert',
						value: 'convert',
						action: 'Convert dataset',
						description:
							'Turn a file of another format into JSONL, JSONL into another format or into items',
					},
					{
						name: 'Repair',
						value: 'repair',
						action: 'Repair dataset',
						description: 'Mend a JSONL file as far as that takes no guessing',
					},
					{
						name: 'Split',
						value: 'split',
						action: 'Split dataset',
						description:
							'Divide a JSONL file into training and validation, similar examples kept together',
					},
					{
						name: 'Statistics',
						value: 'statistics',
						action: 'Get statistics of dataset',
						description: 'Count, measure and chart a dataset',
					},
					{
						name: 'Validate',
						value: 'validate',
						action: 'Validate dataset',
						description:
							'Check a JSONL file by the rules of the server, count tokens and estimate the cost',
					},
				],
				default: 'build',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['example'] } },
				options: [
					{
						name: 'Balance',
						value: 'balance',
						action: 'Balance examples',
						description: 'Cap or weight examples by category, tag or source',
					},
					{
						name: 'Deduplicate',
						value: 'deduplicate',
						action: 'Deduplicate examples',
						description: 'Keep one of examples that are the same or nearly the same',
					},
					{
						name: 'Filter',
						value: 'filter',
						action: 'Filter examples',
						description:
							'Leave out examples by length, language, confidence and what the answer says',
					},
				],
				default: 'deduplicate',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['personalData'] } },
				options: [
					{
						name: 'Redact',
						value: 'redact',
						action: 'Redact personal data',
						description:
							'Mask, remove or pseudonymize personal data and secrets in items or a file',
					},
					{
						name: 'Unmask',
						value: 'unmask',
						action: 'Unmask personal data',
						description: 'Put back what Redact replaced by pseudonyms',
					},
				],
				default: 'redact',
			},
			...balanceProperties,
			...buildProperties,
			...convertProperties,
			...deduplicateProperties,
			...filterProperties,
			...redactProperties,
			...repairProperties,
			...splitProperties,
			...statisticsProperties,
			...unmaskProperties,
			...validateProperties,
		],
	};

	methods = { credentialTest: { redactionVaultApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runBuilder(this);
	}
}
