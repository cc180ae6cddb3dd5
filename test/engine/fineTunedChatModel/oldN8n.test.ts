import type { ISupplyDataFunctions } from 'n8n-workflow';

import { FineTunedChatModel } from '../../../nodes/FineTunedChatModel/FineTunedChatModel.node';

jest.mock('@n8n/ai-node-sdk', () => {
	throw new Error("Cannot find module '@n8n/ai-node-sdk'");
});

describe('in an n8n without the AI node SDK', () => {
	it('loads, so that the other nodes of the package do', () => {
		expect(new FineTunedChatModel().description.name).toBe('fineTunedChatModel');
	});

	it('says that n8n is too old when it is used', async () => {
		const ctx = { getNode: () => ({ name: 'Model', type: 'model' }) };
		const supply = new FineTunedChatModel().supplyData.call(ctx as ISupplyDataFunctions, 0);
		await expect(supply).rejects.toMatchObject({
			message: expect.stringMatching(
				/^This n8n is too old for the Fine-Tuned Chat Model\. .*Update n8n/,
			) as string,
		});
	});
});
