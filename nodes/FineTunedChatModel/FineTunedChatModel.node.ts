import type {
	INodeType,
	INodeTypeDescription,
	ISupplyDataFunctions,
	SupplyData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { openAiFineTuningApiTest } from '../shared/credentialTest';
import { toNodeError } from '../shared/errors';
import { searchChatModels } from '../shared/listSearch';

import { modelProperties } from './description';
import { forAiNode } from './failure';
import { TunedChatModel } from './model';
import { loadSdk } from './sdk';
import { readSettings } from './settings';

export class FineTunedChatModel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fine-Tuned Chat Model',
		name: 'fineTunedChatModel',
		icon: {
			light: 'file:../../icons/fine-tuned-chat-model.svg',
			dark: 'file:../../icons/fine-tuned-chat-model.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"]?.cachedResultName || $parameter["model"]?.value }}',
		description: 'Use a fine-tuned model in AI Agents and chains, with fallback to other models',
		defaults: { name: 'Fine-Tuned Chat Model' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiLanguageModel],
		outputNames: ['Model'],
		credentials: [
			{ name: 'openAiFineTuningApi', required: true, testedBy: 'openAiFineTuningApiTest' },
		],
		properties: [...modelProperties],
	};

	methods = {
		listSearch: { searchChatModels },
		credentialTest: { openAiFineTuningApiTest },
	};

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		try {
			const sdk = await loadSdk();
			const settings = await readSettings(this, itemIndex, sdk);
			return sdk.supplyModel(this, new TunedChatModel(settings));
		} catch (error) {
			throw forAiNode(toNodeError(this.getNode(), error, itemIndex));
		}
	}
}
