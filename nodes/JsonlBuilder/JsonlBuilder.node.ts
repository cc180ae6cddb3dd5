import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runBuilder } from './run';
import { buildProperties } from './operations/build/description';
import { convertProperties } from './operations/convert/description';
import { repairProperties } from './operations/repair/description';
import { splitProperties } from './operations/split/description';
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
		description: 'Build, check, mend, convert and split JSONL training files',
		defaults: { name: 'JSONL Builder' },
		inputs: [NodeConnectionTypes.Main],
		// What the two outputs are depends on the operation.
		outputs:
			'={{ ({ build: ["Dataset", "Left Out"], convert: ["Converted", "Left Out"], repair: ["Repaired", "Left Out"], split: ["Training", "Validation"], validate: ["Valid", "Invalid"] })[$parameter["operation"] ?? "build"].map((name) => ({ type: "main", displayName: name })) }}',
		usableAsTool: true,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
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
						name: 'Validate',
						value: 'validate',
						action: 'Validate dataset',
						description:
							'Check a JSONL file by the rules of the server, count tokens and estimate the cost',
					},
				],
				default: 'build',
			},
			...buildProperties,
			...convertProperties,
			...repairProperties,
			...splitProperties,
			...validateProperties,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runBuilder(this);
	}
}
