import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { normalizerProperties } from './description';
import { runNormalizer } from './run';

export class TicketNormalizer implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ticket Normalizer',
		name: 'ticketNormalizer',
		icon: {
			light: 'file:../../icons/ticket-normalizer.svg',
			dark: 'file:../../icons/ticket-normalizer.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["source"] }}',
		description: 'Bring tickets and knowledge pages of any source to one shape for training data',
		defaults: { name: 'Ticket Normalizer' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Tickets', 'Left Out'],
		usableAsTool: true,
		properties: [...normalizerProperties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNormalizer(this);
	}
}
