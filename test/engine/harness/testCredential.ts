import './environment';

import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeCredentialTestResult,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { credentialTypes, withDefaults } from './credentials';

export interface CredentialTestOptions {
	/** The node whose `methods.credentialTest` tests the credential (`testedBy` in its description). */
	node: INodeType;
	method: string;
	credential: string;
	data: IDataObject;
}

/** What n8n does when a credential is saved: calls the node's test function with defaults applied. */
export async function testCredential(
	options: CredentialTestOptions,
): Promise<INodeCredentialTestResult> {
	const test = options.node.methods?.credentialTest?.[options.method];
	if (!test) throw new Error(`the node has no credentialTest method "${options.method}"`);
	const type = credentialTypes().get(options.credential);
	if (!type) throw new Error(`no credential type "${options.credential}"`);
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	return await test.call(context, {
		id: '1',
		name: type.displayName,
		type: type.name,
		data: withDefaults(type, options.data as ICredentialDataDecryptedObject),
	});
}
