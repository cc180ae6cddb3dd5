import type { INodePropertyOptions } from 'n8n-workflow';

import { type BuiltInType, PRIVATE_TYPES } from '../../../../lib/privacy/types';

/** What can be looked for, as options of a field. */
export const typeOptions: INodePropertyOptions[] = [
	{
		name: 'Address',
		value: 'address',
		description: 'Streets with house numbers (US, UK, German, French) and post boxes',
	},
	{
		name: 'API Key, Token or Password',
		value: 'apiSecret',
		description: 'By the form of the issuer, or by a word such as password in front',
	},
	{ name: 'Bank Account', value: 'bankAccount', description: 'Only near a word that says so' },
	{ name: 'Crypto Address', value: 'crypto', description: 'Bitcoin and Ethereum, with checksum' },
	{ name: 'Date of Birth', value: 'birthDate', description: 'Only near a word that says so' },
	{ name: 'Email', value: 'email' },
	{ name: 'IBAN', value: 'iban', description: 'Length of the country and check digits' },
	{
		name: 'Identity Document',
		value: 'identityDocument',
		description: 'Passports and driving licences, only near a word that says so',
	},
	{ name: 'IP Address', value: 'ip', description: 'IPv4 and IPv6' },
	{ name: 'MAC Address', value: 'mac' },
	{
		name: 'Name',
		value: 'name',
		description: 'People whom the item itself names, and names in greetings and signatures',
	},
	{
		name: 'National ID',
		value: 'nationalId',
		description: 'Social security, tax and identity numbers of some 25 countries',
	},
	{ name: 'Payment Card', value: 'card', description: 'Prefix, length and Luhn check digit' },
	{ name: 'Phone', value: 'phone' },
	{ name: 'URL', value: 'url', description: 'Every web address as a whole' },
	{
		name: 'URL Secret',
		value: 'urlSecret',
		description: 'User, password and tokens in a web address; the rest of it stays',
	},
];

/** Everything but whole web addresses, which answers are often about. */
export const DEFAULT_TYPES: BuiltInType[] = PRIVATE_TYPES.filter((type) => type !== 'url');
