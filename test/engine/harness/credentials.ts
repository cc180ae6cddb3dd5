/** Credentials as n8n's own CredentialsHelper hands them over: defaults applied, `authenticate` called. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestOptions,
	INodeCredentialsDetails,
	INodeParameters,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers } from 'n8n-workflow';

const CREDENTIALS_FOLDER = join(__dirname, '../../../credentials');

/** Every credential type of this package, by its `name`. */
export function credentialTypes(): Map<string, ICredentialType> {
	const types = new Map<string, ICredentialType>();
	for (const file of readdirSync(CREDENTIALS_FOLDER)) {
		if (!file.endsWith('.credentials.ts')) continue;
		const module = require(join(CREDENTIALS_FOLDER, file)) as Record<
			string,
			new () => ICredentialType
		>;
		const type = new module[file.replace('.credentials.ts', '')]();
		types.set(type.name, type);
	}
	return types;
}

export class HarnessCredentialsHelper extends ICredentialsHelper {
	private readonly types = credentialTypes();

	constructor(private readonly values: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (typeof authenticate === 'function') {
			return await authenticate(credentials, requestOptions as IHttpRequestOptions);
		}
		if (authenticate) throw new Error('the harness knows authenticate functions only');
		return requestOptions as IHttpRequestOptions;
	}

	/** As in n8n: fields that are not shown are left out, empty ones get their default, expressions are resolved. */
	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		_raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = withDefaults(this.type(typeName), this.values[typeName] ?? {});
		if (!resolve) return data;
		return resolve.workflow.expression.getParameterValue(
			data as INodeParameters,
			resolve.runExecutionData,
			resolve.runIndex,
			resolve.itemIndex,
			resolve.node.name,
			resolve.connectionInputData,
			mode,
			{},
			executeData,
			false,
			data as INodeParameters,
		) as ICredentialDataDecryptedObject;
	}

	getParentTypes(name: string) {
		return this.type(name).extends ?? [];
	}

	getCredentialsProperties(name: string) {
		return this.type(name).properties;
	}

	isCredentialUsableByNode() {
		return true;
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('stored credentials are not part of the harness');
	}

	async updateCredentials() {}

	/** The renewed token replaces the old one in what was given to `runNode`, as n8n stores it. */
	async updateCredentialsOauthTokenData(
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	) {
		const { oauthTokenData } = data;
		this.values[typeName] = { ...this.values[typeName], oauthTokenData };
	}

	private type(name: string): ICredentialType {
		const type = this.types.get(name);
		if (!type) throw new Error(`no credential type "${name}" under credentials/`);
		return type;
	}
}

/** As in n8n, token and client of an OAuth2 credential are kept: they are properties of the type it extends. */
export function withDefaults(
	type: ICredentialType,
	values: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const data = NodeHelpers.getNodeParameters(
		type.properties,
		values as INodeParameters,
		true,
		false,
		null,
		null,
	) as ICredentialDataDecryptedObject;
	const inherited = ['oauthTokenData', 'clientId', 'clientSecret'].filter((name) => name in values);
	return { ...data, ...Object.fromEntries(inherited.map((name) => [name, values[name]])) };
}
