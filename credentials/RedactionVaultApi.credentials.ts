import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class RedactionVaultApi implements ICredentialType {
	name = 'redactionVaultApi';

	displayName = 'Redaction Vault API';

	icon: Icon = {
		light: 'file:../icons/jsonl-builder.svg',
		dark: 'file:../icons/jsonl-builder.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-fine-tuning/n8n-nodes-fine-tuning/blob/main/docs/redaction.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Seals the map from placeholders to values, and opens it again. At least 12 characters. Without it, nobody can restore redacted values.',
		},
	];
}
