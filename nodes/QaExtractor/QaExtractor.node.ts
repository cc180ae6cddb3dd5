import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { searchChatModels } from '../shared/listSearch';

import { instructionFields } from './description/instructionFields';
import { inputFields } from './description/inputFields';
import { modelField, modeField } from './description/modelFields';
import { optionFields } from './description/optionFields';
import { selectionFields } from './description/selectionFields';
import { extract } from './extract';

export class QaExtractor implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Q&A Extractor',
		name: 'qaExtractor',
		icon: {
			light: 'file:../../icons/qa-extractor.svg',
			dark: 'file:../../icons/qa-extractor.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["mode"] === "model" ? "with model" : "without model" }}',
		description: 'Turn help-desk tickets into pairs of question and answer',
		defaults: { name: 'Q&A Extractor' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Pairs', 'Left Out', 'Report'],
		usableAsTool: true,
		credentials: [
			{
				name: 'openAiFineTuningApi',
				required: true,
				testedBy: 'openAiFineTuningApiTest',
				displayOptions: { show: { mode: ['model'] } },
			},
		],
		properties: [
			modeField,
			modelField,
			...inputFields,
			...instructionFields,
			...selectionFields,
			optionFields,
		],
	};

	methods = {
		listSearch: { searchChatModels },
		credentialTest: { openAiFineTuningApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await extract(this);
	}
}
